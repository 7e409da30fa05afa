using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Patients;

/// <summary>"This is not for me": the clinic's place is freed, and the next clinic is asked.</summary>
public sealed class DeclineQuote(Work work, NetworkCache networks, MailWriter mails)
{
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="n">Number of the referral.</param>
    /// <param name="who">Who declines.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(InquiryId inquiryId, int n, Actor who, CancellationToken cancellation) => work.RunOnCaseAsync(
        inquiryId, async found => Decide(found, n, await networks.CurrentAsync(cancellation), mails, who), cancellation);

    internal static Decided<Outcome> Decide(PatientCase found, int n, NetworkSnapshot network, MailWriter mails, Actor who)
    {
        if (found.WhyNot(PatientAction.DeclineQuote, n) is { } refused)
        {
            return refused;
        }

        var (inquiry, referral) = (found.Inquiry, found.Referral(n)!);
        return Outcome.Done.It.By<Outcome>(
        [
            found.Moves.QuoteDeclined(found.Of(referral)) is { } move
                ? new MoveInquiry(inquiry, move.Trigger, who, new HistoryEvent.Declined.ByPatient(referral.ClinicCode))
                : new WriteHistory(inquiry, new HistoryEvent.QuoteDeclined(referral.ClinicCode), who),
            .. new[] { referral }.Withdraw(WithdrawReason.PatientDeclined, network, Tell),
            new AnnounceAnswered(referral),
        ]);

        // A clinic that has seen who it is lets go of more than the offer.
        NewMail Tell(ReferralRecord declined, Clinic clinic) => declined.FirstDisclosedAt is null
            ? mails.OfferWithdrawn(inquiry, found.Patient, declined.Id, clinic)
            : mails.DeleteRequest(inquiry, declined, clinic);
    }
}
