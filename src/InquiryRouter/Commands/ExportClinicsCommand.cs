using System.CommandLine;
using System.Text;
using InquiryRouter.Application.Network;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.History;
using InquiryRouter.Infrastructure.ReferenceData.Import;

namespace InquiryRouter.Commands;

/// <summary><c>export clinics FILE</c>: the network in the form <c>import clinics</c> takes.</summary>
internal static class ExportClinicsCommand
{
    private const string StandardOutput = "-";

    public static Command Create(TextWriter output)
    {
        var file = new Argument<string>("FILE") { Description = $"The .json file to write; '{StandardOutput}': print it. CSV is read only: its separators cannot stand in every text." };
        var version = new Option<long?>("--network-version") { Description = "The clinics of this version of the network; without it, those of now." };
        var command = new Command("clinics", "Writes all clinics as JSON, ready to be edited and imported again; imported unchanged it changes nothing.");
        command.Add(file);
        command.Add(version);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, parsed.GetValue(file)!, parsed.GetValue(version), output, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, string file, long? version, TextWriter output, CancellationToken cancellation)
    {
        if (file != StandardOutput && !file.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandRefusedException("Clinics are exported as JSON: name a file that ends in .json, or - to print them.");
        }

        await using var services = CommandContext.Open(parsed);
        var network = await services.GetRequiredService<ReadNetwork>().RunAsync(version, cancellation)
            ?? throw new CommandRefusedException($"--network-version is {version}; there is no such version, or what it was is not known.");
        if (network.Clinics.Count == 0)
        {
            throw new CommandRefusedException("There are no clinics to export.");
        }

        await services.GetRequiredService<RecordAccess>().RunAsync(
            SystemEvent.Exported("clinics", network.Clinics.Count, withIdentities: false), CommandContext.Coordinator, cancellation);
        var today = DateOnly.FromDateTime(CommandContext.Clock(parsed).GetUtcNow().UtcDateTime);
        var source = $"export of network version {network.Version}";
        if (file == StandardOutput)
        {
            using var text = new MemoryStream();
            ClinicExport.Write(text, source, today, network.Clinics);
            await output.WriteLineAsync(Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length)));
            return 0;
        }

        try
        {
            await using var stream = File.Create(file);
            ClinicExport.Write(stream, source, today, network.Clinics);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException($"{file} cannot be written. {exception.Message}", exception);
        }

        await output.WriteLineAsync($"{network.Clinics.Count} clinics of network version {network.Version} are in {file}.");
        return 0;
    }
}
