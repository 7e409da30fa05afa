using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <param name="Outbox">Messages: on their way, parked, set aside.</param>
/// <param name="Mails">On their way.</param>
/// <param name="Held">Inquiries that are held, quarantined, or wait for their patient.</param>
/// <param name="Work">What needs a person, by kind.</param>
/// <param name="IsAttended">A coordinator can be reached.</param>
public sealed record Health(OutboxBacklog Outbox, Backlog Mails, long Held, IReadOnlyList<WorkCount> Work, bool IsAttended);

/// <summary>Whether the program does its work: what waits, and since when.</summary>
public sealed class ReadHealth(Work work, AttendanceCache attendance)
{
    public async Task<Health> RunAsync(CancellationToken cancellation)
    {
        var (outbox, mails, held, open) = await work.ReadAsync(
            async session => (
                await OutboxStore.BacklogAsync(session), await MailStore.BacklogAsync(session), await InquiryStore.CountHeldAsync(session),
                await WorkStore.CountAsync(session)),
            cancellation);
        return new Health(outbox, mails, held, open, attendance.IsAttended);
    }
}
