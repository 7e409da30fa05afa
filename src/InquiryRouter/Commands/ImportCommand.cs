using System.CommandLine;
using InquiryRouter.Application.Network;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Hosting;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

internal static class ImportCommand
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A .csv or .json file of clinics." };
        var clinics = new Command(
            "clinics",
            "Adds clinics, or replaces those with the same code; clinics not in the file stay as they are, and so does the version when nothing has changed. Every row is checked first: with one bad row nothing is imported, and each bad value is reported with its line.");
        clinics.Add(file);
        clinics.SetAction((parsed, cancellation) => RunAsync(parsed, parsed.GetValue(file)!, output, cancellation));
        root.Add(new Command("import", "Reads data from a file.") { clinics, ReferenceCommands.Import(output) });
        root.Add(new Command("export", "Prints data as a file.") { ExportClinicsCommand.Create(output), ReferenceCommands.Export(output), PrivacyCommands.ExportInquiry(output) });
    }

    private const int MostWarnings = 100;
    private const int MostNamed = 5;

    private static async Task<int> RunAsync(ParseResult parsed, FileInfo file, TextWriter output, CancellationToken cancellation)
    {
        var settings = CommandContext.Settings(parsed, Roles.Both);
        CommandContext.MustExist(file);

        if (settings.Database.Provider == DatabaseProvider.Sqlite)
        {
            Composition.CreateMigrator(settings).Apply();
        }

        await using var services = CommandContext.Open(parsed, settings);
        var read = Read(services, file, output);
        if (read.Problems.Count > 0)
        {
            foreach (var problem in read.Problems)
            {
                await output.WriteLineAsync($"{file.Name}:{problem}");
            }

            await output.WriteLineAsync("Nothing was imported. Mend the lines above and run the command again.");
            return CommandLine.Refused;
        }

        var outcome = await services.GetRequiredService<ImportClinics>().RunAsync(
            read, CommandContext.Coordinator, done => Progress(output, "stored", done, read.Clinics.Count), cancellation);
        switch (outcome)
        {
            case ClinicImportOutcome.Stored stored:
                await TellAsync(stored.Change, read, output);
                return 0;
            case ClinicImportOutcome.UnderDemoRules demo:
                await output.WriteLineAsync($"Nothing was imported. {UnderDemoRules(demo.Codes)}");
                return CommandLine.Refused;
            default:
                throw new InvalidOperationException($"{outcome.GetType().Name} is not an outcome of an import.");
        }
    }

    /// <summary>What is wrong, and the way out.</summary>
    internal static string UnderDemoRules(IReadOnlyList<string> codes) =>
        $"The country rules in force are the demo network's: they are made up, and {string.Join(", ", codes.Take(MostNamed))}"
        + $"{(codes.Count > MostNamed ? $" and {codes.Count - MostNamed} more" : string.Empty)} would be matched by them."
        + " Give real clinics a database of their own, or put the shipped rules in force first: InquiryRouter export reference country-rules --shipped > country-rules.json,"
        + " then: InquiryRouter import reference country-rules.json";

    private static async Task TellAsync(NetworkChange change, ImportResult read, TextWriter output)
    {
        await output.WriteLineAsync(change.MadeVersion
            ? $"{change.Added} clinics added, {change.Changed} changed, {change.Unchanged} unchanged; the network is now version {change.Version}."
            : $"Nothing has changed: the network already has these {change.Unchanged} clinics as they are in the file. It stays at version {change.Version}.");
        foreach (var warning in read.Warnings.Take(MostWarnings))
        {
            await output.WriteLineAsync($"Warning: {warning}");
        }

        if (read.Warnings.Count > MostWarnings)
        {
            await output.WriteLineAsync($"Warning: {read.Warnings.Count - MostWarnings} more like these.");
        }
    }

    private static ImportResult Read(ServiceProvider services, FileInfo file, TextWriter output)
    {
        ImportFormat format;
        try
        {
            format = ClinicImport.Of(file.Name);
        }
        catch (ArgumentException exception)
        {
            throw new CommandRefusedException(exception.Message, exception);
        }

        using var stream = file.OpenRead();
        return ClinicImport.Read(
            stream, format, services.GetRequiredService<MatchRules>(), services.GetRequiredService<IFieldRules>(), done => Progress(output, "checked", done, null));
    }

    private static void Progress(TextWriter output, string what, int done, int? all)
    {
        if (done % 1000 == 0)
        {
            output.WriteLine(all is { } total ? $"{done} of {total} clinics {what}" : $"{done} clinics {what}");
        }
    }
}
