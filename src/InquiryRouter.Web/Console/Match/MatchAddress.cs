using System.Globalization;
using InquiryRouter.Application.Matching;
using InquiryRouter.Core.Matching;
using InquiryRouter.Web.Console.Inquiries;

namespace InquiryRouter.Web.Console.Match;

/// <summary>
/// The address of a view of a match: everything that is looked at stands in it, and nothing of the patient's but the reference.
/// </summary>
public sealed record MatchAddress(string Reference, MatchQuestion Question)
{
    /// <summary>Where it stands in the list it was opened from.</summary>
    public InquiryPlace Place { get; init; } = InquiryPlace.None;

    public string Path => $"/console/inquiries/{Reference}/match";

    /// <summary>The inputs of the decision that is looked at.</summary>
    public string Inputs => $"{Path}.json{(Question.IsNow ? "?view=now" : string.Empty)}";

    /// <summary>Another view, as a link within the page; the page of a list is the first again.</summary>
    public string With(Func<MatchQuestion, MatchQuestion> change) => (this with { Question = change(Question with { Page = 1 }) }).Query();

    public string Page(int page) => (this with { Question = Question with { Page = page } }).Query();

    /// <summary>What is open and is no part of the question that a form asks: its hidden fields.</summary>
    /// <param name="without">The fields of the form itself.</param>
    public IEnumerable<(string Name, string Value)> Fields(params string[] without) =>
        Parts().Where(p => p.Name != "place" && !without.Contains(p.Name, StringComparer.Ordinal));

    public override string ToString() => Query() is "?" ? Path : Path + Query();

    private string Query() =>
        "?" + string.Join('&', Parts().Select(p => $"{p.Name}={string.Join(',', p.Value.Split(',').Select(Uri.EscapeDataString))}"));

    private IEnumerable<(string Name, string Value)> Parts()
    {
        (string, string?)[] parts =
        [
            ("view", Question.IsNow ? "now" : null),
            ("relax", Joined(GateList.All.Where(Question.Relaxed.Contains).Select(GateList.Code))),
            ("gate", Question.Group is { } gate ? GateList.Code(gate) : null),
            ("country", Question.Country),
            ("q", Question.Find),
            ("compare", Joined(Question.Compare)),
            ("clinic", Question.Clinic),
            ("place", Question.Page > 1 ? Question.Page.ToString(CultureInfo.InvariantCulture) : null),
        ];
        return [.. parts.Where(p => !string.IsNullOrEmpty(p.Item2)).Select(p => (p.Item1, p.Item2!)), .. Place.Fields];
    }

    private static string Joined(IEnumerable<string> words) => string.Join(',', words);
}
