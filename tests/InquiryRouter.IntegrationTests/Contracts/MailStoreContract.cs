using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Privacy;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class MailStoreOnSqlite() : MailStoreContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class MailStoreOnSqlServer() : MailStoreContract(DatabaseProvider.SqlServer);

public abstract class MailStoreContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(3);

    [Contract]
    public async Task A_mail_comes_out_as_it_went_in()
    {
        var mail = await QueueAsync();

        var claimed = Assert.Single((await ClaimAsync()).Mails);

        Assert.Equal((mail.Id, mail.InquiryId, mail.AboutId, mail.Kind), (claimed.Id, claimed.InquiryId, claimed.AboutId, claimed.Kind));
        Assert.Equal((1, 0, Now), (claimed.Attempts, claimed.Unknowns, claimed.CreatedAt));
    }

    [Contract]
    public async Task What_a_mail_says_is_found_with_its_patients_key_and_is_gone_with_it()
    {
        var mail = await QueueAsync();
        await QueueAsync();
        var claimed = (await ClaimAsync()).Mails[0];
        var key = A.RandomHash();
        await WriteAsync(tx => tx.ExecuteAsync(
            "INSERT INTO InquiryPatient (InquiryId, MasterKeyId, WrappedKey, Sealed) VALUES (@InquiryId, 'k', @key, @key)", new { mail.InquiryId, key }));

        var body = await ReadAsync(session => MailStore.FindBodyAsync(session, claimed));
        await WriteAsync(tx => tx.ExecuteAsync("DELETE FROM InquiryPatient WHERE InquiryId = @InquiryId", new { mail.InquiryId }));

        Assert.Equal(mail.Sealed, body!.Sealed);
        Assert.Equal(key, body.WrappedKey);
        Assert.Null(await ReadAsync(session => MailStore.FindBodyAsync(session, claimed)));
    }

    [Contract]
    public async Task What_mails_of_a_kind_for_a_subject_are_about_is_told_first_to_last()
    {
        var subject = ReferralId.New();
        var first = NewMail() with { SubjectId = subject };
        var second = NewMail() with { InquiryId = first.InquiryId, SubjectId = subject };
        await WriteAsync(tx => MailStore.AddAsync(tx, first));
        await WriteAsync(tx => MailStore.AddAsync(tx, second));
        await WriteAsync(tx => MailStore.AddAsync(tx, NewMail() with { InquiryId = first.InquiryId, SubjectId = ReferralId.New() }));

        Assert.Equal([first.AboutId, second.AboutId], await ListAsync(first.InquiryId, first.Kind));
        Assert.Empty(await ListAsync(first.InquiryId, MailKind.Withdrawn));
        Assert.Empty(await ListAsync(InquiryId.New(), first.Kind));

        Task<IReadOnlyList<Guid>> ListAsync(InquiryId inquiryId, MailKind kind) =>
            ReadAsync(session => MailStore.ListAboutAsync(session, inquiryId, kind, subject));
    }

    [Contract]
    public async Task Mails_of_a_kind_since_a_moment_are_told_for_the_inquiries_that_are_named()
    {
        var old = await QueueAsync();
        Clock.Advance(TimeSpan.FromHours(2));
        var mail = await QueueAsync();
        await QueueAsync();
        InquiryId[] asked = [old.InquiryId, mail.InquiryId];

        var told = Assert.Single(await ReadAsync(session => MailStore.ListSinceAsync(session, mail.Kind, asked, Now.AddHours(-1))));

        Assert.Equal((mail.InquiryId, Now), (told.InquiryId, told.CreatedAt));
        Assert.Empty(await ReadAsync(session => MailStore.ListSinceAsync(session, MailKind.Withdrawn, asked, Now.AddHours(-1))));
        Assert.Empty(await ReadAsync(session => MailStore.ListSinceAsync(session, mail.Kind, [], Now.AddHours(-1))));
    }

    [Contract]
    public async Task Of_a_kind_there_is_one_mail_about_the_same()
    {
        var mail = NewMail();

        Assert.True(await WriteAsync(tx => MailStore.TryAddAsync(tx, mail)));
        Assert.False(await WriteAsync(tx => MailStore.TryAddAsync(tx, NewMail() with { AboutId = mail.AboutId })));
        Assert.True(await WriteAsync(tx => MailStore.TryAddAsync(tx, NewMail() with { AboutId = mail.AboutId, Kind = MailKind.MovedOn })));
        Assert.Equal(2, (await ClaimAsync()).Mails.Count);
    }

    [Contract]
    public async Task A_mail_with_a_key_of_its_own_can_be_read_without_a_patient_until_it_is_done_with()
    {
        var key = new WrappedKey("k", A.RandomHash());
        var mail = NewMail() with { Kind = MailKind.Erased, OwnKey = key, SubjectId = ReferralId.New() };
        await WriteAsync(tx => MailStore.AddAsync(tx, mail));
        var (lease, claimed) = await ClaimAsync();

        var body = await ReadAsync(session => MailStore.FindBodyAsync(session, claimed[0]));
        Assert.Equal(mail.SubjectId, claimed[0].SubjectId);
        Assert.Equal(key.Bytes, body!.WrappedKey);
        Assert.Equal(mail.Sealed, body.Sealed);

        // A second try still needs it.
        await WriteAsync(tx => MailStore.EndAsync(tx, lease, claimed[0], new MailStep(MailState.Queued, Now), 0, null));
        (lease, claimed) = await ClaimAsync();
        Assert.NotNull(await ReadAsync(session => MailStore.FindBodyAsync(session, claimed[0])));

        await WriteAsync(tx => MailStore.EndAsync(tx, lease, claimed[0], new MailStep(MailState.Sent), 0, null));
        Assert.Null(await ReadAsync(session => MailStore.FindBodyAsync(session, claimed[0])));
        Assert.Equal(0, await ReadAsync(session => session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM MailKey")));
        Assert.Equal(0, await ReadAsync(session => session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM MailBody WHERE MailId = @Id", new { mail.Id })));
    }

    [Contract]
    public async Task An_address_is_unsubscribed_once_and_stays_so()
    {
        var address = A.RandomHash();

        Assert.False(await ReadAsync(session => MailStore.IsUnsubscribedAsync(session, address)));
        Assert.True(await WriteAsync(tx => MailStore.UnsubscribeAsync(tx, address)));
        Assert.False(await WriteAsync(tx => MailStore.UnsubscribeAsync(tx, address)));
        Assert.True(await ReadAsync(session => MailStore.IsUnsubscribedAsync(session, address)));
        Assert.False(await ReadAsync(session => MailStore.IsSuppressedAsync(session, address)));
    }

    [Contract]
    public async Task A_suppressed_address_can_be_taken_off_the_list()
    {
        var address = A.RandomHash();
        await WriteAsync(tx => MailStore.SuppressAsync(tx, address, "550 5.1.1"));

        Assert.Contains(await ReadAsync(session => MailStore.ListSuppressedAsync(session, 1000)), s => s.AddressHash.SequenceEqual(address) && s.Reason == "550 5.1.1" && s.At == Now);
        Assert.True(await WriteAsync(tx => MailStore.UnsuppressAsync(tx, address)));
        Assert.False(await WriteAsync(tx => MailStore.UnsuppressAsync(tx, address)));
        Assert.False(await ReadAsync(session => MailStore.IsSuppressedAsync(session, address)));
    }

    [Contract]
    public async Task A_claimed_mail_is_skipped_by_others_until_its_lease_ends()
    {
        await QueueAsync();
        await ClaimAsync();

        Clock.Advance(s_lease - TimeSpan.FromMilliseconds(1));
        Assert.Empty((await ClaimAsync()).Mails);

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Single((await ClaimAsync()).Mails);
    }

    [Contract]
    public async Task A_worker_that_lost_its_lease_may_not_begin_to_send()
    {
        await QueueAsync();
        var (lost, mails) = await ClaimAsync();
        Clock.Advance(s_lease);
        var (held, _) = await ClaimAsync();

        Assert.False(await BeginAsync(lost, mails[0]));
        Assert.True(await BeginAsync(held, mails[0]));
    }

    [Contract]
    public async Task Who_could_not_learn_whether_the_beginning_was_committed_begins_again_under_the_same_lease()
    {
        await QueueAsync();
        var (held, mails) = await ClaimAsync();

        Assert.True(await BeginAsync(held, mails[0]));
        Assert.True(await BeginAsync(held, mails[0]));
    }

    [Contract]
    public async Task The_outcome_of_a_worker_that_lost_its_lease_changes_nothing()
    {
        await QueueAsync();
        var (lost, mails) = await ClaimAsync();
        Assert.True(await BeginAsync(lost, mails[0]));
        Clock.Advance(s_lease);
        var (held, again) = await ClaimAsync();

        Assert.Equal(0, await EndAsync(lost, mails[0], new MailStep(MailState.Parked)));

        Assert.True(await BeginAsync(held, again[0]));
        Assert.Equal(1, await EndAsync(held, again[0], new MailStep(MailState.Sent)));
        Assert.Equal([(MailState.Sent, 1L)], await CountAsync());
    }

    [Contract]
    public async Task A_mail_found_in_the_middle_of_being_sent_counts_as_unknown()
    {
        await QueueAsync();
        for (var died = 1; died <= 2; died++)
        {
            var (lease, mails) = await ClaimAsync();
            Assert.True(await BeginAsync(lease, mails[0]));
            Clock.Advance(s_lease);
            var (_, found) = await ClaimAsync();
            Assert.Equal(died, Assert.Single(found).Unknowns);
            Clock.Advance(s_lease);
        }
    }

    [Contract]
    public async Task A_mail_that_was_claimed_and_not_yet_being_sent_is_not_unknown()
    {
        await QueueAsync();
        await ClaimAsync();
        Clock.Advance(s_lease);

        var found = Assert.Single((await ClaimAsync()).Mails);

        Assert.Equal((2, 0), (found.Attempts, found.Unknowns));
    }

    [Contract]
    public async Task A_mail_to_be_tried_later_comes_at_its_time_with_what_is_known_of_it()
    {
        await QueueAsync();
        var (lease, mails) = await ClaimAsync();
        await BeginAsync(lease, mails[0]);
        await EndAsync(lease, mails[0], new MailStep(MailState.Queued, Now + TimeSpan.FromSeconds(5)), unknowns: 1);

        Assert.Empty((await ClaimAsync()).Mails);
        Clock.Advance(TimeSpan.FromSeconds(5));
        var again = Assert.Single((await ClaimAsync()).Mails);
        Assert.Equal((2, 1), (again.Attempts, again.Unknowns));
    }

    [Contract]
    public async Task A_mail_known_not_to_have_been_handed_over_is_given_back_as_if_never_claimed()
    {
        await QueueAsync();
        await QueueAsync();
        var (lease, mails) = await ClaimAsync();
        Assert.True(await BeginAsync(lease, mails[0]));

        foreach (var mail in mails)
        {
            Assert.Equal(1, await WriteAsync(tx => MailStore.GiveBackAsync(tx, lease, mail)));
        }

        var (_, again) = await ClaimAsync();
        Assert.Equal(2, again.Count);
        Assert.All(again, mail => Assert.Equal((1, 0), (mail.Attempts, mail.Unknowns)));
    }

    [Contract]
    public async Task A_worker_that_lost_its_lease_can_give_nothing_back()
    {
        await QueueAsync();
        var (lost, mails) = await ClaimAsync();
        Clock.Advance(s_lease);
        await ClaimAsync();

        Assert.Equal(0, await WriteAsync(tx => MailStore.GiveBackAsync(tx, lost, mails[0])));

        Assert.Empty((await ClaimAsync()).Mails);
    }

    [Contract]
    public async Task No_final_state_is_ever_left()
    {
        MailState[] final = [MailState.Sent, MailState.Failed, MailState.Parked, MailState.Unconfirmed, MailState.Suppressed, MailState.Cancelled];
        foreach (var state in final)
        {
            await QueueAsync();
            var (lease, mails) = await ClaimAsync();
            Assert.True(await BeginAsync(lease, Assert.Single(mails)));
            Assert.Equal(1, await EndAsync(lease, mails[0], new MailStep(state)));
            Assert.Equal(0, await EndAsync(lease, mails[0], new MailStep(MailState.Queued, Now)));
        }

        Clock.Advance(TimeSpan.FromDays(3));

        Assert.Empty((await ClaimAsync()).Mails);
        Assert.Equal(0, await WriteAsync(MailStore.EndLeasesAsync));
        Assert.Equal(final.Order().Select(s => (s, 1L)), await CountAsync());
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM Mail WHERE SentAt IS NOT NULL"));
    }

    [Contract]
    public async Task One_mail_of_a_kind_is_written_about_a_thing_ever()
    {
        var mail = await QueueAsync();

        var error = await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(tx => MailStore.AddAsync(tx, mail with { Id = Guid.CreateVersion7() })));

        Assert.True(Database.Dialect.IsDuplicateKey(error), error.ToString());
        await WriteAsync(tx => MailStore.AddAsync(tx, mail with { Id = Guid.CreateVersion7(), Kind = MailKind.ClinicAccepted }));
        Assert.Equal(2, await NumberAsync("SELECT COUNT(*) FROM Mail"));
    }

    [Contract]
    public async Task Two_workers_at_once_never_get_the_same_mail()
    {
        const int mails = 100;
        for (var i = 0; i < mails; i++)
        {
            await QueueAsync();
        }

        await using var other = Storage.Open(Clock);
        Database[] workers = [Database, other];

        var outcomes = await AtOnceAsync(6, async i =>
        {
            var mine = new List<Guid>();
            while (true)
            {
                var batch = await workers[i % 2].WriteAsync(tx => MailStore.ClaimAsync(tx, Guid.CreateVersion7(), tx.Now + TimeSpan.FromDays(1), 7));
                if (batch.Count == 0)
                {
                    return mine;
                }

                mine.AddRange(batch.Select(m => m.Id));
            }
        });

        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal(mails, outcomes.Sum(o => o.Result!.Count));
        Assert.Equal(mails, outcomes.SelectMany(o => o.Result!).Distinct().Count());
    }

    [Contract]
    public async Task Ending_all_leases_lets_a_dead_process_mails_come_at_once_as_what_they_were()
    {
        await QueueAsync();
        await QueueAsync();
        var (dead, mails) = await ClaimAsync();
        Assert.True(await BeginAsync(dead, mails[0]));

        Assert.Equal(2, await WriteAsync(MailStore.EndLeasesAsync));

        var found = (await ClaimAsync()).Mails.ToDictionary(m => m.Id, m => m.Unknowns);
        Assert.Equal(1, found[mails[0].Id]);
        Assert.Equal(0, found[mails[1].Id]);
    }

    [Contract]
    public async Task A_suppressed_address_stays_suppressed_and_no_other_is()
    {
        var address = A.RandomHash();
        Assert.False(await IsSuppressedAsync(address));

        await WriteAsync(tx => MailStore.SuppressAsync(tx, address, "smtp-550"));
        await WriteAsync(tx => MailStore.SuppressAsync(tx, address, "smtp-551"));

        Assert.True(await IsSuppressedAsync(address));
        Assert.False(await IsSuppressedAsync(A.RandomHash()));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM Suppression WHERE Reason = 'smtp-550'"));
    }

    [Contract]
    public async Task What_stands_still_is_listed_with_its_cause_and_counted_by_it()
    {
        var inquiry = await StoreInquiryAsync();
        var first = await EndedAsync(MailState.Parked, "policy", inquiry.Id);
        Clock.Advance(TimeSpan.FromHours(1));
        var second = await EndedAsync(MailState.Parked, "policy");
        var dead = await EndedAsync(MailState.Failed, "no-such-mailbox");
        await EndedAsync(MailState.Suppressed, "suppressed");
        await EndedAsync(MailState.Unconfirmed, "unknown");
        await EndedAsync(MailState.Sent, null);
        await EndedAsync(MailState.Cancelled, "no-longer-relevant");
        await QueueAsync();

        var all = await ReadAsync(session => MailStore.ListStuckAsync(session, cause: null, 100));
        var refused = await ReadAsync(session => MailStore.ListStuckAsync(session, "policy", 100));
        var causes = await ReadAsync(MailStore.CountStuckByCauseAsync);

        Assert.Equal(5, all.Count);
        Assert.Equal([first, second], refused.Select(m => m.Id));
        Assert.Equal((inquiry.Id, inquiry.Reference, MailKind.ReferralOffer, MailState.Parked, 1, true), (refused[0].InquiryId, refused[0].Reference, refused[0].Kind, refused[0].State, refused[0].Attempts, refused[0].HasText));
        Assert.Null(refused[1].Reference);
        Assert.Equal([first], (await ReadAsync(session => MailStore.ListStuckAsync(session, cause: null, 1))).Select(m => m.Id));
        Assert.Equal(new StuckCause("policy", MailState.Parked, 2, Now.AddHours(-1), Now), causes[0]);
        Assert.Contains(new StuckCause("no-such-mailbox", MailState.Failed, 1, Now, Now), causes);
        Assert.Equal(4, causes.Count);
        Assert.Equal(MailState.Failed, (await ReadAsync(session => MailStore.FindAsync(session, dead)))!.State);
    }

    [Contract]
    public async Task The_tries_that_came_to_nothing_are_kept_and_of_many_the_newest()
    {
        var mail = await QueueAsync();
        for (var attempt = 1; attempt <= 25; attempt++)
        {
            var (lease, claimed) = await ClaimAsync();
            await WriteAsync(tx => MailStore.EndAsync(tx, lease, Assert.Single(claimed), new MailStep(MailState.Queued, Now, Now), 0, "busy", $"4{attempt:D2} 4.3.2"));
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var tries = (await ReadAsync(session => MailStore.ListTriesAsync(session, [mail.Id])))[mail.Id].ToList();

        Assert.Equal(20, tries.Count);
        Assert.Equal(("busy 406 4.3.2", Now.AddMinutes(-20)), (tries[0].Outcome, tries[0].At));
        Assert.Equal("busy 425 4.3.2", tries[^1].Outcome);
        Assert.Equal(Now.AddMinutes(-1), Assert.Single((await ClaimAsync()).Mails).DeferredSince);
        Assert.Equal(19, await WriteAsync(tx => MailStore.SweepTriesAsync(tx, Now.AddMinutes(-1), 100)));
    }

    [Contract]
    public async Task A_mail_that_is_sent_leaves_no_tries()
    {
        var sent = await EndedAsync(MailState.Sent, null);
        await EndedAsync(MailState.Cancelled, "no-longer-relevant");

        Assert.Empty(await ReadAsync(session => MailStore.ListTriesAsync(session, [sent])));
        Assert.Equal(0, await NumberAsync("SELECT COUNT(*) FROM MailTry"));
    }

    [Contract]
    public async Task What_stands_still_is_sent_again_as_if_it_had_never_been_tried()
    {
        Guid[] stuck =
        [
            await EndedAsync(MailState.Parked, "policy"), await EndedAsync(MailState.Failed, "no-such-mailbox"), await EndedAsync(MailState.Suppressed, "suppressed"),
            await EndedAsync(MailState.Unconfirmed, "unknown", unknowns: 2),
        ];
        Guid[] not = [await EndedAsync(MailState.Sent, null), await EndedAsync(MailState.Cancelled, "no-longer-relevant")];

        Assert.Equal(4, await WriteAsync(tx => MailStore.RequeueAsync(tx, [.. stuck, .. not, Guid.NewGuid()])));

        var claimed = (await ClaimAsync()).Mails;
        Assert.Equal(stuck.Order(), claimed.Select(m => m.Id).Order());
        Assert.All(claimed, m => Assert.Equal((1, 0, null), (m.Attempts, m.Unknowns, m.DeferredSince)));
        Assert.Equal(0, await WriteAsync(tx => MailStore.RequeueAsync(tx, stuck)));
        Assert.Empty(await ReadAsync(session => MailStore.ListStuckAsync(session, cause: null, 100)));
    }

    [Contract]
    public async Task A_mail_whose_text_is_gone_stays_where_it_is()
    {
        var mail = await EndedAsync(MailState.Parked, "policy");
        await WriteAsync(tx => tx.ExecuteAsync("DELETE FROM MailBody WHERE MailId = @mail", new { mail }));

        Assert.Equal(0, await WriteAsync(tx => MailStore.RequeueAsync(tx, [mail])));
        Assert.False(Assert.Single(await ReadAsync(session => MailStore.ListStuckAsync(session, cause: null, 100))).HasText);
    }

    [Contract]
    public async Task The_text_under_its_own_key_is_kept_while_a_mail_that_must_arrive_stands_still()
    {
        foreach (var (kind, kept) in new[] { (MailKind.DeleteRequest, true), (MailKind.Erased, false) })
        {
            var mail = NewMail() with { Kind = kind, OwnKey = new WrappedKey("k", A.RandomHash()) };
            await WriteAsync(tx => MailStore.AddAsync(tx, mail));
            var (lease, claimed) = await ClaimAsync();
            await EndAsync(lease, Assert.Single(claimed), new MailStep(MailState.Parked));

            Assert.Equal(kept ? 1 : 0, await WriteAsync(tx => MailStore.RequeueAsync(tx, [mail.Id])));
            await WriteAsync(tx => tx.ExecuteAsync("DELETE FROM Mail"));
        }
    }

    [Contract]
    public async Task A_mail_is_set_aside_with_a_reason_and_taken_back_to_where_it_stood()
    {
        Guid[] ids = [await EndedAsync(MailState.Parked, "policy"), await EndedAsync(MailState.Unconfirmed, "unknown")];
        var sent = await EndedAsync(MailState.Sent, null);

        Assert.Equal(2, await WriteAsync(tx => MailStore.SetAsideAsync(tx, [.. ids, sent], "told by phone")));
        Assert.Equal(0, await WriteAsync(tx => MailStore.SetAsideAsync(tx, ids, "again")));

        var aside = await ReadAsync(session => MailStore.ListStuckAsync(session, cause: null, 100));
        Assert.All(aside, m => Assert.Equal((MailState.SetAside, "told by phone"), (m.State, m.SetAsideBecause)));
        Assert.Equal(2, await WriteAsync(tx => MailStore.TakeBackAsync(tx, [.. ids, sent])));
        Assert.Equal(0, await WriteAsync(tx => MailStore.TakeBackAsync(tx, ids)));
        Assert.Equal([(MailState.Sent, 1L), (MailState.Parked, 1L), (MailState.Unconfirmed, 1L)], await CountAsync());
        Assert.Equal(0, await NumberAsync("SELECT COUNT(*) FROM MailAside"));
    }

    [Contract]
    public async Task A_mail_that_was_set_aside_can_be_sent_again_and_set_aside_again()
    {
        var mail = await EndedAsync(MailState.Parked, "policy");
        await WriteAsync(tx => MailStore.SetAsideAsync(tx, [mail], "not now"));

        Assert.Equal(1, await WriteAsync(tx => MailStore.RequeueAsync(tx, [mail])));
        var (lease, claimed) = await ClaimAsync();
        await EndAsync(lease, Assert.Single(claimed), new MailStep(MailState.Failed));
        Assert.Equal(1, await WriteAsync(tx => MailStore.SetAsideAsync(tx, [mail], "never")));
        Assert.Equal(1, await WriteAsync(tx => MailStore.TakeBackAsync(tx, [mail])));

        Assert.Equal([(MailState.Failed, 1L)], await CountAsync());
    }

    [Contract]
    public async Task More_mails_than_a_statement_takes_ids_are_sent_again_at_once()
    {
        for (var i = 0; i < 600; i++)
        {
            await QueueAsync();
        }

        await WriteAsync(tx => tx.ExecuteAsync("UPDATE Mail SET State = 4, LastError = 'policy'"));
        var ids = (await ReadAsync(session => MailStore.ListStuckAsync(session, "policy", int.MaxValue))).Select(m => m.Id).ToList();

        Assert.Equal(600, await WriteAsync(tx => MailStore.SetAsideAsync(tx, ids, "all")));
        Assert.Equal(600, await WriteAsync(tx => MailStore.TakeBackAsync(tx, ids)));
        Assert.Equal(600, await WriteAsync(tx => MailStore.RequeueAsync(tx, ids)));
        Assert.Equal([(MailState.Queued, 600L)], await CountAsync());
    }

    [Contract]
    public async Task The_mail_that_has_waited_longest_is_known()
    {
        Assert.Null(await ReadAsync(MailStore.OldestWaitingAsync));
        await EndedAsync(MailState.Parked, "policy");
        Clock.Advance(TimeSpan.FromHours(1));
        await QueueAsync();
        var oldest = Now;
        Clock.Advance(TimeSpan.FromHours(1));
        await QueueAsync();

        Assert.Equal(oldest, await ReadAsync(MailStore.OldestWaitingAsync));
    }

    // Alone in the queue.
    private async Task<Guid> EndedAsync(MailState state, string? code, InquiryId? inquiry = null, int unknowns = 0)
    {
        var mail = NewMail() with { InquiryId = inquiry ?? InquiryId.New() };
        await WriteAsync(tx => MailStore.AddAsync(tx, mail));
        var (lease, claimed) = await ClaimAsync();
        Assert.Equal(1, await WriteAsync(tx => MailStore.EndAsync(tx, lease, Assert.Single(claimed), new MailStep(state), unknowns, code)));
        return mail.Id;
    }

    private static NewMail NewMail() =>
        new(Guid.CreateVersion7(), InquiryId.New(), Guid.CreateVersion7(), MailKind.ReferralOffer, A.RandomHash());

    private async Task<NewMail> QueueAsync()
    {
        var mail = NewMail();
        await WriteAsync(tx => MailStore.AddAsync(tx, mail));
        return mail;
    }

    private async Task<(Guid Lease, IReadOnlyList<ClaimedMail> Mails)> ClaimAsync()
    {
        var lease = Guid.CreateVersion7();
        return (lease, await WriteAsync(tx => MailStore.ClaimAsync(tx, lease, tx.Now + s_lease, 100)));
    }

    private Task<bool> BeginAsync(Guid lease, ClaimedMail mail) => WriteAsync(tx => MailStore.BeginAsync(tx, lease, mail.Seq, tx.Now + s_lease));

    private Task<int> EndAsync(Guid lease, ClaimedMail mail, MailStep step, int unknowns = 0) =>
        WriteAsync(tx => MailStore.EndAsync(tx, lease, mail, step, unknowns, "code"));

    private Task<bool> IsSuppressedAsync(byte[] address) => ReadAsync(session => MailStore.IsSuppressedAsync(session, address));

    private async Task<IEnumerable<(MailState, long)>> CountAsync() =>
        (await ReadAsync(MailStore.CountAsync)).OrderBy(c => c.Key).Select(c => (c.Key, c.Value));
}
