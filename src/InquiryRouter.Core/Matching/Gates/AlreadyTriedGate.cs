namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Is it the first time that the clinic would be asked about this inquiry? Who said no is not asked again, full or not.</summary>
internal sealed class AlreadyTriedGate() : InquiryGate(Gate.AlreadyTried, "already-tried")
{
    protected override string? WhyNot(Offering offering, Asking asking) =>
        asking.Load.Earlier.TryGetValue(offering.Clinic.Code, out var earlier) ? Sentence(earlier) : null;

    private static string? Sentence(Earlier earlier) => earlier switch
    {
        // Asked by the next gate.
        Earlier.SamePatient => null,
        Earlier.Declined => "The clinic has declined this inquiry.",
        Earlier.Expired => "The clinic let the offer of this inquiry lapse.",
        Earlier.Withdrawn => "An offer of this inquiry to the clinic was withdrawn.",
        Earlier.Returned => "The clinic has given this patient back.",
        _ => "The clinic has been offered this inquiry before.",
    };

    protected override Fact WhyYes(Offering offering, Asking asking) => new("The clinic was not asked about this inquiry before.");
}
