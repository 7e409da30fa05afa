using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Screening;

namespace InquiryRouter.Application.Coordination;

/// <summary>Two inquiries as somebody saw them when they decided about them.</summary>
/// <param name="Version">Of the one that is named first.</param>
/// <param name="OtherVersion">Of the other.</param>
public sealed record PairSeen(int Version, int OtherVersion);

/// <summary>Two inquiries that may be of one patient, as they were loaded.</summary>
/// <param name="Pair">What is known of them; null: nothing yet.</param>
internal sealed record PairCase(InquiryRecord Later, InquiryRecord Earlier, InquiryPair? Pair)
{
    /// <summary>Both are as they were seen.</summary>
    /// <param name="reference">The one that was named first.</param>
    /// <param name="seen">Null: whatever they have come to.</param>
    public bool IsAsSeen(string reference, PairSeen? seen) =>
        seen is null || (Later.Reference == reference ? (Later.Version, Earlier.Version) : (Earlier.Version, Later.Version))
            == (seen.Version, seen.OtherVersion);

    /// <returns>The case, or the reference there is no inquiry of.</returns>
    public static async Task<(PairCase? Case, string? Missing)> LoadAsync(Session session, string reference, string other)
    {
        if (await FindAsync(session, reference) is not { } one)
        {
            return (null, reference);
        }

        if (await FindAsync(session, other) is not { } two)
        {
            return (null, other);
        }

        var pair = await InquiryPairStore.FindAsync(session, one.Id, two.Id);

        // A known pair says who came later; else the moment they were received does.
        var oneIsLater = pair is not null
            ? pair.InquiryId == one.Id
            : (one.ReceivedAt, one.Reference).CompareTo((two.ReceivedAt, two.Reference)) > 0;
        return (oneIsLater ? new PairCase(one, two, pair) : new PairCase(two, one, pair), null);
    }

    private static async Task<InquiryRecord?> FindAsync(Session session, string reference) =>
        await InquiryStore.FindIdAsync(session, reference) is { } id ? await InquiryStore.FindAsync(session, id) : null;
}
