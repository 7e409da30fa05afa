using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Users;

/// <summary>Who tries, and from where.</summary>
/// <param name="Sender">The part of the network address that is one sender; null: none.</param>
/// <param name="KnownDevice">What the browser keeps from an earlier sign-in; null: nothing.</param>
/// <param name="Device">Like "Firefox on Linux".</param>
public sealed record SignInPlace(string? Sender, string? KnownDevice, string Device);

/// <summary>
/// Counts tries before they are looked at, so that many at once are no way around it. A device on which somebody has signed in has a
/// count of its
/// own: whoever guesses from elsewhere locks nobody out of it (OWASP, device cookies).
/// </summary>
public sealed class SignInAttempts(Work work, UserSecrets secrets, SecurityLog security)
{
    private const int DeviceLength = 32;
    private const char Between = '.';

    /// <summary>What counts this try; null: there were too many.</summary>
    public async Task<SignInTry?> BeginAsync(string mail, AppUser? user, SignInPlace place, CancellationToken cancellation)
    {
        var isKnown = user is not null && IsKnown(user.Id, place.KnownDevice);
        var account = secrets.FailureSubject(isKnown ? $"device {place.KnownDevice}" : $"account {Mailbox.Key(mail)}");
        var address = AddressOf(place);
        var spent = await work.WriteAsync<string?>(
            async tx =>
            {
                var since = tx.Now - SignInRules.FailureWindow;
                if (address is not null && await SignInFailureStore.CountAsync(tx, address, since) >= SignInRules.MostFailuresOfAddress)
                {
                    return "sign-ins-of-an-address";
                }

                if (await SignInFailureStore.CountAsync(tx, account, since) >= SignInRules.MostFailures)
                {
                    return isKnown ? "sign-ins-of-a-device" : "sign-ins-of-an-account";
                }

                await SignInFailureStore.AddAsync(tx, account);
                if (address is not null)
                {
                    await SignInFailureStore.AddAsync(tx, address);
                }

                return null;
            },
            cancellation);
        if (spent is not null)
        {
            security.LimitHit(spent);
            return null;
        }

        return new SignInTry(account, address, isKnown);
    }

    /// <summary>Counts a question for a passkey, which nobody answers by guessing, for the address that asks.</summary>
    /// <returns>False: it has asked too often.</returns>
    public async Task<bool> AskAsync(SignInPlace place, CancellationToken cancellation)
    {
        var may = AddressOf(place) is not { } address || await work.WriteAsync(
            async tx =>
            {
                if (await SignInFailureStore.CountAsync(
                        tx, address, tx.Now - SignInRules.FailureWindow) >= SignInRules.MostFailuresOfAddress)
                {
                    return false;
                }

                await SignInFailureStore.AddAsync(tx, address);
                return true;
            },
            cancellation);
        if (!may)
        {
            security.LimitHit("sign-ins-of-an-address");
        }

        return may;
    }

    /// <summary>It was answered well: it does not count.</summary>
    internal static Task AnsweredAsync(Tx tx, byte[]? address) =>
        address is null ? Task.CompletedTask : SignInFailureStore.TakeBackAsync(tx, address);

    internal byte[]? AddressOf(SignInPlace place) => place.Sender is null ? null : secrets.FailureSubject($"address {place.Sender}");

    /// <summary>It was them: the try does not count.</summary>
    internal static async Task ForgetAsync(Tx tx, SignInTry made)
    {
        await (made.IsKnownDevice ? SignInFailureStore.ForgetAsync(tx, made.Account) : SignInFailureStore.TakeBackAsync(tx, made.Account));
        if (made.Address is not null)
        {
            await SignInFailureStore.TakeBackAsync(tx, made.Address);
        }
    }

    /// <summary>What a browser keeps once somebody has signed in with it.</summary>
    public string NewDevice(UserId user)
    {
        var device = RandomNumberGenerator.GetBytes(DeviceLength);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Base64Url.EncodeToString(device)}{Between}{Base64Url.EncodeToString(secrets.ProofOfDevice(user, device))}");
    }

    private bool IsKnown(UserId user, string? kept) =>
        kept is { Length: < 200 } && kept.Split(Between) is [var device, var proof]
        && Base64Url.IsValid(device) && Base64Url.IsValid(proof)
        && CryptographicOperations.FixedTimeEquals(
            Base64Url.DecodeFromChars(proof), secrets.ProofOfDevice(user, Base64Url.DecodeFromChars(device)));
}

/// <summary>A try that counts until it has succeeded.</summary>
public sealed record SignInTry(byte[] Account, byte[]? Address, bool IsKnownDevice);
