using System.Globalization;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Commands;

/// <summary>What stands behind a reason of the screening: the parts of a spam score, the inquiries of the same patient.</summary>
internal static class ScreeningDetails
{
    public static async Task<IReadOnlyList<string>> LinesAsync(Database database, HeldInquiry inquiry, HoldReason reason, CancellationToken cancellation)
    {
        if (reason == HoldReason.SuspectedSpam)
        {
            var spam = await database.ReadAsync(session => SpamScoreStore.FindAsync(session, inquiry.Id), cancellation);
            return [.. spam.Reasons.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Code} {r.Points}: {r.Sentence}"))];
        }

        if (reason == HoldReason.PossibleDuplicate)
        {
            var links = await database.ReadAsync(session => InquiryLinkStore.ListAsync(session, inquiry.Id), cancellation);
            return [.. links.Where(l => l.State == LinkState.Suggested).Select(l => LinkCommands.Line(l, inquiry.Id))];
        }

        return [];
    }

    /// <summary>What the history says of a release beside the release itself; null: nothing.</summary>
    /// <param name="offers">How many clinics have been asked.</param>
    public static string? OfRelease(InquiryRecord inquiry, int offers) =>
        inquiry.HoldReasons.Contains(HoldReason.PossibleDuplicate) ? "not-a-duplicate"
        : inquiry.HoldReasons.Contains(HoldReason.OfferLimit) ? MoreOffers.Detail(offers)
        : null;
}
