using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Settings;

namespace InquiryRouter.Hosting;

/// <summary>Says that the program is ready, and where to look.</summary>
internal static class Banner
{
    /// <param name="output">Where to.</param>
    /// <param name="settings">What it runs with.</param>
    /// <param name="seeded">The demo network was loaded now.</param>
    /// <param name="invents">Invented inquiries are being added.</param>
    /// <param name="demoSignIn">A link that signs in to the console once; null: not in Development.</param>
    /// <param name="isAttended">A coordinator can be reached.</param>
    public static void Write(TextWriter output, AppSettings settings, bool seeded, bool invents, string? demoSignIn, bool isAttended)
    {
        var version = typeof(Banner).Assembly.GetName().Version?.ToString(3);
        output.WriteLine($"InquiryRouter {version} is ready: {Roles(settings)}; {Database(settings)}; {Broker(settings)}; {Mail(settings)}.");
        if (settings.Roles.HasFlag(Settings.Roles.Web))
        {
            var url = settings.Urls.Split(';')[0];
            output.WriteLine($"  Patients' form  {url}/inquiry?condition=lupus&treatment=stem-cell-therapy");
            output.WriteLine($"  Console         {demoSignIn ?? $"{url}/console"}");
            if (demoSignIn is not null)
            {
                output.WriteLine("                  (works once, for 15 minutes, and in Development only)");
            }

            output.WriteLine($"  API             POST {url}/api/inquiries");
            output.WriteLine($"  Health          {url}/health/ready");
        }

        if (settings.Roles.HasFlag(Settings.Roles.Worker) && settings.Mail.Transport == MailTransportKind.Pickup)
        {
            output.WriteLine($"  Mails           {Path.GetFullPath(settings.Data.MailDirectory)}");
        }

        if (seeded)
        {
            output.WriteLine("  Clinics         a demo network was loaded: every clinic in it is synthetic");
        }

        if (invents)
        {
            output.WriteLine(
                $"  Inquiries       {settings.Data.DemoInquiries} invented ones are being added: the console's inbox fills in a few seconds");
        }

        output.WriteLine("  Held inquiries  InquiryRouter list --held");
        if (!isAttended)
        {
            output.WriteLine("  WARNING         No coordinator can be reached, and patients are told so. "
                + (demoSignIn is null
                    ? "Set Mail:CoordinatorAddress, or: InquiryRouter user add MAIL --role coordinator"
                    : "Open the console's link, or set Mail:CoordinatorAddress."));
        }

        output.WriteLine("Stop with Ctrl+C.");
        output.Flush();
    }

    /// <summary>The same as an event.</summary>
    public static void Log(ILogger log, AppSettings settings, bool isAttended)
    {
        log.LogInformation(
            "InquiryRouter {Version} is ready: {Roles}; {Database}; {Broker}; {Mail}.", typeof(Banner).Assembly.GetName().Version?.ToString(3),
            Roles(settings), Database(settings), Broker(settings), Mail(settings));
        if (!isAttended)
        {
            log.LogWarning("No coordinator can be reached, and patients are told so. Set Mail:CoordinatorAddress, or: InquiryRouter user add MAIL --role coordinator");
        }
    }

    private static string Roles(AppSettings settings) => settings.Roles switch
    {
        Settings.Roles.Both => "web and worker",
        Settings.Roles.Web => "web",
        _ => "worker",
    };

    private static string Database(AppSettings settings) => settings.Database.Provider == DatabaseProvider.Sqlite
        ? $"SQLite in {SqliteFileLock.FileOf(settings.ConnectionString)}"
        : "SQL Server";

    private static string Broker(AppSettings settings) => settings.Broker.Transport == BrokerTransport.InMemory
        ? "in-process bus"
        : $"RabbitMQ at {new Uri(settings.Broker.Uri).Authority}";

    private static string Mail(AppSettings settings) => settings.Mail.Transport == MailTransportKind.Pickup
        ? "mail to files"
        : $"mail to {settings.Mail.Host}:{settings.Mail.Port}";
}
