using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Import.Rules;

/// <summary>What an entry of a clinic's treatments must be.</summary>
internal sealed class TreatmentRules(KnownCodes codes, ProblemList problems)
{
    private const int CellSourcesLength = 200;

    public ClinicTreatment? Check(ObjectReader fields, SiteCodes sites)
    {
        var before = problems.Count;
        var condition = fields.Word("condition", codes.IsCondition, codes.ConditionsAllowed);
        var treatment = fields.Word("treatment", codes.IsTreatment, codes.TreatmentsAllowed);
        var made = new ClinicTreatment
        {
            Condition = condition,
            ConditionType = ConditionType(fields, condition),
            Treatment = treatment,
            CellSources = CellSources(fields, treatment),
            Site = sites.Read(fields, "the main site"),
            Route = fields.OptionalWord("route", ReferenceLists.Routes.Contains, $"Nothing, or one of: {string.Join(", ", ReferenceLists.Routes)}."),
        };
        return problems.Count == before ? made : null;
    }

    private string? ConditionType(ObjectReader fields, string condition)
    {
        if (codes.Condition(condition) is not { } known)
        {
            return fields.OptionalText("conditionType", 40);
        }

        var types = known.Types;
        return types.Count == 0
            ? fields.OptionalWord("conditionType", _ => false, $"Nothing: we know no types of {condition}.")
            : fields.OptionalWord(
                "conditionType", t => types.Any(k => k.Code == t), $"Nothing, for every type, or a type of {condition}: {string.Join(", ", types.Select(k => k.Code))}.");
    }

    private IReadOnlyList<string> CellSources(ObjectReader fields, string treatment)
    {
        // Without its treatment, a source can still be wrong for all of them.
        var sources = codes.Treatment(treatment)?.CellSources ?? codes.AllCellSources;
        return fields.Listed(
            "cellSources", s => sources.Contains(s, StringComparer.Ordinal), $"a cell source of the treatment: {string.Join(", ", sources)}.", CellSourcesLength);
    }
}
