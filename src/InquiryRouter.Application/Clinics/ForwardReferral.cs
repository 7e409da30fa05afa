using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>Mails a colleague inside the clinic a link of their own to the referral.</summary>
public sealed class ForwardReferral(ReferralCases cases, Work work, KeyedHash hash, MailWriter mails)
{
    private const int MostForwards = 10;

    /// <param name="referralId">Which referral.</param>
    /// <param name="formId">Of the form: sent twice it is one mail.</param>
    /// <param name="address">Of one of the clinic's other contacts.</param>
    /// <param name="who">Who forwards it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(ReferralId referralId, Guid formId, string? address, Actor who, CancellationToken cancellation) => cases.DecideAsync(
        referralId,
        async (found, patient) =>
        {
            var decided = Decide(found, patient, formId, address, who, mails);
            if (decided.Steps.Count == 0)
            {
                return decided;
            }

            var request = new MailRequest(MailKind.ForwardedReferral, found.Inquiry.Id, hash.OfMailbox(Typed.Code(address) ?? string.Empty), null);
            return await work.ReadAsync(session => MailRequestStore.IsSpentAsync(session, request), cancellation)
                ? new Outcome.NotPossible(ClinicCodes.TooManyForwards)
                : decided with { Steps = [.. decided.Steps, new CountMailRequest(request)] };
        },
        cancellation);

    internal static Decided<Outcome> Decide(
        ReferralCase found, SealedPatient patient, Guid formId, string? address, Actor who, MailWriter mails)
    {
        // A referral never leaves the clinic by a link of ours, and the domain of an address proves nothing: only people in its record.
        var mailbox = Mailbox.Key(Typed.Code(address) ?? string.Empty);
        if (found.Colleagues.FirstOrDefault(c => Mailbox.Key(c.Email) == mailbox) is not { } colleague)
        {
            return new Outcome.NotPossible(ClinicCodes.NotAColleague);
        }

        if (found.WhyNot(ClinicAction.Forward) is { } refused)
        {
            return refused;
        }

        if (found.Forwards.Contains(formId))
        {
            return Outcome.AlreadyDone.It;
        }

        if (found.Forwards.Count >= MostForwards)
        {
            return new Outcome.NotPossible(ClinicCodes.TooManyForwards);
        }

        var token = AccessLinkStore.NewToken();
        var (clinic, referralId) = (found.Clinic, found.Referral.Id);
        var mail = mails.ForwardedReferral(
            found.Inquiry, patient, formId, referralId, clinic, colleague.Name, colleague.Email, clinic.ContactName, token);
        return Outcome.Done.It.By<Outcome>(
            // First what a second press cannot do as well: it looks again, and finds the mail there.
            new WriteHistory(found.Inquiry, new HistoryEvent.Forwarded(), who),
            new SendMail(mail, NewLink.ToReferral(token, referralId, colleague.Email)));
    }
}
