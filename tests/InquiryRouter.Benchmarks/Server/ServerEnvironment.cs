using System.Globalization;
using System.Security.Cryptography;

namespace InquiryRouter.Benchmarks.Server;

/// <summary>The settings the measured server runs with.</summary>
internal sealed record ServerEnvironment
{
    public required string DataDirectory { get; init; }

    public required int HttpPort { get; init; }

    public required int MailPort { get; init; }

    /// <summary><c>InMemory</c> or <c>RabbitMq</c>.</summary>
    public required string Transport { get; init; }

    public string? BrokerUri { get; init; }

    /// <summary><c>Sqlite</c> or <c>SqlServer</c>.</summary>
    public required string Database { get; init; }

    public string? ConnectionString { get; init; }

    /// <summary>Beside SQL Server the program makes no key by itself: one for this run, which all its commands use.</summary>
    public string MasterKey { get; init; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>It prints a one-time sign-in, and sends its mails to files.</summary>
    public bool IsDevelopment { get; init; }

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{HttpPort}"));

    public void ApplyTo(IDictionary<string, string?> environment)
    {
        foreach (var (name, _) in SocketTuning.Variables)
        {
            environment.Remove(name);
        }

        var url = Url.GetLeftPart(UriPartial.Authority);
        environment["DOTNET_ENVIRONMENT"] = IsDevelopment ? "Development" : "Production";
        environment["Urls"] = url;
        environment["Data__Directory"] = DataDirectory;
        environment["Database__Provider"] = Database;
        environment["Broker__Transport"] = Transport;
        environment["Mail__Transport"] = IsDevelopment ? "Pickup" : "Smtp";
        environment["Mail__Host"] = "127.0.0.1";
        environment["Mail__Port"] = MailPort.ToString(CultureInfo.InvariantCulture);
        environment["Mail__Security"] = "None";
        environment["Mail__From"] = "InquiryRouter <router@load.example>";
        environment["Mail__PublicUrl"] = url;
        environment["Intake__PermitsPerMinute"] = "0";
        if (BrokerUri is not null)
        {
            environment["Broker__Uri"] = BrokerUri;
        }

        if (Database == "SqlServer")
        {
            environment["Privacy__MasterKey"] = MasterKey;
        }

        if (ConnectionString is not null)
        {
            environment["Database__ConnectionString"] = ConnectionString;
        }
    }
}
