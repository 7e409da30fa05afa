using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Patients;

/// <summary>The patient lets a clinic see who they are: now when it has the inquiry in hand, else with its yes.</summary>
public sealed class ShowIdentity(Work work, MatchIndexCache indexes, PolicyCache policies, MailWriter mails)
{
    /// <summary>Not possible: at this moment the clinic does not meet a requirement.</summary>
    public const string ClinicLapsed = "clinic-lapsed";

    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="n">Number of the referral.</param>
    /// <param name="who">Who shows it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(InquiryId inquiryId, int n, Actor who, CancellationToken cancellation) =>
        work.RunOnCaseAsync(inquiryId, found => DecideAsync(found, n, who, cancellation), cancellation);

    private async Task<Decided<Outcome>> DecideAsync(PatientCase found, int n, Actor who, CancellationToken cancellation)
    {
        if (found.WhyNot(PatientAction.ShowIdentity, n) is { } refused)
        {
            return refused;
        }

        var referral = found.Referral(n)!;
        if (ReferralTransitions.IsOpen(referral.State))
        {
            return Outcome.Done.It.By<Outcome>(
                new WriteHistory(found.Inquiry, new HistoryEvent.IdentityShown(referral.ClinicCode), who),
                new ChooseIdentity(referral, Allowed: true));
        }

        // It is shown only to a clinic that may treat the patient at this moment.
        var now = work.Now;
        var index = await indexes.AtAsync(now, cancellation);
        var policy = await policies.CurrentAsync(cancellation);
        if (Matcher.CheckLapse(referral.ClinicCode, found.Inquiry.Facts, index, policy, now) != Gate.None)
        {
            return new Outcome.NotPossible(ClinicLapsed);
        }

        var told = ClinicNotice.To(
            index.Network, referral, (clinic, token) => mails.IdentityShown(found.Inquiry, found.Patient, referral, clinic, token));
        return Outcome.Done.It.By<Outcome>(
            referral.AcceptedAt is null ? Choose(found, referral, told, index.Network, who) : Disclose(found, referral, told, who));
    }

    // A clinic that has only quoted: the patient's choice is the yes, and the clinic has them in hand.
    private IReadOnlyList<Step?> Choose(PatientCase found, ReferralRecord referral, SendMail? told, NetworkSnapshot network, Actor who) =>
    [
        // The entry that says who was shown the patient's identity, and when.
        found.Moves.QuoteChosen is { } move
            ? new MoveInquiry(found.Inquiry, move.Trigger, who, new HistoryEvent.Accepted.ByPatient(referral.ClinicCode))
            : new WriteHistory(found.Inquiry, new HistoryEvent.IdentityShown(referral.ClinicCode), who),
        new ChooseIdentity(referral, Allowed: true),
        new MoveReferral(referral, ReferralTrigger.Accept, Discloses: true),
        new AnnounceAnswered(referral),

        // As after a clinic's own yes: who has not answered need not any more; other quotes stay for the patient to choose.
        .. PlacedElsewhere.EndOffers(found.Referrals.Where(r => r.Id != referral.Id), found.Inquiry, found.Patient, network, mails),
        told,
    ];

    private static IReadOnlyList<Step?> Disclose(PatientCase found, ReferralRecord referral, SendMail? told, Actor who) =>
    [
        new WriteHistory(found.Inquiry, new HistoryEvent.IdentityShown(referral.ClinicCode), who),
        new ChooseIdentity(referral, Allowed: true),
        new DiscloseIdentity(referral),
        told,
    ];
}
