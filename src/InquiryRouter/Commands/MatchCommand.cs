using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using InquiryRouter.Application.Matching;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Reading;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Settings;
using InquiryRouter.Web.Intake;

namespace InquiryRouter.Commands;

internal static class MatchCommand
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var file = new Argument<FileInfo?>("FILE") { Description = "An inquiry in the JSON of POST /api/inquiries.", Arity = ArgumentArity.ZeroOrOne };
        var replay = new Option<string?>("--replay") { Description = "Instead of a file: the reference of an inquiry. Makes its newest decision again from the recorded inputs, and compares.", HelpName = "REFERENCE" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object, for programs." };
        var match = new Command(
            "match",
            "Prints which clinics an inquiry would be offered to, in which order, with what each part adds to the score, and why not the others. Changes nothing.");
        match.Add(file);
        match.Add(replay);
        match.Add(json);
        match.SetAction((parsed, cancellation) => (parsed.GetValue(file), parsed.GetValue(replay)) switch
        {
            ({ } inquiry, null) => MatchAsync(parsed, inquiry, parsed.GetValue(json), output, cancellation),
            (null, { } reference) => ReplayAsync(parsed, reference, parsed.GetValue(json), output, cancellation),
            _ => throw new CommandRefusedException("Name either a file, or --replay and a reference. For example: InquiryRouter match inquiry.json"),
        });
        root.Add(match);
    }

    private static async Task<int> MatchAsync(ParseResult parsed, FileInfo file, bool asJson, TextWriter output, CancellationToken cancellation)
    {
        var settings = CommandContext.Settings(parsed, Roles.Both);
        CommandContext.MustExist(file);

        await using var services = CommandContext.Open(parsed, settings);
        var (form, misread) = await ReadAsync(file, cancellation);
        switch (await services.GetRequiredService<DryRunMatch>().RunAsync(form, cancellation))
        {
            case DryRun.Decided when misread.Count > 0:
                throw Incomplete(file, misread, services);
            case DryRun.Decided decided:
                var relation = decided.Inputs.Facts.Relation;
                await output.WriteLineAsync(asJson
                    ? ScreeningText.AddTo(DecisionText.Json(decided.Decision, decided.Inputs), decided.Screening, relation)
                    : DecisionText.Text(decided.Decision, decided.Inputs) + Environment.NewLine + ScreeningText.Text(decided.Screening, relation));
                return 0;
            case DryRun.Invalid invalid:
                throw Incomplete(file, [.. misread, .. invalid.Errors], services);
            default:
                throw new CommandRefusedException("There are no clinics yet. Run: InquiryRouter import clinics FILE");
        }
    }

    private static async Task<(InquiryForm Form, IReadOnlyList<FieldError> Misread)> ReadAsync(FileInfo file, CancellationToken cancellation)
    {
        var body = await File.ReadAllBytesAsync(file.FullName, cancellation);
        try
        {
            var (form, errors) = InquiryJson.Read(body);
            return (form, errors);
        }
        catch (NotUtf8Exception exception)
        {
            throw new CommandRefusedException(
                $"{file.Name} is not text in UTF-8; look at line {exception.LineNumber + 1}, and save it with that encoding.", exception);
        }
        catch (JsonException exception)
        {
            throw new CommandRefusedException($"{file.Name} is not valid JSON; look at line {exception.LineNumber + 1}.", exception);
        }
    }

    private static CommandRefusedException Incomplete(FileInfo file, IReadOnlyList<FieldError> errors, ServiceProvider services)
    {
        var english = services.GetRequiredService<LanguageSet>().English;
        return new CommandRefusedException(
            $"{file.Name} is not a complete inquiry:" + string.Concat(errors.Select(e => $"{Environment.NewLine}  {e.Field}: {english.Error(e)}")));
    }

    private static async Task<int> ReplayAsync(ParseResult parsed, string typed, bool asJson, TextWriter output, CancellationToken cancellation)
    {
        var reference = CommandContext.ReferenceOf(typed);
        await using var services = CommandContext.Open(parsed);
        var (stored, inputs, decision, differences, history) = await services.GetRequiredService<ReplayDecision>().RunAsync(reference, cancellation) switch
        {
            Replay.Made made => made,
            Replay.NotFound => throw CommandContext.NoInquiry(reference),
            Replay.Incomplete incomplete => throw new CommandRefusedException(DecisionWords.Missing(incomplete.Missing)),
            _ => throw new CommandRefusedException(
                $"No decision about {reference} is stored: it has not been matched yet, or it was before decisions were kept whole."),
        };
        await output.WriteLineAsync(asJson ? DecisionText.Json(decision, inputs) : DecisionText.Text(decision, inputs));
        if (!asJson)
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{reference}, decided {stored.At:yyyy-MM-dd HH:mm:ss} UTC from inquiry version {stored.InquiryVersion}, "
                + $"network version {stored.NetworkVersion}, policy version {stored.PolicyVersion} and the load of {stored.Load.Clinics.Count} clinics."));
        }

        foreach (var difference in differences)
        {
            await Console.Error.WriteLineAsync(difference);
        }

        if (!asJson || differences.Count > 0)
        {
            var verdict = differences.Count == 0 ? DecisionWords.IsSame : DecisionWords.IsAnother;
            await (asJson ? Console.Error : output).WriteLineAsync(verdict);
        }

        if (!asJson)
        {
            await WriteOffersAsync(history, output);
        }

        return differences.Count == 0 ? 0 : 1;
    }

    /// <summary>What followed: whom it was offered to, and who was passed over because of what had changed meanwhile.</summary>
    private static async Task WriteOffersAsync(IReadOnlyList<AuditEntry> history, TextWriter output)
    {
        foreach (var entry in history)
        {
            if (entry.Event is HistoryEvent.Offered or HistoryEvent.Declined or HistoryEvent.Recalled or HistoryEvent.Accepted or HistoryEvent.Approved)
            {
                var who = entry.Event is HistoryEvent.Offered ? string.Empty : entry.ActorName + " ";
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {entry.At:yyyy-MM-dd HH:mm:ss}  {entry.Action} {who}{entry.Detail}"));
            }
        }
    }
}
