namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does the clinic not have this patient already, by another inquiry that was linked to this one?</summary>
internal sealed class ConflictGate() : InquiryGate(Gate.Conflict, "conflict")
{
    protected override string? WhyNot(Offering offering, Asking asking) =>
        asking.Load.Earlier.TryGetValue(offering.Clinic.Code, out var earlier) && earlier == Earlier.SamePatient
            ? "The clinic was asked about this patient already, by another inquiry that was linked to this one."
            : null;

    protected override Fact WhyYes(Offering offering, Asking asking) => new("No other inquiry of the same patient was offered to the clinic.");
}
