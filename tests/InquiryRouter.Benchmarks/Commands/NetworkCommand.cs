using System.CommandLine;
using System.Globalization;
using InquiryRouter.Benchmarks.Network;

namespace InquiryRouter.Benchmarks.Commands;

internal static class NetworkCommand
{
    public static Command Create()
    {
        var clinics = Options.Int("--clinics", 200, 2, NetworkGenerator.MostClinics, "How many clinics.");
        var output = new Option<FileInfo>("--out") { Description = "The file to write.", Required = true };
        var asOf = new Option<DateOnly?>("--as-of")
        {
            Description = "The network's date (2026-11-01); today by default. Credentials count as verified 14 days before it.",
            CustomParser = result =>
            {
                if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                {
                    return date;
                }

                result.AddError("--as-of must be a date like 2026-11-01.");
                return null;
            },
        };
        var command = new ExplainedCommand(
            "network",
            "Write an invented network of clinics, as JSON for 'InquiryRouter import clinics FILE'.",
            """
            Half of the clinics are in Mexico, treat lupus and have credentials in force, so the load's inquiries match
            them. The others fail at a gate: another country, another condition, a lapsed or suspended credential, not
            active. Lupus prices run from 8,600 to 21,900 USD; mail goes to clinic0001@load.example and so on.

            Example:  network --clinics 200 --out network.json
            """)
        { clinics, output, asOf };
        command.SetAction(async (result, cancel) =>
        {
            var date = result.GetValue(asOf) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            var network = NetworkGenerator.Generate(result.GetValue(clinics), date);
            await network.SaveAsync(result.GetRequiredValue(output).FullName, cancel);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{network.Clinics.Count} clinics written."));
            return 0;
        });
        return command;
    }
}
