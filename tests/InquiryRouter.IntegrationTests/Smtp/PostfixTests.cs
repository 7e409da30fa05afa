using System.Security.Cryptography;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Infrastructure.ReferenceData;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Xunit;

namespace InquiryRouter.IntegrationTests.Smtp;

/// <summary>A mail server as the world has them: what it delivers is what was written, still signed.</summary>
public sealed class PostfixTests : IAsyncLifetime
{
    private readonly string _keyFile = Path.GetTempFileName();
    private Postfix? _postfix;

    private Postfix Server => _postfix!;

    private MailOptions Options => new()
    {
        Transport = MailTransportKind.Smtp, Host = "127.0.0.1", Port = Server.Port, Security = MailSecurity.None,
        From = "InquiryRouter <no-reply@router.example>", DkimKeyFile = _keyFile, DkimSelector = "mail2026", DkimDomain = "router.example",
    };

    public async ValueTask InitializeAsync()
    {
        if (Postfix.WhyUnavailable() is { } why)
        {
            // A run that is to prove everything may not pass over it.
            Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), why);
            Assert.Fail(why);
        }

        using (var rsa = RSA.Create(2048))
        {
            await File.WriteAllTextAsync(_keyFile, rsa.ExportPkcs8PrivateKeyPem());
        }

        _postfix = await Postfix.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(_keyFile);
        if (_postfix is not null)
        {
            await _postfix.DisposeAsync();
        }
    }

    [Fact]
    public async Task Every_mail_in_every_language_arrives_as_it_was_written_and_signed()
    {
        var languages = new LanguageSet();
        var samples = new MailSamples(languages, new MailLinks(new Uri("https://router.example"), null), ReferenceDataFiles.LoadTreatmentFacts(ReferenceFiles.Shipped));
        var factory = new MimeFactory(Options);
        var sent = new Dictionary<string, (Guid Id, MailContent Content)>(StringComparer.Ordinal);
        await using (var transport = new SmtpTransport(Options))
        {
            foreach (var content in Enum.GetValues<MailKind>().SelectMany(kind => languages.All.SelectMany(words => samples.Of(kind, words))))
            {
                var id = Guid.CreateVersion7();
                using var message = factory.Create(id, Clocks.Start, content);
                Assert.Equal(SendResult.Delivered, await transport.SendAsync(id, message, factory.Sender(id), CancellationToken.None));
                sent.Add(message.MessageId!, (id, content));
            }
        }

        var arrived = await Server.MailsAsync(sent.Count);

        Assert.Equal(sent.Count, arrived.Count);
        Assert.Equal(sent.Keys.Order(StringComparer.Ordinal), arrived.Select(m => m.MessageId!).Order(StringComparer.Ordinal));
        var verifier = new DkimVerifier(new PublishedKey(DkimKey.Load(Options)!));
        foreach (var mail in arrived)
        {
            var (id, content) = sent[mail.MessageId!];
            Assert.Equal(content.Subject, mail.Subject);
            Assert.Equal(content.Text.TrimEnd(), mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
            Assert.Equal(content.Html.TrimEnd(), mail.HtmlBody!.ReplaceLineEndings("\n").TrimEnd());
            Assert.Equal(content.ToAddress, mail.Headers["Delivered-To"]);
            Assert.Equal($"<no-reply+{id:N}@router.example>", mail.Headers[HeaderId.ReturnPath]);
            Assert.True(await verifier.VerifyAsync(mail, mail.Headers[mail.Headers.IndexOf(HeaderId.DkimSignature)]), content.Subject);
        }
    }

    [Fact]
    public async Task The_program_sends_a_patients_and_a_clinics_mails_through_it()
    {
        var inquiry = An.Inquiry().With("patient.language", "es");
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = [A.Clinic("MX-A") with { Languages = ["ar", "es"] }] }
            .With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1").With("Mail:Port", $"{Server.Port}").With("Mail:Security", "None")
            .With("Mail:From", "InquiryRouter <no-reply@router.example>")
            .With("Mail:DkimKeyFile", _keyFile).With("Mail:DkimSelector", "mail2026").With("Mail:DkimDomain", "router.example"));
        var submitted = await app.SubmitAsync(inquiry);
        await app.UntilAsync(async () => (await app.MailStatesAsync()).GetValueOrDefault(MailState.Sent) == 2, "two mails sent");

        var arrived = await Server.MailsAsync(2);

        var patient = Assert.Single(arrived, m => m.Headers["Delivered-To"] == inquiry.Email);
        Assert.Equal($"Hemos recibido su consulta {submitted.Reference}", patient.Subject);
        var clinic = Assert.Single(arrived, m => m.Headers["Delivered-To"] == A.Clinic("MX-A").Email);
        Assert.Equal($"إحالة جديدة لعيادتكم: {submitted.Reference}", clinic.Subject);
        Assert.All(arrived, m => Assert.NotNull(m.Headers[HeaderId.DkimSignature]));
        using var visit = await app.OpenReferralAsync(clinic);
        Assert.Contains(submitted.Reference, visit.Page.Text, StringComparison.Ordinal);
    }

    private sealed class PublishedKey(DkimKey key) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) => GetPublicKey(key.DnsRecord);

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(GetPublicKey(key.DnsRecord));
    }
}
