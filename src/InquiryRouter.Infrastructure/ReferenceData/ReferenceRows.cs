using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.ReferenceData;

// Rows of the files where they differ from the records they become.

internal sealed record FileOf<T>(List<T> Rows, DateOnly? AsOf = null);

internal sealed record CurrencyRow(string Code, string Name);

internal sealed record RateRow(string Currency, decimal UnitsPerUsd);

internal sealed record RegionRow(string Code, string Name, List<string> Countries);

internal sealed record TreatmentFileRow(
    string Code, string Name, List<string> Covers, List<string> CellSources, string? RiskClass, bool UnderStudy, List<string> Scopes, List<string> Specialties)
{
    public List<string>? EstablishedFor { get; init; }

    public bool AsksConditionSpecialist { get; init; }
}

// A file of an earlier program has neither groups nor events.
internal sealed record EmergencyRow(string Language, string? Group, List<string> Phrases, List<string>? Events);

internal sealed record TreatmentFactRow(
    string Code, string Kind, List<string> Treatments, List<string>? Conditions, List<string>? Routes, string Text, string Cite, string? Link, bool Reviewed);

internal sealed record CountryRuleRow(
    string Country, string Treatment, List<string>? Conditions, DateOnly? From, DateOnly? To, RuleOutcome Outcome,
    string? Requires, string Summary, string Source, bool Reviewed)
{
    public List<string>? ConditionTypes { get; init; }

    public List<string>? CellSources { get; init; }

    public List<string>? MustName { get; init; }

    public string? NotEnough { get; init; }
}
