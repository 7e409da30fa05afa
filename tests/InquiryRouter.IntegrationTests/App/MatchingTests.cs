using System.Collections.Frozen;
using System.Text.Json.Nodes;
using InquiryRouter.Application.Matching;
using InquiryRouter.Application.Referral;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>Decisions in the running program: shared, approved, in parallel, waiting, recalled, made again.</summary>
public sealed class MatchingTests : AppTests
{
    private static Clinic Dearer(string code) => A.Clinic(code) with { Packages = [A.Package() with { PriceAmount = 21_000 }] };

    [Fact]
    public async Task The_network_is_made_ready_again_when_a_day_begins_and_not_before()
    {
        // One of its own: the clock's jobs ask the program's for their moment.
        var cache = new MatchIndexCache(App.Services.GetRequiredService<NetworkCache>());

        // No clinic of the demo network has midnight between these two.
        var first = await cache.AtAsync(At(18, 20, 10), CancellationToken.None);

        Assert.Same(first, await cache.AtAsync(At(18, 20, 50), CancellationToken.None));
        Assert.NotSame(first, await cache.AtAsync(At(19, 20, 10), CancellationToken.None));

        static DateTimeOffset At(int day, int hour, int minute) => new(2026, 11, day, hour, minute, 0, TimeSpan.Zero);
    }

    [Fact]
    public async Task Clinics_that_are_equally_good_are_asked_by_turns()
    {
        var asked = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var submitted = await App.SubmitAsync(An.Inquiry());
            await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
            asked.Add(Assert.Single(await App.ReferralsAsync(submitted.Reference)).ClinicCode);
            App.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(["MX-A", "MX-B", "MX-C"], asked.Take(3).Order(StringComparer.Ordinal));
        Assert.Equal([2, 2, 2], asked.CountBy(c => c).Select(c => c.Value));
    }

    [Fact]
    public async Task A_decision_made_again_from_its_record_is_the_same_after_everything_has_changed()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-A") with { Active = false }, A.Clinic("MX-0")], "later"));
        await ActivateAsync(p => p with { Weights = p.Weights with { Price = 90 }, NearTie = 0, MostTied = 1 });
        App.Clock.Advance(TimeSpan.FromDays(400));

        var (code, output) = await App.RunCommandAsync("match", "--replay", submitted.Reference);

        Assert.True(code == 0, output);
        Assert.Contains("Made again from these inputs, it is the same decision, clinic by clinic.", output, StringComparison.Ordinal);
        Assert.Contains("3 of 3 clinics may be offered this inquiry", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_policy_is_tried_on_past_decisions_before_it_is_in_force()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = [A.Clinic("MX-A"), Dearer("MX-B") with { Physicians = [Veteran()] }] });
        var submitted = await app.SubmitAsync(An.Inquiry());
        await app.ReachesAsync(submitted.Reference, InquiryState.Referred);
        var file = Path.Combine(app.Settings.Data.Directory, "policy.json");
        await File.WriteAllBytesAsync(file, PolicyFile.Write(Policy.Shipped with { Weights = new ScoreWeights(1, 0, 0, 0, 0, 0, 0, 0) }));

        var (code, output) = await app.RunCommandAsync("policy", "try", file, "--since", "2000-01-01");

        Assert.Equal(0, code);
        Assert.Contains("MX-A -> MX-B", output, StringComparison.Ordinal);
        Assert.Contains("1 of 1 decisions since 2000-01-01 would have been others. Nothing was changed.", output, StringComparison.Ordinal);
        Assert.Equal(0, await app.NumberAsync("SELECT COUNT(*) FROM Policy"));

        Assert.Equal(0, (await app.RunCommandAsync("policy", "activate", file)).ExitCode);
        var next = await app.SubmitAsync(An.Inquiry());
        await app.ReachesAsync(next.Reference, InquiryState.Referred);
        Assert.Equal("MX-B", Assert.Single(await app.ReferralsAsync(next.Reference)).ClinicCode);
    }

    [Fact]
    public async Task Where_the_policy_asks_for_a_yes_no_clinic_hears_of_the_inquiry_before_it()
    {
        await ActivateAsync(p => p with { Approval = new Approval(ApprovalMode.When, [], FrozenSet.Create("MX"), [], null) });
        var submitted = await App.SubmitAsync(An.Inquiry());
        var held = await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.SettlesAsync();
        Assert.Equal([HoldReason.ApprovalNeeded], held.HoldReasons);
        Assert.Empty(App.MailsTo(ClinicAddress("MX-A")));
        var listed = (await App.RunCommandAsync("list", "--held")).Output;
        Assert.Contains("best: MX-A", listed, StringComparison.Ordinal);
        Assert.Contains("asked for by policy version 2: country MX", listed, StringComparison.Ordinal);

        var (code, output) = await App.RunCommandAsync("release", submitted.Reference);

        Assert.Equal(0, code);
        Assert.Contains("is approved and is offered to MX-A", output, StringComparison.Ordinal);
        await App.MailToAsync(ClinicAddress("MX-A"));
        Assert.Equal(InquiryState.Referred, (await App.InquiryAsync(submitted.Reference)).State);
    }

    [Fact]
    public async Task As_many_clinics_as_the_policy_says_are_asked_at_once_and_a_no_asks_one_more()
    {
        await ActivateAsync(p => p with { Parallel = 2 });
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        Assert.Equal(["MX-A", "MX-B"], await AskedAsync(submitted.Reference));
        Assert.Equal("Clinics have your inquiry", (await App.StatusPageAsync(submitted)).Headline);

        using (var no = await OpenReferralOfAsync("MX-A"))
        {
            await no.DeclineAsync();
        }

        await App.MailToAsync(ClinicAddress("MX-C"));
        Assert.Equal(["MX-A", "MX-B", "MX-C"], await AskedAsync(submitted.Reference));

        // The first yes wins: the other clinic never sees who the patient is.
        using var first = await OpenReferralOfAsync("MX-C");
        using var second = await OpenReferralOfAsync("MX-B");
        await first.AcceptAsync();
        Assert.DoesNotContain("You have accepted", (await second.AcceptAsync()).Text, StringComparison.Ordinal);
        await App.SettlesAsync();
        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
        Assert.Equal(
            [ReferralState.Declined, ReferralState.Withdrawn, ReferralState.Accepted], (await App.ReferralsAsync(submitted.Reference)).Select(r => r.State));
        Assert.Contains("has been taken by another clinic", (await App.MailToAsync(ClinicAddress("MX-B"), 2)).TextBody!, StringComparison.Ordinal);
        Assert.Equal(0, await App.NumberAsync("SELECT Offered FROM ClinicLoad WHERE ClinicCode = 'MX-B'"));
    }

    [Fact]
    public async Task A_freed_place_goes_to_who_has_waited_longest_and_not_to_who_comes_now()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = [A.Clinic("MX-A") with { WeeklyCap = 1 }] });
        var first = await app.SubmitAsync(An.Inquiry());
        await app.ReachesAsync(first.Reference, InquiryState.Referred);
        var longest = await app.SubmitAsync(An.Inquiry());
        await app.ReachesAsync(longest.Reference, InquiryState.Held);
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        var later = await app.SubmitAsync(An.Inquiry());
        Assert.Equal([HoldReason.WaitsForCapacity], (await app.ReachesAsync(later.Reference, InquiryState.Held)).HoldReasons);
        Assert.Equal("The clinics that fit are full at the moment", (await app.StatusPageAsync(later)).Headline);

        using (var no = await app.OpenReferralAsync(await app.MailToAsync(ClinicAddress("MX-A"))))
        {
            await no.DeclineAsync();
        }

        await app.ReachesAsync(first.Reference, InquiryState.Held);
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        var newest = await app.SubmitAsync(An.Inquiry());
        Assert.Equal([HoldReason.WaitsForCapacity], (await app.ReachesAsync(newest.Reference, InquiryState.Held)).HoldReasons);

        await app.Services.GetRequiredService<ServeWaiting>().RunAsync(CancellationToken.None);
        await app.ReachesAsync(longest.Reference, InquiryState.Referred);
        await app.SettlesAsync();
        Assert.Equal(0, await app.Services.GetRequiredService<ServeWaiting>().RunAsync(CancellationToken.None));
        Assert.Equal(InquiryState.Held, (await app.InquiryAsync(later.Reference)).State);
        Assert.Equal(2, await app.NumberAsync("SELECT COUNT(*) FROM Waiting"));
    }

    [Fact]
    public async Task A_clinic_that_joins_takes_who_has_waited_longest()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = [A.Clinic("MX-A") with { WeeklyCap = 1 }] });
        var first = await app.SubmitAsync(An.Inquiry());
        await app.ReachesAsync(first.Reference, InquiryState.Referred);
        var waiting = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            waiting.Add((await app.SubmitAsync(An.Inquiry())).Reference);
            await app.ReachesAsync(waiting[^1], InquiryState.Held);
        }

        await app.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-B") with { WeeklyCap = 2 }], "joins"));
        await app.Services.GetRequiredService<ServeWaiting>().RunAsync(CancellationToken.None);

        await app.ReachesAsync(waiting[0], InquiryState.Referred);
        await app.ReachesAsync(waiting[1], InquiryState.Referred);
        await app.SettlesAsync();
        Assert.Equal(0, await app.Services.GetRequiredService<ServeWaiting>().RunAsync(CancellationToken.None));
        Assert.Equal(InquiryState.Held, (await app.InquiryAsync(waiting[2])).State);
    }

    [Fact]
    public async Task The_most_offers_of_the_policy_are_counted_over_every_decision_until_a_coordinator_lets_it_go_on()
    {
        await ActivateAsync(p => p with { MostOffers = 2 });
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.MailToAsync(ClinicAddress("MX-A"));
        await App.SettlesAsync();
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-A") with { Active = false }], "closed"));
        await App.Services.GetRequiredService<RecallOffers>().RunAsync(CancellationToken.None);

        using (var no = await OpenReferralOfAsync("MX-B"))
        {
            Assert.Equal(2, await App.NumberAsync("SELECT COUNT(*) FROM MatchDecision"));
            await no.DeclineAsync();
        }

        Assert.Equal([HoldReason.OfferLimit], (await App.ReachesAsync(submitted.Reference, InquiryState.Held)).HoldReasons);
        await App.SettlesAsync();
        Assert.Empty(App.MailsTo(ClinicAddress("MX-C")));

        Assert.Equal(0, (await App.RunCommandAsync("release", submitted.Reference)).ExitCode);
        await App.MailToAsync(ClinicAddress("MX-C"));
    }

    [Fact]
    public async Task When_nothing_fits_the_coordinator_and_the_patient_read_what_one_change_would_do()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().With("destinations", new JsonArray("JP")));
        var held = await App.ReachesAsync(submitted.Reference, InquiryState.Held);

        Assert.Equal([HoldReason.NoClinicFits], held.HoldReasons);
        var listed = (await App.RunCommandAsync("list", "--held")).Output;
        Assert.Contains("clinics by the gate that stopped them: destination 3", listed, StringComparison.Ordinal);
        Assert.Contains("with another destination, 3 clinics could be asked", listed, StringComparison.Ordinal);
        Assert.Contains("Travelling elsewhere as well. Clinics we could then ask: 3", (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_last_no_the_patient_is_asked_where_the_policy_says_so()
    {
        await ActivateAsync(p => p with { AfterLastNo = AfterLastNo.Patient, MostOffers = 1 });
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        using (var no = await OpenReferralOfAsync("MX-A"))
        {
            await no.DeclineAsync();
        }

        await App.ReachesAsync(submitted.Reference, InquiryState.AwaitingPatient);

        var question = (await App.MailToAsync(inquiry.Email, 2)).TextBody!;
        Assert.Contains("Could one of these be different?", question, StringComparison.Ordinal);
        Assert.Contains("Or write to coordinators@operator.example", question, StringComparison.Ordinal);
        Assert.Equal("We need your answer", (await App.StatusPageAsync(submitted)).Headline);
    }

    [Fact]
    public async Task A_clinic_that_has_the_patient_by_a_linked_inquiry_is_not_offered_them_again()
    {
        var one = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(one.Reference, InquiryState.Referred);
        App.Clock.Advance(TimeSpan.FromSeconds(2));
        var other = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(other.Reference, InquiryState.Referred);
        Assert.Equal(["MX-A"], await AskedAsync(one.Reference));
        Assert.Equal(["MX-B"], await AskedAsync(other.Reference));
        Assert.Equal(0, (await App.RunCommandAsync("pair", other.Reference, one.Reference)).ExitCode);

        using (var no = await OpenReferralOfAsync("MX-B"))
        {
            await no.DeclineAsync();
        }

        await App.MailToAsync(ClinicAddress("MX-C"));
        Assert.Equal(["MX-B", "MX-C"], await AskedAsync(other.Reference));
        Assert.Single(App.MailsTo(ClinicAddress("MX-A")));
    }

    [Fact]
    public async Task How_a_clinic_answers_feeds_its_score()
    {
        foreach (var clinic in new[] { "MX-A", "MX-B" })
        {
            var submitted = await App.SubmitAsync(An.Inquiry());
            await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
            App.Clock.Advance(TimeSpan.FromMinutes(30));
            using var visit = await OpenReferralOfAsync(Assert.Single(await App.ReferralsAsync(submitted.Reference)).ClinicCode);
            if (clinic == "MX-A")
            {
                await visit.AcceptAsync();
            }
            else
            {
                await visit.DeclineAsync("not-suitable");
            }
        }

        await App.SettlesAsync();
        await App.Services.GetRequiredService<CountAnswers>().RunAsync(CancellationToken.None);

        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM ClinicRecord WHERE Answered = 1 AND Accepted = 1 AND ResponseMinutes BETWEEN 30 AND 31"));
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM ClinicRecord WHERE Answered = 1 AND Accepted = 0"));
    }

    private static Physician Veteran() => A.Physician() with { Experience = [new Experience("lupus", 5000)] };

    private async Task<IEnumerable<string>> AskedAsync(string reference) => (await App.ReferralsAsync(reference)).Select(r => r.ClinicCode);
}
