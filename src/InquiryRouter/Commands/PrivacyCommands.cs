using System.CommandLine;
using System.Text;
using InquiryRouter.Application;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

/// <summary>What a person may ask of us: a copy of everything, to be found, to be erased.</summary>
internal static class PrivacyCommands
{
    private const string StandardInput = CommandContext.StandardInput;
    private const string StandardOutput = "-";

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var erased = new Argument<string>("REFERENCE") { Description = "Like IR-7K3M-9Q2P." };
        var yes = new Option<bool>("--yes") { Description = "You mean it: it cannot be undone." };
        var erase = new Command("erase", "Erases what is held about a patient, for good; clinics that have the inquiry are told that it is over.");
        erase.Add(erased);
        erase.Add(yes);
        erase.SetAction((parsed, cancellation) => EraseAsync(parsed, parsed.GetValue(erased)!, parsed.GetValue(yes), output, cancellation));
        root.Add(erase);

        var contact = new Argument<string>("EMAIL|PHONE")
        {
            Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => StandardInput,
            Description = "Left out, or -, it is read from the standard input: an argument is seen in the list of processes and kept by the shell.",
        };
        var find = new Command("find", "Lists the references of a mailbox, or of a phone number with its country code.");
        find.Add(contact);
        find.SetAction((parsed, cancellation) => FindAsync(parsed, parsed.GetValue(contact)!, output, cancellation));
        root.Add(find);
    }

    /// <summary><c>export inquiry</c>, under the command that exports.</summary>
    public static Command ExportInquiry(TextWriter output)
    {
        var reference = new Argument<string>("REFERENCE") { Description = "Like IR-7K3M-9Q2P." };
        var file = new Argument<string>("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => StandardOutput, Description = "A new file, which only you may read; left out, or -, the copy is printed.",
        };
        var export = new Command("inquiry", "A patient's own copy of everything held about them, as JSON.");
        export.Add(reference);
        export.Add(file);
        export.SetAction((parsed, cancellation) => ExportAsync(parsed, parsed.GetValue(reference)!, parsed.GetValue(file)!, output, cancellation));
        return export;
    }

    private static async Task<int> EraseAsync(ParseResult parsed, string typed, bool meant, TextWriter output, CancellationToken cancellation)
    {
        var reference = CommandContext.ReferenceOf(typed);
        await using var services = CommandContext.Open(parsed);
        var id = await FindAsync(services, reference, cancellation);
        if (!meant)
        {
            throw new CommandRefusedException($"{reference} would be erased for good: name, contact, messages, mails, quotes, and what is asked for. If you mean it: InquiryRouter erase {reference} --yes");
        }

        var outcome = await services.GetRequiredService<EraseInquiry>().RunAsync(id, CommandContext.Coordinator, cancellation: cancellation);
        await output.WriteLineAsync(outcome is Outcome.Done
            ? $"{reference} is erased. What is left is that there was an inquiry, and what was done with it. Who asked for it gets a last mail."
            : $"{reference} had been erased before.");
        return 0;
    }

    private static async Task<int> ExportAsync(ParseResult parsed, string typed, string file, TextWriter output, CancellationToken cancellation)
    {
        var reference = CommandContext.ReferenceOf(typed);
        await using var services = CommandContext.Open(parsed);
        var id = await FindAsync(services, reference, cancellation);
        if (await services.GetRequiredService<ExportPatient>().RunAsync(id, cancellation) is not { } record)
        {
            throw new CommandRefusedException($"{reference} was erased: nothing is held about the patient any more.");
        }

        await services.GetRequiredService<RecordAccess>().RunAsync(
            SystemEvent.Exported("patient", 1, withIdentities: true, reference), CommandContext.Coordinator, cancellation);
        var json = PatientRecordJson.Write(record);
        if (file == StandardOutput)
        {
            await output.WriteLineAsync(Encoding.UTF8.GetString(json));
            return 0;
        }

        try
        {
            await using var stream = OwnFile.Open(file, FileMode.CreateNew);
            await stream.WriteAsync(json, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException($"The copy cannot be written: {exception.Message}", exception);
        }

        await output.WriteLineAsync($"Everything held about the patient of {reference} is in {Path.GetFullPath(file)}. Delete it when they have it.");
        return 0;
    }

    private static async Task<int> FindAsync(ParseResult parsed, string contact, TextWriter output, CancellationToken cancellation)
    {
        var settings = CommandContext.Settings(parsed, Roles.Both);
        var typed = Typed.Code(contact == StandardInput ? await Console.In.ReadLineAsync(cancellation) : contact) ?? string.Empty;
        await using var services = CommandContext.Open(parsed, settings);

        // Neither in the output nor in an error: both are kept by terminals and scripts.
        if (await services.GetRequiredService<FindInquiries>().RunAsync(typed, cancellation) is not { } found)
        {
            throw new CommandRefusedException("That is neither a mail address nor a phone number with its country code (+1 …).");
        }

        foreach (var inquiry in found)
        {
            await output.WriteLineAsync($"{inquiry.Reference}  {inquiry.State}  received {inquiry.ReceivedAt:yyyy-MM-dd}");
        }

        await output.WriteLineAsync(found.Count == 0 ? "No inquiry is found by it." : $"{found.Count}{(found.Count == FindInquiries.Most ? " and perhaps more" : string.Empty)} found.");
        return 0;
    }

    private static async Task<InquiryId> FindAsync(ServiceProvider services, string reference, CancellationToken cancellation) =>
        (await services.GetRequiredService<FindInquiry>().RunAsync(reference, cancellation))?.Id ?? throw CommandContext.NoInquiry(reference);
}
