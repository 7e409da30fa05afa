using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>What an entry of a clinic's treatments must be.</summary>
internal sealed class TreatmentRules
{
    private const int CellSourcesLength = 200;

    private readonly ReferenceLists _lists;
    private readonly ProblemList _problems;
    private readonly string _conditionsAllowed;
    private readonly string _treatmentsAllowed;
    private readonly string[] _allCellSources;

    public TreatmentRules(ReferenceLists lists, ProblemList problems)
    {
        (_lists, _problems) = (lists, problems);
        _conditionsAllowed = OneOf(lists.Conditions.Keys.Where(IsCondition));
        _treatmentsAllowed = OneOf(lists.Treatments.Keys.Where(IsTreatment));
        _allCellSources = [.. lists.Treatments.Values.SelectMany(t => t.CellSources).Distinct(StringComparer.Ordinal)];
    }

    public ClinicTreatment? Check(FieldReader fields)
    {
        var before = _problems.Count;
        var condition = fields.Word("condition", IsCondition, _conditionsAllowed);
        var treatment = fields.Word("treatment", IsTreatment, _treatmentsAllowed);
        var checkedTreatment = new ClinicTreatment
        {
            Condition = condition,
            ConditionType = ConditionType(fields, condition),
            Treatment = treatment,
            CellSources = CellSources(fields, treatment),
        };
        return _problems.Count == before ? checkedTreatment : null;
    }

    // "Another condition" is what a patient may say, not what a clinic can offer.
    private bool IsCondition(string code) => code != ReferenceLists.OtherCondition && _lists.Conditions.ContainsKey(code);

    /// <summary>A family (what patients ask for) covers other treatments; a clinic names the treatment itself.</summary>
    private bool IsTreatment(string code) =>
        _lists.Treatments.TryGetValue(code, out var treatment) && treatment.Covers.Count == 1 && treatment.Covers.Contains(code);

    private string? ConditionType(FieldReader fields, string condition)
    {
        if (!_lists.Conditions.TryGetValue(condition, out var known))
        {
            return fields.OptionalText("conditionType", 40);
        }

        var types = known.Types;
        return types.Count == 0
            ? fields.OptionalWord("conditionType", _ => false, $"Nothing: we know no types of {condition}.")
            : fields.OptionalWord(
                "conditionType", t => types.Any(k => k.Code == t), $"Nothing, for every type, or a type of {condition}: {string.Join(", ", types.Select(k => k.Code))}.");
    }

    private IReadOnlyList<string> CellSources(FieldReader fields, string treatment)
    {
        // Without its treatment, a source can still be wrong for all of them.
        var sources = _lists.Treatments.TryGetValue(treatment, out var known) ? known.CellSources : _allCellSources;
        return fields.Words(
            "cellSources", s => sources.Contains(s, StringComparer.Ordinal), $"a cell source of the treatment: {string.Join(", ", sources)}.", CellSourcesLength);
    }

    private static string OneOf(IEnumerable<string> codes) => $"One of: {string.Join(", ", codes.Order(StringComparer.Ordinal))}.";
}
