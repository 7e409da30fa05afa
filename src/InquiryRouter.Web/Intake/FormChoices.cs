using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Intake;

/// <summary>A condition with the types that are told apart.</summary>
public sealed record ConditionChoice(Choice Condition, IReadOnlyList<Choice> Types);

/// <summary>What the form has to choose from, named and sorted as readers of one language expect.</summary>
public sealed class FormChoices
{
    /// <summary>First among the treatments.</summary>
    public const string MostAskedFor = "stem-cell-therapy";

    public FormChoices(ReferenceLists lists, Words words, LanguageSet answered)
    {
        var byName = Comparer<Choice>.Create((a, b) => words.Culture.CompareInfo.Compare(a.Label, b.Label));
        Choice Named(NameKind kind, string code, string name, string? group = null) => new(code, words.Name(kind, code, name), group);

        var conditions = lists.Conditions.Values.Select(c => Named(NameKind.Conditions, c.Code, c.Name)).Order(byName).ToList();
        Conditions = [.. conditions.OrderBy(c => c.Value == ReferenceLists.OtherCondition)];
        TypesByCondition = [.. conditions.Select(c => new ConditionChoice(
            c, [.. lists.Conditions[c.Value].Types.Select(t => Named(NameKind.ConditionTypes, t.Code, t.Name))])).Where(c => c.Types.Count > 0)];
        Treatments = [.. lists.Treatments.Values.Select(t => Named(NameKind.Treatments, t.Code, t.Name)).OrderByDescending(t => t.Value == MostAskedFor).ThenBy(t => t, byName)];
        CellSources = [.. lists.Treatments.Values.SelectMany(t => t.CellSources).Prepend(ReferenceLists.AnyCellSource).Distinct(StringComparer.Ordinal)
            .Select(s => Named(NameKind.CellSources, s, s))];
        Anywhere = Named(NameKind.Regions, ReferenceLists.Anywhere, ReferenceLists.Anywhere);
        Regions = [.. lists.Regions.Values.Where(r => r.Code != ReferenceLists.Anywhere).Select(r => Named(NameKind.Regions, r.Code, r.Name)).Order(byName)];
        Countries = [.. lists.Countries.Values.Select(c => Named(NameKind.Countries, c.Code, c.Name)).Order(byName)];
        AllLanguages = [.. lists.Languages.Values.Select(l => Named(NameKind.Languages, l.Code, l.Name)).Order(byName)];
        Languages = [.. AllLanguages.Where(l => answered.Find(l.Value) is not null)];

        // The code tells one dollar from another, and is what people look for.
        Currencies = [.. lists.Currencies.Values.OrderBy(c => c.Code, StringComparer.Ordinal)
            .Select(c => new Choice(c.Code, $"{c.Code} – {words.Name(NameKind.Currencies, c.Code, c.Name)}"))];
        Timeframes = [.. ReferenceLists.Timeframes.Select(t => Named(NameKind.Timeframes, t, t))];
    }

    /// <summary>"Another condition" last.</summary>
    public IReadOnlyList<Choice> Conditions { get; }

    /// <summary>Those that have types.</summary>
    public IReadOnlyList<ConditionChoice> TypesByCondition { get; }

    public IReadOnlyList<Choice> Treatments { get; }

    /// <summary>"Any" first.</summary>
    public IReadOnlyList<Choice> CellSources { get; }

    public Choice Anywhere { get; }

    /// <summary>Without <see cref="Anywhere"/>.</summary>
    public IReadOnlyList<Choice> Regions { get; }

    public IReadOnlyList<Choice> Countries { get; }

    /// <summary>Those our mails and pages are written in.</summary>
    public IReadOnlyList<Choice> Languages { get; }

    public IReadOnlyList<Choice> AllLanguages { get; }

    public IReadOnlyList<Choice> Currencies { get; }

    /// <summary>The soonest first.</summary>
    public IReadOnlyList<Choice> Timeframes { get; }
}
