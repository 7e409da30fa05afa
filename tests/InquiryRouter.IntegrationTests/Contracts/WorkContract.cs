using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class WorkOnSqlite() : WorkContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class WorkOnSqlServer() : WorkContract(DatabaseProvider.SqlServer);

public abstract class WorkContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly Actor s_actor = Actor.Coordinator("Łucja");
    private static readonly WorkFilter s_all = new();

    [Contract]
    public async Task A_held_inquiry_is_work_until_it_goes_on()
    {
        var inquiry = await HeldAsync(HoldReason.NoClinicFits);

        var work = Assert.Single(await ListAsync());
        Assert.Equal((WorkKind.Held, inquiry.Id, inquiry.Reference, "no-clinic-fits", false), (work.Kind, work.InquiryId, work.Reference, work.Reason, work.Urgent));
        Assert.Equal((Now, Now.AddHours(24), 1), (work.Since, work.DueAt, work.Version));
        Assert.Null(work.OwnerId);

        await MoveAsync(inquiry, InquiryTrigger.Release);
        Assert.Empty(await ListAsync());
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM Work WHERE ClosedBy = 'coordinator Łucja'"));
        Assert.Empty(await DifferencesAsync());
    }

    [Contract]
    public async Task Each_is_told_of_what_is_theirs_or_everyones_once_and_again_of_what_they_are_given()
    {
        var inquiry = await HeldAsync(HoldReason.Minor);
        await HeldAsync(HoldReason.NoClinicFits);
        var (ana, ben) = (UserId.New(), UserId.New());
        var longAgo = Now.AddDays(-1);
        Assert.Equal(2, (await UntoldAsync(ana, longAgo)).Count);

        await WriteAsync(async tx => await WorkStore.ToldAsync(tx, ana, (await WorkStore.ListAsync(tx, s_all, null, 10)).Select(w => w.Seq)));
        Assert.Empty(await UntoldAsync(ana, longAgo));
        Assert.Equal(2, (await UntoldAsync(ben, longAgo)).Count);

        Clock.Advance(TimeSpan.FromMinutes(5));
        var work = (await ListAsync()).Single(w => w.InquiryId == inquiry.Id);
        await WriteAsync(tx => WorkStore.GiveAsync(tx, work, ana.Value));
        Assert.Equal(work.Seq, Assert.Single(await UntoldAsync(ana, longAgo)).Seq);
        Assert.Empty(await UntoldAsync(ana, Now));
        Assert.Single(await UntoldAsync(ben, longAgo));
        Assert.Equal((2L, 1L), (
            (await ReadAsync(s => WorkStore.CountForAsync(s, ana))).Sum(c => c.Number), (await ReadAsync(s => WorkStore.CountForAsync(s, ben))).Sum(c => c.Number)));

        await WriteAsync(tx => WorkStore.ToldAsync(tx, ana, [work.Seq]));
        Assert.Empty(await UntoldAsync(ana, longAgo));
    }

    [Contract]
    public async Task Held_again_it_has_waited_since_the_first_time()
    {
        var (first, inquiry) = (Now, await HeldAsync(HoldReason.NoClinicFits));
        Clock.Advance(TimeSpan.FromHours(30));
        inquiry = await MoveAsync(inquiry, InquiryTrigger.Release);

        await MoveAsync(inquiry, InquiryTrigger.Hold, HoldReason.NoClinicFits);

        var work = Assert.Single(await ListAsync());
        Assert.Equal((first, first.AddHours(24)), (work.Since, work.DueAt));
    }

    [Contract]
    public async Task Held_for_other_reasons_it_is_the_same_work_awake_again()
    {
        var inquiry = await HeldAsync(HoldReason.Minor);
        var work = Assert.Single(await ListAsync());
        await WriteAsync(tx => WorkStore.SnoozeAsync(tx, work, Now.AddDays(1)));
        Assert.Empty(await ListAsync());

        await MoveAsync(inquiry, InquiryTrigger.Hold, HoldReason.Minor, HoldReason.PatientUnreachable);

        var again = Assert.Single(await ListAsync());
        Assert.Equal((work.Seq, "minor patient-unreachable", 3), (again.Seq, again.Reason, again.Version));
    }

    [Contract]
    public async Task An_emergency_takes_the_place_of_what_was_held_and_stays_with_who_had_it()
    {
        var owner = Guid.NewGuid();
        var inquiry = await HeldAsync(HoldReason.Minor);
        var held = Assert.Single(await ListAsync());
        await WriteAsync(tx => WorkStore.GiveAsync(tx, held, owner));

        await MoveAsync(inquiry, InquiryTrigger.Hold, HoldReason.Emergency, HoldReason.Minor);

        var work = Assert.Single(await ListAsync());
        Assert.Equal((WorkKind.EmergencyWords, true, owner), (work.Kind, work.Urgent, work.OwnerId));
    }

    [Contract]
    public async Task Looking_twice_changes_nothing()
    {
        var inquiry = await HeldAsync(HoldReason.Minor);
        var before = Assert.Single(await ListAsync());
        Clock.Advance(TimeSpan.FromHours(1));

        await LookAsync(inquiry.Id);

        Assert.Equal(before, Assert.Single(await ListAsync()));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM Work"));
    }

    [Contract]
    public async Task A_note_is_work_until_a_person_has_read_it_and_a_later_one_is_again()
    {
        var inquiry = await StoreInquiryAsync();
        await NoteAsync(inquiry, NoteAuthor.Patient);
        var work = Assert.Single(await ListAsync());
        Assert.Equal(WorkKind.PatientWrote, work.Kind);

        await WriteAsync(tx => WorkStore.FinishAsync(tx, work, s_actor));
        await LookAsync(inquiry.Id);
        Assert.Empty(await ListAsync());

        await NoteAsync(inquiry, NoteAuthor.Patient);
        Assert.Equal(WorkKind.PatientWrote, Assert.Single(await ListAsync()).Kind);
        Assert.Empty(await DifferencesAsync());
    }

    [Contract]
    public async Task A_note_that_comes_while_somebody_reads_is_not_done_with_the_one_before()
    {
        var inquiry = await StoreInquiryAsync();
        await NoteAsync(inquiry, NoteAuthor.Patient);
        var read = Assert.Single(await ListAsync());

        await NoteAsync(inquiry, NoteAuthor.Patient);

        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => WorkStore.FinishAsync(tx, read, s_actor)));
        Assert.Single(await ListAsync());
    }

    [Contract]
    public async Task Who_sends_a_held_inquiry_on_has_read_what_was_written()
    {
        var inquiry = await HeldAsync(HoldReason.NoClinicFits);
        await NoteAsync(inquiry, NoteAuthor.Patient);
        Assert.Equal(2, (await ListAsync()).Count);

        await MoveAsync(await FindInquiryAsync(inquiry.Id), InquiryTrigger.Release);

        Assert.Empty(await ListAsync());
    }

    [Contract]
    public async Task What_the_patient_corrects_themselves_was_not_read_by_anybody()
    {
        var inquiry = await HeldAsync(HoldReason.NoClinicFits);
        await NoteAsync(inquiry, NoteAuthor.Patient);

        await MoveAsync(await FindInquiryAsync(inquiry.Id), new InquiryMove(InquiryTrigger.Correct, Actor.Patient));

        Assert.Equal(WorkKind.PatientWrote, Assert.Single(await ListAsync()).Kind);
    }

    [Contract]
    public async Task A_patient_who_was_asked_comes_up_after_a_week_by_itself()
    {
        var inquiry = await StoreInquiryAsync();
        await MoveAsync(inquiry, InquiryTrigger.AskPatient, HoldReason.NoClinicLeft);
        Assert.Empty(await ListAsync());
        Assert.Single(await ListAsync(s_all with { Snoozed = true }));

        Clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal(WorkKind.AwaitingPatient, Assert.Single(await ListAsync()).Kind);
        Assert.Empty(await ListAsync(s_all with { Snoozed = true }));
    }

    [Contract]
    public async Task The_list_has_what_is_urgent_first_and_pages_in_both_directions()
    {
        await HeldAsync(HoldReason.Minor);
        await HeldAsync(HoldReason.NoClinicFits);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await HeldAsync(HoldReason.Emergency);
        await MoveAsync(await StoreInquiryAsync(), new InquiryMove(InquiryTrigger.Quarantine, Actor.Stage("screening"), HoldReasons: [HoldReason.SuspectedSpam]));

        var all = await ListAsync();
        Assert.Equal([WorkKind.EmergencyWords, WorkKind.Held, WorkKind.Held, WorkKind.Quarantined], all.Select(w => w.Kind));

        var paged = new List<OpenWork>();
        for (IReadOnlyList<OpenWork> page; (page = await PageAsync(paged.Count == 0 ? null : WorkPlace.Of(paged[^1]))).Count > 0;)
        {
            paged.AddRange(page);
        }

        Assert.Equal(all, paged);
        Assert.Equal(
            all.Take(3).Reverse(), await ReadAsync(session => WorkStore.ListBeforeAsync(session, s_all, WorkPlace.Of(all[3]), 10)));
        Assert.Equal([all[2]], await ReadAsync(session => WorkStore.ListBeforeAsync(session, s_all, WorkPlace.Of(all[3]), 1)));
        Assert.Empty(await ReadAsync(session => WorkStore.ListBeforeAsync(session, s_all, WorkPlace.Of(all[0]), 1)));

        Task<IReadOnlyList<OpenWork>> PageAsync(WorkPlace? after) => ReadAsync(session => WorkStore.ListAsync(session, s_all, after, 1));
    }

    [Contract]
    public async Task The_list_is_filtered_by_kind_and_by_whose_it_is()
    {
        await HeldAsync(HoldReason.Minor);
        await HeldAsync(HoldReason.Emergency);
        var (urgent, held) = ((await ListAsync())[0], (await ListAsync())[1]);
        var me = Guid.NewGuid();
        await WriteAsync(tx => WorkStore.GiveAsync(tx, held, me));

        Assert.Equal([held.Seq], (await ListAsync(s_all with { Kinds = [WorkKind.Held, WorkKind.Lapse] })).Select(w => w.Seq));
        Assert.Equal([held.Seq], (await ListAsync(s_all with { OwnerId = me })).Select(w => w.Seq));
        Assert.Equal([urgent.Seq], (await ListAsync(s_all with { Free = true })).Select(w => w.Seq));
        Assert.Equal([urgent.Seq, held.Seq], (await ListAsync(s_all with { Free = true, Gone = [me] })).Select(w => w.Seq));
        Assert.Empty(await ListAsync(s_all with { OwnerId = Guid.NewGuid() }));
        Assert.Equal([held.Seq], (await ReadAsync(session => WorkStore.ListOwnedAsync(session, 10))).Select(w => w.Seq));

        Clock.Advance(TimeSpan.FromHours(2));
        var counts = await ReadAsync(WorkStore.CountAsync);
        Assert.Equal(
            [(WorkKind.EmergencyWords, 1L, 1L, 1L), (WorkKind.Held, 1L, 0L, 0L)], counts.Select(c => (c.Kind, c.Number, c.Urgent, c.Late)));
    }

    [Contract]
    public async Task Of_two_who_act_on_what_they_saw_the_second_one_conflicts()
    {
        await HeldAsync(HoldReason.Minor);
        var seen = Assert.Single(await ListAsync());
        await WriteAsync(tx => WorkStore.GiveAsync(tx, seen, Guid.NewGuid()));

        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => WorkStore.GiveAsync(tx, seen, Guid.NewGuid())));
        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => WorkStore.SnoozeAsync(tx, seen, Now.AddDays(1))));
        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => WorkStore.FinishAsync(tx, seen, s_actor)));
    }

    [Contract]
    public async Task A_stuck_mail_is_work_until_somebody_decides_about_it()
    {
        var inquiry = await StoreInquiryAsync();
        var mail = new NewMail(Guid.CreateVersion7(), inquiry.Id, Guid.NewGuid(), MailKind.Acknowledgement, [1]);
        await WriteAsync(tx => MailStore.AddAsync(tx, mail));
        await ParkAsync();

        var work = Assert.Single(await ListAsync());
        Assert.Equal((WorkKind.StuckMail, mail.Id, inquiry.Reference, "busy"), (work.Kind, work.MailId, work.Reference, work.Reason));
        Assert.Empty(await DifferencesAsync());

        await WriteAsync(tx => MailStore.SetAsideAsync(tx, [mail.Id], "known"));
        Assert.Empty(await ListAsync());
        await WriteAsync(tx => MailStore.TakeBackAsync(tx, [mail.Id]));
        Assert.Single(await ListAsync());
        await WriteAsync(tx => MailStore.RequeueAsync(tx, [mail.Id]));
        Assert.Empty(await ListAsync());
        await ParkAsync();
        Assert.Single(await ListAsync());
        Assert.Empty(await DifferencesAsync());

        Task ParkAsync() => WriteAsync(async tx =>
        {
            var lease = Guid.NewGuid();
            var claimed = Assert.Single(await MailStore.ClaimAsync(tx, lease, tx.Now.AddMinutes(1), 10));
            Assert.Equal(1, await MailStore.EndAsync(tx, lease, claimed, new MailStep(MailState.Parked), 0, "busy"));
        });
    }

    [Contract]
    public async Task What_clinics_need_is_opened_and_closed_as_a_whole()
    {
        ClinicNeed due = new("MX-A", WorkKind.CredentialDue, "jci", Now.AddDays(3)), silent = new("MX-B", WorkKind.ClinicUnreachable, string.Empty, Now);
        Assert.Equal(2, await WriteAsync(tx => WorkLedger.LookAtClinicsAsync(tx, [due, silent])));
        Assert.Equal(0, await WriteAsync(tx => WorkLedger.LookAtClinicsAsync(tx, [due, silent])));
        Assert.Equal(
            [("MX-B", WorkKind.ClinicUnreachable), ("MX-A", WorkKind.CredentialDue)], (await ListAsync()).Select(w => (w.ClinicCode, w.Kind)));
        Assert.Empty(await ReadAsync(session => WorkLedger.DifferencesAsync(session, [due, silent])));
        Assert.Equal(3, (await ReadAsync(session => WorkLedger.DifferencesAsync(session, [silent with { ClinicCode = "MX-C" }]))).Count);

        Assert.Equal(1, await WriteAsync(tx => WorkLedger.LookAtClinicsAsync(tx, [due])));
        Assert.Equal("MX-A", Assert.Single(await ListAsync()).ClinicCode);
    }

    [Contract]
    public async Task What_is_missing_too_much_or_other_is_found_and_mended()
    {
        var missing = await HeldAsync(HoldReason.Minor);
        var over = await HeldAsync(HoldReason.NoClinicFits);
        var other = await HeldAsync(HoldReason.NoClinicLeft);
        await WriteAsync(tx => tx.ExecuteAsync("DELETE FROM Work WHERE InquiryId = @Id", new { missing.Id }));
        await WriteAsync(tx => tx.ExecuteAsync("UPDATE Inquiry SET State = 'Closed' WHERE Id = @Id", new { over.Id }));
        await WriteAsync(tx => tx.ExecuteAsync("UPDATE Work SET Reason = 'minor' WHERE InquiryId = @Id", new { other.Id }));

        var found = await DifferencesAsync();
        Assert.Equal(
            new[] { (missing.Id.Value, true), (over.Id.Value, false), (other.Id.Value, false) }.Order(),
            found.Select(d => (d.SubjectId, d.Missing)).Order());

        await WriteAsync(tx => WorkLedger.MendAsync(tx, found));
        Assert.Empty(await DifferencesAsync());
        Assert.Equal(["minor", "no-clinic-left"], (await ListAsync()).Select(w => w.Reason).Order(StringComparer.Ordinal));
    }

    [Contract]
    public async Task Erasing_a_patient_leaves_nothing_of_what_was_to_be_done_for_them()
    {
        var inquiry = await HeldAsync(HoldReason.Emergency);
        inquiry = await MoveAsync(inquiry, InquiryTrigger.Release);
        inquiry = await MoveAsync(inquiry, InquiryTrigger.Hold, HoldReason.Minor);
        Assert.Equal(2, await NumberAsync("SELECT COUNT(*) FROM Work"));

        await WriteAsync(tx => ErasureStore.EraseAsync(tx, inquiry, Actor.Patient, null, []));

        Assert.Equal(0, await NumberAsync("SELECT COUNT(*) FROM Work"));
        Assert.Empty(await DifferencesAsync());
    }

    [Contract]
    public async Task What_nobody_was_told_of_is_told_once()
    {
        await HeldAsync(HoldReason.Minor);
        var untold = await ReadAsync(session => WorkStore.ListUntoldAsync(session, 10));

        await WriteAsync(tx => WorkStore.ToldAsync(tx, untold.Select(w => w.Seq)));

        Assert.Single(untold);
        Assert.Empty(await ReadAsync(session => WorkStore.ListUntoldAsync(session, 10)));
    }

    private async Task<InquiryRecord> HeldAsync(params HoldReason[] reasons) => await MoveAsync(await StoreInquiryAsync(), InquiryTrigger.Hold, reasons);

    private Task<InquiryRecord> MoveAsync(InquiryRecord inquiry, InquiryTrigger trigger, params HoldReason[] reasons) =>
        MoveAsync(inquiry, new InquiryMove(trigger, s_actor, trigger == InquiryTrigger.AskPatient ? new HistoryEvent.PatientAsked(reasons[0].Code, null) : null, reasons));

    private async Task<InquiryRecord> MoveAsync(InquiryRecord inquiry, InquiryMove move)
    {
        await WriteAsync(async tx =>
        {
            await InquiryStore.MoveAsync(tx, inquiry, move);
            await WorkLedger.LookAgainAsync(tx, inquiry.Id, move.Actor);
        });
        return await FindInquiryAsync(inquiry.Id);
    }

    private Task NoteAsync(InquiryRecord inquiry, NoteAuthor author) => WriteAsync(async tx =>
    {
        await NoteStore.AddAsync(tx, new NoteRecord
        {
            Id = Guid.CreateVersion7(), InquiryId = inquiry.Id, ReferralId = null, Author = author, Kind = NoteKind.Information, At = tx.Now, Sealed = [1],
        });
        await WorkLedger.LookAgainAsync(tx, inquiry.Id, null);
    });

    private Task LookAsync(InquiryId id) => WriteAsync(tx => WorkLedger.LookAgainAsync(tx, id, null));

    private Task<IReadOnlyList<OpenWork>> ListAsync(WorkFilter? filter = null) =>
        ReadAsync(session => WorkStore.ListAsync(session, filter ?? s_all, after: null, 100));

    private Task<IReadOnlyList<WorkDifference>> DifferencesAsync() => ReadAsync(session => WorkLedger.DifferencesAsync(session, []));

    private Task<IReadOnlyList<OpenWork>> UntoldAsync(UserId user, DateTimeOffset seenUntil) =>
        ReadAsync(s => WorkStore.ListUntoldAsync(s, user, seenUntil, 10));
}
