using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Referral;

namespace InquiryRouter.Application.Referral;

/// <summary>How the clinics of the network have answered over the last 12 months, for the score.</summary>
public sealed class CountAnswers(Work work, NetworkCache networks)
{
    private const int Months = 12;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var answers = await work.ReadAsync(session => ReferralStore.ListAnsweredAsync(session, work.Now.AddMonths(-Months)), cancellation);
        var records = answers
            .Where(a => network.ByCode.ContainsKey(a.ClinicCode))
            .GroupBy(a => a.ClinicCode, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, AnswerRecord.Of(network.ByCode[g.Key], [.. g])))
            .ToList();
        await work.ApplyAsync([new ReplaceAnswerRecords(records)], cancellation);
    }
}
