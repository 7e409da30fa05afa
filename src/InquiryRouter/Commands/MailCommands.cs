using System.CommandLine;
using System.Globalization;
using InquiryRouter.Application;
using InquiryRouter.Application.Mail;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

/// <summary>What mails look like, and which addresses get none.</summary>
internal static class MailCommands
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var kind = new Argument<MailKind?>("KIND") { Description = "Which mail, like Acknowledgement; without it all of them.", Arity = ArgumentArity.ZeroOrOne };
        var language = new Option<string?>("--language") { Description = "en, es, ar …; without it every language there is." };
        var directory = new Option<string>("--directory") { Description = "Where to write them.", DefaultValueFactory = _ => "mail-preview" };
        var preview = new Command("preview", "Writes every kind of mail, with invented data, as .eml and .html files to look at. Sends nothing and needs no database.");
        preview.Add(kind);
        preview.Add(language);
        preview.Add(directory);
        preview.SetAction((parsed, cancellation) =>
            PreviewAsync(CommandContext.Settings(parsed, Roles.Both), parsed.GetValue(kind), parsed.GetValue(language), parsed.GetValue(directory)!, output, cancellation));
        var mail = new Command("mail", "What mails look like.");
        mail.Add(preview);
        root.Add(mail);

        var list = new Command("list", "Lists the addresses nothing is sent to, as hashes: whose they are nobody can tell from them.");
        list.SetAction((parsed, cancellation) => ListAsync(parsed, output, cancellation));
        var address = new Argument<string>("ADDRESS")
        {
            Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => CommandContext.StandardInput,
            Description = "The address as it was written to. Left out, or -, it is read from the standard input: an argument is seen in the list of processes and kept by the shell.",
        };
        var remove = new Command("remove", "Takes an address off the list: it exists again, or the receiver's server was mistaken.");
        remove.Add(address);
        remove.SetAction((parsed, cancellation) => RemoveAsync(parsed, parsed.GetValue(address)!, output, cancellation));
        var suppressed = new Command("suppressed", "Addresses that a server refused for good: nothing is sent to them any more.");
        suppressed.Add(list);
        suppressed.Add(remove);
        root.Add(suppressed);
    }

    private static async Task<int> PreviewAsync(
        AppSettings settings, MailKind? kind, string? language, string directory, TextWriter output, CancellationToken cancellation)
    {
        var languages = new LanguageSet();
        IReadOnlyList<Words> wanted = language is null ? languages.All
            : languages.Find(language) is { } found ? [found]
            : throw new CommandRefusedException($"There are no mails in '{language}'. There are: {string.Join(", ", languages.All.Select(w => w.Code))}.");
        var samples = new MailSamples(
            languages, new MailLinks(settings.PublicUrl, settings.Mail.CoordinatorAddress), ReferenceDataFiles.LoadTreatmentFacts(ReferenceFiles.Shipped),
            settings.Face);

        // Samples are not signed: they are no mails of the operator.
        settings.Mail.DkimKeyFile = settings.Mail.DkimSelector = settings.Mail.DkimDomain = null;
        var factory = new MimeFactory(settings.Mail, settings.Face);
        var files = 0;
        try
        {
            foreach (var one in kind is { } only ? [only] : Enum.GetValues<MailKind>())
            {
                foreach (var words in wanted)
                {
                    files += (await MailPreview.WriteAsync(samples, factory, one, words, directory, cancellation)).Count;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException($"'{directory}' cannot be written: {exception.Message} Choose another place with --directory.", exception);
        }

        await output.WriteLineAsync($"{files} files in {Path.GetFullPath(directory)}: each mail as .eml (for a mail program) and its page as .html.");
        return 0;
    }

    private static async Task<int> ListAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var suppressed = await services.GetRequiredService<ListSuppressed>().RunAsync(cancellation);
        foreach (var one in suppressed)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{SuppressedAddresses.Name(one.AddressHash)}  since {one.At:yyyy-MM-dd HH:mm} UTC  {one.Reason}"));
        }

        await output.WriteLineAsync(suppressed.Count == 0
            ? "No address is suppressed."
            : $"{suppressed.Count}{(suppressed.Count == ListSuppressed.Most ? " and perhaps more" : string.Empty)} suppressed. Take one off with: InquiryRouter suppressed remove");
        return 0;
    }

    private static async Task<int> RemoveAsync(ParseResult parsed, string typed, TextWriter output, CancellationToken cancellation)
    {
        if (typed == CommandContext.StandardInput)
        {
            typed = await Console.In.ReadLineAsync(cancellation) ?? string.Empty;
        }

        await using var services = CommandContext.Open(parsed);
        switch (await services.GetRequiredService<UnsuppressAddress>().RunAsync(typed, CommandContext.Coordinator, cancellation))
        {
            case Outcome.Done:
                await output.WriteLineAsync("Taken off the list. Mails that were suppressed are not sent again by themselves.");
                return 0;
            case Outcome.NotPossible:
                throw new CommandRefusedException("That is not an address mail can be sent to; check it for typing mistakes.");
            default:
                await output.WriteLineAsync("That address is not on the list.");
                return 1;
        }
    }
}
