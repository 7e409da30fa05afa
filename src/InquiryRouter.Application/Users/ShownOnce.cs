using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Users;

/// <summary>
/// What is made and shown once, like recovery codes: kept sealed for minutes, so that a page that shows it can be loaded again and makes no
/// others.
/// </summary>
public sealed class ShownOnce(Work work, UserSecrets secrets)
{
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <returns>What finds it again.</returns>
    public async Task<Guid> KeepAsync(UserId user, IReadOnlyList<string> what, CancellationToken cancellation)
    {
        var id = Guid.NewGuid();
        var content = secrets.SealKept(user, what);
        return await work.WriteAsync(
            async tx =>
            {
                await KeptPageStore.AddAsync(tx, id, user, KeptKind.Shown, content, Kept);
                return id;
            },
            cancellation);
    }

    /// <returns>Null: it is another's, or too old.</returns>
    public async Task<IReadOnlyList<string>?> FindAsync(UserId user, Guid id, CancellationToken cancellation) =>
        secrets.OpenKept<List<string>>(
            user, (await work.ReadAsync(session => KeptPageStore.FindAsync(session, id, user, KeptKind.Shown), cancellation))?.Sealed);
}
