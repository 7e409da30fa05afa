using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Application.Referral;

/// <summary>How the clinics answered over the last 12 months, by an honest clock: only a clinic's own business time counts, and silence counts as the time it had.</summary>
public sealed class AnswerRecords(Database database, NetworkCache networks)
{
    private const int Months = 12;

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var since = database.Clock.GetUtcNow().AddMonths(-Months);
        var answers = await database.ReadAsync(session => ReferralStore.ListAnsweredAsync(session, since), cancellation);
        var records = answers
            .Where(a => network.ByCode.ContainsKey(a.ClinicCode))
            .GroupBy(a => a.ClinicCode, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, Record(network.ByCode[g.Key], [.. g])))
            .ToList();
        await database.WriteAsync(tx => LoadStore.ReplaceRecordsAsync(tx, records), cancellation: cancellation);
    }

    private static ClinicLoad Record(Clinic clinic, IReadOnlyList<AnsweredOffer> answers)
    {
        var minutes = answers.Select(a => (int)OfferWindow.Between(a.OfferedAt, a.AnsweredAt, clinic).TotalMinutes).Order().ToList();
        return new ClinicLoad
        {
            ResponseMinutes = minutes[minutes.Count / 2],
            Answered = answers.Count,
            Accepted = answers.Count(a => a.State is not (ReferralState.Declined or ReferralState.Expired)),
        };
    }
}
