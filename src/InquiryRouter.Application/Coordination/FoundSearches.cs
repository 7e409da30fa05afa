using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// What somebody found lately, so that back and reload show it again, whichever process answers: no term and no name, sealed, for them
/// alone. Each is a
/// search that counts: one that can be asked without end tells who is a patient.
/// </summary>
public sealed class FoundSearches(Work work, UserSecrets secrets)
{
    /// <summary>Searches of one person within <see cref="Within"/>.</summary>
    public const int Most = 60;

    public static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    /// <summary>Longer than searches count.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    /// <returns>Null: it is another's, too old, or somebody was erased since.</returns>
    public async Task<IReadOnlyList<FoundReference>?> FindAsync(UserId user, Guid id, CancellationToken cancellation) =>
        secrets.OpenKept<List<FoundReference>>(
            user, (await work.ReadAsync(session => KeptPageStore.FindAsync(session, id, user, KeptKind.Search), cancellation))?.Sealed);

    /// <summary>Counts a search; null: there were too many.</summary>
    internal async Task<Guid?> BeginAsync(UserId user, CancellationToken cancellation)
    {
        var id = Guid.NewGuid();
        return await work.WriteAsync<Guid?>(
            async tx =>
            {
                if (await KeptPageStore.CountAsync(tx, user, KeptKind.Search, tx.Now - Within) >= Most)
                {
                    return null;
                }

                await KeptPageStore.AddAsync(tx, id, user, KeptKind.Search, content: null, Kept);
                return id;
            },
            cancellation);
    }

    internal Task EndAsync(Tx tx, UserId user, Guid id, IReadOnlyList<FoundReference> found) =>
        KeptPageStore.FillAsync(tx, id, secrets.SealKept(user, found));
}
