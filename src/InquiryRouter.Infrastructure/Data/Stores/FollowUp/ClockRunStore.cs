namespace InquiryRouter.Infrastructure.Data.Stores.FollowUp;

/// <summary>A job of the clock, and when it last ran.</summary>
public sealed record ClockRun
{
    public required string Name { get; init; }

    public required DateTimeOffset BeganAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>When the worker that ran it last runs it again.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>When it failed last; null: it never did.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>As a code: the kind of what was thrown.</summary>
    public string? Failure { get; init; }
}

/// <summary>When the jobs of the clock ran, of all workers together: one row a job.</summary>
public static class ClockRunStore
{
    private const int LongestFailure = 100;

    /// <summary>By name.</summary>
    public static async Task<IReadOnlyList<ClockRun>> ListAsync(Session session) =>
        [.. await session.QueryAsync<ClockRun>("SELECT Name, BeganAt, EndedAt, NextAt, FailedAt, Failure FROM ClockRun ORDER BY Name")];

    /// <summary>Writes a run down. One that did not fail leaves the last failure as it is.</summary>
    /// <exception cref="ConflictException">Another worker wrote the first run of the job at this moment.</exception>
    public static async Task RecordAsync(Tx tx, ClockRun run)
    {
        var row = new
        {
            run.Name, run.BeganAt, run.EndedAt, run.NextAt, run.FailedAt,
            Failure = run.Failure is { Length: > LongestFailure } failure ? failure[..LongestFailure] : run.Failure,
        };
        var updated = await tx.ExecuteAsync(
            """
            UPDATE ClockRun SET BeganAt = @BeganAt, EndedAt = @EndedAt, NextAt = @NextAt, FailedAt = COALESCE(@FailedAt, FailedAt),
                Failure = COALESCE(@Failure, Failure)
            WHERE Name = @Name
            """,
            row);
        if (updated > 0)
        {
            return;
        }

        try
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO ClockRun (Name, BeganAt, EndedAt, NextAt, FailedAt, Failure)
                VALUES (@Name, @BeganAt, @EndedAt, @NextAt, @FailedAt, @Failure)
                """,
                row);
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("Another worker wrote of this job at the same moment.", exception);
        }
    }
}
