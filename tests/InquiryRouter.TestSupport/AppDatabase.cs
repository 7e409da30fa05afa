using System.Security.Cryptography;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Migrations;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Data.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging.Abstractions;

namespace InquiryRouter.TestSupport;

/// <summary>
/// The database of a program under test: the embedded one in its directory, or one of its own on a SQL Server, when the run is told so. Programs with
/// one directory have one database.
/// </summary>
internal abstract class AppDatabase
{
    /// <summary>Where the programs of a run keep their data: <c>sqlite</c>, which is the default, or <c>sqlserver</c>.</summary>
    public const string Switch = "INQUIRYROUTER_TEST_APPS_ON";

    /// <summary>A connection string to the server; each program gets a database of its own on it.</summary>
    public const string Server = "INQUIRYROUTER_TEST_SQLSERVER";

    /// <summary>Whether programs of this run are on SQL Server, but for those that are about the embedded database.</summary>
    public static bool IsSqlServer { get; } = System.Environment.GetEnvironmentVariable(Switch) switch
    {
        null or "" or "sqlite" => false,
        "sqlserver" => true,
        var other => throw new InvalidOperationException($"{Switch} is sqlite or sqlserver, not '{other}'."),
    };

    /// <summary>The settings that lead the program to it.</summary>
    public abstract IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>The same for the command line, beside the directory.</summary>
    public IEnumerable<string> Arguments => Settings.Select(s => $"--{s.Key}={s.Value}");

    /// <param name="directory">The program's directory.</param>
    /// <param name="onSqlite">The test is about the embedded database, whatever the run is on.</param>
    public static AppDatabase Of(string directory, bool onSqlite = false) =>
        IsSqlServer && !onSqlite ? new OnServer(directory) : new Embedded(directory);

    /// <summary>Makes it if it is not there, with its schema, and the key a program there needs.</summary>
    public abstract void Prepare();

    /// <summary>Opens it past the program.</summary>
    public abstract Database Open();

    /// <summary>Leaves nothing of it, but for what is in the directory.</summary>
    public abstract void Drop();

    private sealed class Embedded(string directory) : AppDatabase
    {
        public override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

        // Every start makes it.
        public override void Prepare()
        {
        }

        public override Database Open() => new SqliteDatabase(
            $"Data Source={Path.Combine(directory, "inquiryrouter.db")}", TimeProvider.System, new CommitSignals(), NullLogger<SqliteDatabase>.Instance);

        public override void Drop()
        {
        }
    }

    private sealed class OnServer : AppDatabase
    {
        private readonly string _directory;
        private readonly string _server;
        private readonly string _name;
        private readonly string _connectionString;

        public OnServer(string directory)
        {
            _directory = directory;
            _server = System.Environment.GetEnvironmentVariable(Server) is { Length: > 0 } text
                ? text : throw new InvalidOperationException($"{Switch} says sqlserver, and {Server} names none.");
            _name = Path.GetFileName(Path.TrimEndingDirectorySeparator(directory));
            _connectionString = new SqlConnectionStringBuilder(_server) { InitialCatalog = _name }.ConnectionString;
            Settings = new Dictionary<string, string?>
            {
                ["Database:Provider"] = nameof(DatabaseProvider.SqlServer), ["Database:ConnectionString"] = _connectionString,
            };
        }

        public override IReadOnlyDictionary<string, string?> Settings { get; }

        public override void Prepare()
        {
            if (Ask($"SELECT COUNT(*) FROM sys.databases WHERE name = '{_name}'") == 0)
            {
                Run($"CREATE DATABASE [{_name}]");
                ShowVersionsToReaders();
            }

            new Migrator(DatabaseProvider.SqlServer, _connectionString, TimeProvider.System).Apply();

            // Beside a server no program makes a key by itself. Where it makes its own, it reads one that is there.
            var key = Path.Combine(_directory, "keys", "master.key");
            if (!File.Exists(key))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(key)!);
                File.WriteAllText(key, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            }
        }

        public override Database Open() =>
            new SqlServerDatabase(_connectionString, TimeProvider.System, new CommitSignals(), NullLogger<SqlServerDatabase>.Instance);

        public override void Drop()
        {
            using (var connection = new SqlConnection(_connectionString))
            {
                SqlConnection.ClearPool(connection);
            }

            Run($"DROP DATABASE [{_name}]");
        }

        private void ShowVersionsToReaders()
        {
            try
            {
                Run($"ALTER DATABASE [{_name}] SET READ_COMMITTED_SNAPSHOT ON");
            }
            catch (SqlException)
            {
                // As src/docs/operating.md advises. A server that speaks T-SQL and always shows versions has no such setting.
            }
        }

        private void Run(string sql) => Ask(sql);

        private long Ask(string sql)
        {
            using var connection = new SqlConnection(_server);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteScalar() is int number ? number : 0;
        }
    }
}
