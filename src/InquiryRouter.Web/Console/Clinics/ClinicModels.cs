using System.Globalization;
using InquiryRouter.Application.Network;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.ReferenceData.Import;

namespace InquiryRouter.Web.Console.Clinics;

/// <summary>What is looked at in the list of clinics.</summary>
public sealed record ClinicView(string? Find, string? Country, ClinicFilter Filter, string? After)
{
    public string Url()
    {
        var query = string.Join('&', new[]
        {
            Find is null ? null : $"q={Uri.EscapeDataString(Find)}",
            Country is null ? null : $"country={Uri.EscapeDataString(Country)}",
            Filter == ClinicFilter.All ? null : $"show={Filter.ToString().ToLowerInvariant()}",
            After is null ? null : $"after={Uri.EscapeDataString(After)}",
        }.OfType<string>());
        return query.Length == 0 ? ClinicEndpoints.Path : $"{ClinicEndpoints.Path}?{query}";
    }
}

/// <param name="MayManage">Who looks may change clinics.</param>
public sealed record ClinicsModel(ClinicPage Page, ClinicView View, bool MayManage)
{
    public static readonly IReadOnlyList<(ClinicFilter Filter, string Label)> Filters =
        [(ClinicFilter.All, "All"), (ClinicFilter.Attention, "Needs attention"), (ClinicFilter.Paused, "Paused"), (ClinicFilter.Suspended, "Suspended")];
}

/// <summary>One clinic.</summary>
/// <param name="File">Everything about it.</param>
/// <param name="User">Who looks.</param>
/// <param name="Done">What was just done, as a sentence; null: nothing.</param>
/// <param name="Refused">What was typed and refused; null: nothing.</param>
public sealed record ClinicModel(ClinicFile File, ConsoleUser User, string? Done, RefusedEdit? Refused)
{
    public Core.Matching.Clinic Clinic => File.Clinic;

    /// <summary>What stands in a field: as it was typed, else as it is.</summary>
    public string Text(string form, string field) =>
        Refused?.Form == form && Refused.Typed.TryGetValue(field, out var typed) ? typed : Texts.GetValueOrDefault(field, string.Empty);

    /// <summary>What is wrong with a field of a form; null: nothing.</summary>
    public string? Problem(string form, string field) => Refused?.Form == form
        ? Refused.Problems.FirstOrDefault(p => p.Column == field || p.Column.StartsWith(field + "[", StringComparison.Ordinal))?.Allowed
        : null;

    private IReadOnlyDictionary<string, string> Texts => field ??= ClinicTexts.Of(Clinic);
}

/// <summary>A form that could not be done: it is shown again with what was typed.</summary>
/// <param name="Form">Which.</param>
/// <param name="Typed">By the names of the fields.</param>
/// <param name="Sentence">Why.</param>
/// <param name="Problems">Of its fields, by the import's rules.</param>
/// <param name="Differences">What has changed since the form was made.</param>
public sealed record RefusedEdit(
    string Form, IReadOnlyDictionary<string, string> Typed, string Sentence, IReadOnlyList<ImportProblem> Problems,
    IReadOnlyList<ClinicDifference> Differences);

/// <param name="Before">Where it begins; null: at the newest.</param>
public sealed record ClinicReferralsModel(ClinicFile File, IReadOnlyList<ListedReferral> Referrals, long? Before, bool HasMore);

/// <summary>The fields of the forms, under their names in the clinic file.</summary>
internal static class ClinicFieldNames
{
    /// <summary>Of the form of one clinic, with what they are called.</summary>
    public static readonly IReadOnlyList<(string Name, string Label, string? Hint)> Profile =
    [
        ("name", "Name", null), ("email", "Mail for referrals", null), ("contactName", "Contact", null),
        ("phone", "Phone for patients", "like +52 664 123 4567; for patients it has accepted"), ("city", "City", null),
        ("languages", "Languages", "like en, es; the first is the one it works in"), ("ageGroups", "Age groups", "adult, child"),
        ("weeklyCap", "Referrals a week, at most", null), ("dailyPace", "A day, at most", "empty: as many as the week allows"),
        ("offerWindowHours", "Business hours for an answer", "empty: what the policy says"),
        ("timeZone", "Time zone", "like America/Mexico_City"), ("opens", "Opens", "like 09:00"), ("closes", "Closes", "like 17:00, or 24:00"),
        ("workDays", "Work days", "like mon, tue, wed"), ("holidays", "Holidays", "like 2026-12-25, 2027-01-01"),
        ("leave", "Leave", "like 2026-12-20/2027-01-03; several with commas"), ("transplantsPerYear", "Transplants a year", "empty: it does not say"),
    ];

    public static readonly IReadOnlyList<string> Edited = [.. Profile.Select(p => p.Name)];

    /// <summary>What a field of the clinic file is called for people.</summary>
    public static string Label(string field) => Profile.Where(p => p.Name == field).Select(p => p.Label).FirstOrDefault() ?? field switch
    {
        ClinicTexts.PausedUntil => "Paused until",
        ClinicTexts.MailFailsSince => "Mail fails since",
        "active" => "In the network",
        _ => field,
    };
}

/// <summary>Clinics in words.</summary>
internal static class ClinicWords
{
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Number(decimal number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>Whether a credential counts on a day, and why not.</summary>
    public static (string Label, string Style) State(Credential credential, DateOnly day) =>
        credential.IsInForce(day) ? ("in force", "good")
        : credential.Status != "active" ? (credential.Status, "bad")
        : !credential.IsVerified ? ("claimed, not verified", "warn")
        : credential.ValidTo < day ? ("ended", "bad")
        : ("not yet", "warn");

    /// <summary>A median in business minutes.</summary>
    public static string Minutes(int minutes) => minutes < 60 ? $"{minutes} min" : string.Create(
        CultureInfo.InvariantCulture, $"{minutes / 60} h{(minutes % 60 > 0 ? $" {minutes % 60} min" : string.Empty)}");
}
