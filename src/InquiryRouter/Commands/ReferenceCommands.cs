using System.CommandLine;
using System.Globalization;
using System.Text;
using InquiryRouter.Application.Network;
using InquiryRouter.Hosting;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Checks;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

/// <summary><c>import reference FILE</c> and <c>export reference NAME</c>: the files an operator may edit.</summary>
internal static class ReferenceCommands
{
    private const int LargestFile = 4 * 1024 * 1024;
    private const string List = "list";

    public static Command Import(TextWriter output)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A file in the form of 'export reference'; its member \"file\" says which one it is." };
        var command = new Command(
            "reference",
            "Puts a reference file in force instead of the one that was. It is checked first, together with all others: with one problem nothing is imported, and each is reported. Rules take effect at once; the choices of the form with the next start.");
        command.Add(file);
        command.SetAction((parsed, cancellation) => ImportAsync(parsed, parsed.GetValue(file)!, output, cancellation));
        return command;
    }

    public static Command Export(TextWriter output)
    {
        var name = new Argument<string>("NAME") { Description = $"Which file, or '{List}': since when each is in force, and who brought it." };
        var version = new Option<long?>("--network-version") { Description = "As it was at this version of the network; without it, as it is now." };
        var shipped = new Option<bool>("--shipped") { Description = "As it came with this program." };
        var command = new Command("reference", "Prints a reference file, ready to be edited and imported again.");
        command.Add(name);
        command.Add(version);
        command.Add(shipped);
        command.SetAction((parsed, cancellation) =>
            ExportAsync(
                parsed, CommandContext.CodeOf(parsed.GetValue(name)), parsed.GetValue(version), parsed.GetValue(shipped), output, cancellation));
        return command;
    }

    private static async Task<int> ImportAsync(ParseResult parsed, FileInfo file, TextWriter output, CancellationToken cancellation)
    {
        var settings = CommandContext.Settings(parsed, Roles.Both);
        CommandContext.MustExist(file);

        if (file.Length > LargestFile)
        {
            throw new CommandRefusedException($"{file.Name} is too large: a reference file has at most {LargestFile / (1024 * 1024)} MB.");
        }

        if (ReferenceCheck.Identify(await File.ReadAllBytesAsync(file.FullName, cancellation), out var problem) is not { } read)
        {
            throw new CommandRefusedException($"{file.Name} cannot be imported. It has to be: {problem}");
        }

        if (settings.Database.Provider == DatabaseProvider.Sqlite)
        {
            Composition.CreateMigrator(settings).Apply();
        }

        await using var services = CommandContext.Open(parsed, settings);
        var outcome = await services.GetRequiredService<ImportReference>().RunAsync(
            read, $"import of {file.Name}", CommandContext.Coordinator, cancellation);
        switch (outcome)
        {
            case ReferenceImportOutcome.Stored stored:
                await output.WriteLineAsync($"Imported {read.Name}; the network is now version {stored.Version}.");
                return 0;
            case ReferenceImportOutcome.Unchanged unchanged:
                await output.WriteLineAsync($"{read.Name} was in force already; the network stays version {unchanged.Version}.");
                return 0;
            case ReferenceImportOutcome.Refused refused:
                foreach (var found in refused.Problems)
                {
                    await output.WriteLineAsync(found.ToString());
                }

                await output.WriteLineAsync("Nothing was imported. Mend the rows above and run the command again.");
                return CommandLine.Refused;
            default:
                throw new InvalidOperationException($"{outcome.GetType().Name} is not an outcome of an import.");
        }
    }

    private static async Task<int> ExportAsync(
        ParseResult parsed, string name, long? version, bool shipped, TextWriter output, CancellationToken cancellation)
    {
        var settings = CommandContext.Settings(parsed, Roles.Both);
        if (name != List && !ReferenceFiles.IsName(name))
        {
            throw new CommandRefusedException($"There is no reference file {name}. The files are: {string.Join(", ", ReferenceFiles.Names)}; '{List}' tells about all of them.");
        }

        if (shipped && name != List)
        {
            await output.WriteAsync(Encoding.UTF8.GetString(ReferenceFiles.Shipped[name].Body));
            return 0;
        }

        await using var services = CommandContext.Open(parsed, settings);
        if (name == List)
        {
            await ListAsync(await services.GetRequiredService<ListReference>().RunAsync(cancellation), output);
            return 0;
        }

        var files = await services.GetRequiredService<ReadReference>().RunAsync(version, cancellation);
        await output.WriteAsync(Encoding.UTF8.GetString(files[name].Body));
        return 0;
    }

    private static async Task ListAsync(IReadOnlyDictionary<string, StoredReferenceFile> stored, TextWriter output)
    {
        foreach (var name in ReferenceFiles.Names)
        {
            await output.WriteLineAsync(stored.TryGetValue(name, out var file)
                ? string.Create(CultureInfo.InvariantCulture, $"{name,-24} since network version {file.FromVersion}, {file.ImportedAt:yyyy-MM-dd HH:mm} UTC: {file.Source}")
                : $"{name,-24} as shipped");
        }
    }
}
