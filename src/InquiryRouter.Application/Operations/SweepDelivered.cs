using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Application.Operations;

/// <summary>Deletes what delivery and the load no longer need, in small batches: nobody waits long behind one.</summary>
public sealed class SweepDelivered(Database database)
{
    private const int BatchSize = 500;
    private static readonly TimeSpan s_outboxAge = TimeSpan.FromDays(7);

    // Longer than any replay: a message delivered again after this would be handled twice.
    private static readonly TimeSpan s_inboxAge = TimeSpan.FromDays(30);

    private static readonly TimeSpan s_triesAge = TimeSpan.FromDays(90);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = database.Clock.GetUtcNow();
        await SweepAsync(tx => OutboxStore.SweepAsync(tx, now - s_outboxAge, BatchSize), cancellation);
        await SweepAsync(tx => OutboxHistory.SweepAsync(tx, BatchSize), cancellation);
        await SweepAsync(tx => InboxStore.SweepAsync(tx, now - s_inboxAge, BatchSize), cancellation);
        await database.WriteAsync(LoadStore.SweepAsync, cancellation: cancellation);
        await SweepAsync(tx => MailStore.SweepTriesAsync(tx, now - s_triesAge, BatchSize), cancellation);
        await SweepAsync(tx => MailRequestStore.SweepAsync(tx, BatchSize), cancellation);
        await SweepAsync(tx => UserSessionStore.SweepAsync(tx, now - UserSessionStore.Kept, BatchSize), cancellation);
        await SweepAsync(tx => SignInFailureStore.SweepAsync(tx, now - SignInFailureStore.Kept, BatchSize), cancellation);
        await SweepAsync(tx => BulkActionStore.SweepAsync(tx, now - BulkActionStore.Kept, BatchSize), cancellation);
        await SweepAsync(tx => PresenceStore.SweepAsync(tx, now - PresenceStore.Life, BatchSize), cancellation);
        await SweepAsync(tx => ClinicUploadStore.SweepAsync(tx, BatchSize), cancellation);
        await SweepAsync(tx => ChallengeStore.SweepAsync(tx, now), cancellation);
        await SweepAsync(tx => KeptPageStore.SweepAsync(tx, BatchSize), cancellation);
        await SweepAsync(tx => IdempotencyStore.SweepAsync(tx, now - IdempotencyStore.Lifetime, BatchSize), cancellation);
    }

    private async Task SweepAsync(Func<Tx, Task<int>> batch, CancellationToken cancellation)
    {
        while (await database.WriteAsync(batch, cancellation: cancellation) == BatchSize)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }
    }
}
