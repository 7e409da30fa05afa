using System.Net;
using InquiryRouter.Application.FollowUp;
using InquiryRouter.Application.Users.Provider;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Hosting;
using InquiryRouter.Infrastructure.Brands;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Web.Embed;
using InquiryRouter.Web.Console;
using InquiryRouter.Web.Intake;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Settings;

/// <summary>Settings that cannot work: one line each, with what to change.</summary>
public sealed class BadSettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>Turns the configuration into checked settings.</summary>
public static class SettingsLoader
{
    public const string DefaultUrls = "http://127.0.0.1:8080";

    private const string Endpoints = "Kestrel:Endpoints";

    /// <exception cref="BadSettingsException">Every problem there is, not only the first.</exception>
    public static AppSettings Load(IConfiguration configuration, string environment, Roles roles)
    {
        var reader = new SettingsReader(configuration);

        // Where Kestrel has endpoints of its own, it listens there and nowhere else.
        var endpoints = string.Join(
            ';', configuration.GetSection(Endpoints).GetChildren().Select(e => e["Url"]).Where(u => !string.IsNullOrWhiteSpace(u)));
        var urls = endpoints.Length > 0 ? endpoints : configuration["Urls"];
        var settings = new AppSettings
        {
            Roles = roles,
            Environment = environment,
            Urls = string.IsNullOrWhiteSpace(urls) ? DefaultUrls : urls,
            UrlsAreSet = !string.IsNullOrWhiteSpace(configuration["Urls"]),
            UrlsSetting = endpoints.Length > 0 ? Endpoints : nameof(AppSettings.Urls),
            Data = reader.Read<DataOptions>(DataOptions.Section),
            Database = reader.Read<DatabaseOptions>(DatabaseOptions.Section),
            Broker = reader.Read<BrokerOptions>(BrokerOptions.Section),
            Mail = reader.Read<MailOptions>(MailOptions.Section),
            Brand = reader.Read<BrandOptions>(BrandOptions.Section),
            Privacy = reader.Read<PrivacyOptions>(PrivacyOptions.Section),
            Intake = reader.Read<IntakeOptions>(IntakeOptions.Section),
            Facilitator = reader.Read<FacilitatorOptions>(FacilitatorOptions.Section),
            Screening = reader.Read<ScreeningOptions>(ScreeningOptions.Section),
            Referral = reader.Read<ReferralOptions>(ReferralOptions.Section),
            FollowUp = reader.Read<FollowUpOptions>(FollowUpOptions.Section),
            Provider = reader.Read<ProviderOptions>(ProviderOptions.Section),
            Console = reader.Read<ConsoleOptions>(ConsoleOptions.Section),
            Telemetry = reader.Read<TelemetryOptions>(TelemetryOptions.Section),
        };
        CheckCombination(settings, reader);
        CheckMail(settings, reader);
        CheckDkim(settings, reader);
        var face = new BrandReader(settings.Data.BrandDirectory, () => new FieldRules(), reader.Add).Read(settings.Brand);
        CheckUrls(settings, reader);
        CheckRest(settings, reader);
        CheckProvider(settings.Provider, reader);
        CheckMetrics(settings, reader);
        foreach (var level in configuration.GetSection("Logging").GetChildren().SelectMany(c => c.Key == "LogLevel" ? c.GetChildren() : c.GetSection("LogLevel").GetChildren()))
        {
            if (!Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out _))
            {
                reader.Add(level.Path, level.Value, string.Join(", ", Enum.GetNames<LogLevel>()) + ".");
            }
        }

        if (configuration[LogFormats.Setting] is { Length: > 0 } format && !LogFormats.Names.Contains(format, StringComparer.OrdinalIgnoreCase))
        {
            reader.Add(LogFormats.Setting, format, string.Join(", ", LogFormats.Names) + ".");
        }

        return reader.Problems.Count == 0 ? settings with { Face = face } : throw new BadSettingsException(reader.Problems);
    }

    private static void CheckCombination(AppSettings settings, SettingsReader reader)
    {
        if (settings.Broker.Transport == BrokerTransport.InMemory && settings.Roles is Roles.Web or Roles.Worker)
        {
            reader.Add("Broker:Transport", "InMemory",
                $"RabbitMq, because this process has the {settings.Roles.ToString().ToLowerInvariant()} role only and must reach the others through a broker. Or start it with both roles.");
        }

        if (settings.Database.Provider == DatabaseProvider.SqlServer && string.IsNullOrWhiteSpace(settings.Database.ConnectionString))
        {
            reader.Add("Database:ConnectionString", null, "a SQL Server connection string, like Server=db;Database=InquiryRouter;User Id=…;Password=…;Encrypt=true");
        }

        else if (!string.IsNullOrWhiteSpace(settings.Database.ConnectionString) && !CanRead(settings.Database))
        {
            reader.Add("Database:ConnectionString", settings.Database.ConnectionString, settings.Database.Provider == DatabaseProvider.Sqlite
                ? "the path of a file, like Data Source=/var/lib/inquiryrouter/inquiryrouter.db"
                : "a SQL Server connection string, like Server=db;Database=InquiryRouter;User Id=…;Password=…;Encrypt=true");
        }

        if (settings.Broker.Transport == BrokerTransport.RabbitMq
            && (!Uri.TryCreate(settings.Broker.Uri, UriKind.Absolute, out var broker) || broker.Scheme is not ("amqp" or "amqps")))
        {
            reader.Add("Broker:Uri", settings.Broker.Uri, "an address like amqp://user:password@host:5672/ or amqps://…");
        }
    }

    private static bool CanRead(DatabaseOptions database)
    {
        try
        {
            return database.Provider == DatabaseProvider.Sqlite
                ? new SqliteConnectionStringBuilder(database.ConnectionString) is { Mode: not SqliteOpenMode.Memory, DataSource: not ("" or ":memory:") }
                : new SqlConnectionStringBuilder(database.ConnectionString).DataSource.Length > 0;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException)
        {
            return false;
        }
    }

    private static void CheckMail(AppSettings settings, SettingsReader reader)
    {
        var mail = settings.Mail;
        if (mail.Transport == MailTransportKind.Smtp)
        {
            if (string.IsNullOrWhiteSpace(mail.Host))
            {
                reader.Add("Mail:Host", mail.Host, "the name of your SMTP server, because Mail:Transport is Smtp.");
            }

            if (mail.PublicUrl is null && !settings.IsDevelopment)
            {
                reader.Add("Mail:PublicUrl", null, "the address at which patients and clinics reach this site, like https://inquiries.example.org: links in mails begin with it.");
            }
        }

        if (mail.Port is < 1 or > 65535)
        {
            reader.Add("Mail:Port", mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "1 to 65535.");
        }

        if (mail.Connections is < 1 or > 20)
        {
            reader.Add("Mail:Connections", mail.Connections.ToString(System.Globalization.CultureInfo.InvariantCulture), "1 to 20.");
        }

        (mail.From, mail.CoordinatorAddress) = (Typed.Code(mail.From) ?? string.Empty, Typed.Code(mail.CoordinatorAddress));
        if (!EmailRules.IsSender(mail.From))
        {
            reader.Add("Mail:From", mail.From, "an address like no-reply@example.org, or Example Health <no-reply@example.org>.");
        }

        if (!string.IsNullOrWhiteSpace(mail.CoordinatorAddress) && !EmailRules.TryNormalise(mail.CoordinatorAddress, out _))
        {
            reader.Add("Mail:CoordinatorAddress", mail.CoordinatorAddress, "one address like coordinators@example.org, or empty.");
        }

        if (mail.PublicUrl is not null && (!Uri.TryCreate(mail.PublicUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.AbsolutePath != "/"))
        {
            reader.Add("Mail:PublicUrl", mail.PublicUrl, "an address without a path, like https://inquiries.example.org");
        }
    }

    private static void CheckDkim(AppSettings settings, SettingsReader reader)
    {
        try
        {
            DkimKey.Load(settings.Mail);
        }
        catch (DkimKeyException exception)
        {
            reader.Add(exception.Setting, exception.Value, exception.Allowed);
        }
    }

    private static void CheckUrls(AppSettings settings, SettingsReader reader)
    {
        foreach (var url in settings.Urls.Split(';'))
        {
            if (!Uri.TryCreate(Readable(url), UriKind.Absolute, out var parsed)
                || parsed.Scheme is not ("http" or "https"))
            {
                reader.Add(settings.UrlsSetting, url, "addresses like http://127.0.0.1:8080, separated by semicolons.");
            }
        }
    }

    private static void CheckMetrics(AppSettings settings, SettingsReader reader)
    {
        if (settings.Telemetry.MetricsUrl is not { } url)
        {
            return;
        }

        // A port of its own: by it the program knows who asks.
        if (!Uri.TryCreate(Readable(url), UriKind.Absolute, out var parsed) || parsed.Scheme != Uri.UriSchemeHttp
            || parsed.AbsolutePath != "/" || parsed.Port == 0
            || settings.Urls.Split(';').Any(u => Uri.TryCreate(Readable(u), UriKind.Absolute, out var other) && other.Port == parsed.Port))
        {
            reader.Add("Telemetry:MetricsUrl", url,
                $"one http address with a port that {settings.UrlsSetting} does not have, like http://127.0.0.1:9464, or none.");
        }
    }

    private static string Readable(string url) =>
        url.Replace("//+", "//any", StringComparison.Ordinal).Replace("//*", "//any", StringComparison.Ordinal);

    private static void CheckProvider(ProviderOptions provider, SettingsReader reader)
    {
        if (!provider.IsOn)
        {
            return;
        }

        if (!Uri.TryCreate(provider.Authority, UriKind.Absolute, out var authority)
            || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)))
        {
            reader.Add("Oidc:Authority", provider.Authority, "an address like https://login.example.org; http on this machine only.");
        }

        foreach (var (name, value) in new[] { ("ClientId", provider.ClientId), ("ClientSecret", provider.ClientSecret) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                reader.Add($"Oidc:{name}", value, "what your provider has given this program, because Oidc:Authority is set.");
            }
        }

        if (provider.SecondFactor.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Length == 0)
        {
            reader.Add("Oidc:SecondFactor", provider.SecondFactor, "values of amr or acr, separated by commas, like mfa.");
        }
    }

    private static void CheckRest(AppSettings settings, SettingsReader reader)
    {
        if (settings.Data.DemoInquiries is < 0 or > 1000)
        {
            reader.Add("Data:DemoInquiries", settings.Data.DemoInquiries.ToString(System.Globalization.CultureInfo.InvariantCulture), "0 (none) to 1000.");
        }

        if (settings.Intake.PermitsPerMinute is < 0 or > 1_000_000)
        {
            reader.Add("Intake:PermitsPerMinute", settings.Intake.PermitsPerMinute.ToString(System.Globalization.CultureInfo.InvariantCulture), "0 (no limit) to 1000000.");
        }

        foreach (var proxy in settings.Intake.KnownProxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IPAddress.TryParse(proxy, out _))
            {
                reader.Add("Intake:KnownProxies", proxy, "IP addresses of your reverse proxies, separated by commas.");
            }
        }

        foreach (var origin in EmbedOrigins.Split(settings.Intake.EmbedOrigins).Where(o => EmbedOrigins.Normalise(o) is null))
        {
            reader.Add("Intake:EmbedOrigins", origin, "origins of sites that may embed the form, like https://www.example.org, without a path, separated by commas; http for localhost and 127.0.0.1 only.");
        }

        var note = settings.Facilitator.PaidNote = Typed.Lines(settings.Facilitator.PaidNote, onlyShowable: true);
        if (note?.Length > FacilitatorOptions.LongestNote)
        {
            reader.Add("Facilitator:PaidNote", note, $"at most {FacilitatorOptions.LongestNote} characters.");
        }

        if (settings.Screening.SpamThreshold is < 1 or > 1000)
        {
            reader.Add("Screening:SpamThreshold", settings.Screening.SpamThreshold.ToString(System.Globalization.CultureInfo.InvariantCulture), "1 to 1000 points.");
        }

        if (settings.Screening.DuplicateWindowDays is < 0 or > 3650)
        {
            reader.Add("Screening:DuplicateWindowDays", settings.Screening.DuplicateWindowDays.ToString(System.Globalization.CultureInfo.InvariantCulture), "0 (holds none) to 3650 days.");
        }

        foreach (var (name, days) in new[] { ("RetentionDays", settings.Privacy.RetentionDays), ("QuarantineDays", settings.Privacy.QuarantineDays) })
        {
            if (days is < 0 or > 36_500)
            {
                reader.Add($"Privacy:{name}", days.ToString(System.Globalization.CultureInfo.InvariantCulture), "0 (keeps everything) to 36500 days.");
            }
        }

        if (settings.Referral.OfferWindowHours is not (> 0 and <= 2000))
        {
            reader.Add("Referral:OfferWindowHours", settings.Referral.OfferWindowHours.ToString(System.Globalization.CultureInfo.InvariantCulture), "more than 0, at most 2000 hours of business time.");
        }

        if (CheckInDays.TryParse(settings.FollowUp.CheckInDays) is null)
        {
            reader.Add("FollowUp:CheckInDays", settings.FollowUp.CheckInDays, "up to 12 numbers of days from 1 to 730, growing and separated by commas, like 7,30,90; or none.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(settings.Console.TimeZone, out _))
        {
            reader.Add("Console:TimeZone", settings.Console.TimeZone, "the IANA name of a time zone, like Europe/Madrid.");
        }

        if (settings.Referral.MaxOffers is < 1 or > 100)
        {
            reader.Add("Referral:MaxOffers", settings.Referral.MaxOffers.ToString(System.Globalization.CultureInfo.InvariantCulture), "1 to 100.");
        }
    }
}
