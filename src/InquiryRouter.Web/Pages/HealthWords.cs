using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Web.Pages;

/// <summary>What a patient has told of their health, as their own page and the clinic's say it.</summary>
internal static class HealthWords
{
    /// <summary>The answers that were given.</summary>
    public static IReadOnlyList<Row> Rows(HealthAnswers? health, Words words)
    {
        if (health is null)
        {
            return [];
        }

        var rows = new List<Row>();
        Add("diagnosed", health.Diagnosed);
        Add("medicines", health.Medicines);
        Add("pregnant", Said("choice", health.Pregnant));
        Add("illness", Said("choice", health.Illness));
        Add("illnessText", health.IllnessText);
        Add("flies", Said("choice", health.Flies));
        Add("drugInduced", Said("cause", health.DrugInduced));
        return rows;

        void Add(string key, string? text)
        {
            if (text is not null)
            {
                rows.Add(new Row(words["health." + key], text));
            }
        }

        string? Said(string kind, string? code) => code is null ? null : words[$"health.{kind}.{code}"];
    }

    /// <summary>Medicines that can cause the condition and that the patient has named, as a list in a sentence; null: none.</summary>
    public static string? Named(Condition? condition, HealthAnswers? health, string? message, Words words) =>
        HealthRules.NamedIn(condition, message, health?.Medicines) is { Count: > 0 } named
            ? words.List(named.Select(m => words.Name(NameKind.Medicines, m.Code, m.Name))) : null;
}
