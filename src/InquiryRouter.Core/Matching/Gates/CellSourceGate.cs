using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does it work with cells from the source the patient wants?</summary>
internal sealed class CellSourceGate() : InquiryGate(Gate.CellSource, "cell-source", endsOffers: true)
{
    protected override string? WhyNot(Offering offering, Asking asking)
    {
        var wanted = asking.Facts.CellSource;
        return wanted == ReferenceLists.AnyCellSource || offering.Treats.CellSources.Contains(wanted, StringComparer.Ordinal) ? null
            : $"The clinic does not work with cells from {wanted}.";
    }
}
