using InquiryRouter.Application.FollowUp;
using InquiryRouter.Application.Users.Provider;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Infrastructure.Brands;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Web.Console;
using InquiryRouter.Web.Intake;

namespace InquiryRouter.Settings;

/// <summary>What one process does.</summary>
[Flags]
public enum Roles
{
    None = 0,
    Web = 1,
    Worker = 2,
    Both = Web | Worker,
}

/// <summary>Settings under <c>Referral</c>.</summary>
public sealed class ReferralOptions
{
    public const string Section = "Referral";

    /// <summary>How long a clinic has to answer, in hours of its own business time; decimals are possible.</summary>
    public double OfferWindowHours { get; set; } = 16;

    /// <summary>How many clinics are offered an inquiry in all before a coordinator takes over.</summary>
    public int MaxOffers { get; set; } = 5;
}

/// <summary>Settings under <c>Screening</c>.</summary>
public sealed class ScreeningOptions
{
    public const string Section = "Screening";

    /// <summary>Points of spam from which an inquiry is quarantined; 1000 quarantines none.</summary>
    public int SpamThreshold { get; set; } = SpamScore.DefaultThreshold;

    /// <summary>Days during which an open inquiry holds back a second one of the same patient; 0 holds none, and points them out all the same.</summary>
    public int DuplicateWindowDays { get; set; } = 180;
}

/// <summary>Settings under <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>An address of its own for <c>/metrics</c>; null: it answers whoever is on this machine, where the rest listens.</summary>
    public string? MetricsUrl { get; set; }
}

/// <summary>All settings, read and checked once.</summary>
public sealed record AppSettings
{
    public required Roles Roles { get; init; }

    public required string Environment { get; init; }

    /// <summary>Where the web role listens; the worker role listens only when it is set.</summary>
    public required string Urls { get; init; }

    public required bool UrlsAreSet { get; init; }

    /// <summary>Which setting <see cref="Urls"/> is from.</summary>
    public required string UrlsSetting { get; init; }

    public required DataOptions Data { get; init; }

    public required DatabaseOptions Database { get; init; }

    public required BrokerOptions Broker { get; init; }

    public required MailOptions Mail { get; init; }

    public required BrandOptions Brand { get; init; }

    /// <summary>What <see cref="Brand"/> and its files come to.</summary>
    public Brand Face { get; init; } = Infrastructure.Brands.Brand.Demo;

    public required PrivacyOptions Privacy { get; init; }

    public required IntakeOptions Intake { get; init; }

    public required FacilitatorOptions Facilitator { get; init; }

    public required ScreeningOptions Screening { get; init; }

    public required ReferralOptions Referral { get; init; }

    public required FollowUpOptions FollowUp { get; init; }

    public required ProviderOptions Provider { get; init; }
    public required ConsoleOptions Console { get; init; }

    public required TelemetryOptions Telemetry { get; init; }

    public bool IsDevelopment => string.Equals(Environment, "Development", StringComparison.OrdinalIgnoreCase);

    public string ConnectionString =>
        !string.IsNullOrWhiteSpace(Database.ConnectionString) ? Database.ConnectionString : $"Data Source={Path.GetFullPath(Data.SqliteFile)}";

    /// <summary>What links in mails begin with.</summary>
    public Uri PublicUrl => new(Mail.PublicUrl ?? Urls.Split(';')[0].Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//+", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal));

    /// <summary>What is wrong when the world comes over HTTPS and this process hears plain HTTP from a proxy it does not know; null: nothing.</summary>
    public string? ProxyProblem =>
        PublicUrl.Scheme == Uri.UriSchemeHttps && string.IsNullOrWhiteSpace(Intake.KnownProxies)
        && !Urls.Contains("https://", StringComparison.OrdinalIgnoreCase)
            ? "Mail:PublicUrl is https, so a proxy stands in front; Intake:KnownProxies does not name it. To the limits, everybody who comes through it is one sender. Set Intake:KnownProxies to its address."
            : null;
}
