using InquiryRouter.Application;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Migrations;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace InquiryRouter.Tests.Sql;

/// <summary>
/// Everybody who offers something changes the same few rows of clinics. Whoever has changed one keeps the others waiting until the commit: it is the
/// last thing a unit of work does, and one command.
/// </summary>
public sealed class CountedLastTests : IAsyncDisposable
{
    private static readonly DateOnly s_week = new(2026, 11, 16);
    private static readonly InquiryRecord s_inquiry = An.InquiryRecord();

    private readonly string _directory = Directory.CreateTempSubdirectory("inquiryrouter-counted-").FullName;
    private readonly LoggedDatabase _database;
    private readonly Work _work;

    public CountedLastTests()
    {
        _database = new LoggedDatabase($"Data Source={Path.Combine(_directory, "test.db")}");
        _work = new Work(
            _database, new AttendanceCache(_database, new KeyedHash(new byte[32]), null, TimeProvider.System, NullLogger<AttendanceCache>.Instance),
            NullLogger<Work>.Instance, new SecurityLog(NullLoggerFactory.Instance));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Places_are_taken_by_the_last_command_of_the_unit()
    {
        await ApplyAsync(Offer("MX-2", 1), Offer("MX-1", 2), new StopWaiting(s_inquiry.Id));

        AssertCountedLast("ClinicLoad", "ClinicDay");
        Assert.Equal(("MX-1 1, MX-2 1", "MX-1 1, MX-2 1"), (await LoadAsync("ClinicLoad"), await LoadAsync("ClinicDay")));
    }

    [Fact]
    public async Task Shares_are_accrued_by_the_last_command_of_the_unit()
    {
        await ApplyAsync(new AccrueShares([("MX-2", s_week, -600_000), ("MX-1", s_week, 600_000)]), new StopWaiting(s_inquiry.Id));

        AssertCountedLast("ClinicShare");
    }

    [Fact]
    public async Task A_place_that_is_freed_and_one_that_is_taken_are_counted_by_one_command()
    {
        await ApplyAsync(Offer("MX-1", 1));
        var offered = (await _database.ReadAsync(session => ReferralStore.FindAsync(session, IdOf(1)), Cancellation))!;

        await ApplyAsync(new EndReferral(offered, new Ending(ReferralTrigger.Expire, null, FreesPlace: true, [])), Offer("MX-2", 2));

        AssertCountedLast("ClinicLoad", "ClinicDay");
        Assert.Equal("MX-1 0, MX-2 1", await LoadAsync("ClinicLoad"));
    }

    [Fact]
    public async Task Without_a_place_nothing_of_the_unit_stays()
    {
        await ApplyAsync(Offer("MX-1", 1, cap: 1));

        await Assert.ThrowsAsync<ConflictException>(() => ApplyAsync(Offer("MX-2", 2), Offer("MX-1", 3, cap: 1)));

        Assert.Equal("MX-1 1", await LoadAsync("ClinicLoad"));
        Assert.Equal(1, await _database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM Referral"), Cancellation));
    }

    [Fact]
    public async Task A_unit_that_changes_no_load_asks_nothing_about_it()
    {
        await ApplyAsync(new StopWaiting(s_inquiry.Id));

        Assert.DoesNotContain(_database.Statements, s => Touches(s, "ClinicLoad", "ClinicDay", "ClinicShare"));
    }

    private static bool Touches(string statement, params ReadOnlySpan<string> tables)
    {
        foreach (var table in tables)
        {
            if (statement.Contains(table, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static ReferralId IdOf(int n) => new(new Guid(n, 0, 0, new byte[8]));

    private static AddOffer Offer(string clinic, int n, int cap = 5) => new(
        s_inquiry.Id,
        new NextOffer(
            A.Clinic(clinic) with { WeeklyCap = cap }, IdOf(n), n, s_inquiry.Id.Value, Moment.Now.AddDays(2), Moment.Now.AddDays(1), s_week, Moment.Today,
            new SendMail(new NewMail(Guid.CreateVersion7(), s_inquiry.Id, IdOf(n).Value, MailKind.ReferralOffer, []))));

    private Task ApplyAsync(params Step[] steps)
    {
        _database.Statements.Clear();
        return _work.ApplyAsync(steps, Cancellation);
    }

    private void AssertCountedLast(params string[] tables)
    {
        var counting = Assert.Single(_database.Statements, s => Touches(s, "ClinicLoad", "ClinicDay", "ClinicShare"));
        Assert.True(_database.Statements.Count > 1);
        Assert.Same(_database.Statements[^1], counting);
        Assert.All(tables, table => Assert.Contains(table, counting, StringComparison.Ordinal));
    }

    private async Task<string> LoadAsync(string table) => string.Join(", ", await _database.ReadAsync(
        session => session.QueryAsync<string>($"SELECT ClinicCode || ' ' || Offered FROM {table} ORDER BY ClinicCode"), Cancellation));

    /// <summary>The embedded database without its writer: each unit of work has the one connection.</summary>
    private sealed class LoggedDatabase : Database
    {
        private readonly KeptConnection _connection;
        private readonly StatementLog _log;

        public LoggedDatabase(string connectionString)
            : base(new SqliteDialect(), TimeProvider.System, new CommitSignals())
        {
            new Migrator(DatabaseProvider.Sqlite, connectionString, TimeProvider.System).Apply();
            TypeHandlers.Register();
            _connection = SqliteConnections.Open(connectionString + ";Pooling=False");
            _log = new StatementLog(_connection);
        }

        public List<string> Statements => _log.Statements;

        public override string? Trouble => null;

        public override async Task<T> WriteAsync<T>(Func<Tx, Task<T>> unit, Priority priority = Priority.Background, CancellationToken cancellation = default)
        {
            _connection.Run("BEGIN");
            try
            {
                var result = await unit(new Tx(_log, null, Dialect, Moment.Now));
                _connection.Run("COMMIT");
                return result;
            }
            catch
            {
                _connection.Run("ROLLBACK");
                throw;
            }
        }

        public override Task<T> ReadAsync<T>(Func<Session, Task<T>> questions, CancellationToken cancellation = default) =>
            questions(new Session(_connection, null, Dialect, Moment.Now));

        public override Task<bool> ScrubAsync() => Task.FromResult(true);

        public override ValueTask DisposeAsync() => _connection.DisposeAsync();
    }
}
