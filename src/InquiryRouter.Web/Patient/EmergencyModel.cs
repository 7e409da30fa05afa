using InquiryRouter.Core.Screening.Emergencies;
using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Web.Patient;

/// <summary>What somebody reads who wrote of an emergency.</summary>
/// <param name="Number">The emergency number of their country; null: not known.</param>
/// <param name="Sentences">For each kind of emergency what matters most.</param>
/// <param name="Crisis">Whom they can speak with when they think of ending their life.</param>
public sealed record EmergencyModel(string? Number, IReadOnlyList<string> Sentences, string? Crisis)
{
    /// <param name="groups">Codes of <see cref="EmergencyGroup"/>.</param>
    /// <param name="country">The name of the patient's country, in the language of the page.</param>
    /// <param name="line">Whom to call there.</param>
    /// <param name="words">The language of the page.</param>
    public static EmergencyModel Of(IReadOnlyList<string> groups, string country, EmergencyLine? line, Words words) => new(
        line is null ? null : words.Text("emergency.number", ("country", country), ("number", words.LeftToRight(line.Emergency))),
        [.. groups.Where(g => g != EmergencyGroup.Other).Select(g => words["emergency.group." + g])],
        !groups.Contains(EmergencyGroup.SelfHarm, StringComparer.Ordinal) ? null
            : line is { CrisisName: { } name, CrisisPhone: { } phone }
                ? words.Text("emergency.crisis", ("name", name), ("phone", words.LeftToRight(phone)))
                : words["emergency.crisis.unknown"]);
}
