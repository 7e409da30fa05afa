using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching;

/// <summary>Somebody has read a row of a reference file with its source.</summary>
public sealed record RuleReview
{
    public required string FileName { get; init; }

    /// <summary>Of the row without the word that says whether it is reviewed: another text is another row.</summary>
    public required string RowHash { get; init; }

    /// <summary>False: they say that it is right no more.</summary>
    public required bool Reviewed { get; init; }

    public required UserId By { get; init; }

    public required string Name { get; init; }

    /// <summary>What they compared it with; may be empty.</summary>
    public required string Remark { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>Who has reviewed which row, and when.</summary>
public static class RuleReviewStore
{
    public static Task AddAsync(Tx tx, RuleReview review) => tx.ExecuteAsync(
        """
        INSERT INTO RuleReview (FileName, RowHash, Reviewed, UserId, Name, Remark, At)
        VALUES (@FileName, @RowHash, @Reviewed, @UserId, @Name, @Remark, @Now)
        """,
        new { review.FileName, review.RowHash, review.Reviewed, UserId = review.By.Value, review.Name, review.Remark, tx.Now });

    /// <summary>The newest of each row of a file, by its hash.</summary>
    public static async Task<IReadOnlyDictionary<string, RuleReview>> NewestAsync(Session session, string fileName)
    {
        var newest = new Dictionary<string, RuleReview>(StringComparer.Ordinal);
        foreach (var row in await session.QueryAsync<Row>(
            "SELECT FileName, RowHash, Reviewed, UserId, Name, Remark, At FROM RuleReview WHERE FileName = @fileName ORDER BY Seq", new { fileName }))
        {
            newest[row.RowHash] = row.ToReview();
        }

        return newest;
    }

    private sealed class Row
    {
        public string FileName { get; init; } = string.Empty;

        public string RowHash { get; init; } = string.Empty;

        public bool Reviewed { get; init; }

        public Guid UserId { get; init; }

        public string Name { get; init; } = string.Empty;

        public string Remark { get; init; } = string.Empty;

        public DateTimeOffset At { get; init; }

        public RuleReview ToReview() => new()
        {
            FileName = FileName, RowHash = RowHash, Reviewed = Reviewed, By = new UserId(UserId), Name = Name, Remark = Remark, At = At,
        };
    }
}
