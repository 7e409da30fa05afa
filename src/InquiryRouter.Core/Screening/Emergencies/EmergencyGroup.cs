using System.Collections.Frozen;

namespace InquiryRouter.Core.Screening.Emergencies;

/// <summary>What kind of emergency words speak of. The patient's page has a sentence for each.</summary>
public static class EmergencyGroup
{
    /// <summary>The page names a crisis line as well.</summary>
    public const string SelfHarm = "self-harm";

    /// <summary>None of the others, or of a file that has no groups.</summary>
    public const string Other = "other";

    /// <summary>Every kind, most urgent to be named first.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        SelfHarm, "breath", "heart", "stroke", "allergy", "unconscious", "bleeding", "infection", "pregnancy", "spine", "adrenal", "eyes", "kidney",
        "clot", Other,
    ];

    private static readonly FrozenSet<string> s_all = All.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether it is one of <see cref="All"/>.</summary>
    public static bool IsOne(string code) => s_all.Contains(code);
}

/// <summary>What other words say about when something was, or whether it was at all. Rows of the same file, read like emergencies.</summary>
public static class TimeSense
{
    /// <summary>It is happening, or has just happened, whatever else is said.</summary>
    public const string Now = "time-now";

    /// <summary>Signs that are none of an emergency alone: two of them that have just begun are.</summary>
    public const string Sign = "sign";

    /// <summary>Over for long: years ago, in 2019.</summary>
    public const string Past = "time-past";

    /// <summary>The same for long: for years, since childhood.</summary>
    public const string Lasting = "time-long";

    /// <summary>Asked about or feared: the risk of, can it cause.</summary>
    public const string Asked = "asked-about";

    /// <summary>A figure of speech, or words about the thing: dying to know, the risk of suicide.</summary>
    public const string NotMeant = "not-meant";

    /// <summary>What follows is another thought: but, and now.</summary>
    public const string Turn = "turn";

    /// <summary>Two spellings of one word: <c>can not = cant</c>.</summary>
    public const string Same = "same";

    /// <summary>Every one of them.</summary>
    public static readonly IReadOnlyList<string> All = [Sign, Now, Past, Lasting, Asked, NotMeant, Turn, Same];

    /// <summary>Whether it is one of <see cref="All"/>.</summary>
    public static bool IsOne(string code) => All.Contains(code, StringComparer.Ordinal);
}
