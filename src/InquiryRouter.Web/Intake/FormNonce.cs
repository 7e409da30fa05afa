using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Web.Intake;

/// <summary>
/// The hidden number of a form: makes a second press of the button the same inquiry, and tells when the page was opened, signed, so that a program
/// cannot invent it. It is a sign for screening and never a reason to refuse: a tab may be older than a key.
/// </summary>
public sealed class FormNonce(KeyedHash hash, TimeProvider clock)
{
    /// <summary>Nobody reads the page, fills in its fields and agrees to two things in less.</summary>
    public static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(3);

    private const int TimeLength = 8;
    private const int RandomLength = 10;
    private const int SignedLength = TimeLength + RandomLength;
    private const int SignatureLength = 16;

    public string New()
    {
        var nonce = new byte[SignedLength + SignatureLength];
        BinaryPrimitives.WriteInt64BigEndian(nonce, clock.GetUtcNow().ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(nonce.AsSpan(TimeLength, RandomLength));
        Signature(nonce).CopyTo(nonce.AsSpan(SignedLength));
        return Base64Url.EncodeToString(nonce);
    }

    /// <summary>What screening must know about a form that came with this nonce; null when a person may well have sent it.</summary>
    public SpamReason? Weigh(string? sent)
    {
        Span<byte> nonce = stackalloc byte[SignedLength + SignatureLength];
        if (sent is null || !Base64Url.IsValid(sent, out var length) || length != nonce.Length || !Base64Url.TryDecodeFromChars(sent, nonce, out _)
            || !CryptographicOperations.FixedTimeEquals(Signature(nonce), nonce[SignedLength..]))
        {
            return SpamReason.PageNotOpened;
        }

        var opened = DateTimeOffset.UnixEpoch.AddMilliseconds(BinaryPrimitives.ReadInt64BigEndian(nonce));
        return clock.GetUtcNow() - opened < LeastTime ? SpamReason.TooFast : null;
    }

    private ReadOnlySpan<byte> Signature(ReadOnlySpan<byte> nonce) => hash.Compute("form-nonce", nonce[..SignedLength]).AsSpan(0, SignatureLength);
}
