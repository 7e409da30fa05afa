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

    protected override Fact WhyYes(Offering offering, Asking asking) => new(
        (asking.Facts.CellSource == ReferenceLists.AnyCellSource ? "Cells from any source will do" : "The patient's wish is among them")
        + $"; the clinic works with {(offering.Treats.CellSources.Count == 0 ? "none it names" : string.Join(", ", offering.Treats.CellSources))}.");
}
