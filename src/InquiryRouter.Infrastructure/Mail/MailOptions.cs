namespace InquiryRouter.Infrastructure.Mail;

public enum MailTransportKind
{
    /// <summary>.eml files under Data:Directory/mail.</summary>
    Pickup,

    Smtp,
}

public enum MailSecurity
{
    /// <summary>TLS when the server offers it (StartTls), or on port 465.</summary>
    Auto,

    None,
    StartTls,
    SslOnConnect,
}

/// <summary>Settings under <c>Mail</c>.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    public MailTransportKind Transport { get; set; } = MailTransportKind.Pickup;

    /// <summary>The SMTP server; required with Smtp.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    public MailSecurity Security { get; set; } = MailSecurity.Auto;

    public string? Username { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender of all mails, whose domain makes the Message-IDs; without a name in it, the brand's is shown.</summary>
    public string From { get; set; } = "no-reply@inquiryrouter.example";

    /// <summary>Where patients and clinics reach the web role, without a path; links in mails begin with it. Default: the first of Urls.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Where coordinators are told that an inquiry waits for them; empty: nobody is mailed.</summary>
    public string? CoordinatorAddress { get; set; }

    /// <summary>PEM file of the private key (RSA of 2048 bits or more, or Ed25519) that signs all mails; with it, selector and domain are required. None: unsigned.</summary>
    public string? DkimKeyFile { get; set; }

    /// <summary>Under which name in the DNS the public key is found: <c>selector._domainkey.domain</c>.</summary>
    public string? DkimSelector { get; set; }

    /// <summary>The domain that answers for the mails: that of <see cref="From"/>, or one above it.</summary>
    public string? DkimDomain { get; set; }

    /// <summary>SMTP connections one worker keeps open.</summary>
    public int Connections { get; set; } = 4;
}
