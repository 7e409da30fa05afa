using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class MigratorOnSqlite() : MigratorContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class MigratorOnSqlServer() : MigratorContract(DatabaseProvider.SqlServer);

public abstract class MigratorContract(DatabaseProvider provider) : StoreContract(provider)
{
    protected override bool BeginsMigrated => false;

    [Contract]
    public async Task An_empty_database_gets_every_script_in_order_and_can_then_be_used()
    {
        var pending = Migrator().Status().Pending;
        Assert.NotEmpty(pending);
        Assert.Equal(pending.Order(StringComparer.Ordinal), pending);

        var applied = Migrator().Apply();

        Assert.Equal(pending, applied);
        Assert.True(Migrator().Status().IsCurrent);
        await using var database = Storage.Open(Clock);
        foreach (var table in ProgramTables.Names)
        {
            Assert.Equal(0, await database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM {table}")));
        }
    }

    [Contract]
    public async Task A_second_run_does_nothing()
    {
        Migrator().Apply();
        await Storage.RunAsync("INSERT INTO Network (Version, ImportedAt, Source) VALUES (1, '2026-11-23 17:00:00.000', 'kept')");

        Assert.Empty(Migrator().Apply());

        await using var database = Storage.Open(Clock);
        Assert.Equal(1, await database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM Network")));
    }

    [Contract]
    public async Task Of_two_runs_at_once_one_applies_everything_and_the_other_nothing()
    {
        var scripts = Migrator().Status().Pending.Count;

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Migrator().Apply().Count)));

        Assert.Equal([0, 0, 0, scripts], applied.Order());
        Assert.True(Migrator().Status().IsCurrent);
    }

    [Contract]
    public async Task A_shipped_script_that_was_changed_is_refused()
    {
        var script = Migrator().Apply()[0];
        await Storage.RunAsync($"UPDATE SchemaVersion SET Checksum = 'other' WHERE ScriptName = '{script}'");

        var error = Assert.Throws<CannotStartException>(() => Migrator().Apply());

        Assert.Contains(script, error.Message, StringComparison.Ordinal);
        Assert.False(Migrator().Status().IsCurrent);
        Assert.Equal(error.Message, Migrator().Status().Problem);
    }

    [Contract]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        Migrator().Apply();
        await Storage.RunAsync("INSERT INTO SchemaVersion (ScriptName, Checksum, AppliedAt) VALUES ('9999_future.sql', 'x', '2030-01-01 00:00:00')");

        var error = Assert.Throws<CannotStartException>(() => Migrator().Apply());

        Assert.Contains("9999_future.sql", error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Message, Migrator().Status().Problem);
    }

    [Contract]
    public void Asking_for_the_status_creates_nothing()
    {
        Migrator().Status();

        Assert.NotEmpty(Migrator().Status().Pending);
        if (Storage.Provider == DatabaseProvider.Sqlite)
        {
            Assert.False(File.Exists(Storage.ConnectionString.Split('=')[1]));
        }
    }

    private Infrastructure.Data.Migrations.Migrator Migrator() => Storage.Migrator(Clock);
}
