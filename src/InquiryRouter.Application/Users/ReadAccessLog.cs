using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.History;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Application.Users;

/// <summary>The access log for whoever may read it, newest first.</summary>
public sealed class ReadAccessLog(Work work)
{
    public const int PageSize = 100;

    /// <param name="before">The last line of the page before; null: from the end.</param>
    /// <param name="action">Of one kind; null: all.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<AccessLogPage> RunAsync(int? before, string? action, CancellationToken cancellation) => work.ReadAsync(
        async session =>
        {
            var found = await SystemAuditStore.NewestAsync(session, before, action, PageSize + 1);
            var names = (await UserStore.ListAsync(session)).ToDictionary(u => u.Id.ToString(), u => u.Name, StringComparer.Ordinal);
            return new AccessLogPage([.. found.Take(PageSize)], names, found.Count > PageSize ? found[PageSize - 1].Version : null);
        },
        cancellation);
}

/// <param name="Lines">Newest first.</param>
/// <param name="Names">Of the people whose ids stand in the lines.</param>
/// <param name="Next">Where the next page goes on; null: this is the last.</param>
public sealed record AccessLogPage(IReadOnlyList<AuditEntry> Lines, IReadOnlyDictionary<string, string> Names, int? Next);
