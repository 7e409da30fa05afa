using System.Globalization;
using InquiryRouter.Application.Matching;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Users;
using InquiryRouter.Web.Console.Inquiries;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Match;

/// <summary>Why an inquiry was matched as it was, and what would follow if something were different. Looks only.</summary>
internal static class MatchEndpoints
{
    private const int LongestWord = 100;
    private const int MostPages = 1_000_000;

    public static void MapConsoleMatch(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet("/console/inquiries/{reference}/match", Access.SeeInquiry, ShowAsync);
        routes.MapConsoleGet("/console/inquiries/{reference}/match.json", Access.SeeInquiry, InputsAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, ConsoleUser user, ExplainMatch explain, InquiryPlaces places, string reference)
    {
        if (await FindAsync(context, explain, reference) is not { } match)
        {
            return ConsolePages.NotFound();
        }

        var place = await places.FindAsync(context, user, match.Inquiry);
        if (match.Inquiry.State == InquiryState.Erased)
        {
            return ConsolePages.Page<ErasedMatchPage>(InquiryHead.Of(match.Inquiry, InquiryHead.Match, place));
        }

        var question = Question(context.Request.Query);
        var other = Word(context.Request.Query, "with");
        var found = other is null ? [] : ClinicNames.Find(match.Now.Inputs.Index.Network, other);
        if (found is [var one] && question.Compare is [var first])
        {
            question = question with { Compare = [first, one.Code] };
        }

        return ConsolePages.Page<MatchPage>(
            new MatchModel(match, match.Look(question), new MatchAddress(match.Inquiry.Reference, question) { Place = place }, user)
            {
                Other = other, Others = found,
            });
    }

    private static async Task<IResult> InputsAsync(HttpContext context, ExplainMatch explain, string reference) =>
        await FindAsync(context, explain, reference) is not { } match ? ConsolePages.NotFound()
        : MatchInputs.Of(match, Question(context.Request.Query).IsNow) is { } inputs
            ? Results.Text(inputs, "application/json; charset=utf-8")
        : ConsolePages.NotFound();

    private static async Task<ExplainedMatch?> FindAsync(HttpContext context, ExplainMatch explain, string typed) =>
        Reference.TryParse(typed, out var reference) ? await explain.RunAsync(reference, context.RequestAborted) : null;

    // What cannot be read is not there: an address is typed, shortened and sent on.
    private static MatchQuestion Question(IQueryCollection query) => new()
    {
        IsNow = query["view"] == "now",
        Relaxed = [.. Words(query, "relax").Select(GateList.Of).OfType<Gate>()],
        Group = Word(query, "gate") is { } gate ? GateList.Of(gate) : null,
        Page = int.TryParse(query["place"], CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, MostPages) : 1,
        Find = Word(query, "q"),
        Country = Word(query, "country")?.ToUpperInvariant(),
        Compare = [.. Words(query, "compare").Distinct(StringComparer.Ordinal).Take(2)],
        Clinic = Word(query, "clinic"),
    };

    private static string? Word(IQueryCollection query, string name) =>
        Typed.Line(query[name]) is { Length: <= LongestWord } word ? word : null;

    // One after the other, or with commas: a form sends them as the first, a link has the second.
    private static IEnumerable<string> Words(IQueryCollection query, string name) =>
        query[name].OfType<string>().SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(v => v.Length <= LongestWord);
}

/// <param name="Match">Then and now.</param>
/// <param name="View">What is looked at.</param>
/// <param name="Address">Of this view.</param>
/// <param name="User">Who looks.</param>
public sealed record MatchModel(ExplainedMatch Match, MatchView View, MatchAddress Address, ConsoleUser User)
{
    /// <summary>What was typed for the clinic to compare with; null: nothing.</summary>
    public string? Other { get; init; }

    /// <summary>The clinics that may be meant by it.</summary>
    public IReadOnlyList<Core.Matching.Clinic> Others { get; init; } = [];

    /// <summary>It waits, and released it is matched anew; what waits for a yes to its decision is approved on its own page.</summary>
    public bool MayDecideAgain => User.May(Access.Release) && MayBeReleased && Match.Shares
        && !Match.Inquiry.HoldReasons.Contains(HoldReason.ApprovalNeeded);

    /// <summary>It waits for a person.</summary>
    public bool MayBeReleased => InquiryTransitions.Next(Match.Inquiry.State, InquiryTrigger.Release) is not null;

    /// <summary>Clinics that are offered before anything is typed: those that may be asked.</summary>
    public IEnumerable<Core.Matching.Clinic> Suggested => View.Shown.Ranked.Take(ClinicNames.Most).Select(r => View.Side.Inputs.Index.Network.ByCode[r.Clinic]);

    /// <summary>This role may offer it by hand, and a clinic could be offered it now.</summary>
    public bool MayOffer => User.May(Access.Offer) && Match.Possible.Contains(CoordinatorAction.Offer);

    public bool MayAsk => User.May(Access.AskPatient) && Match.Possible.Contains(CoordinatorAction.AskPatient);

    public bool MayOpenClinics => User.May(Access.SeeClinics);

    public static string ClinicPath(string code) => $"{ConsoleGate.Path}/clinics/{Uri.EscapeDataString(code)}";

    /// <summary>The name of a gate for people.</summary>
    public static string Name(Gate gate) => GateList.Code(gate).Replace('-', ' ');

    /// <summary>A bar beside its number; a page has hundreds, so that each is as short as can be.</summary>
    /// <param name="value">0 to 1.</param>
    public static MarkupString Bar(double value) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"<svg aria-hidden=\"true\"><rect width=\"{Math.Round(Math.Clamp(value, 0, 1) * 100)}%\" height=\"6\"/></svg>"));

    public static string Name(GateKind kind) => kind switch
    {
        GateKind.Wish => "the patient's wish",
        GateKind.Requirement => "a requirement",
        GateKind.Moment => "of the moment",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>What one clinic has more or less of than another, in words.</summary>
    public static string Against(IReadOnlyList<(string Part, double Points)> differences) => differences.Count == 0
        ? "equal in every part"
        : string.Join(", ", differences.Select(d => FormattableString.Invariant($"{d.Part} {d.Points:+0.000;−0.000}")))
            + (differences.Count < ScoreParts.Names.Count ? ", the rest equal" : string.Empty);

    /// <summary>Where a clinic stands, in words.</summary>
    public static string Said(ClinicPlace? place) => place switch
    {
        null => "not in the network",
        { IsRanked: true } => FormattableString.Invariant($"ranked {place.Rank}, score {place.Ranked.Score:0.000}"),
        _ => $"{Name(place.Gate)}: {place.Reason}",
    };

    /// <summary>What changed about a clinic beside its place: the parts of its score.</summary>
    public static string? Parts(ClinicChange change) => change is { Then.IsRanked: true, Now.IsRanked: true }
        ? Against(ClinicComparison.Of(change.Then.Ranked, change.Now.Ranked))
        : null;
}
