using System.Security.Cryptography;
using System.Text;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Screening.Duplicates;

namespace InquiryRouter.Infrastructure.Privacy;

/// <summary>
/// HMAC-SHA-256 under a key of the installation, for finding an address or a request again without storing it. The key is stored wrapped
/// by the master key, so that a new master key changes no hash; a wrong master key is noticed by it at the start.
/// </summary>
public sealed class KeyedHash(byte[] key)
{
    /// <param name="use">What the hash is for: equal values of different uses have different hashes.</param>
    public byte[] Compute(string use, ReadOnlySpan<byte> value)
    {
        // In one call over a copy: making an incremental hash costs several times more than hashing what we hash.
        var length = Encoding.UTF8.GetByteCount(use);
        var data = new byte[length + 1 + value.Length];
        Encoding.UTF8.GetBytes(use, data);
        value.CopyTo(data.AsSpan(length + 1));
        return HMACSHA256.HashData(key, data);
    }

    /// <summary>Equal for every way to write one mailbox (<see cref="Mailbox.Key"/>).</summary>
    public byte[] OfAddress(string address) => Compute("address", Encoding.UTF8.GetBytes(Mailbox.Key(address)));

    /// <summary>Of who makes us write to others.</summary>
    /// <param name="network">The part of a network address that is one sender.</param>
    public byte[] OfAsker(string network) => Compute("mail-asker", Encoding.UTF8.GetBytes(network));

    /// <summary>Of the mailbox that mail to an address ends up in, however it is written.</summary>
    public byte[] OfMailbox(string address) => Compute("mailbox", Encoding.UTF8.GetBytes(SearchKeys.Mail(address)));
}
