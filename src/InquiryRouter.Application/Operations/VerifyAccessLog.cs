using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.History;

namespace InquiryRouter.Application.Operations;

/// <summary>What verifying the access log came to.</summary>
/// <param name="Lines">How many lines it has.</param>
/// <param name="End">The newest hash, in letters and digits.</param>
/// <param name="FirstBroken">The first line that was changed, is missing, or is too many; null: it is as it was written.</param>
public sealed record AccessLogVerdict(int Lines, string End, int? FirstBroken);

/// <summary>Verifies that the access log is as the program wrote it. Changes nothing.</summary>
public sealed class VerifyAccessLog(Database database)
{
    private const int PageSize = 500;

    public async Task<AccessLogVerdict> RunAsync(CancellationToken cancellation)
    {
        // The last line first: what is written meanwhile moves the end with it.
        var (last, end) = await database.ReadAsync(
            async session =>
            {
                var newest = await SystemAuditStore.NewestAsync(session, before: null, action: null, take: 1);
                var head = await SystemAuditStore.FindEndAsync(session) ?? new SystemAuditEnd(0, AuditChain.Start);
                return (newest.Count == 0 ? 0 : newest[0].Version, head);
            },
            cancellation);
        var (lines, previous) = (0, AuditChain.Start);
        while (lines < end.Lines)
        {
            var page = await database.ReadAsync(session =>
                SystemAuditStore.ListAsync(session, lines, Math.Min(PageSize, end.Lines - lines)), cancellation);
            if (page.Count == 0)
            {
                return Broken(lines + 1);
            }

            if (AuditChain.FirstBroken(page, ref lines, ref previous) is { } broken)
            {
                return Broken(broken);
            }
        }

        return last > end.Lines ? Broken(end.Lines + 1)
            : previous.AsSpan().SequenceEqual(end.Hash) ? new AccessLogVerdict(end.Lines, Convert.ToHexStringLower(end.Hash), null)
            : Broken(Math.Max(1, end.Lines));

        AccessLogVerdict Broken(int line) => new(end.Lines, Convert.ToHexStringLower(end.Hash), line);
    }
}
