using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Patients;

/// <summary>The patient agrees that clinics see the inquiry: one that was held only for this goes on.</summary>
public sealed class GiveConsent(Work work, NetworkCache networks, MailWriter mails)
{
    /// <summary>Where it is given, as it is stored with it.</summary>
    internal const string Source = "status";

    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="textVersion">Of the text they read.</param>
    /// <param name="who">Who agrees.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(
        InquiryId inquiryId, string textVersion, Actor who, CancellationToken cancellation) => work.RunOnCaseAsync(
        inquiryId, async found => Decide(found, textVersion, await networks.CurrentAsync(cancellation), mails, who), cancellation);

    internal static Decided<Outcome> Decide(PatientCase found, string textVersion, NetworkSnapshot network, MailWriter mails, Actor who)
    {
        if (found.WhyNot(PatientAction.GiveConsent) is { } refused)
        {
            return refused;
        }

        var move = found.Moves.ConsentGiven;
        var agreed = found.Facts with { Shares = true };
        return Outcome.Done.It.By<Outcome>(
        [
            found.Step(move, who, new HistoryEvent.ConsentGiven()),
            move?.Trigger == InquiryTrigger.Release ? new AnnounceCleared(found.Inquiry) : null,
            new AddConsent(found.Inquiry.Id, found.Consent with { ShareWithClinics = true, TextVersion = textVersion }, Source),

            // A clinic that was asked to delete what it kept sees the patient again, and is told.
            .. found.Referrals.Where(r => agreed.Sees(found.Of(r))).Select(r => ClinicNotice.To(
                network, r, (clinic, token) => mails.IdentityShown(found.Inquiry, found.Patient, r, clinic, token, again: true))),
        ]);
    }
}
