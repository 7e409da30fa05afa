using System.Security.Cryptography;

namespace InquiryRouter.Infrastructure.Privacy;

/// <summary>AES-256-GCM with a random nonce: version byte, nonce, tag, ciphertext.</summary>
internal static class Sealing
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain)
    {
        var result = new byte[Overhead + plain.Length];
        result[0] = Version;
        var nonce = result.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, result.AsSpan(Overhead), result.AsSpan(1 + NonceLength, TagLength));
        return result;
    }

    /// <exception cref="CryptographicException">Another key, or changed bytes.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < Overhead || sealedBytes[0] != Version)
        {
            throw new CryptographicException("These bytes were not sealed by this program.");
        }

        var plain = new byte[sealedBytes.Length - Overhead];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(sealedBytes.Slice(1, NonceLength), sealedBytes[Overhead..], sealedBytes.Slice(1 + NonceLength, TagLength), plain);
        return plain;
    }
}
