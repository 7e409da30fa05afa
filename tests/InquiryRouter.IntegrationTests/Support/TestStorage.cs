using System.Data.Common;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Migrations;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Data.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace InquiryRouter.IntegrationTests.Support;

/// <summary>A place for one test's data: a new SQLite file, or the server's tables emptied.</summary>
public abstract class TestStorage : IAsyncDisposable
{
    public abstract DatabaseProvider Provider { get; }

    public abstract string ConnectionString { get; }

    public static TestStorage Create(DatabaseProvider provider) => provider == DatabaseProvider.Sqlite ? new SqliteFile() : new SqlServerTables();

    /// <summary>Another process, as it were, on the same data.</summary>
    public abstract Database Open(TimeProvider clock, CommitSignals? signals = null);

    /// <summary>A connection past everything the program does.</summary>
    public abstract DbConnection Connect();

    /// <summary>Leaves no table.</summary>
    public abstract Task ClearAsync();

    /// <summary>Leaves the tables of the program, without rows.</summary>
    public abstract Task EmptyAsync();

    public Migrator Migrator(TimeProvider clock) => new(Provider, ConnectionString, clock);

    public async Task RunAsync(string sql)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public abstract ValueTask DisposeAsync();

    private sealed class SqliteFile : TestStorage
    {
        private readonly string _directory = Directory.CreateTempSubdirectory("inquiryrouter-contract-").FullName;

        public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

        public override string ConnectionString => $"Data Source={Path.Combine(_directory, "test.db")}";

        public override Database Open(TimeProvider clock, CommitSignals? signals = null) =>
            new SqliteDatabase(ConnectionString, clock, signals ?? new CommitSignals(), NullLogger<SqliteDatabase>.Instance);

        public override DbConnection Connect() => new SqliteConnection(ConnectionString + ";Pooling=False");

        public override Task ClearAsync() => Task.CompletedTask;

        public override Task EmptyAsync()
        {
            Migrator(TimeProvider.System).Apply();
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            Directory.Delete(_directory, recursive: true);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class SqlServerTables : TestStorage
    {
        public override DatabaseProvider Provider => DatabaseProvider.SqlServer;

        public override string ConnectionString => SqlServerFixture.ConnectionString;

        public override Database Open(TimeProvider clock, CommitSignals? signals = null) =>
            new SqlServerDatabase(ConnectionString, clock, signals ?? new CommitSignals(), NullLogger<SqlServerDatabase>.Instance);

        public override DbConnection Connect() => new SqlConnection(ConnectionString);

        public override Task ClearAsync() => ForEachTableAsync("DROP TABLE", includeJournal: true);

        public override async Task EmptyAsync()
        {
            if (Migrator(TimeProvider.System).Status().Problem is not null)
            {
                await ClearAsync();
            }

            Migrator(TimeProvider.System).Apply();
            await ForEachTableAsync("DELETE FROM", includeJournal: false);
        }

        public override ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            return ValueTask.CompletedTask;
        }

        private async Task ForEachTableAsync(string statement, bool includeJournal)
        {
            var tables = new List<string>();
            await using (var connection = Connect())
            {
                await connection.OpenAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA = 'dbo'";
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    tables.Add(reader.GetString(0));
                }
            }

            // Only the program's own: a server may keep tables of its own beside them.
            foreach (var table in tables.Where(t => ProgramTables.Ever.Contains(t) || (includeJournal && t == "SchemaVersion")))
            {
                await RunAsync($"{statement} [{table}]");
            }
        }
    }
}
