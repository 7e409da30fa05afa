using System.Security.Cryptography;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Tests.Support;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;

namespace InquiryRouter.Tests.Mail;

/// <summary>Signatures, checked as a receiver checks them: against the record that doctor says must be published.</summary>
public sealed class DkimTests : IDisposable
{
    private static readonly Guid s_id = new("018f3a52-7c1d-7a2b-9c3d-4e5f60718293");
    private readonly string _directory = Directory.CreateTempSubdirectory("inquiryrouter-dkim-").FullName;

    public static TheoryData<string> Algorithms => ["rsa", "ed25519"];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_receiver_finds_every_mail_signed_and_unchanged(string algorithm)
    {
        var options = Options(algorithm);

        Assert.All(Enum.GetValues<MailKind>(), kind => Assert.NotNull(Sent(options, Mails.Of(kind, "ar")[0]).Headers[HeaderId.DkimSignature]));
        Assert.True(await VerifiesAsync(Sent(options, CheckIn), options));
    }

    [Theory]
    [InlineData(HeaderId.Subject)]
    [InlineData(HeaderId.From)]
    [InlineData(HeaderId.ListUnsubscribe)]
    [InlineData(HeaderId.ListUnsubscribePost)]
    [InlineData(HeaderId.MessageId)]
    public async Task A_header_that_was_changed_on_the_way_is_noticed(HeaderId changed)
    {
        var options = Options("rsa");
        var message = Sent(options, CheckIn);

        message.Headers[changed] = changed == HeaderId.From ? "eve@example.org" : "<https://eve.example/@x>";

        Assert.False(await VerifiesAsync(message, options));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_signature_covers_what_a_receiver_shows_or_acts_on(string algorithm)
    {
        var signature = Sent(Options(algorithm), CheckIn).Headers[HeaderId.DkimSignature]!;

        var covered = signature.Split(';', StringSplitOptions.TrimEntries).Single(tag => tag.StartsWith("h=", StringComparison.Ordinal))[2..].ToLowerInvariant().Split(':', StringSplitOptions.TrimEntries);
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "from", "to", "subject", "date", "message-id", "mime-version", "content-type", "content-language", "auto-submitted", "list-unsubscribe", "list-unsubscribe-post",
            },
            covered.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_text_that_was_changed_on_the_way_is_noticed()
    {
        var options = Options("rsa");
        var message = Sent(options, CheckIn);

        ((TextPart)((Multipart)message.Body!)[0]).Text += "one line more";

        Assert.False(await VerifiesAsync(message, options));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_second_attempt_has_the_same_bytes(string algorithm)
    {
        var options = Options(algorithm);

        Assert.Equal(Bytes(new MimeFactory(options).Create(s_id, Moment.Now, CheckIn)), Bytes(new MimeFactory(options).Create(s_id, Moment.Now, CheckIn)));
    }

    [Fact]
    public void Without_a_key_nothing_is_signed() =>
        Assert.Null(Sent(new MailOptions { From = "no-reply@mail.router.example" }, CheckIn).Headers[HeaderId.DkimSignature]);

    [Theory]
    [InlineData("Mail:DkimSelector", null, "router.example", true)]
    [InlineData("Mail:DkimSelector", "a b", "router.example", true)]
    [InlineData("Mail:DkimSelector", "-x", "router.example", true)]
    [InlineData("Mail:DkimDomain", "mail2026", null, true)]
    [InlineData("Mail:DkimDomain", "mail2026", "other.example", true)]
    [InlineData("Mail:DkimDomain", "mail2026", "outer.example", true)]
    [InlineData("Mail:DkimKeyFile", "mail2026", "router.example", false)]
    public void A_setting_that_cannot_work_is_named(string setting, string? selector, string? domain, bool withFile)
    {
        var options = Options("rsa");
        (options.DkimSelector, options.DkimDomain) = (selector, domain);
        options.DkimKeyFile = withFile ? options.DkimKeyFile : Path.Combine(_directory, "none.pem");

        Assert.Equal(setting, Assert.Throws<DkimKeyException>(() => DkimKey.Load(options)).Setting);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("public")]
    [InlineData("text")]
    public void A_file_without_a_usable_private_key_is_refused(string content)
    {
        var options = Options("rsa");
        using var rsa = RSA.Create(1024);
        File.WriteAllText(options.DkimKeyFile!, content switch
        {
            "short" => rsa.ExportRSAPrivateKeyPem(),
            "public" => rsa.ExportSubjectPublicKeyInfoPem(),
            _ => "my key\n",
        });

        Assert.Equal("Mail:DkimKeyFile", Assert.Throws<DkimKeyException>(() => DkimKey.Load(options)).Setting);
    }

    private static MailContent CheckIn => Mails.Of(MailKind.CheckIn, "es")[0];

    private MailOptions Options(string algorithm)
    {
        var file = Path.Combine(_directory, $"{algorithm}.pem");
        if (algorithm == "rsa")
        {
            using var rsa = RSA.Create(2048);
            File.WriteAllText(file, rsa.ExportPkcs8PrivateKeyPem());
        }
        else
        {
            var generator = new Ed25519KeyPairGenerator();
            generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
            using var writer = new StreamWriter(file);
            using var pem = new PemWriter(writer);
            pem.WriteObject(new Pkcs8Generator(generator.GenerateKeyPair().Private));
        }

        return new MailOptions { From = "InquiryRouter <no-reply@mail.router.example>", DkimKeyFile = file, DkimSelector = "mail2026", DkimDomain = "router.example" };
    }

    private static MimeMessage Sent(MailOptions options, MailContent content)
    {
        using var stream = new MemoryStream(Bytes(new MimeFactory(options).Create(s_id, Moment.Now, content)));
        return MimeMessage.Load(stream);
    }

    private static byte[] Bytes(MimeMessage message)
    {
        using var stream = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        message.WriteTo(format, stream);
        return stream.ToArray();
    }

    private static async Task<bool> VerifiesAsync(MimeMessage message, MailOptions options)
    {
        var verifier = new DkimVerifier(new PublishedKey(DkimKey.Load(options)!));
        verifier.Enable(DkimSignatureAlgorithm.Ed25519Sha256);
        return await verifier.VerifyAsync(message, message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)]);
    }

    /// <summary>A DNS with one record.</summary>
    private sealed class PublishedKey(DkimKey key) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            Assert.Equal(key.DnsName, $"{selector}._domainkey.{domain}");
            return GetPublicKey(key.DnsRecord);
        }

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
