using System.Globalization;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using Microsoft.AspNetCore.Identity;

namespace InquiryRouter.Application.Users.Passkeys;

/// <summary>
/// Our stores as ASP.NET Core's passkey handler asks them. It only asks: what follows from an answer is written by the use cases, in one
/// transaction. A user's handle is their id, which says nothing of them.
/// </summary>
internal sealed class PasskeyUsers(Work work) : IUserPasskeyStore<AppUser>
{
    public Task<AppUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Guid.TryParse(userId, out var id)
        ? work.ReadAsync(session => UserStore.FindAsync(session, new UserId(id)), cancellationToken)
        : Task.FromResult<AppUser?>(null);

    public Task<AppUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => work.ReadAsync(
        async session => await PasskeyStore.FindAsync(session, credentialId) is { } found
            ? await UserStore.FindAsync(session, found.UserId)
            : null,
        cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(AppUser user, CancellationToken cancellationToken) =>
        [.. (await work.ReadAsync(session => PasskeyStore.ListAsync(session, user.Id), cancellationToken)).Select(Read)];

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(AppUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        await work.ReadAsync(session => PasskeyStore.FindAsync(session, credentialId), cancellationToken) is { } found
        && found.UserId == user.Id
            ? Read(found)
            : null;

    public Task<string> GetUserIdAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Mail);

    public Task<string?> GetNormalizedUserNameAsync(AppUser user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public Task<AppUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        work.ReadAsync(session => UserStore.FindByMailAsync(session, normalizedUserName), cancellationToken);

    public Task AddOrUpdatePasskeyAsync(AppUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Written();

    public Task RemovePasskeyAsync(AppUser user, byte[] credentialId, CancellationToken cancellationToken) => throw Written();

    public Task SetUserNameAsync(AppUser user, string? userName, CancellationToken cancellationToken) => throw Written();

    public Task SetNormalizedUserNameAsync(AppUser user, string? normalizedName, CancellationToken cancellationToken) => throw Written();

    public Task<IdentityResult> CreateAsync(AppUser user, CancellationToken cancellationToken) => throw Written();

    public Task<IdentityResult> UpdateAsync(AppUser user, CancellationToken cancellationToken) => throw Written();

    public Task<IdentityResult> DeleteAsync(AppUser user, CancellationToken cancellationToken) => throw Written();

    public void Dispose()
    {
    }

    // The count is compared where it is written: here two answers of the same moment would both pass.
    private static UserPasskeyInfo Read(StoredPasskey stored) => new(
        stored.CredentialId, stored.PublicKey, stored.CreatedAt, signCount: 0,
        stored.Transports?.Split(' ', StringSplitOptions.RemoveEmptyEntries), stored.Verified, stored.BackupEligible, stored.BackedUp,
        stored.Attestation, stored.ClientData) { Name = stored.Name };

    private static NotSupportedException Written() =>
        new(string.Create(CultureInfo.InvariantCulture, $"{nameof(PasskeyUsers)} only reads: the use cases write."));
}
