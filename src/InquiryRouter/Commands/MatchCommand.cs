using System.CommandLine;
using System.Globalization;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Settings;

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
            "Prints which clinics an inquiry would be offered to, in which order, with what each part adds to the score, and why not the others. Changes nothing.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        match.Add(file);
        match.Add(replay);
        match.Add(json);
        match.SetAction((parsed, cancellation) => (parsed.GetValue(file), parsed.GetValue(replay)) switch
        {
            ({ } inquiry, null) => MatchAsync(parsed, inquiry, parsed.GetValue(json), output, cancellation),
            (null, { } reference) => ReplayAsync(parsed, reference, parsed.GetValue(json), output, cancellation),
            _ => throw new CannotStartException("Name either a file, or --replay and a reference. For example: InquiryRouter match inquiry.json"),
        });
        root.Add(match);
    }

    private static async Task<int> MatchAsync(ParseResult parsed, FileInfo file, bool asJson, TextWriter output, CancellationToken cancellation)
    {
        var settings = CommandContext.Settings(parsed, Roles.Both);
        CommandContext.MustExist(file);

        await using var services = CommandContext.Open(parsed, settings);
        var (inputs, screening) = await new Decisions(services).OfFileAsync(file, cancellation);
        var decision = inputs.Decide();
        await output.WriteLineAsync(asJson
            ? ScreeningText.AddTo(DecisionText.Json(decision, inputs), screening, inputs.Facts.Relation)
            : DecisionText.Text(decision, inputs) + Environment.NewLine + ScreeningText.Text(screening, inputs.Facts.Relation));
        return 0;
    }

    private static async Task<int> ReplayAsync(ParseResult parsed, string typed, bool asJson, TextWriter output, CancellationToken cancellation)
    {
        var reference = CommandContext.ReferenceOf(typed);
        await using var services = CommandContext.Open(parsed);
        var database = services.GetRequiredService<Database>();
        var id = await database.ReadAsync(session => InquiryStore.FindIdAsync(session, reference), cancellation)
            ?? throw new CannotStartException($"There is no inquiry {reference} in this database.");
        var stored = await database.ReadAsync(session => MatchStore.FindNewestAsync(session, id), cancellation)
            ?? throw new CannotStartException($"No decision about {reference} is stored: it has not been matched yet, or it was before decisions were kept whole.");
        var inputs = await new Decisions(services).OfStoredAsync(stored, cancellation);
        var decision = inputs.Decide();
        var differences = Differences(stored, decision, inputs);
        await output.WriteLineAsync(Print(decision, inputs, asJson));
        if (!asJson)
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{reference}, decided {stored.At:yyyy-MM-dd HH:mm:ss} UTC from inquiry version {stored.InquiryVersion}, network version {stored.NetworkVersion}, policy version {stored.PolicyVersion} and the load of {stored.Load.Clinics.Count} clinics."));
        }

        foreach (var difference in differences)
        {
            await Console.Error.WriteLineAsync(difference);
        }

        if (!asJson || differences.Count > 0)
        {
            var verdict = differences.Count == 0
                ? "Made again from these inputs, it is the same decision, clinic by clinic."
                : "Made again from these inputs, it is ANOTHER decision: report this as a defect of the program.";
            await (asJson ? Console.Error : output).WriteLineAsync(verdict);
        }

        if (!asJson)
        {
            await WriteOffersAsync(database, id, output, cancellation);
        }

        return differences.Count == 0 ? 0 : 1;
    }

    /// <summary>What followed: whom it was offered to, and who was passed over because of what had changed meanwhile.</summary>
    private static async Task WriteOffersAsync(Database database, Guid inquiryId, TextWriter output, CancellationToken cancellation)
    {
        foreach (var entry in await database.ReadAsync(session => InquiryStore.AuditAsync(session, inquiryId), cancellation))
        {
            if (entry.Action is "offered" or "declined" or "recalled" or "accepted" or "approved")
            {
                var who = entry.Action == "offered" ? string.Empty : entry.ActorName + " ";
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {entry.At:yyyy-MM-dd HH:mm:ss}  {entry.Action} {who}{entry.Detail}"));
            }
        }
    }

    private static string Print(MatchDecision decision, DecisionInputs inputs, bool asJson) =>
        asJson ? DecisionText.Json(decision, inputs) : DecisionText.Text(decision, inputs);

    private static List<string> Differences(StoredMatch stored, MatchDecision decision, DecisionInputs inputs)
    {
        var differences = new List<string>();
        if (!stored.Ranked.SequenceEqual(decision.Ranked) || stored.Tied != decision.Tied)
        {
            differences.Add($"Ranked then: {string.Join(' ', stored.Ranked.Select(r => r.Clinic))}; now: {string.Join(' ', decision.Ranked.Select(r => r.Clinic))}");
        }

        var then = stored.RejectedByGate.SelectMany(g => g.Value, (g, clinic) => (clinic, g.Key)).ToDictionary(r => r.clinic, r => r.Key, StringComparer.Ordinal);
        var gates = Matcher.CheckAll(inputs.Facts, inputs.Index, inputs.Policy, inputs.Load, inputs.At);
        foreach (var (position, gate) in gates.Index())
        {
            var code = inputs.Index.Network.Clinics[position].Code;
            var now = gate == Gate.None ? null : Gates.Code(gate);
            if (then.GetValueOrDefault(code) != now)
            {
                differences.Add($"{code}: then {then.GetValueOrDefault(code) ?? "ranked"}, now {now ?? "ranked"}");
            }
        }

        return differences;
    }
}
