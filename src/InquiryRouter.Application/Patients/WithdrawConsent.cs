using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Patients;

/// <summary>
/// The patient no longer agrees that clinics see the inquiry: a clinic that has accepted loses sight of them, no other is asked, and what
/// was offered is taken back. They may agree again, each answer is kept.
/// </summary>
public sealed class WithdrawConsent(Work work, NetworkCache networks, MailWriter mails)
{
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="textVersion">Of the text they read.</param>
    /// <param name="who">Who no longer agrees.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(
        InquiryId inquiryId, string textVersion, Actor who, CancellationToken cancellation) => work.RunOnCaseAsync(
        inquiryId, async found => Decide(found, textVersion, await networks.CurrentAsync(cancellation), mails, who), cancellation);

    internal static Decided<Outcome> Decide(PatientCase found, string textVersion, NetworkSnapshot network, MailWriter mails, Actor who)
    {
        if (found.WhyNot(PatientAction.WithdrawConsent) is { } refused)
        {
            return refused;
        }

        var inquiry = found.Inquiry;
        var move = found.Moves.ConsentWithdrawn;
        return Outcome.Done.It.By<Outcome>(
        [
            found.Step(move, who, new HistoryEvent.ConsentWithdrawn()),
            move is null ? null : new AnnounceHeld(inquiry),
            new AddConsent(inquiry.Id, found.Consent with { ShareWithClinics = false, TextVersion = textVersion }, GiveConsent.Source),
            .. found.Current.Where(r => r.AcceptedAt is null).Withdraw(
                WithdrawReason.ConsentWithdrawn, network, (r, clinic) => mails.OfferWithdrawn(inquiry, found.Patient, r.Id, clinic)),
            new StopWaiting(inquiry.Id),
            .. found.Referrals.Where(r => r.FirstDisclosedAt is not null && network.ByCode.ContainsKey(r.ClinicCode))
                .Select(r => new SendMail(mails.DeleteRequest(inquiry, r, network.ByCode[r.ClinicCode]))),
        ]);
    }
}
