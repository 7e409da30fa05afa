using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Patients;

/// <summary>The patient wants nothing more to happen: every clinic is told, and the inquiry is closed. Nothing is erased by it.</summary>
public sealed class Withdrawal(Database database, PatientDecisions decisions, NetworkCache networks, MailWriter mails)
{
    public Task<StatusOutcome> WithdrawAsync(Guid inquiryId, CancellationToken cancellation) => decisions.DecideAsync(
        inquiryId,
        async (found, patient) =>
        {
            if (found.IsOver)
            {
                return found.Inquiry.HoldReasons.Contains(HoldReason.PatientWithdrew) ? new(StatusNotice.Withdrawn) : StatusOutcome.Moved;
            }

            var ended = await TakenBack.PrepareAsync(networks, mails, found, patient, found.Current, WithdrawReason.PatientWithdrew, cancellation);
            var mail = mails.Withdrawn(found.Inquiry, patient);
            await database.WriteAsync(
                async tx =>
                {
                    // First what a second press cannot do as well: it looks again, and finds it withdrawn.
                    await InquiryStore.MoveAsync(tx, found.Inquiry, new InquiryMove(InquiryTrigger.Close, Actor.Patient, HoldReasons: [HoldReason.PatientWithdrew]));
                    await MailStore.AddAsync(tx, mail);
                    await ended.ApplyAsync(tx);
                    await LoadStore.StopWaitingAsync(tx, inquiryId);
                },
                Priority.Interactive,
                cancellation);
            return new(StatusNotice.Withdrawn);
        },
        cancellation);
}
