using InquiryRouter.Core.Screening.Spam;

namespace InquiryRouter.Infrastructure.Data.Stores;

/// <summary>Why an inquiry looked like a program's, with points, as screening saw it.</summary>
public static class SpamScoreStore
{
    /// <summary>Stores the score of an inquiry that has one.</summary>
    public static Task AddAsync(Tx tx, Guid inquiryId, SpamVerdict spam) =>
        spam.Reasons.Count == 0
            ? Task.CompletedTask
            : tx.ExecuteAsync(
                "INSERT INTO SpamScore (InquiryId, Score, Reasons, At) VALUES (@inquiryId, @Score, @reasons, @Now)",
                new { inquiryId, spam.Score, reasons = CodeList.Join(spam.Reasons.Select(r => r.Stored)), tx.Now });

    /// <summary>Forgets the score of an inquiry that is screened again.</summary>
    public static Task<int> RemoveAsync(Tx tx, Guid inquiryId) => tx.ExecuteAsync("DELETE FROM SpamScore WHERE InquiryId = @inquiryId", new { inquiryId });

    /// <summary>The score of an inquiry; none when nothing was noticed.</summary>
    public static async Task<SpamVerdict> FindAsync(Session session, Guid inquiryId) =>
        await session.QuerySingleOrDefaultAsync<SpamRow>("SELECT Score, Reasons FROM SpamScore WHERE InquiryId = @inquiryId", new { inquiryId }) is { } row
            ? new SpamVerdict(row.Score, [.. CodeList.Split(row.Reasons).Select(SpamReason.Of)])
            : SpamVerdict.None;

    private sealed class SpamRow
    {
        public int Score { get; init; }

        public string Reasons { get; init; } = string.Empty;
    }
}
