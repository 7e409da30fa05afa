using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text.Json;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace InquiryRouter.Application.Users.Passkeys;

/// <summary>What a browser is asked, and the secret that finds the question again in the same browser.</summary>
public sealed record PasskeyQuestion(string Token, string OptionsJson);

/// <summary>What a question is for: an answer to one is none to another. Stored by name.</summary>
public enum PasskeyPurpose
{
    SignIn,
    Add,
    Prove,

    /// <summary>A passkey was shown that had not verified the person: the password is asked as well.</summary>
    Password,
}

/// <summary>A passkey's answer whose signature holds.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="SignCount">What the authenticator counts; not compared yet.</param>
/// <param name="IsVerified">It has verified the person, by a PIN, a finger or a face: that is two factors.</param>
internal sealed record PasskeyAnswer(AppUser User, byte[] CredentialId, long SignCount, bool BackedUp, bool IsVerified);

/// <summary>
/// WebAuthn as ASP.NET Core speaks it, over our stores: questions are rows, answered once, within minutes, for what they were asked.
/// Verification of the person is asked for and looked at in the answer, so that a key without a PIN is one factor and no more.
/// </summary>
public sealed class PasskeyCeremony : IDisposable
{
    private const int LongestAnswer = 20_000;
    private const int FlagsAt = 32;
    private const int ShortestData = FlagsAt + 1 + sizeof(uint);
    private const byte VerifiedFlag = 0x04;

    private readonly Work _work;
    private readonly UserManager<AppUser> _users;
    private readonly PasskeyHandler<AppUser> _handler;

    public PasskeyCeremony(Work work, PasskeySite site)
    {
        _work = work;
        _users = new UserManager<AppUser>(
            new PasskeyUsers(work), Options.Create(new IdentityOptions()), null!, [], [], null!, new IdentityErrorDescriber(), null!,
            NullLogger<UserManager<AppUser>>.Instance);
        _handler = new PasskeyHandler<AppUser>(_users, Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = site.Domain,
            AuthenticatorTimeout = SignInRules.ChallengeLifetime,
            UserVerificationRequirement = "preferred",
            ResidentKeyRequirement = "required",
            AttestationConveyancePreference = "none",
            ValidateOrigin = from => ValueTask.FromResult(!from.CrossOrigin && site.IsOrigin(from.Origin)),
        }));
    }

    // What it asks of a request, its address, comes from the settings.
    private static HttpContext NoRequest => new DefaultHttpContext();

    /// <summary>Asks for a new passkey of somebody.</summary>
    internal async Task<PasskeyQuestion> AskForNewAsync(AppUser user, CancellationToken cancellation)
    {
        var made = await _handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = user.Id.ToString(), Name = user.Mail, DisplayName = user.Name }, NoRequest);
        return new PasskeyQuestion(
            await KeepAsync(PasskeyPurpose.Add, user.Id, made.AttestationState, cancellation), made.CreationOptionsJson);
    }

    /// <summary>Asks for one that is there: of a person, or of whoever has one.</summary>
    internal async Task<PasskeyQuestion> AskAsync(PasskeyPurpose purpose, AppUser? user, CancellationToken cancellation)
    {
        var made = await _handler.MakeRequestOptionsAsync(user, NoRequest);
        return new PasskeyQuestion(await KeepAsync(purpose, user?.Id, made.AssertionState, cancellation), made.RequestOptionsJson);
    }

    internal async Task<string> KeepAsync(PasskeyPurpose purpose, UserId? user, string? state, CancellationToken cancellation)
    {
        var token = AccessLinkStore.NewToken();
        await _work.WriteAsync(
            async tx =>
            {
                await KeepAsync(tx, token, purpose, user, state);
                return true;
            },
            cancellation);
        return token;
    }

    internal static Task KeepAsync(Tx tx, string token, PasskeyPurpose purpose, UserId? user, string? state) =>
        ChallengeStore.AddAsync(tx, token, JsonSerializer.Serialize(new Kept(purpose.ToString(), user?.Value, state)));

    /// <summary>Uses a question up, whatever its answer is worth.</summary>
    /// <returns>Its state, and whom it was asked; null: it was used, is too old, was never asked, or for something else.</returns>
    internal async Task<(string? State, UserId? User)?> TakeAsync(PasskeyPurpose purpose, string? token, CancellationToken cancellation) =>
        !string.IsNullOrEmpty(token)
        && await _work.WriteAsync(tx => ChallengeStore.TakeAsync(tx, token), cancellation) is { } stored
        && JsonSerializer.Deserialize<Kept>(stored) is { } kept && kept.Purpose == purpose.ToString()
            ? (kept.State, kept.User is { } user ? new UserId(user) : null)
            : null;

    /// <returns>The passkey as it is to be stored; null: the answer is not right.</returns>
    internal async Task<StoredPasskey?> ReadNewAsync(AppUser user, string? state, string? answer)
    {
        if (answer is null or { Length: > LongestAnswer } || state is null)
        {
            return null;
        }

        var read = await _handler.PerformAttestationAsync(
            new PasskeyAttestationContext { CredentialJson = answer, HttpContext = NoRequest, AttestationState = state });
        return read.Succeeded && read.UserEntity.Id == user.Id.ToString()
            ? new StoredPasskey
            {
                UserId = user.Id,
                CredentialId = read.Passkey.CredentialId,
                PublicKey = read.Passkey.PublicKey,
                SignCount = read.Passkey.SignCount,
                Transports = read.Passkey.Transports is { Length: > 0 } transports ? string.Join(' ', transports) : null,
                Verified = read.Passkey.IsUserVerified,
                BackupEligible = read.Passkey.IsBackupEligible,
                BackedUp = read.Passkey.IsBackedUp,
                Attestation = read.Passkey.AttestationObject,
                ClientData = read.Passkey.ClientDataJson,
                CreatedAt = _work.Now,
            }
            : null;
    }

    /// <returns>Null: it is nobody's, or its signature, origin or question is not right.</returns>
    internal async Task<PasskeyAnswer?> ReadAsync(string? state, string? answer)
    {
        if (answer is null or { Length: > LongestAnswer } || state is null)
        {
            return null;
        }

        var read = await _handler.PerformAssertionAsync(
            new PasskeyAssertionContext { CredentialJson = answer, HttpContext = NoRequest, AssertionState = state });
        if (!read.Succeeded)
        {
            return null;
        }

        // Signed, as it has just been shown.
        using var json = JsonDocument.Parse(answer);
        var data = Base64Url.DecodeFromChars(
            json.RootElement.GetProperty("response").GetProperty("authenticatorData").GetString());
        return data.Length < ShortestData ? null : new PasskeyAnswer(
            read.User, read.Passkey.CredentialId, BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(FlagsAt + 1)), read.Passkey.IsBackedUp,
            (data[FlagsAt] & VerifiedFlag) != 0);
    }

    public void Dispose() => _users.Dispose();

    private sealed record Kept(string Purpose, Guid? User, string? State);
}
