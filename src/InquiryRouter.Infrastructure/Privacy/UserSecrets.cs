using System.Security.Cryptography;
using System.Text.Json;
using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Privacy;

/// <summary>
/// What is kept secret of the operator's people, under keys made of the installation's: a new master key changes none. Each use has its
/// own.
/// </summary>
public sealed class UserSecrets(KeyedHash keys)
{
    /// <summary>A user's secret of an authenticator app, as it is stored.</summary>
    public byte[] SealTotp(UserId userId, ReadOnlySpan<byte> secret) => Sealing.Seal(TotpKey(userId), secret);

    /// <exception cref="CryptographicException">Another user's, or changed.</exception>
    public byte[] OpenTotp(UserId userId, byte[] stored) => Sealing.Open(TotpKey(userId), stored);

    /// <summary>Proves that a secret on a form was made here, for this user.</summary>
    public byte[] ProofOfOffer(UserId userId, ReadOnlySpan<byte> secret) => keys.Compute("totp-offer", [.. Bytes(userId), .. secret]);

    /// <summary>What a device that somebody signed in on keeps, besides its own random bits.</summary>
    public byte[] ProofOfDevice(UserId userId, ReadOnlySpan<byte> device) => keys.Compute("known-device", [.. Bytes(userId), .. device]);

    /// <summary>Whom failures count for.</summary>
    public byte[] FailureSubject(string what) => keys.Compute("sign-in-failure", System.Text.Encoding.UTF8.GetBytes(what));

    /// <summary>What the sign-in of a provider keeps in the browser and in the address, for minutes.</summary>
    public byte[] SealState(ReadOnlySpan<byte> state) => Sealing.Seal(StateKey, state);

    /// <returns>Null: it was not sealed here.</returns>
    public byte[]? OpenState(byte[] stored) => TryOpen(StateKey, stored);

    /// <summary>What a page keeps for somebody for a short time.</summary>
    public byte[] SealKept<T>(UserId userId, T content) => Sealing.Seal(KeptKey(userId), JsonSerializer.SerializeToUtf8Bytes(content));

    /// <returns>Null: nothing is stored, it is another's, or it was not sealed here.</returns>
    public T? OpenKept<T>(UserId userId, byte[]? stored)
        where T : class =>
        stored is not null && TryOpen(KeptKey(userId), stored) is { } json ? JsonSerializer.Deserialize<T>(json) : null;

    private static byte[]? TryOpen(byte[] key, byte[] stored)
    {
        try
        {
            return Sealing.Open(key, stored);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private byte[] KeptKey(UserId userId) => keys.Compute("kept-page", Bytes(userId));

    private byte[] StateKey => keys.Compute("provider-state", []);

    private byte[] TotpKey(UserId userId) => keys.Compute("totp-key", Bytes(userId));

    private static byte[] Bytes(UserId userId) => userId.Value.ToByteArray(bigEndian: true);
}
