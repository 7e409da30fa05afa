using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.History;

namespace InquiryRouter.Application.Operations;

/// <summary>A history that is not as the program wrote it.</summary>
/// <param name="Line">The first line that was changed, is missing, or is too many.</param>
public sealed record BrokenHistory(string Reference, int Line);

/// <summary>What verifying came to.</summary>
public sealed record HistoryVerdict(long Inquiries, long Lines, IReadOnlyList<BrokenHistory> Broken);

/// <summary>Verifies that the histories of inquiries are as the program wrote them. Changes nothing.</summary>
public sealed class VerifyHistory(Database database)
{
    private const int PageSize = 200;

    // Each needs a line that is written between two questions.
    private const int MostLooks = 5;

    /// <param name="reference">Of one inquiry; null: all of them.</param>
    /// <param name="cancellation">Ends it early.</param>
    public Task<HistoryVerdict> RunAsync(string? reference, CancellationToken cancellation) =>
        reference is null ? AllAsync(cancellation) : OneAsync(reference, cancellation);

    private async Task<HistoryVerdict> AllAsync(CancellationToken cancellation)
    {
        var broken = new List<BrokenHistory>();
        var (inquiries, lines) = (0L, 0L);
        IReadOnlyList<ChainEnd> page;
        for (long last = 0; ; last = page[^1].Seq)
        {
            (page, var entries) = await database.ReadAsync(
                async session =>
                {
                    var ends = await AuditChainStore.ListAsync(session, last, PageSize);
                    return (ends, ends.Count == 0 ? null : await AuditChainStore.EntriesAsync(session, [.. ends.Select(e => e.Id)]));
                },
                cancellation);
            foreach (var end in page)
            {
                List<AuditEntry> history = [.. entries![end.Id]];
                inquiries++;
                lines += history.Count;
                if (AuditChain.FirstBroken(history, end.AuditHash) is not null)
                {
                    // A line may have been written between the two questions.
                    broken.AddRange((await OneAsync(end.Reference, cancellation)).Broken);
                }
            }

            if (page.Count < PageSize)
            {
                return new HistoryVerdict(inquiries, lines, broken);
            }
        }
    }

    private async Task<HistoryVerdict> OneAsync(string reference, CancellationToken cancellation)
    {
        for (var look = 1; ; look++)
        {
            var (before, history, after) = await database.ReadAsync(
                async session => await AuditChainStore.FindAsync(session, reference) is { } end
                    ? (end, await HistoryAsync(session, end.Id), await AuditChainStore.FindAsync(session, reference))
                    : default((ChainEnd?, List<AuditEntry>, ChainEnd?)),
                cancellation);
            if (before is null)
            {
                return new HistoryVerdict(0, 0, []);
            }

            if (AuditChain.FirstBroken(history, before.AuditHash) is not { } line)
            {
                return new HistoryVerdict(1, history.Count, []);
            }

            if (before.AuditCount == after?.AuditCount || look == MostLooks)
            {
                return new HistoryVerdict(1, history.Count, [new BrokenHistory(reference, line)]);
            }
        }
    }

    private static async Task<List<AuditEntry>> HistoryAsync(Session session, InquiryId inquiryId) =>
        [.. (await AuditChainStore.EntriesAsync(session, [inquiryId]))[inquiryId]];
}
