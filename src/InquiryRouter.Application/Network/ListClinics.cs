using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;

namespace InquiryRouter.Application.Network;

/// <summary>Which clinics are listed.</summary>
public enum ClinicFilter
{
    All,

    /// <summary>Something about them is to be done: see <see cref="ClinicTrouble"/>.</summary>
    Attention,
    Paused,

    /// <summary>Taken out of the network by the operator, or suspended by an authority.</summary>
    Suspended,
}

/// <summary>What is to be done about a clinic.</summary>
/// <param name="MailFails">Mail to it does not arrive.</param>
/// <param name="Due">Credentials to be verified again, ended, or about to end.</param>
/// <param name="Suspended">An authority has suspended it, and that is in force.</param>
public sealed record ClinicTrouble(bool MailFails, int Due, bool Suspended)
{
    public bool IsAny => MailFails || Due > 0 || Suspended;

    /// <param name="clinic">Which.</param>
    /// <param name="rules">Of the network.</param>
    /// <param name="today">The day.</param>
    public static ClinicTrouble Of(Clinic clinic, MatchRules rules, DateOnly today) => new(
        clinic.Active && clinic.MailFailsSince is not null,
        clinic.Active ? CredentialCalendar.Due(clinic, rules, today).Count : 0,
        clinic.Suspensions.Any(s => s.IsInForce(today)));
}

/// <summary>A clinic in the list.</summary>
public sealed record ListedClinic(Clinic Clinic, ClinicTrouble Trouble);

/// <summary>A page of the list, in the order of codes.</summary>
/// <param name="HasMore">More follow after the last one.</param>
/// <param name="Countries">In which there are clinics, by name.</param>
/// <param name="All">How many clinics the network has.</param>
public sealed record ClinicPage(
    IReadOnlyList<ListedClinic> Clinics, bool HasMore, IReadOnlyList<(string Code, string Name)> Countries, int All, ReferenceLists Lists);

/// <summary>Clinics by code, found by name, code or city. From the network in memory: ten thousand are looked through in a moment.</summary>
public sealed class ListClinics(Work work, NetworkCache networks)
{
    /// <param name="find">Part of a name, a code, a city or a mail address; null: all.</param>
    /// <param name="country">ISO 3166-1; null: all.</param>
    /// <param name="filter">Which.</param>
    /// <param name="after">The code of the last one of the page before; null: from the beginning.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellation">Ends the question.</param>
    public async Task<ClinicPage> RunAsync(
        string? find, string? country, ClinicFilter filter, string? after, int take, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        var found = network.Clinics
            .Where(c => (after is null || string.CompareOrdinal(c.Code, after) > 0) && (country is null || c.Country == country) && Has(c, find))
            .Select(c => new ListedClinic(c, ClinicTrouble.Of(c, network.Rules, today)))
            .Where(c => Is(c, filter, today))
            .Take(take + 1).ToList();
        return new ClinicPage(
            [.. found.Take(take)], found.Count > take,
            [
                .. network.Clinics.Select(c => c.Country).Distinct(StringComparer.Ordinal)
                    .Select(c => (c, network.Rules.Lists.CountryName(c))).OrderBy(c => c.Item2, StringComparer.Ordinal),
            ],
            network.Clinics.Count, network.Rules.Lists);
    }

    private static bool Has(Clinic clinic, string? find) => find is null
        || clinic.Name.Contains(find, StringComparison.OrdinalIgnoreCase)
        || clinic.Code.Contains(find, StringComparison.OrdinalIgnoreCase)
        || clinic.City.Contains(find, StringComparison.OrdinalIgnoreCase)
        || clinic.Email.Contains(find, StringComparison.OrdinalIgnoreCase);

    private static bool Is(ListedClinic one, ClinicFilter filter, DateOnly today) => filter switch
    {
        ClinicFilter.Attention => one.Trouble.IsAny,
        ClinicFilter.Paused => one.Clinic.AwayUntil(today) is not null,
        ClinicFilter.Suspended => !one.Clinic.Active || one.Trouble.Suspended,
        _ => true,
    };
}
