using System.Security.Cryptography;
using System.Text;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
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
            // What an older database is still to be filled with stands there until the clock has looked.
            Assert.Equal(table == "Backfill" ? 1 : 0, await database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM {table}")));
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
    public async Task The_clinics_of_the_first_schema_become_those_of_the_version_they_were_imported_with()
    {
        await ApplyFirstScriptAsync();
        await Storage.RunAsync(
            """
            INSERT INTO Network (Version, ImportedAt, Source) VALUES (1, '2026-11-20 17:00:00.000', 'first');
            INSERT INTO Network (Version, ImportedAt, Source) VALUES (2, '2026-11-21 17:00:00.000', 'second');
            INSERT INTO Clinic (Code, Name, Active, Country, City, TimeZone, Email, ContactName, Languages, AgeGroups, WeeklyCap, Opens, Closes, WorkDays)
            VALUES ('XX-0', 'Other', 0, 'CA', 'Toronto', 'America/Toronto', 'x@other.example', 'Xu', 'en', 'adult', 0, '09:00', '17:00', 'mon');
            INSERT INTO Clinic (Code, Name, Active, Country, City, TimeZone, Email, ContactName, Languages, AgeGroups, WeeklyCap, Opens, Closes, WorkDays)
            VALUES ('MX-1', 'Clinic', 1, 'MX', 'Tijuana', 'America/Tijuana', 'a@clinic.example', 'Ana', 'en es', 'adult', 10, '09:00', '17:00', 'mon fri');
            INSERT INTO ClinicTreatment (ClinicCode, N, ConditionCode, ConditionType, TreatmentCode, CellSources, PriceAmount, PriceCurrency, Includes)
            VALUES ('MX-1', 0, 'lupus', 'sle', 'msc-infusion', 'adipose bone-marrow', 14500.50, 'USD', 'hotel follow-up');
            INSERT INTO ClinicTreatment (ClinicCode, N, ConditionCode, ConditionType, TreatmentCode, CellSources, PriceAmount, PriceCurrency, Includes)
            VALUES ('MX-1', 1, 'crohn', NULL, 'msc-infusion', 'adipose', NULL, NULL, '');
            INSERT INTO Credential (ClinicCode, N, Body, Scope, Number, ValidFrom, ValidTo, Status, VerifiedBy, VerifiedAt, SourceUrl)
            VALUES ('MX-1', 0, 'jci', 'hospital programme', 'J-1', '2025-01-01', '2028-01-01', 'active', 'ana', '2026-10-01', NULL);
            """);

        Migrator().Apply();

        await using var database = Storage.Open(Clock);
        var network = await database.ReadAsync(session => NetworkStore.LoadAsync(session, A.Rules));
        Assert.Equal((2L, 2), (network.Version, network.Clinics.Count));
        var clinic = network.ByCode["MX-1"];
        Assert.Equal(
            Clinics.Text(new Clinic
            {
                Code = "MX-1", Name = "Clinic", Active = true, Country = "MX", City = "Tijuana", TimeZone = "America/Tijuana", Email = "a@clinic.example",
                ContactName = "Ana", Languages = ["en", "es"], AgeGroups = ["adult"], WeeklyCap = 10, Opens = new TimeOnly(9, 0), Closes = new TimeOnly(17, 0),
                WorkDays = [DayOfWeek.Monday, DayOfWeek.Friday],
                Treatments =
                [
                    new ClinicTreatment { Condition = "lupus", ConditionType = "sle", Treatment = "msc-infusion", CellSources = ["adipose", "bone-marrow"] },
                    new ClinicTreatment { Condition = "crohn", ConditionType = null, Treatment = "msc-infusion", CellSources = ["adipose"] },
                ],
                Packages =
                [
                    new Package
                    {
                        Name = "msc-infusion for lupus sle (price from before packages were kept)", Treatment = "msc-infusion", Condition = "lupus", PriceAmount = 14500.5m,
                        PriceCurrency = "USD", Includes = ["hotel", "follow-up"], ValidFrom = new DateOnly(2000, 1, 1), ValidTo = new DateOnly(2099, 12, 31),
                    },
                ],
                Credentials =
                [
                    new Credential
                    {
                        Body = "jci", Scope = ["hospital", "programme"], Number = "J-1", ValidFrom = new DateOnly(2025, 1, 1), ValidTo = new DateOnly(2028, 1, 1),
                        Status = "active", VerifiedBy = "ana", VerifiedAt = new DateOnly(2026, 10, 1), SourceUrl = null,
                    },
                ],
            }),
            Clinics.Text(clinic));

        // How the network was before is not known, and is not made up.
        Assert.Null(await database.ReadAsync(session => NetworkStore.LoadAsync(session, 1, A.Rules)));
        Assert.Equal(
            new NetworkChange(3, Added: 0, Changed: 1, Unchanged: 1),
            await database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [network.ByCode["XX-0"], clinic with { WeeklyCap = 11 }], "third")));
    }

    [Contract]
    public async Task What_the_history_decided_becomes_a_state_and_columns()
    {
        await ApplyFirstScriptAsync();
        await using (var before = Storage.Open(Clock))
        {
            await before.WriteAsync(async tx =>
            {
                await AddAsync(tx, "IR-NEW", "Received", "received");
                await AddAsync(tx, "IR-CLEARED", "Received", "received", "cleared");
                await AddAsync(tx, "IR-RELEASED", "Received", "received", "held", "released", "consent-given");
                await AddAsync(tx, "IR-RECALLED", "Received", "received", "cleared", "matched", "offered", "recalled");
                await AddAsync(tx, "IR-CORRECTED", "Received", "received", "cleared", "corrected", "information-added");
                await AddAsync(tx, "IR-HELD", "Held", "received", "cleared", "held");
                await AddAsync(tx, "IR-STOP", "Accepted", "received", "check-in in-touch", "check-in stop", "check-in booked");
                await AddAsync(tx, "IR-ASKED", "Accepted", "received", "check-in in-touch");
                await AddAsync(tx, "IR-MORE", "Referred", "received", "released more-offers-after 3", "released more-offers-after 12", "released place-at MX-1", "released");
            });
        }

        Migrator().Apply();

        await using var database = Storage.Open(Clock);
        var found = new List<(string, InquiryState, bool, int)>();
        foreach (var reference in (string[])["IR-NEW", "IR-CLEARED", "IR-RELEASED", "IR-RECALLED", "IR-CORRECTED", "IR-HELD", "IR-STOP", "IR-ASKED", "IR-MORE"])
        {
            var inquiry = (await database.ReadAsync(async session => await InquiryStore.FindAsync(session, (await InquiryStore.FindIdAsync(session, reference))!.Value)))!;
            found.Add((reference, inquiry.State, inquiry.WantsNoCheckIns, inquiry.CountsOffersAfter));
        }

        Assert.Equal(
            [
                ("IR-NEW", InquiryState.Received, false, 0), ("IR-CLEARED", InquiryState.Screened, false, 0), ("IR-RELEASED", InquiryState.Screened, false, 0),
                ("IR-RECALLED", InquiryState.Screened, false, 0), ("IR-CORRECTED", InquiryState.Received, false, 0), ("IR-HELD", InquiryState.Held, false, 0),
                ("IR-STOP", InquiryState.Accepted, true, 0), ("IR-ASKED", InquiryState.Accepted, false, 0), ("IR-MORE", InquiryState.Referred, false, 12),
            ],
            found);

        static async Task AddAsync(Tx tx, string reference, string state, params string[] history)
        {
            var id = Guid.CreateVersion7();
            await tx.ExecuteAsync(
                """
                INSERT INTO Inquiry (Id, Reference, State, Version, ReceivedAt, ChangedAt, Relation, Country, Language, TimeZone, BirthYear, ConditionCode,
                    TreatmentCode, CellSource, Destinations, Timeframe, IntakeFlags, HoldReasons, Urgent, AuditHash)
                VALUES (@id, @reference, @state, @Length, @Now, @Now, 'Self', 'US', 'en', 'America/New_York', 1984, 'lupus',
                    'stem-cell-therapy', 'any', 'MX', 'undecided', '', '', 0, @Hash)
                """,
                new { id, reference, state, history.Length, tx.Now, Hash = new byte[32] });
            foreach (var (i, line) in history.Index())
            {
                var (action, detail) = line.Split(' ', 2) is [var code, var more] ? (code, more) : (line, null);
                await tx.ExecuteAsync(
                    """
                    INSERT INTO AuditEntry (InquiryId, Version, At, Action, ActorKind, ActorName, Detail, Hash)
                    VALUES (@id, @n, @Now, @action, 'stage', 'test', @detail, @Hash)
                    """,
                    new { id, n = i + 1, tx.Now, action, detail, Hash = new byte[32] });
            }
        }
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

    /// <summary>The database as the first version of the program left it.</summary>
    private async Task ApplyFirstScriptAsync()
    {
        var (name, folder) = ("0001_spine.sql", Storage.Provider == DatabaseProvider.Sqlite ? "sqlite" : "sqlserver");
        using var reader = new StreamReader(typeof(Database).Assembly.GetManifestResourceStream($"sql/{folder}/{name}")!);
        var script = await reader.ReadToEndAsync();
        await Storage.RunAsync(script);
        await Storage.RunAsync("CREATE TABLE SchemaVersion (ScriptName NVARCHAR(200) NOT NULL PRIMARY KEY, Checksum NVARCHAR(64) NOT NULL, AppliedAt NVARCHAR(30) NOT NULL)");
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script.ReplaceLineEndings("\n"))));
        await Storage.RunAsync($"INSERT INTO SchemaVersion (ScriptName, Checksum, AppliedAt) VALUES ('{name}', '{checksum}', '2026-11-20 00:00:00')");
    }

    private Infrastructure.Data.Migrations.Migrator Migrator() => Storage.Migrator(Clock);
}
