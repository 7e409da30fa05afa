using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>The file under the program is deleted, moved, replaced, or opened by a second one.</summary>
public sealed class SqliteFileTests : IAsyncDisposable
{
    private const string Insert = "INSERT INTO Kept (N) VALUES (1)";

    private readonly string _directory = Directory.CreateTempSubdirectory("inquiryrouter-file-").FullName;
    private readonly CollectedLogs _logs = new();
    private readonly SqliteDatabase _database;

    public SqliteFileTests()
    {
        using (var made = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False"))
        {
            made.Open();
            using var command = made.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE Kept (N INTEGER NOT NULL)";
            command.ExecuteNonQuery();
        }

        _database = new SqliteDatabase(
            ConnectionString, TimeProvider.System, new CommitSignals(), LoggerFactory.Create(l => l.AddProvider(_logs)).CreateLogger<SqliteDatabase>());
    }

    private string DatabaseFile => Path.Combine(_directory, "kept.db");

    private string ConnectionString => $"Data Source={DatabaseFile}";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_committed_to_a_deleted_file_is_not_reported_as_kept(bool withItsDirectory)
    {
        await AddAsync();
        if (withItsDirectory)
        {
            Directory.Delete(_directory, recursive: true);
        }
        else
        {
            File.Delete(DatabaseFile);
        }

        await Assert.ThrowsAsync<DatabaseUnavailableException>(AddAsync);
        await Assert.ThrowsAsync<DatabaseUnavailableException>(CountAsync);
        Assert.Equal("The database file was deleted or replaced.", _database.Trouble);
        Assert.False(File.Exists(DatabaseFile), "An empty database was made in its place.");
        Assert.Contains(_logs.Lines, l => l.StartsWith("Critical", StringComparison.Ordinal) && l.Contains("deleted or replaced", StringComparison.Ordinal));
        Directory.CreateDirectory(_directory);
    }

    [Fact]
    public async Task A_write_ahead_log_that_is_deleted_is_noticed_at_the_next_commit()
    {
        await AddAsync();
        File.Delete(DatabaseFile + "-wal");

        await Assert.ThrowsAsync<DatabaseUnavailableException>(AddAsync);
    }

    [Fact]
    public async Task A_deleted_file_is_noticed_before_anybody_writes()
    {
        await AddAsync();
        File.Delete(DatabaseFile);

        await UntilAsync(async () => await Record.ExceptionAsync(CountAsync) is DatabaseUnavailableException, "It was still read from.");
    }

    [Fact]
    public async Task Moved_away_and_back_it_goes_on_and_has_lost_nothing()
    {
        await AddAsync();
        var away = Path.Combine(_directory, "away.db");
        File.Move(DatabaseFile, away);
        await Assert.ThrowsAsync<DatabaseUnavailableException>(AddAsync);

        File.Move(away, DatabaseFile);

        await UntilAsync(async () => await Record.ExceptionAsync(AddAsync) is null, "It did not go on.");
        Assert.True(await CountAsync() >= 2);
        Assert.NotEqual("The database file was deleted or replaced.", _database.Trouble);
    }

    [Fact]
    public async Task A_file_that_is_put_in_its_place_is_left_alone()
    {
        await AddAsync();
        var other = Path.Combine(_directory, "other.db");
        File.Copy(DatabaseFile, other);
        var was = await File.ReadAllBytesAsync(other, TestContext.Current.CancellationToken);
        File.Move(other, DatabaseFile, overwrite: true);

        await Assert.ThrowsAsync<DatabaseUnavailableException>(AddAsync);
        await Assert.ThrowsAsync<DatabaseUnavailableException>(AddAsync);

        Assert.Equal(was, await File.ReadAllBytesAsync(DatabaseFile, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_second_process_is_kept_out_under_another_name_and_without_the_lock_beside_it(bool hardLink)
    {
        using var beside = SqliteFileLock.Take(ConnectionString, alone: true);
        using var held = SqliteFileLock.TakeFile(ConnectionString, alone: true);
        var second = ConnectionString;
        if (hardLink)
        {
            var link = Path.Combine(_directory, "link.db");
            HardLink(DatabaseFile, link);
            second = $"Data Source={link}";
        }
        else
        {
            File.Delete(DatabaseFile + ".lock");
        }

        using var besideSecond = SqliteFileLock.Take(second, alone: true);
        var refused = Assert.Throws<CannotStartException>(() => SqliteFileLock.TakeFile(second, alone: true));

        Assert.Contains("Another process runs on", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lock_of_the_file_keeps_nobody_from_working_on_it()
    {
        using var held = SqliteFileLock.TakeFile(ConnectionString, alone: true);

        await AddAsync();

        Assert.Equal(1, await CountAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private Task AddAsync() => _database.WriteAsync(tx => tx.ExecuteAsync(Insert), cancellation: TestContext.Current.CancellationToken);

    private Task<int> CountAsync() => _database.ReadAsync(
        session => session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM Kept"), TestContext.Current.CancellationToken);

    private static async Task UntilAsync(Func<Task<bool>> condition, string otherwise)
    {
        for (var until = DateTime.UtcNow.AddMinutes(1); !await condition(); await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            Assert.True(DateTime.UtcNow < until, otherwise);
        }
    }

    private static void HardLink(string file, string link)
    {
        using var made = System.Diagnostics.Process.Start("ln", [file, link]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
    }
}
