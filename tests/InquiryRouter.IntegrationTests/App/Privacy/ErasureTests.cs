using System.Text;
using System.Text.Json.Nodes;
using InquiryRouter.Application;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Privacy;

/// <summary>Erased means erased: from every table, from the files of the database and from the mails' files, whatever was going on.</summary>
public sealed class ErasureTests : AppTests
{
    // Words that stand in no other row.
    private static readonly string[] s_facts = ["Canaryname", "canary.mail", "4155550132", "Canarymessage", "Canarycampaign", "canarypage", "Asia/Hovd"];

    private readonly InquiryBuilder _inquiry = An.Inquiry().From("Canaryname Peña", "canary.mail@patient.example").With("patient.phone", "+1 415 555 0132")
        .With("patient.timeZone", "Asia/Hovd").With("source.campaign", "Canarycampaign").With("source.page", "https://www.example.org/canarypage").BornIn(1957)
        .Saying("Canarymessage: please help.");

    private EraseInquiry Erasure => App.Services.GetRequiredService<EraseInquiry>();

    [Fact]
    public async Task Nothing_is_left_of_who_they_were_what_they_have_and_where_they_live()
    {
        var submitted = await LiveThroughItAsync();
        var inquiry = await App.InquiryAsync(submitted.Reference);
        var secrets = await SecretsOfAsync(inquiry.Id);
        Assert.True(secrets.Count >= 8);
        Assert.NotEmpty(await FoundAsync(secrets));
        Assert.NotEmpty(App.MailsTo("canary.mail@patient.example"));

        var erased = App.Now;
        Assert.Equal(Outcome.Done.It, await Erasure.RunAsync(inquiry.Id, Actor.Patient));

        var dump = await App.DumpAsync();
        Assert.All([.. s_facts, "BirthYear=1957"], fact => Assert.DoesNotContain(fact, dump, StringComparison.Ordinal));
        await NothingIsFoundAsync(secrets, erased);

        // Decisions of others begin with the same bytes: that this one is gone is asked of its row.
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM MatchDecision WHERE Decision IS NULL AND Candidates = ''"));

        // The one that says it is done.
        await App.SettlesAsync();
        Assert.Contains("your data has been erased", Assert.Single(App.MailsTo("canary.mail@patient.example")).Subject!, StringComparison.Ordinal);
        await NothingIsFoundAsync(secrets, App.Now);
    }

    [Fact]
    public async Task What_stays_is_that_an_inquiry_existed_and_what_was_done_with_it()
    {
        var submitted = await LiveThroughItAsync();
        var before = await App.InquiryAsync(submitted.Reference);

        await Erasure.RunAsync(before.Id, Actor.Coordinator("maria"), "asked-by-phone");

        var after = await App.InquiryAsync(submitted.Reference);
        Assert.Equal((InquiryState.Erased, before.ReceivedAt, before.Version + 1), (after.State, after.ReceivedAt, after.Version));
        Assert.Equal([("MX-A", ReferralState.Declined), ("MX-B", ReferralState.Withdrawn)], (await App.ReferralsAsync(submitted.Reference)).Select(r => (r.ClinicCode, r.State)));
        var history = await App.Database.ReadAsync(s => InquiryStore.AuditAsync(s, before.Id));
        Assert.True(AuditChain.IsIntact(history, after.AuditHash));
        Assert.Equal(("erased", "coordinator", "asked-by-phone"), (history[^1].Action, history[^1].ActorKind, history[^1].Detail));
        Assert.NotNull(await App.Database.ReadAsync(s => InquiryStore.FindConsentAsync(s, before.Id)));
        Assert.NotNull(await App.Database.ReadAsync(s => AccessLinkStore.FindEndedAsync(s, submitted.StatusUrl.Split("t=")[1], LinkPurpose.Status)));
        Assert.Null(await App.Database.ReadAsync(s => AccessLinkStore.FindAsync(s, submitted.StatusUrl.Split("t=")[1], LinkPurpose.Status)));
    }

    [Fact]
    public async Task The_other_patients_keep_everything()
    {
        var submitted = await LiveThroughItAsync();
        var other = An.Inquiry();
        var kept = await App.SubmitAsync(other);
        await App.ReachesAsync(kept.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        var before = await App.Services.GetRequiredService<ExportPatient>().RunAsync((await App.InquiryAsync(kept.Reference)).Id);

        await Erasure.RunAsync((await App.InquiryAsync(submitted.Reference)).Id, Actor.Patient);

        var after = await App.Services.GetRequiredService<ExportPatient>().RunAsync((await App.InquiryAsync(kept.Reference)).Id);
        Assert.Equivalent(before! with { ExportedAt = after!.ExportedAt }, after, strict: true);
        Assert.NotEmpty(App.MailsTo(other.Email));
    }

    [Fact]
    public async Task Open_offers_are_taken_back_and_their_places_are_free_again()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        Assert.Equal(1, await App.NumberAsync("SELECT Offered FROM ClinicLoad WHERE ClinicCode = 'MX-A'"));

        await Erasure.RunAsync((await App.InquiryAsync(submitted.Reference)).Id, Actor.Patient);

        Assert.Equal(0, await App.NumberAsync("SELECT Offered FROM ClinicLoad WHERE ClinicCode = 'MX-A'"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM FollowUp WHERE State = 0"));
        await App.AdvanceToAsync(App.Now.AddDays(30));
        await App.SettlesAsync();
        Assert.Equal(ReferralState.Withdrawn, Assert.Single(await App.ReferralsAsync(submitted.Reference)).State);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State = 2"));
    }

    [Fact]
    public async Task Whatever_the_stages_are_in_the_middle_of_an_erased_inquiry_goes_no_further_and_nothing_is_parked()
    {
        var erased = new List<string>();
        for (var i = 0; i < 25; i++)
        {
            var submitted = await App.SubmitAsync(An.Inquiry());
            var id = (await App.InquiryAsync(submitted.Reference)).Id;
            for (var wait = 0; wait < i * 40; wait++)
            {
                Thread.SpinWait(1000);
            }

            Assert.Equal(Outcome.Done.It, await Erasure.RunAsync(id, Actor.Patient));
            erased.Add(submitted.Reference);
        }

        await App.SettlesAsync();

        Assert.All(await Task.WhenAll(erased.Select(App.InquiryAsync)), i => Assert.Equal(InquiryState.Erased, i.State));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State = 2 OR Attempts > 1"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM InquiryPatient"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Referral WHERE State IN ('Offered', 'Viewed')"));
        Assert.DoesNotContain(App.Logs.Lines, l => l.Contains("could not handle", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_closed_as_its_duplicate_goes_with_it()
    {
        var first = await App.SubmitAsync(_inquiry);
        await App.ReachesAsync(first.Reference, InquiryState.Referred);
        var second = await App.SubmitAsync(_inquiry.Saying("Canarymessage again"));
        await App.ReachesAsync(second.Reference, InquiryState.Held);
        await App.RunCommandAsync("pair", first.Reference, second.Reference);

        await Erasure.RunAsync((await App.InquiryAsync(first.Reference)).Id, Actor.Patient);

        Assert.Equal(InquiryState.Erased, (await App.InquiryAsync(second.Reference)).State);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM InquiryPatient"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM InquiryLink"));
    }

    [Fact]
    public async Task Refused_because_it_has_moved_on_its_duplicates_stay_too()
    {
        var first = await App.SubmitAsync(_inquiry);
        await App.ReachesAsync(first.Reference, InquiryState.Referred);
        var second = await App.SubmitAsync(_inquiry.Saying("Canarymessage again"));
        await App.ReachesAsync(second.Reference, InquiryState.Held);
        await App.RunCommandAsync("pair", first.Reference, second.Reference);
        var seen = await App.InquiryAsync(first.Reference);

        Assert.IsType<Outcome.NotPossible>(await Erasure.RunAsync(seen.Id, Actor.Patient, onlyAt: seen.Version - 1));

        Assert.Equal(InquiryState.Closed, (await App.InquiryAsync(second.Reference)).State);
        Assert.Equal(2, await App.NumberAsync("SELECT COUNT(*) FROM InquiryPatient"));
    }

    [Fact]
    public async Task A_file_that_was_being_written_at_that_moment_does_not_stay()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        var id = (await App.InquiryAsync(submitted.Reference)).Id;
        await Erasure.RunAsync(id, Actor.Patient);
        var mail = (await App.Database.ReadAsync(s => ErasureStore.ListMailsAsync(s, DateTimeOffset.MinValue)))[0];
        var written = Path.Combine(App.Settings.Data.MailDirectory, PickupTransport.FileName(mail.Id, mail.CreatedAt));
        await File.WriteAllTextAsync(written, "Canarymessage");
        await File.WriteAllTextAsync(written + PickupTransport.Unfinished, "Canarymessage");

        await App.Services.GetRequiredService<ErasureRemains>().FinishAsync(CancellationToken.None);

        Assert.False(File.Exists(written) || File.Exists(written + PickupTransport.Unfinished));
        await File.WriteAllTextAsync(written, "Canarymessage");
        App.Clock.Advance(TimeSpan.FromDays(1));
        await App.Services.GetRequiredService<ErasureRemains>().FinishAllAsync(CancellationToken.None);
        Assert.False(File.Exists(written));
        Assert.DoesNotContain(App.Logs.Lines, l => l.Contains("could not be finished", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_tells_a_clinic_to_delete_stays_when_the_rest_is_cleared_away()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        await App.SettlesAsync();

        await Erasure.RunAsync((await App.InquiryAsync(submitted.Reference)).Id, Actor.Patient);
        await App.SettlesAsync();
        await App.Services.GetRequiredService<ErasureRemains>().FinishAllAsync(CancellationToken.None);

        Assert.Single(App.MailsTo(ClinicAddress("MX-A")), m => m.Subject!.Contains("please delete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asked_twice_or_for_nothing_it_says_so()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        var id = (await App.InquiryAsync(submitted.Reference)).Id;

        var both = await Task.WhenAll(Erasure.RunAsync(id, Actor.Patient), Erasure.RunAsync(id, Actor.Patient));

        Assert.Single(both, Outcome.Done.It);
        Assert.Single(both, Outcome.AlreadyDone.It);
        Assert.Equal(Outcome.NotFound.It, await Erasure.RunAsync(InquiryId.New(), Actor.Patient));
    }

    [Fact]
    public async Task Sent_again_under_the_same_key_it_is_a_new_inquiry()
    {
        var first = await App.SubmitAsync(_inquiry, "key-1");
        await Erasure.RunAsync((await App.InquiryAsync(first.Reference)).Id, Actor.Patient);

        var second = await App.SubmitAsync(_inquiry, "key-1");

        Assert.NotEqual(first.Reference, second.Reference);
        Assert.Equal(InquiryState.Referred, (await App.ReachesAsync(second.Reference, InquiryState.Referred)).State);
    }

    // Among forty others: declined by one clinic, accepted by the next, with a quote, a note and a choice.
    private async Task<Submitted> LiveThroughItAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => App.SubmitAsync(An.Inquiry().With("destinations", new JsonArray("KR")))));
        var submitted = await App.SubmitAsync(_inquiry, "canary-key");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => App.SubmitAsync(An.Inquiry().With("destinations", new JsonArray("KR")))));
        using (var first = await OpenReferralOfAsync("MX-A"))
        {
            await first.DeclineAsync();
        }

        using (var second = await OpenReferralOfAsync("MX-B"))
        {
            await second.AcceptAsync();
        }

        await App.SettlesAsync();
        var inquiry = await App.InquiryAsync(submitted.Reference);
        var patient = (await App.Database.ReadAsync(s => InquiryStore.FindPatientAsync(s, inquiry.Id)))!;
        var referral = (await App.ReferralsAsync(submitted.Reference))[1];
        var vault = App.Services.GetRequiredService<PatientVault>();
        var quote = new QuoteContent { Items = [new("treatment", 12345.67m)], Remark = "Canarymessage of the clinic" };
        await App.Database.WriteAsync(async tx =>
        {
            await QuoteStore.AddAsync(tx, new QuoteRecord
            {
                Id = Guid.CreateVersion7(), InquiryId = inquiry.Id, ReferralId = referral.Id, N = 1, ClinicCode = referral.ClinicCode, Total = quote.Total, Currency = "USD",
                ValidUntil = new DateOnly(2027, 1, 31), At = tx.Now, Sealed = QuoteStore.Seal(vault, patient, quote),
            });
            await NoteStore.AddAsync(tx, new NoteRecord
            {
                Id = Guid.CreateVersion7(), InquiryId = inquiry.Id, ReferralId = null, Author = NoteAuthor.Patient, Kind = NoteKind.Information, At = tx.Now,
                Sealed = NoteStore.Seal(vault, patient, "Canarymessage: more"),
            });
            await IdentityChoiceStore.SetAsync(tx, inquiry.Id, "MX-B", allowed: true);
            await SpamScoreStore.AddAsync(tx, inquiry.Id, new Core.Screening.Spam.SpamVerdict(40, [Core.Screening.Spam.SpamReason.Of("many-links:40")]));
        });
        await App.LookAgainAsync(inquiry.Id);
        return submitted;
    }

    // Bytes that only this patient's rows have: the wrapped key and whatever is sealed under it, and the keyed hashes.
    private async Task<IReadOnlyList<byte[]>> SecretsOfAsync(InquiryId id) => await App.Database.ReadAsync(async session =>
    {
        var secrets = new List<byte[]>();
        foreach (var sql in new[]
        {
            "SELECT WrappedKey FROM InquiryPatient WHERE InquiryId = @id", "SELECT Sealed FROM InquiryPatient WHERE InquiryId = @id",
            "SELECT B.Sealed FROM MailBody B INNER JOIN Mail M ON M.Id = B.MailId WHERE M.InquiryId = @id", "SELECT Sealed FROM Quote WHERE InquiryId = @id",
            "SELECT Sealed FROM Note WHERE InquiryId = @id", "SELECT Token FROM SearchToken WHERE InquiryId = @id",
            "SELECT T.Token FROM NameToken T INNER JOIN Inquiry I ON I.Seq = T.Seq WHERE I.Id = @id",
            "SELECT KeyHash FROM IdempotencyKey WHERE InquiryId = @id",
        })
        {
            secrets.AddRange(await session.QueryAsync<byte[]>(sql, new { id }));
        }

        return secrets;
    });

    // Where the log of the database was being copied at that moment, the clock empties it within 15 seconds.
    private async Task NothingIsFoundAsync(IReadOnlyList<byte[]> secrets, DateTimeOffset since)
    {
        List<string> found = [];
        await App.Clock.UntilAsync(async () => (found = await FoundAsync(secrets)).Count == 0, () => string.Join(", ", found));
        Assert.InRange(App.Now - since, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    // The first bytes of each are enough: long ones go on in another page.
    private async Task<List<string>> FoundAsync(IReadOnlyList<byte[]> secrets)
    {
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(App.Settings.Data.Directory, "*.db*"))
        {
            var bytes = SharedFile.Read(file);
            found.AddRange(secrets.Where(s => bytes.AsSpan().IndexOf(s.AsSpan(0, Math.Min(16, s.Length))) >= 0).Select(s => $"{Convert.ToHexString(s)[..16]} in {Path.GetFileName(file)}"));
            found.AddRange(s_facts.Where(f => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(f)) >= 0).Select(f => $"{f} in {Path.GetFileName(file)}"));
        }

        return found;
    }
}
