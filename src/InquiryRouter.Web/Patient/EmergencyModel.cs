using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening.Emergencies;
using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Web.Patient;

/// <summary>What somebody reads who wrote of an emergency.</summary>
/// <param name="Number">The emergency number of their country; null: not known.</param>
/// <param name="Sentences">For each kind of emergency what matters most.</param>
/// <param name="Crisis">Whom they can speak with when they think of ending their life.</param>
/// <param name="Calls">The numbers, to be dialled with one press.</param>
public sealed record EmergencyModel(string? Number, IReadOnlyList<string> Sentences, string? Crisis, IReadOnlyList<EmergencyCall> Calls)
{
    /// <param name="groups">Codes of <see cref="EmergencyGroup"/>.</param>
    /// <param name="country">The name of the patient's country, in the language of the page.</param>
    /// <param name="line">Whom to call there.</param>
    /// <param name="words">The language of the page.</param>
    public static EmergencyModel Of(IReadOnlyList<string> groups, string country, EmergencyLine? line, Words words)
    {
        var inCrisis = groups.Contains(EmergencyGroup.SelfHarm, StringComparer.Ordinal);
        return new EmergencyModel(
            line is null ? null : words.Text("emergency.number", ("country", country), ("number", words.LeftToRight(line.Emergency))),
            [.. groups.Where(g => g != EmergencyGroup.Other).Select(g => words["emergency.group." + g])],
            !inCrisis ? null
                : line is { CrisisName: { } name, CrisisPhone: { } phone }
                    ? words.Text("emergency.crisis", ("name", words.Isolated(name)), ("phone", words.LeftToRight(phone)))
                    : words["emergency.crisis.unknown"],
            [.. new[] { line?.Emergency, inCrisis ? line?.CrisisPhone : null }.OfType<string>()
                .SelectMany(n => n.Split(" / ")).Distinct(StringComparer.Ordinal)
                .Select(n => new EmergencyCall(words.Text("emergency.call", ("number", words.LeftToRight(n))),
                    PhoneNumber.Link(n.Replace(" ", string.Empty, StringComparison.Ordinal))))]);
    }
}

/// <param name="Text">What the link says.</param>
/// <param name="Href">The number, for the telephone.</param>
public sealed record EmergencyCall(string Text, string Href);
