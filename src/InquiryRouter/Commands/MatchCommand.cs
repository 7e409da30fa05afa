using System.CommandLine;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Settings;
using InquiryRouter.Web.Intake;

namespace InquiryRouter.Commands;

internal static class MatchCommand
{
    // Names of clinics have accents; the output is no HTML.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "An inquiry in the JSON of POST /api/inquiries." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object, for programs." };
        var match = new Command("match", "A dry run: prints which clinics an inquiry would be offered to, in which order, and why not the others. Changes nothing.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        match.Add(file);
        match.Add(json);
        match.SetAction((parsed, cancellation) => RunAsync(parsed, parsed.GetValue(file)!, parsed.GetValue(json), output, cancellation));
        root.Add(match);
    }

    private static async Task<int> RunAsync(ParseResult parsed, FileInfo file, bool asJson, TextWriter output, CancellationToken cancellation)
    {
        var settings = CommandContext.Settings(parsed, Roles.Both);
        if (!file.Exists)
        {
            throw new CannotStartException($"There is no file {file.FullName}.");
        }

        await using var services = CommandContext.Open(settings);
        var database = services.GetRequiredService<Database>();
        var now = database.Clock.GetUtcNow();
        var facts = ReadFacts(services, await File.ReadAllBytesAsync(file.FullName, cancellation), file.Name, now);
        var rules = services.GetRequiredService<MatchRules>();
        var network = await services.GetRequiredService<NetworkCache>().CurrentAsync(cancellation);
        if (network.Clinics.Count == 0)
        {
            throw new CannotStartException("There are no clinics yet. Run: InquiryRouter import clinics FILE");
        }

        var full = await database.ReadAsync(session => ReferralStore.FullClinicsAsync(session, network, now), cancellation);
        var load = MatchLoad.None with { FullClinics = full.ToFrozenSet(StringComparer.Ordinal) };
        var decision = Matcher.Match(facts, network, rules, services.GetRequiredService<MatchPolicy>(), load, now);
        await output.WriteLineAsync(asJson ? Json(decision, facts, network, rules, now) : Text(decision, facts, network, rules, now));
        return 0;
    }

    private static InquiryFacts ReadFacts(ServiceProvider services, byte[] body, string name, DateTimeOffset now)
    {
        InquiryForm form;
        List<FieldError> errors;
        try
        {
            // Some editors begin a file with a byte order mark.
            (form, errors) = InquiryJson.Read(body.AsSpan().StartsWith("\uFEFF"u8) ? body[3..] : body);
        }
        catch (JsonException exception)
        {
            throw new CannotStartException($"{name} is not valid JSON; look at line {exception.LineNumber + 1}.", exception);
        }

        var validator = new InquiryValidator(services.GetRequiredService<ReferenceLists>(), services.GetRequiredService<IFieldRules>());
        var (inquiry, invalid) = validator.Validate(form, string.Empty, now);
        return errors.Count == 0 && inquiry is not null
            ? inquiry.Facts
            : throw new CannotStartException($"{name} is not a complete inquiry:" + string.Concat(errors.Concat(invalid).Select(e => $"{Environment.NewLine}  {e.Field}: {e.Message}")));
    }

    private static string Json(MatchDecision decision, InquiryFacts facts, NetworkSnapshot network, MatchRules rules, DateTimeOffset now) =>
        JsonSerializer.Serialize(
            new
            {
                decision.NetworkVersion,
                decision.PolicyVersion,
                Outcome = decision.Ranked.Count > 0 ? "matched" : "held",
                Ranked = decision.Ranked.Select(r => new { r.Clinic, r.Score, r.Parts }),
                Rejected = decision.Rejected.Select(r => new { r.Clinic, Gate = Gates.Code(r.Gate), Reason = Gates.Explain(r.Gate, facts, network.ByCode[r.Clinic], rules, now) }),
            },
            s_json);

    private static string Text(MatchDecision decision, InquiryFacts facts, NetworkSnapshot network, MatchRules rules, DateTimeOffset now)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine($"Network version {decision.NetworkVersion}, policy version {decision.PolicyVersion}: {decision.Ranked.Count} of {network.Clinics.Count} clinics may be offered this inquiry.");
        foreach (var (index, ranked) in decision.Ranked.Index())
        {
            var clinic = network.ByCode[ranked.Clinic];
            text.WriteLine($"{index + 1,3}. {ranked.Clinic,-12} {ranked.Score:0.000}  {clinic.Name}, {clinic.City}, {clinic.Country}");
            text.WriteLine($"     destination {ranked.Parts.Destination:0.00} · price {ranked.Parts.Price:0.00} · credentials {ranked.Parts.Credential:0.00}");
        }

        if (decision.Rejected.Count > 0)
        {
            text.WriteLine(decision.Ranked.Count == 0 ? "It would be held for a coordinator. Why not these clinics:" : "Why not the others:");
        }

        foreach (var rejected in decision.Rejected)
        {
            text.WriteLine($"     {rejected.Clinic,-12} {Gates.Code(rejected.Gate)}: {Gates.Explain(rejected.Gate, facts, network.ByCode[rejected.Clinic], rules, now)}");
        }

        return text.ToString().TrimEnd();
    }
}
