using System.Buffers.Text;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Users.Passkeys;

/// <summary>Somebody's own passkeys: adds one, removes one, and shows one again before what matters most.</summary>
public sealed class ChangePasskeys(Work work, PasskeyCeremony ceremony, MailWriter mails, SecurityLog security)
{
    /// <summary>Of one person: devices, and some to spare.</summary>
    public const int Most = 20;

    public const int LongestName = 60;

    public Task<IReadOnlyList<StoredPasskey>> ListAsync(UserId user, CancellationToken cancellation) =>
        work.ReadAsync(session => PasskeyStore.ListAsync(session, user), cancellation);

    /// <summary>What a passkey is called in an address or a form.</summary>
    public static string IdOf(StoredPasskey passkey) => Base64Url.EncodeToString(passkey.CredentialId);

    public Task<PasskeyQuestion> AskForNewAsync(AppUser user, CancellationToken cancellation) =>
        ceremony.AskForNewAsync(user, cancellation);

    /// <param name="user">Whose.</param>
    /// <param name="session">Stays; the others end, as with every change of a factor.</param>
    /// <param name="token">Of the question.</param>
    /// <param name="answer">As the browser gives it, JSON.</param>
    /// <param name="name">As they typed it; empty: what the device is called.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<PasskeyChange> AddAsync(
        AppUser user, UserSession session, string? token, string? answer, string? name, CancellationToken cancellation)
    {
        if (await ceremony.TakeAsync(PasskeyPurpose.Add, token, cancellation) is not { } asked || asked.User != user.Id)
        {
            return PasskeyChange.Expired;
        }

        if (await ceremony.ReadNewAsync(user, asked.State, answer) is not { } made)
        {
            return PasskeyChange.Refused;
        }

        if ((await ListAsync(user.Id, cancellation)).Count >= Most)
        {
            return PasskeyChange.TooMany;
        }

        var called = string.IsNullOrWhiteSpace(name) ? session.Device : name.Trim();
        called = called.Length > LongestName ? called[..LongestName] : called;
        var told = mails.AccountChanged(user, AccountChange.PasskeyAdded, work.Now);
        try
        {
            await work.ApplyAsync(
                ChangeFactors.Steps(
                    user, session, "passkey-added", told, tx => PasskeyStore.AddAsync(tx, made with { Name = called })),
                cancellation);
            return PasskeyChange.Done;
        }
        catch (ConflictException)
        {
            // Added by another press, or the account changed in this moment.
            return PasskeyChange.Refused;
        }
    }

    public async Task<PasskeyChange> RemoveAsync(AppUser user, UserSession session, string? id, CancellationToken cancellation)
    {
        var known = (await ListAsync(user.Id, cancellation)).FirstOrDefault(p => IdOf(p) == id);
        if (known is null)
        {
            return PasskeyChange.Gone;
        }

        await work.ApplyAsync(
            ChangeFactors.Steps(
                user, session, "passkey-removed", mails.AccountChanged(user, AccountChange.PasskeyRemoved, work.Now),
                tx => PasskeyStore.RemoveAsync(tx, user.Id, known.CredentialId)),
            cancellation);
        return PasskeyChange.Done;
    }

    public Task<PasskeyQuestion> AskToProveAsync(AppUser user, CancellationToken cancellation) =>
        ceremony.AskAsync(PasskeyPurpose.Prove, user, cancellation);

    /// <summary>One of theirs is shown again: the session goes on under another secret.</summary>
    /// <returns>Its token; null: it is not right, or took too long.</returns>
    public async Task<string?> ProveAsync(AppUser user, UserSession session, string? token, string? answer, CancellationToken cancellation)
    {
        if (await ceremony.TakeAsync(PasskeyPurpose.Prove, token, cancellation) is not { } asked || asked.User != user.Id)
        {
            return null;
        }

        var shown = await ceremony.ReadAsync(asked.State, answer);
        var next = AccessLinkStore.NewToken();
        var verdict = shown is null || shown.User.Id != user.Id ? "passkey" : await work.WriteAsync(
            async tx => await PasskeyStore.TryUseAsync(tx, shown.CredentialId, shown.SignCount, shown.BackedUp)
                ? await ChangeFactors.GoOnAsync(tx, user, session, next) ? null : "session"
                : SignInWithPasskey.CountWentBack,
            cancellation);
        if (verdict == SignInWithPasskey.CountWentBack)
        {
            await SignInWithPasskey.TellOfCopyAsync(work, mails, user, cancellation);
        }

        if (verdict is not null)
        {
            await SignIn.RecordRefusedAsync(work, security, user.Id, verdict, cancellation);
        }

        return verdict is null ? next : null;
    }
}

/// <summary>What changing one's passkeys came to.</summary>
public enum PasskeyChange
{
    Done,

    /// <summary>The question was too old, or answered before.</summary>
    Expired,

    /// <summary>The browser's answer is not right, or the passkey is known already.</summary>
    Refused,

    TooMany,

    /// <summary>There is none of theirs by that name.</summary>
    Gone,
}
