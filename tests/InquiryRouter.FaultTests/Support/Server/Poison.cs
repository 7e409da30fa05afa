using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace InquiryRouter.FaultTests.Support.Server;

/// <summary>
/// A fault in the database of an installation because of which one patient's inquiry cannot be matched, whatever is tried, until it is
/// mended.
/// </summary>
internal sealed class Poison : IAsyncDisposable
{
    /// <summary>The number of the patient; of the first forty nobody else was born in that year.</summary>
    public const int Patient = 7;

    private const int BirthYear = 1960 + Patient;

    private readonly SqliteDatabase _database;

    private Poison(Installation installation) => _database = new SqliteDatabase(
        $"Data Source={installation.DatabaseFile}", TimeProvider.System, new CommitSignals(), NullLogger<SqliteDatabase>.Instance);

    public static async Task<Poison> IntoAsync(Installation installation)
    {
        var poison = new Poison(installation);
        await poison._database.WriteAsync(tx => tx.ExecuteAsync($"""
            CREATE TRIGGER Poison BEFORE INSERT ON MatchDecision
            WHEN (SELECT BirthYear FROM Inquiry WHERE Id = NEW.InquiryId) = {BirthYear}
            BEGIN SELECT RAISE(ABORT, 'poison'); END
            """));
        return poison;
    }

    public Task MendAsync() => _database.WriteAsync(tx => tx.ExecuteAsync("DROP TRIGGER Poison"));

    /// <summary>
    /// Waits until the message is parked. What waits for its next attempt is due at once: ten attempts take more than eight minutes by
    /// themselves.
    /// </summary>
    public Task ParksAsync() => Waiting.UntilAsync(
        async () =>
        {
            await _database.WriteAsync(tx => tx.ExecuteAsync(
                "UPDATE Outbox SET NextAt = @Now WHERE State = 0 AND LeaseOwner IS NULL AND NextAt > @Now", new { tx.Now }));
            return await _database.ReadAsync(
                session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM Outbox WHERE State = 2")) == 1;
        },
        () => "The message is not parked.");

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
