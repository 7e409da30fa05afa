using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Infrastructure.Data.Stores.Screening;

/// <summary>Why an inquiry looked like a program's, with points, as screening saw it.</summary>
public static class SpamScoreStore
{
    /// <summary>Stores the score of an inquiry that has one.</summary>
    public static Task AddAsync(Tx tx, InquiryId inquiryId, SpamVerdict spam) =>
        spam.Reasons.Count == 0
            ? Task.CompletedTask
            : tx.ExecuteAsync(
                "INSERT INTO SpamScore (InquiryId, Score, Reasons, At) VALUES (@inquiryId, @Score, @reasons, @Now)",
                new { inquiryId, spam.Score, reasons = CodeList.Join(spam.Reasons.Select(r => r.Stored)), tx.Now });

    /// <summary>Forgets the score of an inquiry that is screened again.</summary>
    public static Task<int> RemoveAsync(Tx tx, InquiryId inquiryId) =>
        tx.ExecuteAsync("DELETE FROM SpamScore WHERE InquiryId = @inquiryId", new { inquiryId });

    /// <summary>The score of an inquiry; none when nothing was noticed.</summary>
    public static async Task<SpamVerdict> FindAsync(Session session, InquiryId inquiryId) =>
        await session.QuerySingleOrDefaultAsync<SpamRow>("SELECT Score, Reasons FROM SpamScore WHERE InquiryId = @inquiryId", new { inquiryId }) is { } row
            ? row.ToVerdict()
            : SpamVerdict.None;

    /// <summary>The scores of these inquiries; one that nothing was noticed about is missing.</summary>
    public static async Task<IReadOnlyDictionary<InquiryId, SpamVerdict>> ListAsync(Session session, IReadOnlyCollection<InquiryId> ids) =>
        ids.Count == 0
        ? new Dictionary<InquiryId, SpamVerdict>()
        : (await session.QueryAsync<SpamRow>(
            "SELECT InquiryId, Score, Reasons FROM SpamScore WHERE InquiryId IN @ids", new { ids = ids.Select(i => i.Value) }))
        .ToDictionary(r => r.InquiryId, r => r.ToVerdict());

    private sealed class SpamRow
    {
        public InquiryId InquiryId { get; init; }

        public int Score { get; init; }

        public string Reasons { get; init; } = string.Empty;

        public SpamVerdict ToVerdict() => new(Score, [.. CodeList.Split(Reasons).Select(SpamReason.Of)]);
    }
}
