namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Has no authority suspended the clinic, or who prepares its cells?</summary>
internal sealed class SuspendedGate() : ClinicGate(Gate.Suspended, "suspended", endsOffers: true)
{
    protected override string? WhyNot(Clinic clinic, DateOnly day)
    {
        if (clinic.Suspensions.FirstOrDefault(s => s.IsInForce(day)) is not { } suspension)
        {
            return null;
        }

        // Anything but the processor is the clinic itself.
        var what = suspension.Of == Suspension.OfProcessor ? "who prepares the clinic's cells" : "the clinic";
        var until = suspension.Until is { } last ? $" until {last:O}" : string.Empty;
        return $"{suspension.Authority} has suspended {what} from {suspension.From:O}{until}. Source: {suspension.Source}.";
    }

    protected override Fact WhyYes(Clinic clinic, DateOnly day) =>
        new("No suspension in force of the clinic, or of who prepares its cells, is on record.");
}
