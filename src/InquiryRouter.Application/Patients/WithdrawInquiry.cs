using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>The patient wants nothing more to happen: every clinic is told, and the inquiry is closed. Nothing is erased by it.</summary>
public sealed class WithdrawInquiry(Work work, NetworkCache networks, PatientVault vault, KeyedHash hash, MailWriter mails)
{
    public Task<Outcome> RunAsync(InquiryId inquiryId, Actor who, CancellationToken cancellation) => work.RunOnCaseAsync(
        inquiryId,
        async found => Decide(found, await networks.CurrentAsync(cancellation), hash.OfMailbox(vault.Open(found.Patient).ContactEmail), mails, who),
        cancellation);

    internal static Decided<Outcome> Decide(PatientCase found, NetworkSnapshot network, byte[] mailbox, MailWriter mails, Actor who)
    {
        if (found.WhyNot(PatientAction.WithdrawInquiry) is { } refused)
        {
            return refused;
        }

        return Outcome.Done.It.By<Outcome>(
        [
            new MoveInquiry(found.Inquiry, new InquiryMove(InquiryTrigger.Close, who, HoldReasons: [HoldReason.PatientWithdrew])),
            new SendMailWithin(
                mails.Withdrawn(found.Inquiry, found.Patient), new MailRequest(MailKind.Withdrawn, found.Inquiry.Id, mailbox, null)),
            .. found.Current.Withdraw(
                WithdrawReason.PatientWithdrew, network, (r, clinic) => mails.OfferWithdrawn(found.Inquiry, found.Patient, r.Id, clinic)),
            new StopWaiting(found.Inquiry.Id),
        ]);
    }
}
