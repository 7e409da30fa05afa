using InquiryRouter.Core.Referral;

namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does mail to the clinic arrive? An open offer goes on when it does not: its link may have arrived before.</summary>
internal sealed class MailUnreachableGate() : ClinicGate(Gate.MailUnreachable, "mail-unreachable")
{
    protected override string? WhyNot(Clinic clinic, DateOnly day) =>
        clinic.MailFailsSince is { } since
            ? $"Mail to the clinic does not arrive since {CapWeek.Day(since, clinic.TimeZone):O}; "
                + $"give it a new address on its page, or say there that the address works."
            : null;

    protected override Fact WhyYes(Clinic clinic, DateOnly day) => new("No mail to the clinic is known to have failed for good.");
}
