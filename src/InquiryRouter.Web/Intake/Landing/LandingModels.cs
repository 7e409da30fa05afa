using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Intake.Landing;

/// <summary>What search engines read: where the page is, in this language and in the others.</summary>
/// <param name="Canonical">The address of this page in its language.</param>
/// <param name="Alternates">Language code (or <c>x-default</c>) and address.</param>
public sealed record LandingHeadModel(string Description, string Canonical, IReadOnlyList<Choice> Alternates)
{
    /// <summary>Of a page that stands at the same address in every language.</summary>
    public static LandingHeadModel Of(MailLinks links, LanguageSet languages, Words words, string path, string description)
    {
        string In(Words words) => links.Page($"{path}?{PageLanguage.Parameter}={words.Code}");
        return new LandingHeadModel(
            description, In(words), [.. languages.All.Select(w => new Choice(w.Code, In(w))), new Choice("x-default", links.Page(path))]);
    }
}

/// <summary>A statement, and where it was read; null: it is our own estimate.</summary>
public sealed record Sourced(string Text, string? Source, bool Reviewed);

/// <summary>A list of names, and where it was read.</summary>
public sealed record SourcedNames(IReadOnlyList<string> Names, Sourced Source);

/// <summary>The page about one treatment for one condition.</summary>
public sealed record LandingPageModel
{
    public required string Title { get; init; }

    public required LandingHeadModel Head { get; init; }

    /// <summary>Whether the treatment is under study for the condition; null: it is not.</summary>
    public required string? Study { get; init; }

    public required string ConditionName { get; init; }

    public required string? ConditionText { get; init; }

    /// <summary>Types with what each is; the text may be empty.</summary>
    public required IReadOnlyList<Row> Types { get; init; }

    public required IReadOnlyList<string> Symptoms { get; init; }

    public required Sourced? SymptomsSource { get; init; }

    public required SourcedNames? Triggers { get; init; }

    /// <summary>Medicines that can cause the condition.</summary>
    public required SourcedNames? Medicines { get; init; }

    public required KnownFacts Known { get; init; }

    public required string TreatmentName { get; init; }

    public required string? TreatmentText { get; init; }

    /// <summary>Cell sources and risk.</summary>
    public required IReadOnlyList<Row> TreatmentFacts { get; init; }

    /// <summary>What the network asks, and what is paid in the United States and in Canada.</summary>
    public required IReadOnlyList<Row> Prices { get; init; }

    /// <summary>Nobody in the network meets the requirements at present.</summary>
    public required bool NoClinic { get; init; }

    /// <summary>The day of the rates that prices were converted with; null: they were not.</summary>
    public required string? RatesOf { get; init; }

    public required IReadOnlyList<Sourced> PriceSources { get; init; }

    /// <summary>The text of what counts: <c>hospital</c> or <c>transplant</c>.</summary>
    public required string Accreditation { get; init; }

    /// <summary>What is known of the law, by what it says.</summary>
    public required IReadOnlyList<Row> Law { get; init; }

    public required bool LawReviewed { get; init; }

    public required FacilitatorOptions Facilitator { get; init; }

    public required InquiryPageModel Form { get; init; }
}

/// <summary>All the pages, by condition.</summary>
/// <param name="Groups">The name of a condition, and the addresses of its pages with their titles.</param>
public sealed record LandingListModel(LandingHeadModel Head, IReadOnlyList<(string Condition, IReadOnlyList<Choice> Pages)> Groups);
