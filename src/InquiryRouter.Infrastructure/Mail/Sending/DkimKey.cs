using System.Buffers;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.X509;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>A setting of the signature cannot work.</summary>
/// <param name="setting">Its name.</param>
/// <param name="value">What it is.</param>
/// <param name="allowed">What it may be.</param>
public sealed class DkimKeyException(string setting, string? value, string allowed) : Exception($"{setting} is '{value}'; allowed: {allowed}")
{
    public string Setting { get; } = setting;

    public string? Value { get; } = value;

    public string Allowed { get; } = allowed;
}

/// <summary>Signs mails (RFC 6376, RFC 8463), so that a receiver knows that they are ours and unchanged. The same mail has the same signature.</summary>
public sealed class DkimKey
{
    private const int ShortestRsa = 2048;

    // What a receiver acts on or shows. RFC 8058 section 4 asks for both headers of unsubscribing.
    private static readonly HeaderId[] s_signed =
    [
        HeaderId.From, HeaderId.ReplyTo, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.MimeVersion,
        HeaderId.ContentType, HeaderId.ContentLanguage, HeaderId.AutoSubmitted, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost,
    ];

    private static readonly SearchValues<char> s_selectorCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");

    private readonly AsymmetricKeyParameter _key;
    private readonly string _domain;
    private readonly string _selector;

    private DkimKey(AsymmetricKeyParameter key, string domain, string selector) => (_key, _domain, _selector) = (key, domain, selector);

    /// <summary>Where receivers look for the public key.</summary>
    public string DnsName => $"{_selector}._domainkey.{_domain}";

    /// <summary>The TXT record that must be there.</summary>
    public string DnsRecord => _key is Ed25519PrivateKeyParameters small
        ? $"v=DKIM1; k=ed25519; p={Convert.ToBase64String(small.GeneratePublicKey().GetEncoded())}"
        : $"v=DKIM1; k=rsa; p={Convert.ToBase64String(SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(PublicOf((RsaPrivateCrtKeyParameters)_key)).GetDerEncoded())}";

    /// <summary>Reads the key; null when none is set.</summary>
    /// <exception cref="DkimKeyException">One of the three settings cannot work.</exception>
    public static DkimKey? Load(MailOptions options)
    {
        var (file, selector, domain) = (options.DkimKeyFile, options.DkimSelector, options.DkimDomain);
        if (string.IsNullOrWhiteSpace(file) && string.IsNullOrWhiteSpace(selector) && string.IsNullOrWhiteSpace(domain))
        {
            return null;
        }

        if (selector is not { Length: > 0 and < 64 } || selector[0] is '.' or '-' || selector[^1] is '.' or '-' || selector.AsSpan().ContainsAnyExcept(s_selectorCharacters))
        {
            throw new DkimKeyException("Mail:DkimSelector", selector, "a name like mail2026 (letters, digits, -, .), because mails are signed; the public key stands under it in the DNS.");
        }

        var sender = MailboxAddress.TryParse(options.From, out var from) ? from.Domain : string.Empty;
        if (string.IsNullOrWhiteSpace(domain) || !(sender.Equals(domain, StringComparison.OrdinalIgnoreCase) || sender.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DkimKeyException("Mail:DkimDomain", domain, $"the domain of Mail:From ({sender}), or one above it: receivers compare the two.");
        }

        return new DkimKey(Read(file), domain, selector);
    }

    /// <summary>Adds the signature; nothing of the mail may change afterwards.</summary>
    /// <param name="format">How it will be written.</param>
    public void Sign(MimeMessage message, FormatOptions format)
    {
        message.Prepare(EncodingConstraint.SevenBit);
        var signer = new DatedSigner(_key, _domain, _selector, message.Date)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
        signer.Sign(format, message, s_signed);
    }

    private static AsymmetricKeyParameter Read(string? file)
    {
        const string Allowed = "a file with a private key in PEM form: RSA of 2048 bits or more, or Ed25519. Make one with: openssl genrsa -out dkim.pem 2048";
        try
        {
            using var pem = File.OpenRead(file ?? string.Empty);
            var key = new DatedSigner(pem).Key;
            return key is Ed25519PrivateKeyParameters || key is RsaPrivateCrtKeyParameters { Modulus.BitLength: >= ShortestRsa }
                ? key
                : throw new DkimKeyException("Mail:DkimKeyFile", file, Allowed);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or FormatException or InvalidCastException
            or Org.BouncyCastle.OpenSsl.PemException or Org.BouncyCastle.OpenSsl.PasswordException)
        {
            throw new DkimKeyException("Mail:DkimKeyFile", file, Allowed);
        }
    }

    private static RsaKeyParameters PublicOf(RsaPrivateCrtKeyParameters key) => new(isPrivate: false, key.Modulus, key.PublicExponent);

    // A second attempt must have the same bytes: the time of the signature is the date of the mail.
    private sealed class DatedSigner : DkimSigner
    {
        private readonly DateTimeOffset _date;

        public DatedSigner(AsymmetricKeyParameter key, string domain, string selector, DateTimeOffset date)
            : base(key, domain, selector, key is Ed25519PrivateKeyParameters ? DkimSignatureAlgorithm.Ed25519Sha256 : DkimSignatureAlgorithm.RsaSha256) => _date = date;

        /// <summary>Only reads the key.</summary>
        public DatedSigner(Stream pem)
            : base(pem, "domain", "selector")
        {
        }

        public AsymmetricKeyParameter Key => PrivateKey;

        protected override long GetTimestamp() => _date.ToUnixTimeSeconds();
    }
}
