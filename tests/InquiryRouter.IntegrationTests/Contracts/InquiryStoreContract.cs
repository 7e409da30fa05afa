using System.Text.Json;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class InquiryStoreOnSqlite() : InquiryStoreContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class InquiryStoreOnSqlServer() : InquiryStoreContract(DatabaseProvider.SqlServer);

public abstract class InquiryStoreContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly Actor s_actor = Actor.Coordinator("Łucja");

    [Contract]
    public async Task Every_field_comes_back_as_it_was_stored() => await RoundTripAsync(A.NewInquiry());

    [Contract]
    public async Task Fields_that_are_empty_come_back_empty() => await RoundTripAsync(A.SparseInquiry());

    [Contract]
    public async Task Amounts_come_back_to_the_cent()
    {
        foreach (var amount in new[] { 0.01m, 0.1m, 1m, 15000.55m, 1234567.89m, 99_999_999.99m, 100_000_000m })
        {
            var inquiry = A.NewInquiry();
            var stored = await StoreInquiryAsync(inquiry with { Facts = inquiry.Facts with { BudgetAmount = amount } });
            Assert.Equal(amount, stored.Facts.BudgetAmount);
        }
    }

    [Contract]
    public async Task A_new_inquiry_goes_with_its_message_its_link_and_its_first_audit_entry()
    {
        var inquiry = A.NewInquiry();
        var stored = await StoreInquiryAsync(inquiry);

        var message = Assert.Single(await WriteAsync(tx => OutboxStore.ClaimAsync(tx, Guid.CreateVersion7(), tx.Now, 10)));
        Assert.Equal(new InquiryReceived { InquiryId = stored.Id, Version = 1 }, EventTypes.Read(message.Type, message.Body));
        var link = await ReadAsync(session => AccessLinkStore.FindAsync(session, inquiry.Patient.StatusToken, LinkPurpose.Status));
        Assert.Equal(stored.Id.Value, link?.SubjectId);
        var entry = Assert.Single(await AuditAsync(stored.Id));
        Assert.Equal(("received", 1, "patient"), (entry.Action, entry.Version, entry.ActorKind));
        Assert.Equal(stored.AuditHash, entry.Hash);
    }

    [Contract]
    public async Task An_inquiry_is_found_by_its_reference_and_no_other_is()
    {
        var stored = await StoreInquiryAsync();

        Assert.Equal(stored.Id, await ReadAsync(session => InquiryStore.FindIdAsync(session, stored.Reference)));
        Assert.Null(await ReadAsync(session => InquiryStore.FindIdAsync(session, Reference.New())));
        Assert.Null(await ReadAsync(session => InquiryStore.FindAsync(session, InquiryId.New())));
        Assert.Null(await ReadAsync(session => InquiryStore.FindPatientAsync(session, InquiryId.New())));
        Assert.Null(await ReadAsync(session => InquiryStore.FindConsentAsync(session, InquiryId.New())));
    }

    [Contract]
    public async Task A_reference_is_given_once()
    {
        var first = await StoreInquiryAsync();
        var id = InquiryId.New();
        var inquiry = A.NewInquiry();

        var error = await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(tx => InquiryStore.AddAsync(
            tx, id, first.Reference, inquiry, A.Vault.Seal(id, inquiry.Patient), A.RandomHash(), "api")));

        Assert.True(Database.Dialect.IsDuplicateKey(error), error.ToString());
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM Inquiry"));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM Outbox"));
    }

    [Contract]
    public async Task A_move_changes_state_version_reasons_and_time()
    {
        var stored = await StoreInquiryAsync();
        Clock.Advance(TimeSpan.FromMinutes(5));

        var version = await MoveAsync(stored, InquiryTrigger.Hold, [HoldReason.Minor, HoldReason.Emergency]);

        var held = await FindInquiryAsync(stored.Id);
        Assert.Equal((2, InquiryState.Held, 2, true), (version, held.State, held.Version, held.Urgent));
        Assert.Equal([HoldReason.Minor, HoldReason.Emergency], held.HoldReasons);
        Assert.Equal((stored.ReceivedAt, Now), (held.ReceivedAt, held.ChangedAt));
        Assert.Equal("about-the-patient", (await AuditAsync(stored.Id))[^1].Detail);
    }

    [Contract]
    public async Task A_release_takes_the_reasons_away()
    {
        var stored = await StoreInquiryAsync();
        await MoveAsync(stored, InquiryTrigger.Hold, [HoldReason.Emergency]);

        await MoveAsync(await FindInquiryAsync(stored.Id), InquiryTrigger.Release);

        var released = await FindInquiryAsync(stored.Id);
        Assert.Empty(released.HoldReasons);
        Assert.Equal((InquiryState.Screened, false, 3), (released.State, released.Urgent, released.Version));
    }

    [Contract]
    public async Task A_move_of_a_stale_version_is_a_conflict_and_changes_nothing()
    {
        var loaded = await StoreInquiryAsync();
        await MoveAsync(loaded, InquiryTrigger.Clear);
        var current = await FindInquiryAsync(loaded.Id);

        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(async tx =>
        {
            await OutboxStore.AddAsync(tx, new InquiryCleared { InquiryId = loaded.Id, Version = 2 });
            await InquiryStore.MoveAsync(tx, loaded, new InquiryMove(InquiryTrigger.Close, s_actor));
        }));

        Assert.Equal(Text(current), Text(await FindInquiryAsync(loaded.Id)));
        Assert.Equal(2, (await AuditAsync(loaded.Id)).Count);
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM Outbox"));
    }

    [Contract]
    public async Task A_step_the_table_does_not_allow_is_a_conflict_and_changes_nothing()
    {
        var loaded = await StoreInquiryAsync();

        await Assert.ThrowsAsync<ConflictException>(() => MoveAsync(loaded, InquiryTrigger.Accept));

        Assert.Equal(Text(loaded), Text(await FindInquiryAsync(loaded.Id)));
        Assert.Single(await AuditAsync(loaded.Id));
    }

    [Contract]
    public async Task Of_ten_moves_at_once_exactly_one_wins()
    {
        var loaded = await StoreInquiryAsync();

        var outcomes = await AtOnceAsync(10, _ => MoveAsync(loaded, InquiryTrigger.Clear));

        Assert.Single(outcomes, o => o.Error is null);
        Assert.Equal(9, outcomes.Count(o => o.Error is ConflictException));
        Assert.Equal(2, (await FindInquiryAsync(loaded.Id)).Version);
        Assert.Equal(2, (await AuditAsync(loaded.Id)).Count);
    }

    [Contract]
    public async Task The_audit_chain_is_intact_after_many_moves_and_shows_a_change()
    {
        var loaded = await StoreInquiryAsync();
        for (var i = 0; i < 20; i++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(37));
            await MoveAsync(loaded, InquiryTrigger.Hold, [HoldReason.Minor]);
            await MoveAsync(await FindInquiryAsync(loaded.Id), InquiryTrigger.Release);
            loaded = await FindInquiryAsync(loaded.Id);
        }

        var entries = await AuditAsync(loaded.Id);
        Assert.Equal(41, entries.Count);
        Assert.True(AuditChain.IsIntact(entries, loaded.AuditHash));

        await WriteAsync(tx => tx.ExecuteAsync("UPDATE AuditEntry SET ActorName = 'nobody' WHERE InquiryId = @Id AND Version = 12", new { loaded.Id }));
        Assert.False(AuditChain.IsIntact(await AuditAsync(loaded.Id), loaded.AuditHash));
    }

    [Contract]
    public async Task Held_inquiries_are_listed_urgent_ones_first_then_the_oldest()
    {
        var calm = await HoldAsync(HoldReason.Minor);
        var urgent = await HoldAsync(HoldReason.Emergency);
        var younger = await HoldAsync(HoldReason.DrugInduced);
        var spam = await StoreInquiryAsync();
        await MoveAsync(spam, InquiryTrigger.Quarantine, [HoldReason.SuspectedSpam]);
        await StoreInquiryAsync();

        var listed = await ReadAsync(session => InquiryStore.ListHeldAsync(session, 10));

        Assert.Equal([urgent.Reference, calm.Reference, younger.Reference, spam.Reference], listed.Select(h => h.Reference));
        Assert.Equal([true, false, false, false], listed.Select(h => h.Urgent));
        Assert.Equal(InquiryState.Quarantined, listed[3].State);
        Assert.Equal([HoldReason.DrugInduced], listed[2].Reasons);
        Assert.Equal(2, (await ReadAsync(session => InquiryStore.ListHeldAsync(session, 2))).Count);
    }

    [Contract]
    public async Task The_newest_consent_counts()
    {
        var stored = await StoreInquiryAsync();
        await WriteAsync(tx => tx.ExecuteAsync(
            """
            INSERT INTO Consent (InquiryId, N, ShareWithClinics, Contact, Marketing, TextVersion, Source, At)
            VALUES (@Id, 2, @share, @contact, @marketing, '2027-01', 'console', @Now)
            """,
            new { stored.Id, share = false, contact = true, marketing = true, tx.Now }));

        var consent = await ReadAsync(session => InquiryStore.FindConsentAsync(session, stored.Id));

        Assert.Equal(new ConsentGiven { ShareWithClinics = false, Contact = true, Marketing = true, TextVersion = "2027-01" }, consent);
    }

    private async Task RoundTripAsync(NewInquiry inquiry)
    {
        var stored = await StoreInquiryAsync(inquiry);

        Assert.Equal(Text(inquiry.Facts), Text(stored.Facts));
        Assert.Equal((InquiryState.Received, 1, Now, Now, false), (stored.State, stored.Version, stored.ReceivedAt, stored.ChangedAt, stored.Urgent));
        var patient = await ReadAsync(session => InquiryStore.FindPatientAsync(session, stored.Id));
        Assert.Equal(inquiry.Patient, A.Vault.Open(patient!));
        Assert.Equal(inquiry.Consent, await ReadAsync(session => InquiryStore.FindConsentAsync(session, stored.Id)));
    }

    private async Task<InquiryRecord> HoldAsync(HoldReason reason)
    {
        var stored = await StoreInquiryAsync();
        await MoveAsync(stored, InquiryTrigger.Hold, [reason]);
        return stored;
    }

    private Task<int> MoveAsync(InquiryRecord loaded, InquiryTrigger trigger, IReadOnlyList<HoldReason>? reasons = null) =>
        WriteAsync(tx => InquiryStore.MoveAsync(tx, loaded, new InquiryMove(trigger, s_actor, HoldReasons: reasons)));

    [Contract]
    public async Task A_line_of_history_makes_no_version_and_the_chain_goes_on_through_it()
    {
        var loaded = await StoreInquiryAsync();

        await WriteAsync(tx => InquiryStore.RecordAsync(tx, loaded, new HistoryEvent.InformationAdded(), Actor.Patient));
        var recorded = await FindInquiryAsync(loaded.Id);
        await WriteAsync(tx => InquiryStore.MoveAsync(tx, recorded, new InquiryMove(InquiryTrigger.Clear, s_actor)));

        var moved = await FindInquiryAsync(loaded.Id);
        Assert.Equal((1, 2, 2, 3), (recorded.Version, recorded.AuditCount, moved.Version, moved.AuditCount));
        var entries = await AuditAsync(loaded.Id);
        Assert.Equal(["received", "information-added", "cleared"], entries.Select(e => e.Action));
        Assert.True(AuditChain.IsIntact(entries, moved.AuditHash));
    }

    [Contract]
    public async Task A_line_that_says_more_than_its_column_takes_keeps_its_first_words_and_the_history_stays_whole()
    {
        var loaded = await StoreInquiryAsync();
        string[] clinics = [.. Enumerable.Range(1, 60).Select(i => $"CLINIC-{i:000}")];
        var codes = string.Join(' ', clinics);

        await WriteAsync(tx => InquiryStore.RecordAsync(tx, loaded, new HistoryEvent.Offered.Anew(clinics, null, []), s_actor));

        var entries = await AuditAsync(loaded.Id);
        var kept = entries[^1].Detail!;
        Assert.InRange(kept.Length, 380, 400);
        Assert.EndsWith(" …", kept, StringComparison.Ordinal);
        Assert.StartsWith(kept[..^2], codes, StringComparison.Ordinal);
        Assert.Equal(' ', codes[kept.Length - 2]);
        Assert.True(AuditChain.IsIntact(entries, (await FindInquiryAsync(loaded.Id)).AuditHash));
    }

    [Contract]
    public async Task Who_loaded_the_inquiry_before_a_line_was_written_can_neither_move_nor_record()
    {
        var loaded = await StoreInquiryAsync();
        await WriteAsync(tx => InquiryStore.RecordAsync(tx, loaded, new HistoryEvent.InformationAdded(), Actor.Patient));

        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => InquiryStore.RecordAsync(tx, loaded, new HistoryEvent.InformationAdded(), Actor.Patient)));
        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => InquiryStore.MoveAsync(tx, loaded, new InquiryMove(InquiryTrigger.Clear, s_actor))));

        Assert.Equal(2, (await AuditAsync(loaded.Id)).Count);
    }

    [Contract]
    public async Task A_correction_replaces_what_is_asked_for_and_nothing_else()
    {
        var loaded = await StoreInquiryAsync();
        var other = await StoreInquiryAsync();
        var facts = loaded.Facts with
        {
            Country = "CA", Language = "es", TimeZone = "America/Toronto", BirthYear = 1960, Condition = "crohn", ConditionType = null, CellSource = "adipose",
            Destinations = ["CO", "latin-america"], BudgetAmount = null, BudgetCurrency = null, Timeframe = "undecided",
        };
        var patient = A.Vault.Seal(loaded.Id, A.NewInquiry().Patient);

        await WriteAsync(tx => InquiryStore.CorrectAsync(tx, loaded.Id, facts, patient));

        var corrected = await FindInquiryAsync(loaded.Id);
        Assert.Equivalent(facts, corrected.Facts, strict: true);
        Assert.Equivalent(loaded with { Facts = facts }, corrected, strict: true);
        Assert.Equivalent(other, await FindInquiryAsync(other.Id), strict: true);
        Assert.Equal(patient.Sealed, (await ReadAsync(session => InquiryStore.FindPatientAsync(session, loaded.Id)))!.Sealed);
    }

    [Contract]
    public async Task A_patient_who_wants_no_check_ins_and_a_new_count_of_offers_are_remembered_and_make_no_version()
    {
        var loaded = await StoreInquiryAsync();
        var other = await StoreInquiryAsync();
        Assert.False(await ReadAsync(session => InquiryStore.WantsNoCheckInsAsync(session, loaded.Id)));

        await WriteAsync(tx => InquiryStore.StopCheckInsAsync(tx, loaded.Id));
        await WriteAsync(tx => InquiryStore.CountOffersAfterAsync(tx, loaded.Id, 3));

        Assert.True(await ReadAsync(session => InquiryStore.WantsNoCheckInsAsync(session, loaded.Id)));
        Assert.Equivalent(loaded with { WantsNoCheckIns = true, CountsOffersAfter = 3 }, await FindInquiryAsync(loaded.Id), strict: true);
        Assert.Equivalent(other, await FindInquiryAsync(other.Id), strict: true);
    }

    [Contract]
    public async Task Consent_has_a_history_and_the_newest_answer_counts()
    {
        var loaded = await StoreInquiryAsync();
        Clock.Advance(TimeSpan.FromDays(1));
        var given = (await ReadAsync(session => InquiryStore.FindConsentAsync(session, loaded.Id)))! with { ShareWithClinics = false, TextVersion = "2027-01" };

        await WriteAsync(tx => InquiryStore.AddConsentAsync(tx, loaded.Id, given, "status"));

        Assert.Equal(given, await ReadAsync(session => InquiryStore.FindConsentAsync(session, loaded.Id)));
        var history = await ReadAsync(session => InquiryStore.ListConsentsAsync(session, loaded.Id));
        Assert.Equal([("api", Now.AddDays(-1)), ("status", Now)], history.Select(c => (c.Source, c.At)));
    }

    private Task<IReadOnlyList<AuditEntry>> AuditAsync(InquiryId id) => ReadAsync(session => InquiryStore.AuditAsync(session, id));

    // Records with lists compare by reference; their text compares by value.
    private static string Text(object record) => JsonSerializer.Serialize(record, record.GetType());
}
