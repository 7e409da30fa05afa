using System.Globalization;
using System.Security.Cryptography;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.CostTests.Support;

/// <summary>
/// The whole program in this process, on SQLite, with mail to files, two hundred clinics and a clock that stands still. Patients come one
/// after the other, each when everything about the one before has been done.
/// </summary>
internal sealed class MeasuredApp : IAsyncDisposable
{
    private const int Clinics = 200;

    private readonly InquiryApp _app;
    private readonly CountedDatabase _database;
    private int _patients;

    private MeasuredApp(InquiryApp app)
    {
        _app = app;
        _database = (CountedDatabase)app.Database;
    }

    public static async Task<MeasuredApp> StartAsync() => new(await InquiryApp.StartAsync(new AppSetup
    {
        Clinics = [.. Enumerable.Range(1, Clinics).Select(Clinic)],
        Services = services => services.AddSingleton<Database>(provider =>
        {
            var signals = provider.GetRequiredService<CommitSignals>();
            return new CountedDatabase(
                new SqliteDatabase(
                    provider.GetRequiredService<Settings.AppSettings>().ConnectionString, provider.GetRequiredService<TimeProvider>(),
                    signals, provider.GetRequiredService<ILogger<SqliteDatabase>>()),
                signals);
        }),
    }));

    /// <summary>Takes so many inquiries from the request to the last mail.</summary>
    /// <param name="inquiries">How many.</param>
    /// <param name="keyed">Each is sent under an idempotency key.</param>
    public async Task TakeAsync(int inquiries, bool keyed = false)
    {
        for (var i = 0; i < inquiries; i++)
        {
            await _app.SubmitAsync(Patient(++_patients), keyed ? $"key-{_patients}" : null);
            await _database.SettlesAsync();
        }
    }

    /// <summary>What was asked of the database for so many inquiries.</summary>
    public async Task<Counts> CountAsync(int inquiries, bool keyed = false)
    {
        var counts = _database.Count();
        await TakeAsync(inquiries, keyed);
        _database.CountNoMore();
        return counts;
    }

    /// <summary>How long the log is after <paramref name="work"/>; it was empty before, and is not begun anew meanwhile.</summary>
    public async Task<long> LogBytesAsync(Func<Task> work)
    {
        while (!await _database.ScrubAsync())
        {
            // The checkpointer is at it.
        }

        await using var reader = new SqliteConnection(_app.Settings.ConnectionString + ";Pooling=False");
        await reader.OpenAsync();
        await using var snapshot = reader.CreateCommand();

        // What somebody still reads is not copied into the file, so the log goes on.
        snapshot.CommandText = "BEGIN; SELECT COUNT(*) FROM Inquiry";
        await snapshot.ExecuteScalarAsync();
        await work();
        return new FileInfo(Path.Combine(_app.Settings.Data.Directory, "inquiryrouter.db-wal")).Length;
    }

    /// <summary>How long the database is, counting what is in the log only.</summary>
    public Task<long> FileBytesAsync() => _app.NumberAsync("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");

    public Task<long> SealedBytesAsync() => _app.NumberAsync(
        """
        SELECT (SELECT SUM(LENGTH(WrappedKey) + LENGTH(Sealed)) FROM InquiryPatient) + (SELECT SUM(LENGTH(Sealed)) FROM MailBody)
            + (SELECT COALESCE(SUM(LENGTH(WrappedKey)), 0) FROM MailKey)
        """);

    public Task<long> DecisionBytesAsync() => _app.NumberAsync("SELECT SUM(LENGTH(Decision)) FROM MatchDecision");

    public long MailBytes => new DirectoryInfo(_app.Settings.Data.MailDirectory).EnumerateFiles("*.eml").Sum(f => f.Length);

    public int Mails => Directory.GetFiles(_app.Settings.Data.MailDirectory, "*.eml").Length;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // One of eight may be offered the inquiry; the others are stopped, at several gates.
    private static Clinic Clinic(int n)
    {
        var clinic = A.Clinic(string.Create(CultureInfo.InvariantCulture, $"MX-{n:000}")) with { WeeklyCap = 100_000 };
        return (n % 8) switch
        {
            0 => clinic,
            1 => clinic with { Active = false },
            2 or 3 => clinic with { Treatments = [A.Treatment() with { Condition = "multiple-sclerosis" }] },
            4 => clinic with { Languages = ["es"] },
            _ => clinic with { Country = "DE", City = "Frankfurt", TimeZone = "Europe/Berlin" },
        };
    }

    // The same ones in every run, each somebody else: names, addresses and numbers of one length that are not alike.
    private static InquiryBuilder Patient(int n)
    {
        var letters = string.Concat(SHA256.HashData(BitConverter.GetBytes(n)).Take(20).Select(b => (char)('a' + (b % 26))));
        return An.Inquiry()
            .From($"Ana {letters[..9]} {letters[9..]}", $"{letters}@patient.example")
            .With("patient.phone", string.Create(CultureInfo.InvariantCulture, $"+1213{3730000 + n:0000000}"));
    }
}
