using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Application.Clinics;

/// <summary>What a clinic says of a booking or a treatment.</summary>
/// <param name="On">The day; null: it does not say.</param>
/// <param name="Amount">What was agreed on or paid; null: it does not say.</param>
/// <param name="Currency">ISO 4217, with an amount.</param>
public sealed record ReportedTreatment(DateOnly? On, decimal? Amount = null, string? Currency = null)
{
    public static readonly ReportedTreatment Nothing = new((DateOnly?)null);
}

/// <summary>The patient has booked with the clinic.</summary>
public sealed class BookReferral(ReferralCases cases)
{
    public Task<Outcome> RunAsync(ReferralId referralId, ReportedTreatment says, Actor who, CancellationToken cancellation) =>
        cases.DecideAsync(referralId, (found, _) => Decide(found, says, who), cancellation);

    internal static Decided<Outcome> Decide(ReferralCase found, ReportedTreatment says, Actor who)
    {
        if (found.WhyNot(ClinicAction.Book) is { } refused)
        {
            return refused;
        }

        return Outcome.Done.It.By<Outcome>(
            new MoveReferral(found.Referral, ReferralTrigger.Book),
            new ReportTreatment(found.Referral, BookedOn: says.On, TreatedOn: null, says.Amount, says.Currency),
            found.Move(InquiryTrigger.Book, who, new HistoryEvent.Booked(found.Referral.ClinicCode)),
            new AnnounceAnswered(found.Referral));
    }
}
