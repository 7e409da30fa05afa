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

    /// <summary>Of what opens a way in for somebody else: long enough to load a page again.</summary>
    public static readonly TimeSpan KeptShort = TimeSpan.FromMinutes(1);

    /// <param name="user">Whose page shows it.</param>
    /// <param name="what">What it shows.</param>
    /// <param name="life">For how long.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What finds it again.</returns>
    public async Task<Guid> KeepAsync(UserId user, IReadOnlyList<string> what, TimeSpan life, CancellationToken cancellation)
    {
        var id = Guid.NewGuid();
        var content = secrets.SealKept(user, what);
        return await work.WriteAsync(
            async tx =>
            {
                await KeptPageStore.AddAsync(tx, id, user, KeptKind.Shown, content, life);
                return id;
            },
            cancellation);
    }

    /// <returns>Null: it is another's, or too old.</returns>
    public async Task<IReadOnlyList<string>?> FindAsync(UserId user, Guid id, CancellationToken cancellation) =>
        secrets.OpenKept<List<string>>(
            user, (await work.ReadAsync(session => KeptPageStore.FindAsync(session, id, user, KeptKind.Shown), cancellation))?.Sealed);
}
