using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Demo;
using InquiryRouter.Application.Matching;
using InquiryRouter.Application.Network;
using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Demo;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Hosting;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Data.Sqlite.Lives;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Packing;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>The invented inquiries of Development: as the program writes them, once, and without a mail.</summary>
public sealed class DemoWorldTests
{
    // Of tables that say when something was delivered: nothing of it is left when a copy is old enough.
    private static readonly string[] s_swept = ["Outbox", "OutboxHistory", "Inbox", "MailRequest", "MailTry", "MailAside", "SearchToken"];

    // What is of somebody else, or sealed under another key.
    private static readonly string[] s_ofThePerson =
    [
        "Inquiry.Reference", "Inquiry.SourcePage", "Inquiry.SourceCampaign", "Inquiry.AuditHash", "AuditEntry.Hash",
            "InquiryPatient.MasterKeyId",
        "InquiryPatient.WrappedKey", "InquiryPatient.Sealed", "Note.Sealed", "Quote.Sealed", "MailBody.Sealed", "AccessLink.TokenHash",
    ];

    [Fact]
    public async Task A_first_start_in_Development_shows_a_lively_inbox_and_the_next_does_not_add_to_it()
    {
        await using var app = await StartAsync();
        Assert.True(await DemoWorld.IsWantedAsync(app.Services, app.Settings));

        Assert.Equal(200, await DemoWorld.AddNewestAsync(app.Settings, app.Services.GetRequiredService<MasterKeyRing>(), app.Now,
            CancellationToken.None));

        Assert.False(await DemoWorld.IsWantedAsync(app.Services, app.Settings));
        Assert.Equal(200, await app.NumberAsync("SELECT COUNT(*) FROM Inquiry"));
        Assert.InRange(await app.NumberAsync("SELECT COUNT(DISTINCT State) FROM Inquiry"), 6, 12);
        Assert.InRange(await app.NumberAsync("SELECT COUNT(*) FROM Work WHERE ClosedAt IS NULL AND InquiryId IS NOT NULL"), 12, 120);
        Assert.InRange(await app.NumberAsync("SELECT COUNT(DISTINCT Kind) FROM Work WHERE ClosedAt IS NULL"), 4, 12);
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        Assert.Contains("IR-", (await ana.GetAsync("/console")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_the_invented_past_is_sent_or_falls_due()
    {
        await using var app = await StartAsync();

        await DemoWorld.AddNewestAsync(app.Settings, app.Services.GetRequiredService<MasterKeyRing>(), app.Now, CancellationToken.None);

        Assert.Equal(0, await app.NumberAsync("SELECT COUNT(*) FROM Mail WHERE State < 2 AND Kind <> 'WorkDigest'"));
        Assert.Equal(0, await app.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State = 0"));
        Assert.Equal(0, await app.Database.ReadAsync(s => s.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM FollowUp WHERE State = 0 AND DueAt <= @Now", new { s.Now })));
        await app.SettlesAsync();

        // The clock may already have told the coordinators what is open now.
        Assert.DoesNotContain(app.Mails(), m => m.To.Mailboxes.All(t => t.Address != app.Settings.Mail.CoordinatorAddress));
        await AgreesAsync(app);
    }

    [Theory]
    [InlineData("Production", "200")]
    [InlineData("Development", "0")]
    public async Task Nobody_else_gets_invented_inquiries(string environment, string number)
    {
        await using var app = await StartAsync(new AppSetup { Environment = environment, OnSqlite = true }.With("Data:DemoInquiries", number));

        Assert.False(await DemoWorld.IsWantedAsync(app.Services, app.Settings));
    }

    [Fact]
    public async Task Clinics_of_the_demonstration_are_well_kept_however_late_it_is_started()
    {
        await using var app = await StartAsync(
            new AppSetup { Environment = "Development", OnSqlite = true, Clock = new FakeTimeProvider(Clocks.Start.AddDays(200)) });
        Assert.InRange((await DueAsync(app)).Count, 40, 1_000);

        await app.Clock.RunningAsync(app.Services.GetRequiredService<VerifyDemoNetwork>().RunAsync(CancellationToken.None));

        Assert.All(await DueAsync(app), d => Assert.InRange(d.Credential.ValidTo, default, Today(app).AddDays(60)));
        Assert.InRange(await app.NumberAsync("SELECT COUNT(*) FROM Work WHERE ClosedAt IS NULL AND Kind = 'CredentialDue'"), 0, 3);
    }

    [Fact]
    public async Task A_clinic_of_the_demonstration_has_a_record_of_how_it_answered_in_the_invented_past()
    {
        await using var app = await StartAsync();
        Assert.Equal(0, await app.NumberAsync("SELECT COUNT(*) FROM ClinicRecord"));

        await app.Clock.RunningAsync(InquiryRouter.Hosting.Server.AddDemoInquiriesAsync(
            app.Services, app.Settings, app.Services.GetRequiredService<MasterKeyRing>(), app.Clock, CancellationToken.None));

        Assert.InRange(await app.NumberAsync("SELECT COUNT(*) FROM ClinicRecord WHERE Answered > 0"), 2, 1_000);
    }

    [Fact]
    public async Task Nobody_verifies_real_clinics_for_their_coordinator()
    {
        await using var app = await InquiryApp.StartAsync(
            new AppSetup { OnSqlite = true, Clock = new FakeTimeProvider(Clocks.Start.AddDays(200)) });
        var due = await DueAsync(app);
        Assert.NotEmpty(due);

        await app.Clock.RunningAsync(app.Services.GetRequiredService<VerifyDemoNetwork>().RunAsync(CancellationToken.None));

        Assert.Equal(due.Count, (await DueAsync(app)).Count);
    }

    [Fact]
    public async Task A_filled_database_is_as_if_all_of_it_had_been_lived()
    {
        var directory = Directory.CreateTempSubdirectory("inquiryrouter-demo-").FullName;
        try
        {
            var clock = Clocks.New();
            await FillAsync(directory, clock, 700, seed: 3);
            await using var app = await InquiryApp.StartAsync(
                new AppSetup { Environment = "Development", Clinics = [], Directory = directory, Clock = clock, OnSqlite = true });

            Assert.Equal(700, await app.NumberAsync("SELECT COUNT(*) FROM Inquiry"));
            Assert.Equal(0, await app.NumberAsync("SELECT COUNT(*) FROM Mail WHERE State < 2 AND Kind <> 'WorkDigest'"));
            await AgreesAsync(app);

            // Numbers grow with time, but for those that were played.
            var told = (await app.Database.ReadAsync(s => s.QueryAsync<string>("SELECT Reference FROM Inquiry ORDER BY Seq"))).Take(
                500).ToList();
            var replay = app.Services.GetRequiredService<ReplayDecision>();
            foreach (var reference in told.Where((_, i) => i % 20 == 0))
            {
                Assert.True(await replay.RunAsync(reference,
                    CancellationToken.None) is Replay.NoDecision or Replay.Made { Differences.Count: 0 }, reference);
            }

            var found = await app.Services.GetRequiredService<FindInquiries>().RunAsync($"p50000@{DemoMail(50_000)}",
                CancellationToken.None);
            Assert.Equal(told[0], Assert.Single(found!).Reference);
            using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
            Assert.Contains(told[0], (await ana.GetAsync($"/console/inquiries/{told[0]}")).Text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task The_same_seed_is_lived_the_same_way()
    {
        var (one, same) = (await LivedAsync(5), await LivedAsync(5));

        Assert.Equal(80, one.Count);
        Assert.Equal(one, same);
    }

    [Fact]
    public async Task A_life_that_is_told_again_has_the_rows_it_was_lived_with()
    {
        await using var app = await StartAsync();
        await DemoWorld.AddNewestAsync(app.Settings, app.Services.GetRequiredService<MasterKeyRing>(), app.Now, CancellationToken.None);
        var (vault, policy) = (app.Services.GetRequiredService<PatientVault>(),
            await app.Services.GetRequiredService<PolicyCache>().CurrentAsync(CancellationToken.None));
        var network = await app.Services.GetRequiredService<NetworkCache>().CurrentAsync(CancellationToken.None);
        var file = SqliteFileLock.FileOf(app.Settings.ConnectionString);
        var (columns, rows) = (LifeReader.Columns(file), LifeReader.ReadAll(file));
        var records = (await app.Database.ReadAsync(s => InquiryStore.ListAsync(s, [.. rows.Select(r => r.Id)]))).ToDictionary(r => r.Id);
        var matches = (await app.Database.ReadAsync(s => MatchStore.ListSinceAsync(s, DateTimeOffset.MinValue, 0, 10_000))).ToLookup(m =>
            m.Match.InquiryId, m => m.Match);
        var retell = new RetellLife(
            columns, new DemoLives(1, new MatchIndex(network, app.Now), policy, app.Now, TimeSpan.FromDays(182)), vault,
                app.Services.GetRequiredService<KeyedHash>(),
            at => new MatchIndex(network, at), policy);
        var lives = rows.Select(r => ToldLife.Open(r, columns, records[r.Id], matches, vault)).OfType<ToldLife>().ToList();

        Assert.InRange(lives.Count, 20, 200);
        Assert.All(lives, (life, i) => IsTheSame(life, retell.Tell(life, 90_000 + i, weeks: 0), columns, vault));
    }

    private static void IsTheSame(ToldLife life, List<object?[]>[] told, IReadOnlyList<IReadOnlyList<string>> columns, PatientVault vault)
    {
        var ids = new Dictionary<Guid, Guid>();
        for (var table = 0; table < told.Length; table++)
        {
            var name = LifeTables.OfInquiries[table].Name;
            if (s_swept.Contains(name, StringComparer.Ordinal))
            {
                continue;
            }

            Assert.Equal(life.Rows.Tables[table].Count, told[table].Count);
            foreach (var (was, now) in life.Rows.Tables[table].Zip(told[table]))
            {
                foreach (var (column, i) in columns[table].Select((c, i) => (c, i)).Where(c =>
                    !s_ofThePerson.Contains($"{name}.{c.c}", StringComparer.Ordinal)))
                {
                    if (was[i] is byte[] { Length: 16 } id)
                    {
                        // What was one is one.
                        var other = ToldLife.IdOf((byte[])now[i]!);
                        Assert.Equal(other, ids.TryAdd(ToldLife.IdOf(id), other) ? other : ids[ToldLife.IdOf(id)]);
                    }
                    else
                    {
                        Assert.True(Equals(was[i], now[i]) || (was[i] is byte[] a && now[i] is byte[] b && a.SequenceEqual(b)),
                            $"{name}.{column}: {was[i]} is {now[i]}");
                    }
                }
            }
        }

        object? Told(string table, int row, string column) =>
            told[LifeReader.PlaceOf(table)][row][columns[LifeReader.PlaceOf(table)].ToList().IndexOf(column)];
        var key = (byte[])Told("InquiryPatient", 0, "WrappedKey")!;
        var patient = vault.Open(key, (byte[])Told("InquiryPatient", 0, "Sealed")!);
        var reference = (string)Told("Inquiry", 0, "Reference")!;
        Assert.NotEqual(life.Patient.Name, patient.Name);
        for (var i = 0; i < life.Mails.Count; i++)
        {
            var mail = MailPacking.Unpack(vault.OpenFor(key, (byte[])Told("MailBody", i, "Sealed")!));
            Assert.DoesNotContain(life.Inquiry.Reference, mail.Subject + mail.Text + mail.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(life.Patient.Name, mail.ToName + mail.Subject + mail.Text + mail.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(life.Patient.StatusToken, mail.Text + mail.Html, StringComparison.Ordinal);
            Assert.NotEqual(life.Patient.ContactEmail, mail.ToAddress);
            Assert.Equal(life.Mails[i].Text.Contains(life.Inquiry.Reference, StringComparison.Ordinal),
                mail.Text.Contains(reference, StringComparison.Ordinal));
            Assert.Equal(Lines(life.Mails[i]), Lines(mail));
        }

        foreach (var ((table, row), text) in life.Texts)
        {
            Assert.Equal(text, vault.OpenFor(key, (byte[])Told(table, row, "Sealed")!));
        }

        var history = Enumerable.Range(0, told[LifeReader.PlaceOf("AuditEntry")].Count).Select(i => new AuditEntry
        {
            InquiryId = new InquiryId(ToldLife.IdOf((byte[])Told("Inquiry", 0, "Id")!)), Version = i + 1,
            At = ToldLife.MomentOf((string)Told("AuditEntry", i, "At")!), Action = (string)Told("AuditEntry", i, "Action")!,
            ActorKind = (string)Told("AuditEntry", i, "ActorKind")!, ActorName = (string)Told("AuditEntry", i, "ActorName")!,
            Detail = (string?)Told("AuditEntry", i, "Detail"), Hash = (byte[])Told("AuditEntry", i, "Hash")!,
        }).ToList();
        Assert.True(AuditChain.IsIntact(history, (byte[])Told("Inquiry", 0, "AuditHash")!));
    }

    private static DateOnly Today(InquiryApp app) => DateOnly.FromDateTime(app.Now.UtcDateTime);

    private static async Task<IReadOnlyList<DueCredential>> DueAsync(InquiryApp app) => CredentialCalendar.Due(
        await app.Services.GetRequiredService<NetworkCache>().CurrentAsync(CancellationToken.None), Today(app));

    private static int Lines(MailContent mail) => mail.Text.Count(c => c == '\n');

    private static string DemoMail(int number) => DemoPerson.Of(number, "US", Relation.Self, hasPhone: false).Mail!.Split('@')[1];

    // In Development with the clinics of the demonstration, as a first start has them.
    private static async Task<InquiryApp> StartAsync(AppSetup? setup = null)
    {
        var app = await InquiryApp.StartAsync((setup ?? new AppSetup { Environment = "Development", OnSqlite = true }) with { Clinics = [] });
        using var stream = ReferenceDataFiles.OpenDemoNetwork();
        var read = ClinicImport.Read(stream, ImportFormat.Json, app.Services.GetRequiredService<MatchRules>(),
            app.Services.GetRequiredService<IFieldRules>());
        Assert.True(await app.Clock.RunningAsync(app.Services.GetRequiredService<LoadDemoNetwork>().RunAsync(read,
            CancellationToken.None)));
        await app.Clock.RunningAsync(app.Services.GetRequiredService<PrepareStart>().RunAsync(isAlone: true, CancellationToken.None));
        return app;
    }

    private static async Task FillAsync(string directory, FakeTimeProvider clock, int count, int seed)
    {
        await using var app = await StartAsync(new AppSetup { Environment = "Development", Directory = directory, Clock = clock, OnSqlite = true });
        var (settings, keys) = (app.Settings, app.Services.GetRequiredService<MasterKeyRing>());
        await app.DisposeAsync();

        // Its clock has moved a little while it started and ended.
        await DemoWorld.FillAsync(settings, keys, count, seed, Clocks.Start, new Progress<DemoProgress>(), CancellationToken.None);
    }

    private static async Task<IReadOnlyList<string>> LivedAsync(int seed)
    {
        var directory = Directory.CreateTempSubdirectory("inquiryrouter-demo-").FullName;
        try
        {
            var clock = Clocks.New();
            await FillAsync(directory, clock, 80, seed);
            await using var app = await InquiryApp.StartAsync(
                new AppSetup { Environment = "Production", Clinics = [], Directory = directory, Clock = clock, OnSqlite = true });
            return [.. await app.Database.ReadAsync(s => s.QueryAsync<string>(
                """
                SELECT I.ReceivedAt || ' ' || I.State || ' ' || I.HoldReasons || ' ' || I.AuditCount || ' ' || I.ChangedAt
                FROM Inquiry I ORDER BY I.Seq
                """))];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task AgreesAsync(InquiryApp app)
    {
        var history = await app.Services.GetRequiredService<VerifyHistory>().RunAsync(null, CancellationToken.None);
        Assert.Empty(history.Broken);
        Assert.True(history.Lines > history.Inquiries);
        await app.WorkAgreesAsync();
    }
}
