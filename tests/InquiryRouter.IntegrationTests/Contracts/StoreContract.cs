using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

/// <summary>What the suites of all stores begin with: a database of their own, and a clock that stands still.</summary>
public abstract class StoreContract(DatabaseProvider provider) : IAsyncLifetime
{
    private readonly TestStorage _storage = TestStorage.Create(provider);
    private Database? _database;

    protected FakeTimeProvider Clock { get; } = Clocks.New();

    protected CommitSignals Signals { get; } = new();

    protected TestStorage Storage => _storage;

    protected Database Database => _database ?? throw new InvalidOperationException("This suite opens no database.");

    protected DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>False for the suite of the migrations themselves.</summary>
    protected virtual bool BeginsMigrated => true;

    public virtual async ValueTask InitializeAsync()
    {
        if (BeginsMigrated)
        {
            await _storage.EmptyAsync();
            _database = _storage.Open(Clock, Signals);
        }
        else
        {
            await _storage.ClearAsync();
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await _storage.DisposeAsync();
    }

    [Contract]
    public void The_schema_is_up_to_date()
    {
        if (!BeginsMigrated)
        {
            _storage.Migrator(Clock).Apply();
        }

        Assert.True(_storage.Migrator(Clock).Status().IsCurrent);
    }

    protected Task<T> WriteAsync<T>(Func<Tx, Task<T>> unit) => Database.WriteAsync(unit);

    protected Task WriteAsync(Func<Tx, Task> unit) => Database.WriteAsync(unit);

    protected Task<T> ReadAsync<T>(Func<Session, Task<T>> questions) => Database.ReadAsync(questions);

    /// <summary>A number, past every store.</summary>
    protected Task<long> NumberAsync(string sql) => ReadAsync(session => session.QuerySingleOrDefaultAsync<long>(sql));

    /// <summary>Runs the same at once, <paramref name="times"/> times, and returns what each came to.</summary>
    protected async Task<IReadOnlyList<(T? Result, Exception? Error)>> AtOnceAsync<T>(int times, Func<int, Task<T>> work)
    {
        var all = Enumerable.Range(0, times).Select(i => Task.Run(async () =>
        {
            try
            {
                return (Result: (T?)await work(i), Error: (Exception?)null);
            }
            catch (Exception exception)
            {
                return (default, exception);
            }
        }));
        return await Clock.RunningAsync(Task.WhenAll(all));
    }

    /// <summary>A new inquiry, stored as the intake does.</summary>
    protected async Task<InquiryRecord> StoreInquiryAsync(NewInquiry? inquiry = null)
    {
        var id = InquiryId.New();
        var stored = inquiry ?? A.NewInquiry();
        var patient = A.Vault.Seal(id, stored.Patient);
        await WriteAsync(tx => InquiryStore.AddAsync(tx, id, Reference.New(), stored, patient, AccessLinkStore.Hash(stored.Patient.StatusToken), "api"));
        return await FindInquiryAsync(id);
    }

    protected async Task<InquiryRecord> FindInquiryAsync(InquiryId id) =>
        await ReadAsync(session => InquiryStore.FindAsync(session, id)) ?? throw new InvalidOperationException("The inquiry is gone.");
}
