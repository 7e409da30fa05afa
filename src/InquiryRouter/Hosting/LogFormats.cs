using Microsoft.Extensions.Logging.Console;

namespace InquiryRouter.Hosting;

/// <summary>How the log looks: <c>Logging:Console:FormatterName</c>, and what stands under it, as everywhere in .NET; one line an event.</summary>
public static class LogFormats
{
    public const string Setting = "Logging:Console:FormatterName";

    public static readonly IReadOnlyList<string> Names =
        [ConsoleFormatterNames.Simple, ConsoleFormatterNames.Json, ConsoleFormatterNames.Systemd];

    /// <summary>Whether whoever reads the output takes each line for an event in JSON.</summary>
    public static bool IsJson(IConfiguration configuration) =>
        ConsoleFormatterNames.Json.Equals(configuration[Setting], StringComparison.OrdinalIgnoreCase);

    public static void Add(ILoggingBuilder logging)
    {
        // Before the console, which then reads what is configured over it.
        logging.Services.Configure<SimpleConsoleFormatterOptions>(simple =>
        {
            simple.SingleLine = true;
            simple.TimestampFormat = "yyyy-MM-dd HH:mm:ss.fff ";
            simple.UseUtcTimestamp = true;
        });
        logging.Services.Configure<JsonConsoleFormatterOptions>(json =>
        {
            json.IncludeScopes = true;
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            json.UseUtcTimestamp = true;
        });
        logging.AddConsole();

        // The builder of the host has chosen one by then.
        logging.Services.AddOptions<ConsoleLoggerOptions>().PostConfigure<IConfiguration>((console, configuration) =>
            console.FormatterName = configuration[Setting] is { Length: > 0 } name ? name.ToLowerInvariant() : ConsoleFormatterNames.Simple);

        // Over several lines, somebody's setting would break what reads them.
        logging.Services.PostConfigure<JsonConsoleFormatterOptions>(
            json => json.JsonWriterOptions = json.JsonWriterOptions with { Indented = false });
    }
}
