using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

public sealed class DuplicateTests : AppTests
{
    private readonly InquiryBuilder _ana = An.Inquiry().From("Ana Beatriz Example", "ana@patient.example");

    [Fact]
    public async Task The_same_patient_again_waits_and_no_clinic_is_offered_them_twice()
    {
        var (first, second) = await SubmitTwiceAsync(An.Inquiry().From("ANA B. EXAMPLE", "Ana+again@patient.example"));

        Assert.Equal([HoldReason.PossibleDuplicate], (await App.InquiryAsync(second.Reference)).HoldReasons);
        var link = Assert.Single(await LinksAsync(second));
        Assert.Equal((first.Reference, PairState.Suggested, true), (link.OtherReference, link.State, link.Strong));
        await App.SettlesAsync();
        Assert.Empty(await App.ReferralsAsync(second.Reference));
        Assert.Single(App.MailsTo(ClinicAddress("MX-A")));
    }

    [Theory]
    [InlineData("+54 11 5123 4567", "+54 9 11 5123 4567")]
    [InlineData("+54 9 11 5123 4567 ext. 3", "+54 11 5123 4567")]
    [InlineData("+52 55 5123 4567", "+52 1 55 5123 4567")]
    [InlineData("+1 608-271-9000 x11", "+1\u2009608\u2009271\u20099000")]
    public async Task One_phone_written_in_two_ways_is_one_patient(string phone, string other)
    {
        var first = await App.SubmitAsync(An.Inquiry().From("Ana Phone", "ana@one.example").With("patient.phone", phone));
        await App.ReachesAsync(first.Reference, InquiryState.Referred);
        var second = await App.SubmitAsync(An.Inquiry().From("Ana Phone", "ana@two.example").With("patient.phone", other));

        Assert.Equal([HoldReason.PossibleDuplicate], (await App.ReachesAsync(second.Reference, InquiryState.Held)).HoldReasons);
        foreach (var typed in new[] { phone, other })
        {
            var (_, found) = await App.RunCommandAsync("find", typed);
            Assert.All([first.Reference, second.Reference], r => Assert.Contains(r, found, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Their_sender_is_answered_kindly_and_learns_nothing_of_the_other()
    {
        var again = An.Inquiry().From("Ana Beatriz Example", "other@patient.example").With("patient.phone", _ana.Phone);
        var (first, second) = await SubmitTwiceAsync(again);

        var mail = await App.MailToAsync("other@patient.example");
        Assert.Contains("If you have written to us before, you need not do it again", mail.TextBody!, StringComparison.Ordinal);
        Assert.Contains("nothing is lost", mail.HtmlBody!, StringComparison.Ordinal);
        var page = await App.StatusPageAsync(second);
        Assert.Equal("A coordinator is reading your inquiry", page.Headline);
        Assert.All([mail.TextBody!, page.Text], text => Assert.DoesNotContain(first.Reference, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_coordinator_sees_the_other_inquiry_and_what_speaks_for_it()
    {
        var (first, second) = await SubmitTwiceAsync(Again());

        var (_, held) = await App.RunCommandAsync("list", "--held");
        var (_, links) = await App.RunCommandAsync("pairs");
        var (_, ofFirst) = await App.RunCommandAsync("pairs", "--of", first.Reference);

        Assert.Contains(HoldReason.PossibleDuplicate.Sentence, held, StringComparison.Ordinal);
        Assert.Contains($"{first.Reference}  Suggested  70 of 100: same mailbox, same name, same year of birth", held, StringComparison.Ordinal);
        Assert.Contains($"{second.Reference}  {first.Reference}  Suggested", links, StringComparison.Ordinal);
        Assert.Contains($"{second.Reference}  Suggested", ofFirst, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Released_it_goes_on_as_one_of_its_own()
    {
        var (_, second) = await SubmitTwiceAsync(Again());

        var (exitCode, _) = await App.RunCommandAsync("release", second.Reference);

        Assert.Equal(0, exitCode);
        await App.ReachesAsync(second.Reference, InquiryState.Referred);
        Assert.Equal(PairState.Rejected, Assert.Single(await LinksAsync(second)).State);
        var released = (await HistoryAsync(second)).Single(e => e.Action == "released");
        Assert.Equal(("coordinator", "not-a-duplicate"), (released.ActorKind, released.Detail));
    }

    [Fact]
    public async Task Linked_it_is_closed_and_unlinked_it_waits_again_and_all_of_it_is_in_the_history()
    {
        var (first, second) = await SubmitTwiceAsync(Again());

        var (linked, said) = await App.RunCommandAsync("pair", first.Reference, second.Reference);
        Assert.Equal(0, linked);
        Assert.Contains($"{second.Reference} is closed as a duplicate; {first.Reference} is Referred", said, StringComparison.Ordinal);
        Assert.Equal(InquiryState.Closed, (await App.InquiryAsync(second.Reference)).State);
        Assert.Equal("We go on with your other inquiry", (await App.StatusPageAsync(second)).Headline);

        var (unlinked, undone) = await App.RunCommandAsync("unpair", second.Reference, first.Reference);
        Assert.Equal(0, unlinked);
        Assert.Contains($"release {second.Reference}", undone, StringComparison.Ordinal);
        var reopened = await App.InquiryAsync(second.Reference);
        Assert.Equal((InquiryState.Held, HoldReason.Reopened), (reopened.State, Assert.Single(reopened.HoldReasons)));
        Assert.Equal(PairState.Rejected, Assert.Single(await LinksAsync(second)).State);

        await App.RunCommandAsync("release", second.Reference);
        await App.ReachesAsync(second.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        var history = await HistoryAsync(second);
        Assert.Equal(["received", "held", "closed", "reopened", "released", "matched", "offered"], history.Select(e => e.Action));
        Assert.Equal($"closed-as-duplicate {first.Reference}", history[2].Detail);
        Assert.True(AuditChain.IsIntact(history, (await App.InquiryAsync(second.Reference)).AuditHash));
        Assert.Equal(InquiryState.Referred, (await App.InquiryAsync(first.Reference)).State);
    }

    [Fact]
    public async Task Linking_takes_no_patient_from_a_clinic_that_has_them()
    {
        var first = await App.SubmitAsync(_ana);
        var second = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(first.Reference, InquiryState.Referred);
        await App.ReachesAsync(second.Reference, InquiryState.Referred);

        var (exitCode, said) = await App.RunCommandAsync("pair", second.Reference, first.Reference);

        Assert.Equal(0, exitCode);
        Assert.Contains("both stay as they are", said, StringComparison.Ordinal);
        Assert.Equal(InquiryState.Referred, (await App.InquiryAsync(second.Reference)).State);
        Assert.Equal([PairReason.ByHand], Assert.Single(await LinksAsync(first)).Reasons);
        Assert.Contains("are a pair already", (await App.RunCommandAsync("pair", first.Reference, second.Reference)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_that_cannot_be_say_why()
    {
        var only = await App.SubmitAsync(_ana);
        var other = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(only.Reference, InquiryState.Referred);
        await App.ReachesAsync(other.Reference, InquiryState.Referred);

        await AssertRefusedAsync("is one inquiry", "pair", only.Reference, only.Reference);
        await AssertRefusedAsync("are no pair", "unpair", only.Reference, other.Reference);
        await AssertRefusedAsync("not a reference", "pair", only.Reference, "IR-1");
        await AssertRefusedAsync("no inquiry", "pairs", "--of", Reference.New());
        Assert.Contains("has no pairs", (await App.RunCommandAsync("pairs", "--of", only.Reference)).Output, StringComparison.Ordinal);
        Assert.Contains("No pair waits", (await App.RunCommandAsync("pairs")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_carers_two_patients_both_go_on()
    {
        var one = await App.SubmitAsync(OfCarer("Bruno Example", 1950));
        var two = await App.SubmitAsync(OfCarer("Carla Example", 1952));

        await App.ReachesAsync(one.Reference, InquiryState.Referred);
        await App.ReachesAsync(two.Reference, InquiryState.Referred);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM InquiryLink"));
    }

    [Fact]
    public async Task A_carer_who_asks_twice_for_one_patient_waits_with_the_second()
    {
        var one = await App.SubmitAsync(OfCarer("Bruno Example", 1950));
        await App.ReachesAsync(one.Reference, InquiryState.Referred);

        var two = await App.SubmitAsync(OfCarer("Bruno Exampel", 1950));

        Assert.Equal([HoldReason.PossibleDuplicate], (await App.ReachesAsync(two.Reference, InquiryState.Held)).HoldReasons);
    }

    [Fact]
    public async Task Another_matter_of_the_same_patient_goes_on_and_is_pointed_out()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup
        {
            Clinics = [A.Clinic("MX-A") with { Treatments = [A.Treatment(), A.Treatment() with { Condition = "rheumatoid-arthritis" }] }],
        });
        var first = await app.SubmitAsync(_ana);
        await app.ReachesAsync(first.Reference, InquiryState.Referred);

        var second = await app.SubmitAsync(Again().With("condition", "rheumatoid-arthritis").Without("conditionType"));

        await app.ReachesAsync(second.Reference, InquiryState.Referred);
        var (_, links) = await app.RunCommandAsync("pairs", "--of", second.Reference);
        Assert.Contains("but another condition", links, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_namesake_goes_on_and_is_pointed_out()
    {
        var first = await App.SubmitAsync(_ana);
        await App.ReachesAsync(first.Reference, InquiryState.Referred);

        var second = await App.SubmitAsync(An.Inquiry().From("Ana Beatriz Example", "namesake@patient.example"));

        await App.ReachesAsync(second.Reference, InquiryState.Referred);
        Assert.False(Assert.Single(await LinksAsync(second)).Strong);
    }

    [Fact]
    public async Task Of_ten_sent_at_once_one_goes_on()
    {
        var sent = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => App.SubmitAsync(Again())));

        await App.SettlesAsync();
        var states = new List<InquiryState>();
        foreach (var submitted in sent)
        {
            states.Add((await App.InquiryAsync(submitted.Reference)).State);
        }

        Assert.Equal(9, states.Count(s => s == InquiryState.Held));
        Assert.Single(states, s => s == InquiryState.Referred);
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Referral"));
    }

    [Fact]
    public async Task An_emergency_is_urgent_whether_a_duplicate_or_not()
    {
        var (_, second) = await SubmitTwiceAsync(Again().Saying("It is worse: I have chest pain."));

        var held = await App.InquiryAsync(second.Reference);
        Assert.Equal([HoldReason.Emergency, HoldReason.PossibleDuplicate], held.HoldReasons);
        Assert.True(held.Urgent);
    }

    [Fact]
    public async Task With_a_window_of_no_days_nothing_waits()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup().With("Screening:DuplicateWindowDays", "0"));
        var first = await app.SubmitAsync(_ana);
        await app.ReachesAsync(first.Reference, InquiryState.Referred);
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        var second = await app.SubmitAsync(Again());

        await app.ReachesAsync(second.Reference, InquiryState.Referred);
    }

    [Fact]
    public async Task No_token_can_be_made_without_the_key()
    {
        var first = await App.SubmitAsync(_ana);
        await App.ReachesAsync(first.Reference, InquiryState.Referred);

        var dump = await App.DumpAsync();

        Assert.Equal(3, await App.NumberAsync("SELECT COUNT(*) FROM SearchToken"));
        foreach (var text in new[] { "ana@patient.example", "ana beatriz example|1984", _ana.Phone })
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            Assert.DoesNotContain(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes))[..32], dump, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(bytes), dump, StringComparison.Ordinal);
        }
    }

    private static InquiryBuilder Again() => An.Inquiry().From("Ana Beatriz Example", "ana@patient.example");

    private static InquiryBuilder OfCarer(string name, int year) => An.Inquiry().BornIn(year).With("patient.name", name)
        .Without("patient.email").Without("patient.phone").With("inquirer.relation", "carer").With("inquirer.name", "Zoe Carer").With("inquirer.email", "zoe@carer.example");

    /// <summary>Ana's inquiry is with a clinic; the other one is held.</summary>
    private async Task<(Submitted First, Submitted Second)> SubmitTwiceAsync(InquiryBuilder again)
    {
        var first = await App.SubmitAsync(_ana);
        await App.ReachesAsync(first.Reference, InquiryState.Referred);
        var second = await App.SubmitAsync(again);
        await App.ReachesAsync(second.Reference, InquiryState.Held);
        return (first, second);
    }

    private async Task<IReadOnlyList<InquiryPair>> LinksAsync(Submitted submitted)
    {
        var inquiry = await App.InquiryAsync(submitted.Reference);
        return await App.Database.ReadAsync(session => InquiryPairStore.ListAsync(session, inquiry.Id));
    }

    private async Task<IReadOnlyList<AuditEntry>> HistoryAsync(Submitted submitted)
    {
        var inquiry = await App.InquiryAsync(submitted.Reference);
        return await App.Database.ReadAsync(session => InquiryStore.AuditAsync(session, inquiry.Id));
    }

    private async Task AssertRefusedAsync(string why, params string[] command)
    {
        var (exitCode, output) = await App.RunCommandAsync(command);
        Assert.Equal(2, exitCode);
        Assert.Contains(why, output, StringComparison.Ordinal);
    }
}
