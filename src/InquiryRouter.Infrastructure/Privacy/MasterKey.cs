using System.Security.Cryptography;

namespace InquiryRouter.Infrastructure.Privacy;

/// <summary>The key that wraps all others. Losing it is losing every patient's data; so is publishing it.</summary>
public sealed class MasterKey
{
    public const int Length = 32;
    private readonly byte[] _key;

    private MasterKey(byte[] key)
    {
        _key = key;
        // Names the key without saying anything about it.
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(key, "inquiryrouter master key id"u8))[..12];
    }

    public string Id { get; }

    public byte[] Wrap(byte[] key) => Sealing.Seal(_key, key);

    /// <exception cref="CryptographicException">The key was wrapped by another master key.</exception>
    public byte[] Unwrap(byte[] wrapped) => Sealing.Open(_key, wrapped);

    /// <exception cref="CannotStartException">The text is not such a key.</exception>
    public static MasterKey Parse(string base64, string origin)
    {
        var key = new byte[Length];
        return Convert.TryFromBase64String(base64.Trim(), key, out var written) && written == Length
            ? new MasterKey(key)
            : throw new CannotStartException($"{origin} must hold Base64 of exactly {Length} bytes. Make one with: openssl rand -base64 {Length}");
    }
}
