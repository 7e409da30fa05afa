using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace InquiryRouter.Benchmarks.Commands;

/// <summary>Options that more than one command has, each with its bounds.</summary>
internal static class Options
{
    /// <summary>The most inquiries one scenario may post; each needs about 100 bytes of the client's memory.</summary>
    public const int MostInquiries = 2_000_000;

    public static Option<int> Int(string name, int fallback, int least, int most, string description) =>
        Number(name, fallback, least, most, description);

    /// <summary>Bounds are checked while parsing: a validator would throw on what is no number at all.</summary>
    public static Option<T> Number<T>(string name, T fallback, T least, T most, string description)
        where T : INumber<T> => new(name)
        {
            Description = description,
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
                {
                    return value;
                }

                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'; allowed is {least} to {most}."));
                return fallback;
            },
        };

    public static Option<int> Connections() => Int("--connections", 64, 1, 1000, "HTTP connections, each with one request at a time.");

    public static Option<string?> JsonFile() => new("--json") { Description = "Also write the report as JSON to this file; - for stdout (the table then goes to stderr)." };

    public static Option<bool> Quiet() => new("--quiet") { Description = "No progress lines on stderr." };

    /// <summary>-1 stands for the clock.</summary>
    public static Option<long> First() => Number(
        "--first",
        -1L,
        -1,
        900_000_000_000,
        "Number of the first inquiry (patient p<number>@load.example); -1: from the clock. A patient the server already knows would be a duplicate.");

    /// <summary>Ten thousand numbers a second since 2026: a later run starts behind an earlier one. Twelve digits last until 2028.</summary>
    public static long FirstFromClock()
    {
        var since = TimeProvider.System.GetUtcNow() - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return (long)since.TotalSeconds * 10_000 % 900_000_000_000;
    }

    /// <summary>An address on this machine: this program loads no other.</summary>
    public static Option<Uri?> LoopbackUri(string name, string? fallback, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => fallback is null ? null : new Uri(fallback),
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.IsLoopback)
            {
                return uri;
            }

            result.AddError($"{name} is '{text}'; it must be an address on 127.0.0.1 or localhost.");
            return null;
        },
    };
}
