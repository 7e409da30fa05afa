using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Web.Pages;

/// <summary>What is asked for, line by line, for the patient and for clinics alike: nothing here names a person.</summary>
internal static class AskedRows
{
    public static List<Row> Of(InquiryFacts facts, ReferenceLists lists, Words words)
    {
        List<Row> rows =
        [
            new(words["referral.summary.condition"], Condition(facts, lists, words)),
            new(
                words["referral.summary.treatment"],
                words.Name(NameKind.Treatments, facts.Treatment, lists.TreatmentName(facts.Treatment))),
            new(words["referral.summary.cellSource"], words.Name(NameKind.CellSources, facts.CellSource, facts.CellSource)),
            new(words["referral.summary.birthYear"], facts.BirthYear.ToString(CultureInfo.InvariantCulture)),
            new(words["referral.summary.country"], words.Name(NameKind.Countries, facts.Country, lists.CountryName(facts.Country))),
            new(words["referral.summary.language"], Language(facts.Language)),
        ];
        if (facts.AlsoReads.Count > 0)
        {
            rows.Add(new(words["referral.summary.alsoReads"], words.List(facts.AlsoReads.Select(Language))));
        }

        rows.Add(new(words["referral.summary.destinations"], string.Join(words["list.comma"], facts.Destinations.Select(Destination))));
        rows.Add(new(words["referral.summary.timeframe"], words.Name(NameKind.Timeframes, facts.Timeframe, facts.Timeframe)));
        if (facts.BudgetAmount is { } amount)
        {
            rows.Add(new(words["referral.summary.budget"], words.Money(amount, facts.BudgetCurrency!)));
        }

        return rows;

        string Language(string code) =>
            words.Name(NameKind.Languages, code, lists.Languages.TryGetValue(code, out var own) ? own.Name : code);

        string Destination(string code) => lists.Regions.ContainsKey(code) || code == ReferenceLists.Anywhere
            ? words.Name(NameKind.Regions, code, lists.DestinationName(code))
            : words.Name(NameKind.Countries, code, lists.DestinationName(code));
    }

    private static string Condition(InquiryFacts facts, ReferenceLists lists, Words words)
    {
        var types = lists.Conditions.TryGetValue(facts.Condition, out var known) ? known.Types : [];
        var condition = words.Name(NameKind.Conditions, facts.Condition, lists.ConditionName(facts.Condition));
        return types.FirstOrDefault(t => t.Code == facts.ConditionType) is { } type
            ? words.Name(NameKind.ConditionTypes, type.Code, type.Name)
            : types.Count > 0 && facts.ConditionType is null ? words.Text("referral.summary.typeUnknown", ("condition", condition))
            : condition;
    }
}
