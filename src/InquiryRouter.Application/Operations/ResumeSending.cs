using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>Everything goes on after a restoring: somebody has seen what would be sent.</summary>
public sealed class ResumeSending(Work work)
{
    /// <param name="parkMails">
    /// Mails that waited when the backup was made stay where they are, each for a person to send or to put away: they may have been sent since.
    /// </param>
    /// <param name="who">Who decides so.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>How many mails were parked; null: nothing was held.</returns>
    public Task<int?> RunAsync(bool parkMails, Actor who, CancellationToken cancellation) => work.WriteAsync(
        async tx =>
        {
            if (await SendingHoldStore.FindAsync(tx) is not { } hold)
            {
                return (int?)null;
            }

            var parked = parkMails ? await MailStore.ParkWaitingAsync(tx, hold.Since, MailCause.Restored) : 0;
            await SendingHoldStore.EndAsync(tx);
            await OperationsLog.RecordAsync(tx, "sending-resumed", "mails-parked", parked, who);
            await OperationsLog.RecordAsync(tx, "sending-resumed", "hold", 1, who);
            tx.WakeAfterCommit(Wake.Mail | Wake.Outbox);
            return parked;
        },
        cancellation);
}
