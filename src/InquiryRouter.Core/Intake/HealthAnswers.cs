using System.Text;

namespace InquiryRouter.Core.Intake;

/// <summary>
/// What a patient tells of their health after sending, as far as they like. A clinic reads it beside the summary, before it knows who they are.
/// </summary>
public sealed record HealthAnswers
{
    public const string Yes = "yes";
    public const string No = "no";

    /// <summary>They do not know; of what may be drug-induced: nobody has looked into it.</summary>
    public const string Unsure = "unsure";

    public const int ShortLength = 100;
    public const int LongLength = 1000;

    public static readonly IReadOnlyList<string> Choices = [Yes, No, Unsure];

    private static readonly (string Key, Func<HealthAnswers, string?> Read)[] s_lines =
    [
        ("diagnosed", a => a.Diagnosed), ("medicines now", a => a.Medicines), ("pregnant", a => a.Pregnant),
        ("cancer or serious infection", a => a.Illness), ("which and when", a => a.IllnessText), ("can fly", a => a.Flies),
        ("a medicine may have caused it", a => a.DrugInduced),
    ];

    /// <summary>When, as they say it.</summary>
    public string? Diagnosed { get; init; }

    public string? Medicines { get; init; }

    /// <summary>One of <see cref="Choices"/>, as the three below.</summary>
    public string? Pregnant { get; init; }

    /// <summary>Cancer or a serious infection, now or before.</summary>
    public string? Illness { get; init; }

    /// <summary>Which, and when.</summary>
    public string? IllnessText { get; init; }

    public string? Flies { get; init; }

    /// <summary>A physician says that a medicine may have caused the illness.</summary>
    public string? DrugInduced { get; init; }

    public bool IsEmpty => this == new HealthAnswers();

    /// <summary>What they wrote themselves.</summary>
    public string Written => string.Join('\n', new[] { Diagnosed, Medicines, IllnessText }.OfType<string>());

    /// <summary>As a coordinator reads them and the patient's copy has them: a line each, further lines of an answer set in.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (key, read) in s_lines)
        {
            if (read(this) is { } answer)
            {
                text.Append(text.Length == 0 ? string.Empty : "\n").Append(key).Append(": ")
                    .Append(answer.Replace("\n", "\n  ", StringComparison.Ordinal));
            }
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToString"/> has written; a line that a newer program added is left out.</summary>
    public static HealthAnswers Parse(string text)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        string? key = null;
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal) && key is not null)
            {
                read[key] += "\n" + line[2..];
            }
            else if (line.Split(": ", 2) is [var name, var answer])
            {
                (key, read[name]) = (name, answer);
            }
        }

        string? Of(int line) => read.GetValueOrDefault(s_lines[line].Key);
        return new HealthAnswers
        {
            Diagnosed = Of(0), Medicines = Of(1), Pregnant = Of(2), Illness = Of(3), IllnessText = Of(4), Flies = Of(5), DrugInduced = Of(6),
        };
    }
}
