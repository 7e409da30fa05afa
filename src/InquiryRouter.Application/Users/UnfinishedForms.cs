using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Users;

/// <summary>Why a form was not taken.</summary>
public enum Unsent
{
    /// <summary>Nobody was signed in any more.</summary>
    SignedOut,

    /// <summary>A factor had to be shown again.</summary>
    NeedsProof,

    /// <summary>The role does not allow it.</summary>
    NotAllowed,

    /// <summary>Somebody else had changed the same thing, or it could not be done as things stood.</summary>
    Changed,
}

/// <summary>A form of the console as somebody filled it in.</summary>
/// <param name="Path">Where it is sent.</param>
/// <param name="Page">The page it stands on.</param>
/// <param name="Why">Why it was not taken.</param>
/// <param name="Fields">In their order; a name may stand there more than once.</param>
public sealed record TypedForm(string Path, string Page, Unsent Why, IReadOnlyList<TypedField> Fields);

/// <param name="Name">Of the field.</param>
public sealed record TypedField(string Name, string Value);

/// <summary>A form that waits for whoever filled it in.</summary>
public sealed record UnfinishedForm(Guid Id, DateTimeOffset At, TypedForm Form);

/// <summary>
/// Forms that were filled in and could not be taken: sealed, for whoever filled them in alone, for a day, and never sent by themselves.
/// What is about an
/// inquiry goes with its erasure.
/// </summary>
public sealed class UnfinishedForms(Work work, UserSecrets secrets)
{
    /// <summary>Of one person; the oldest makes room.</summary>
    public const int Most = 5;

    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Who sat at this browser when its session ended.</summary>
    /// <param name="token">Of the cookie, as the browser still sends it.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <returns>Null: nobody can say.</returns>
    public async Task<UserId?> WhoseAsync(string? token, CancellationToken cancellation) =>
        ConsoleSessions.HashOf(token) is { } hash
            ? await work.ReadAsync(session => UserSessionStore.FindOwnerAsync(session, hash), cancellation)
            : null;

    /// <param name="user">Whose.</param>
    /// <param name="form">What they filled in.</param>
    /// <param name="reference">Of the inquiry it is about; null: of none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Its id; null: nothing may be kept about this inquiry any more.</returns>
    public async Task<Guid?> KeepAsync(UserId user, TypedForm form, string? reference, CancellationToken cancellation)
    {
        var id = Guid.NewGuid();
        var content = secrets.SealKept(user, form);
        return await work.WriteAsync<Guid?>(
            async tx =>
            {
                InquiryId? about = reference is null ? null : await InquiryStore.FindIdAsync(tx, reference);
                if (reference is not null && (about is null || !await InquiryStore.HoldAsync(tx, about.Value)))
                {
                    return null;
                }

                await KeptPageStore.AddAsync(tx, id, user, KeptKind.Form, content, Kept, about);
                await KeptPageStore.LeaveNewestAsync(tx, user, KeptKind.Form, Most);
                return id;
            },
            cancellation);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<UnfinishedForm>> ListAsync(UserId user, CancellationToken cancellation) =>
        [.. (await work.ReadAsync(session => KeptPageStore.ListAsync(session, user, KeptKind.Form), cancellation))
            .Select(kept => Open(user, kept)).OfType<UnfinishedForm>()];

    public async Task<UnfinishedForm?> FindAsync(UserId user, Guid id, CancellationToken cancellation) =>
        await work.ReadAsync(session => KeptPageStore.FindAsync(session, id, user, KeptKind.Form), cancellation) is { } kept ? Open(user,
            kept) : null;

    /// <summary>It is sent, or not wanted any more.</summary>
    public Task RemoveAsync(UserId user, Guid id, CancellationToken cancellation) => work.WriteAsync(
        async tx =>
        {
            await KeptPageStore.RemoveAsync(tx, id, user);
            return true;
        },
        cancellation);

    private UnfinishedForm? Open(UserId user, KeptPage kept) =>
        secrets.OpenKept<TypedForm>(user, kept.Sealed) is { } form ? new UnfinishedForm(kept.Id, kept.At, form) : null;
}
