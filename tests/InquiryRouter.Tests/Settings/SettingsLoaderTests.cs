using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Settings;
using Microsoft.Extensions.Configuration;

namespace InquiryRouter.Tests.Settings;

public sealed class SettingsLoaderTests
{
    private const string Secret = "s3cr3t-canary";

    [Fact]
    public void Without_any_setting_the_documented_defaults_are_in_force()
    {
        var settings = Load();

        Assert.Equal("http://127.0.0.1:8080", settings.Urls);
        Assert.Equal((DatabaseProvider.Sqlite, BrokerTransport.InMemory, MailTransportKind.Pickup), (settings.Database.Provider, settings.Broker.Transport, settings.Mail.Transport));
        Assert.Equal(("data", 30, 5), (settings.Data.Directory, settings.Intake.PermitsPerMinute, settings.Referral.MaxOffers));
        Assert.Equal("amqp://guest:guest@localhost:5672/", settings.Broker.Uri);
        Assert.Contains("Data Source=", settings.ConnectionString, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_web_server_has_endpoints_of_its_own_links_lead_there()
    {
        var settings = Load(("Urls", "http://127.0.0.1:9000"), ("Kestrel:Endpoints:Own:Url", "http://127.0.0.1:9001"));

        Assert.Equal(("http://127.0.0.1:9001", "http://127.0.0.1:9001/"), (settings.Urls, settings.PublicUrl.AbsoluteUri));
        Assert.StartsWith("Kestrel:Endpoints is 'nowhere'", Assert.Single(Problems(("Kestrel:Endpoints:Own:Url", "nowhere"))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_provider_is_reached_safely_has_a_client_and_its_secret_is_never_shown()
    {
        (string, string)[] whole =
        [
            ("Oidc:Authority", "https://login.example.org"), ("Oidc:ClientId", "router"), ("Oidc:ClientSecret", Secret),
        ];
        var provider = Load(whole).Provider;
        Assert.Equal(("your organisation", "mfa", true), (provider.Name, provider.SecondFactor, provider.IsOn));
        Assert.False(Load().Provider.IsOn);
        foreach (var (name, value, says) in new[]
        {
            ("Oidc:Authority", "login.example.org", "an address like https://login.example.org"),
            ("Oidc:Authority", "http://login.example.org", "http on this machine only."),
            ("Oidc:ClientId", " ", "what your provider has given this program"), ("Oidc:ClientSecret", " ", "what your provider has given"),
            ("Oidc:SecondFactor", ",", "values of amr or acr"),
        })
        {
            var problem = Assert.Single(Problems([.. whole.Where(s => s.Item1 != name), (name, value)]));
            Assert.StartsWith(name, problem, StringComparison.Ordinal);
            Assert.Contains(says, problem, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, problem, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Broker:Transport", "Kafka", "InMemory, RabbitMq.")]
    [InlineData("Broker:Transport", "1", "InMemory, RabbitMq.")]
    [InlineData("Database:Provider", "Oracle", "Sqlite, SqlServer.")]
    [InlineData("Mail:Transport", "Sendmail", "Pickup, Smtp.")]
    [InlineData("Mail:Security", "Ssl", "Auto, None, StartTls, SslOnConnect.")]
    [InlineData("Mail:Port", "smtp", "a whole number.")]
    [InlineData("Mail:Port", "0", "1 to 65535.")]
    [InlineData("Mail:Port", "65536", "1 to 65535.")]
    [InlineData("Mail:Connections", "0", "1 to 20.")]
    [InlineData("Mail:Connections", "21", "1 to 20.")]
    [InlineData("Mail:From", "nobody", "an address like no-reply@example.org, or Example Health <no-reply@example.org>.")]
    [InlineData("Mail:CoordinatorAddress", "team@localhost", "one address like coordinators@example.org, or empty.")]
    [InlineData("Brand:Name", "<b>Care</b>", "a text of at most 60 characters, without < and >.")]
    [InlineData("Brand:Colour", "blue", "a colour like #0a567c.")]
    [InlineData("Brand:Colour", "#ffcc00", "a contrast of 4.5, and this one has 1.3. #")]
    [InlineData("Brand:Accent", "#ffee00", "a contrast of 3, and this one has 1.")]
    [InlineData("Brand:Phone", "21 123", "a phone number with its country, like +351 21 000 0000.")]
    [InlineData("Brand:ReplyAddress", "care@localhost", "one address like care@example.org.")]
    [InlineData("Brand:Logo", "no-such-logo.svg", "an SVG file that only draws, or a PNG file; it cannot be read")]
    [InlineData("Brand:Imprint", "our imprint", "or a .txt file; it is neither an address nor a .txt file.")]
    [InlineData("Brand:Privacy", "mailto://care@example.org", "or a .txt file; it is no address of the web.")]
    [InlineData("Mail:PublicUrl", "ftp://inquiries.example.org", "an address without a path")]
    [InlineData("Mail:PublicUrl", "https://example.org/inquiries", "an address without a path")]
    [InlineData("Mail:PublicUrl", "inquiries.example.org", "an address without a path")]
    [InlineData("Urls", "localhost:8080", "addresses like http://127.0.0.1:8080")]
    [InlineData("Intake:PermitsPerMinute", "-1", "0 (no limit) to 1000000.")]
    [InlineData("Intake:PermitsPerMinute", "1.5", "a whole number.")]
    [InlineData("Intake:KnownProxies", "proxy.example", "IP addresses of your reverse proxies")]
    [InlineData("Referral:OfferWindowHours", "0", "more than 0, at most 2000 hours of business time.")]
    [InlineData("Referral:OfferWindowHours", "2001", "more than 0, at most 2000 hours of business time.")]
    [InlineData("Referral:OfferWindowHours", "NaN", "more than 0, at most 2000 hours of business time.")]
    [InlineData("Referral:OfferWindowHours", "1,5", "a number, with a point for decimals.")]
    [InlineData("Console:TimeZone", "Mars/Olympus", "the IANA name of a time zone, like Europe/Madrid.")]
    [InlineData("FollowUp:CheckInDays", "30,7", "growing and separated by commas, like 7,30,90; or none.")]
    [InlineData("FollowUp:CheckInDays", "0", "numbers of days from 1 to 730")]
    [InlineData("FollowUp:CheckInDays", "weekly", "numbers of days from 1 to 730")]
    [InlineData("Mail:DkimSelector", "a b", "a name like mail2026")]
    [InlineData("Referral:MaxOffers", "0", "1 to 100.")]
    [InlineData("Data:DemoInquiries", "1001", "0 (none) to 1000.")]
    [InlineData("Logging:Console:FormatterName", "xml", "simple, json, systemd.")]
    [InlineData("Telemetry:MetricsUrl", "http://127.0.0.1:8080", "one http address with a port that Urls does not have")]
    [InlineData("Telemetry:MetricsUrl", "https://127.0.0.1:9464", "one http address with a port that Urls does not have")]
    [InlineData("Telemetry:MetricsUrl", "9464", "one http address with a port that Urls does not have")]
    [InlineData("Referral:MaxOffers", "101", "1 to 100.")]
    public void A_bad_value_is_named_with_its_setting_and_what_is_allowed(string setting, string value, string allowed)
    {
        var problem = Assert.Single(Problems((setting, value)));

        Assert.StartsWith($"{setting} is '{value}'; allowed: ", problem, StringComparison.Ordinal);
        Assert.Contains(allowed, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Broker:Transport", "rabbitmq")]
    [InlineData("Mail:Port", "65535")]
    [InlineData("Mail:From", "no-reply@example.org")]
    [InlineData("Mail:CoordinatorAddress", "team@example.org")]
    [InlineData("Brand:Name", "Clínica & Friends, d'Été")]
    [InlineData("Brand:Colour", "#7a1f2b")]
    [InlineData("Brand:Accent", "#b5541c")]
    [InlineData("Brand:Phone", "+351 21 123 4567")]
    [InlineData("Brand:Privacy", "https://www.example.org/{lang}/privacy")]
    [InlineData("Mail:PublicUrl", "https://inquiries.example.org/")]
    [InlineData("Urls", "http://+:8080;https://*:8443;http://[::1]:8080")]
    [InlineData("Intake:PermitsPerMinute", "0")]
    [InlineData("Intake:KnownProxies", "10.0.0.1, fd00::1")]
    [InlineData("Referral:OfferWindowHours", "0.5")]
    [InlineData("Console:TimeZone", "America/Mexico_City")]
    [InlineData("FollowUp:CheckInDays", "7")]
    [InlineData("FollowUp:CheckInDays", "none")]
    [InlineData("Logging:Console:FormatterName", "json")]
    [InlineData("Telemetry:MetricsUrl", "http://+:9464")]
    public void A_possible_value_is_taken(string setting, string value) => Assert.NotNull(Load((setting, value)));

    [Fact]
    public void A_misspelt_setting_is_named_with_those_that_are_known()
    {
        var problem = Assert.Single(Problems(("Mail:Hots", "smtp.example.org")));

        Assert.StartsWith("Mail:Hots is not a setting. Known here: ", problem, StringComparison.Ordinal);
        Assert.Contains("Host", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_cannot_be_read_stops_the_start_and_says_which_file_and_how_to_make_one()
    {
        var problem = Assert.Single(Problems(
            ("Mail:From", "no-reply@router.example"), ("Mail:DkimKeyFile", "no-such-key.pem"), ("Mail:DkimSelector", "mail2026"), ("Mail:DkimDomain", "router.example")));

        Assert.StartsWith("Mail:DkimKeyFile is 'no-such-key.pem'; allowed: a file with a private key in PEM form", problem, StringComparison.Ordinal);
        Assert.Contains("openssl genrsa", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_told_together() =>
        Assert.Equal(3, Problems(("Mail:Port", "0"), ("Referral:MaxOffers", "0"), ("Broker:Transport", "Kafka")).Count);

    [Theory]
    [InlineData(Roles.Web, "web")]
    [InlineData(Roles.Worker, "worker")]
    public void One_role_alone_needs_a_broker(Roles roles, string name)
    {
        var problem = Assert.Single(Problems(roles));

        Assert.StartsWith("Broker:Transport is 'InMemory'; allowed: RabbitMq", problem, StringComparison.Ordinal);
        Assert.Contains($"the {name} role only", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Web)]
    [InlineData(Roles.Worker)]
    [InlineData(Roles.Both)]
    public void With_a_broker_every_role_may_be_alone(Roles roles) =>
        Assert.Equal(roles, SettingsLoader.Load(Configuration(("Broker:Transport", "RabbitMq")), "Production", roles).Roles);

    [Fact]
    public void SQL_Server_needs_a_connection_string() =>
        Assert.StartsWith(
            "Database:ConnectionString is empty; allowed: ",
            Assert.Single(Problems(("Database:Provider", "SqlServer"))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Sqlite", "Server=db;Database=InquiryRouter;Password=" + Secret)]
    [InlineData("SqlServer", "no connection string " + Secret)]
    public void A_connection_string_the_database_cannot_read_is_told_before_the_start(string provider, string connectionString)
    {
        var problem = Assert.Single(Problems(("Database:Provider", provider), ("Database:ConnectionString", connectionString)));

        Assert.StartsWith("Database:ConnectionString is ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Smtp_needs_a_server_and_in_production_the_public_address()
    {
        var problems = Problems(("Mail:Transport", "Smtp"));

        Assert.Equal(["Mail:Host", "Mail:PublicUrl"], problems.Select(p => p.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Smtp_on_a_developers_machine_needs_no_public_address() =>
        Assert.NotNull(SettingsLoader.Load(Configuration(("Mail:Transport", "Smtp"), ("Mail:Host", "localhost")), "Development", Roles.Both));

    [Theory]
    [InlineData("http://rabbit:5672/")]
    [InlineData("rabbit:5672")]
    [InlineData("rabbit")]
    public void RabbitMQ_needs_an_address_it_understands(string uri) =>
        Assert.StartsWith(
            "Broker:Uri is set (not shown); allowed: an address like amqp://",
            Assert.Single(Problems(("Broker:Transport", "RabbitMq"), ("Broker:Uri", uri))),
            StringComparison.Ordinal);

    [Fact]
    public void An_empty_value_leaves_the_default_in_force() =>
        Assert.Equal("amqp://guest:guest@localhost:5672/", Load(("Broker:Uri", " ")).Broker.Uri);

    [Fact]
    public void A_wrong_secret_is_named_and_not_shown()
    {
        var problem = Assert.Single(Problems(("Broker:Transport", "RabbitMq"), ("Broker:Uri", $"http://user:{Secret}@rabbit/")));

        Assert.StartsWith("Broker:Uri is set (not shown); allowed: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void No_problem_shows_a_secret_that_stands_beside_it()
    {
        var problems = Problems(
            ("Mail:Port", "0"), ("Mail:Password", Secret), ("Privacy:MasterKey", Secret), ("Database:Provider", "Oracle"),
            ("Database:ConnectionString", Secret), ("Broker:Uri", Secret), ("Mail:Passwort", Secret));

        Assert.NotEmpty(problems);
        Assert.All(problems, p => Assert.DoesNotContain(Secret, p, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://+:8080;https://+:8443", "http://127.0.0.1:8080/")]
    [InlineData("http://*:8080", "http://127.0.0.1:8080/")]
    public void Links_begin_with_an_address_that_can_be_opened(string urls, string link) =>
        Assert.Equal(link, Load(("Urls", urls)).PublicUrl.AbsoluteUri);

    [Fact]
    public void Links_begin_with_the_public_address_when_it_is_set() =>
        Assert.Equal("https://inquiries.example.org/", Load(("Mail:PublicUrl", "https://inquiries.example.org")).PublicUrl.AbsoluteUri);

    private static AppSettings Load(params (string Setting, string Value)[] values) =>
        SettingsLoader.Load(Configuration(values), "Production", Roles.Both);

    private static IReadOnlyList<string> Problems(params (string Setting, string Value)[] values) => Problems(Roles.Both, values);

    private static IReadOnlyList<string> Problems(Roles roles, params (string Setting, string Value)[] values)
    {
        try
        {
            SettingsLoader.Load(Configuration(values), "Production", roles);
            return [];
        }
        catch (BadSettingsException exception)
        {
            return exception.Problems;
        }
    }

    private static IConfiguration Configuration(params (string Setting, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Setting, (string?)v.Value))).Build();
}
