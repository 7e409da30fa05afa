using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Network;

/// <summary>Everything about one clinic that a coordinator looks at.</summary>
/// <param name="Clinic">As it is.</param>
/// <param name="Version">Since which version of the network: what a form was made from.</param>
/// <param name="Rules">Of the network in force.</param>
/// <param name="Today">Its own day.</param>
/// <param name="Load">What it was offered this week and today.</param>
/// <param name="Record">How it answered over twelve months; null: nothing is known.</param>
/// <param name="RecordAt">When that was counted.</param>
/// <param name="Waiting">Inquiries that lack nothing but a place there.</param>
public sealed record ClinicFile(
    Clinic Clinic, long Version, MatchRules Rules, DateOnly Today, ClinicLoad Load, ClinicLoad? Record, DateTimeOffset? RecordAt, int Waiting)
{
    public ClinicTrouble Trouble => ClinicTrouble.Of(Clinic, Rules, Today);

    public IReadOnlyList<DueCredential> Due => CredentialCalendar.Due(Clinic, Rules, Today);
}

/// <summary>One clinic with its numbers, and its referrals.</summary>
public sealed class ReadClinic(Work work, NetworkCache networks, PolicyCache policies, LoadCache loads)
{
    /// <returns>Null: there is none of this code.</returns>
    public async Task<ClinicFile?> RunAsync(string code, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var waiting = (await loads.CurrentAsync(network, await policies.CurrentAsync(cancellation), cancellation)).Waiting[code].Count();
        return await work.ReadAsync(
            async session =>
            {
                if (await NetworkStore.FindAsync(session, code) is not var (clinic, version))
                {
                    return null;
                }

                var places = await LoadStore.PlacesAsync(session, [clinic]);
                var record = await LoadStore.FindRecordAsync(session, code);
                return new ClinicFile(
                    clinic, version, network.Rules, CapWeek.Day(session.Now, clinic.TimeZone), places[code], record?.Record, record?.At, waiting);
            },
            cancellation);
    }

    /// <summary>Its referrals, newest first.</summary>
    /// <param name="code">Whose.</param>
    /// <param name="before">The last one of the page before; null: the newest.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellation">Ends the question.</param>
    public Task<IReadOnlyList<ListedReferral>> ListReferralsAsync(string code, long? before, int take, CancellationToken cancellation) =>
        work.ReadAsync(session => CaseStore.ListReferralsAsync(session, code, before, take), cancellation);
}
