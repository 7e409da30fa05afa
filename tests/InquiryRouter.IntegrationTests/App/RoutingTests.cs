using InquiryRouter.Commands;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

public sealed class RoutingTests : AppTests
{
    [Fact]
    public async Task An_offer_that_nobody_answers_ends_after_the_clinics_own_business_hours_and_the_next_one_is_asked()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var late = await OpenReferralOfAsync("MX-A");
        var offer = Assert.Single(await App.ReferralsAsync(submitted.Reference));

        // 16 hours: 6 of Monday, 8 of Tuesday, 2 of Wednesday.
        Assert.InRange(offer.OfferUntil, Clocks.Start.AddDays(2), Clocks.Start.AddDays(2).AddMinutes(10));
        await App.AdvanceToAsync(offer.OfferUntil);
        await App.MailToAsync(ClinicAddress("MX-B"));

        Assert.Equal([ReferralState.Expired, ReferralState.Offered], (await App.ReferralsAsync(submitted.Reference)).Select(r => r.State));
        Assert.Equal("This offer has ended", (await late.LookAgainAsync()).Headline);
        Assert.Contains("Clínica MX-A did not answer in time.", (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.NumberAsync("SELECT Offered FROM ClinicLoad WHERE ClinicCode = 'MX-A'"));
    }

    [Fact]
    public async Task An_offer_that_was_answered_never_expires()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();

        await App.AdvanceToAsync(App.Now.AddDays(30));
        await App.SettlesAsync();

        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
        Assert.Single(await App.ReferralsAsync(submitted.Reference));
    }

    [Fact]
    public async Task When_every_clinic_says_no_a_coordinator_and_the_patient_are_told()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        foreach (var clinic in new[] { "MX-A", "MX-B", "MX-C" })
        {
            using var visit = await OpenReferralOfAsync(clinic);
            await visit.DeclineAsync("outside-scope");
        }

        var held = await App.ReachesAsync(submitted.Reference, InquiryState.Held);

        Assert.Equal([HoldReason.NoClinicLeft], held.HoldReasons);
        Assert.Equal("We are still looking", (await App.StatusPageAsync(submitted)).Headline);
        await App.SendDigestAsync();
        Assert.Contains(submitted.Reference, (await App.MailToAsync("coordinators@operator.example")).TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inquiry_that_no_clinic_fits_is_held_with_that_reason()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().With("patient.language", "hi"));

        var held = await App.ReachesAsync(submitted.Reference, InquiryState.Held);

        Assert.Equal([HoldReason.NoClinicFits], held.HoldReasons);
        Assert.Equal("We have not found a clinic yet", (await App.StatusPageAsync(submitted)).Headline);
    }

    [Fact]
    public async Task Without_consent_to_share_no_clinic_ever_hears_of_it_and_nobody_can_release_it()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().WithoutConsentToShare());
        var held = await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        Assert.Equal([HoldReason.NoConsentToShare], held.HoldReasons);

        var (exitCode, output) = await App.RunCommandAsync("release", submitted.Reference);

        Assert.Equal(CommandLine.Refused, exitCode);
        Assert.Contains(HoldReason.NoConsentToShare.Sentence, output, StringComparison.Ordinal);
        await App.AdvanceToAsync(App.Now.AddDays(10));
        await App.SettlesAsync();
        Assert.Empty(await App.ReferralsAsync(submitted.Reference));
        Assert.All(new[] { "MX-A", "MX-B", "MX-C" }, c => Assert.Empty(App.MailsTo(ClinicAddress(c))));
        Assert.Equal("One tick is missing", (await App.StatusPageAsync(submitted)).Headline);
    }

    [Fact]
    public async Task A_coordinator_sees_why_an_inquiry_is_held_and_sends_it_on()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().With("conditionType", "drug-induced"));
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);

        var (_, list) = await App.RunCommandAsync("list", "--held");
        Assert.Contains(submitted.Reference, list, StringComparison.Ordinal);
        Assert.Contains(HoldReason.DrugInduced.Sentence, list, StringComparison.Ordinal);
        var (exitCode, _) = await App.RunCommandAsync("release", submitted.Reference.ToLowerInvariant());

        Assert.Equal(0, exitCode);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        var (again, output) = await App.RunCommandAsync("release", submitted.Reference);
        Assert.Equal(CommandLine.Refused, again);
        Assert.Contains("Referred", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_that_lapses_between_two_offers_stops_the_next_one()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup
        {
            Clinics =
            [
                A.Clinic("MX-A"),
                A.Clinic("MX-B") with { Credentials = [.. A.Clinic("MX-B").Credentials.Select(c => c with { ValidTo = DateOnly.FromDateTime(Clocks.Start.UtcDateTime) })] },
            ],
        });
        var submitted = await app.SubmitAsync(An.Inquiry());
        await app.MailToAsync(ClinicAddress("MX-A"));

        await app.AdvanceToAsync(Assert.Single(await app.ReferralsAsync(submitted.Reference)).OfferUntil);

        var held = await app.ReachesAsync(submitted.Reference, InquiryState.Held);
        Assert.Equal([HoldReason.NoClinicLeft], held.HoldReasons);
        await app.SettlesAsync();
        Assert.Empty(app.MailsTo(ClinicAddress("MX-B")));
    }

    [Fact]
    public async Task No_more_clinics_are_asked_than_the_operator_allows()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup().With("Referral:MaxOffers", "2"));
        var submitted = await app.SubmitAsync(An.Inquiry());
        foreach (var clinic in new[] { "MX-A", "MX-B" })
        {
            using var visit = await app.OpenReferralAsync(await app.MailToAsync(ClinicAddress(clinic)));
            await visit.DeclineAsync();
        }

        await app.ReachesAsync(submitted.Reference, InquiryState.Held);

        await app.SettlesAsync();
        Assert.Empty(app.MailsTo(ClinicAddress("MX-C")));
    }

    [Fact]
    public async Task The_last_place_of_a_week_is_given_once_however_many_ask_at_once()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = [A.Clinic("MX-A") with { WeeklyCap = 1 }, Dearer("MX-B")] });

        var submitted = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.SubmitAsync(An.Inquiry())));
        foreach (var one in submitted)
        {
            await app.ReachesAsync(one.Reference, InquiryState.Referred);
        }

        await app.SettlesAsync();
        Assert.Equal(1, await app.NumberAsync("SELECT COUNT(*) FROM Referral WHERE ClinicCode = 'MX-A'"));
        Assert.Equal(9, await app.NumberAsync("SELECT COUNT(*) FROM Referral WHERE ClinicCode = 'MX-B'"));
        Assert.Single(app.MailsTo(ClinicAddress("MX-A")));
        Assert.Equal(9, app.MailsTo(ClinicAddress("MX-B")).Count);
    }

    [Fact]
    public async Task A_place_freed_by_a_no_is_given_to_the_next_inquiry()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = [A.Clinic("MX-A") with { WeeklyCap = 1 }] });
        var first = await app.SubmitAsync(An.Inquiry());
        using var visit = await app.OpenReferralAsync(await app.MailToAsync(ClinicAddress("MX-A")));
        await visit.DeclineAsync();
        await app.ReachesAsync(first.Reference, InquiryState.Held);

        var second = await app.SubmitAsync(An.Inquiry());

        await app.ReachesAsync(second.Reference, InquiryState.Referred);
    }

    [Fact]
    public async Task A_clinic_whose_cap_is_zero_is_passed_over()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = [A.Clinic("MX-A") with { WeeklyCap = 0 }, A.Clinic("MX-B")] });

        var submitted = await app.SubmitAsync(An.Inquiry());

        await app.ReachesAsync(submitted.Reference, InquiryState.Referred);
        Assert.Equal("MX-B", Assert.Single(await app.ReferralsAsync(submitted.Reference)).ClinicCode);
    }

    [Theory]
    [InlineData(3, 1, "MX-B")]
    [InlineData(1, 3, "MX-A")]
    public async Task A_cap_changed_in_the_middle_of_the_week_counts_at_once(int before, int after, string next)
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = [A.Clinic("MX-A") with { WeeklyCap = before }, Dearer("MX-B")] });
        var first = await app.SubmitAsync(An.Inquiry());
        await app.ReachesAsync(first.Reference, InquiryState.Referred);

        await app.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-A") with { WeeklyCap = after }], "test"));
        var second = await app.SubmitAsync(An.Inquiry());

        await app.ReachesAsync(second.Reference, InquiryState.Referred);
        Assert.Equal(next, Assert.Single(await app.ReferralsAsync(second.Reference)).ClinicCode);
    }

    [Fact]
    public async Task An_inquiry_released_after_the_limit_of_offers_is_offered_to_the_clinics_not_yet_asked()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup().With("Referral:MaxOffers", "1"));
        var submitted = await app.SubmitAsync(An.Inquiry());
        using var visit = await app.OpenReferralAsync(await app.MailToAsync(ClinicAddress("MX-A")));
        await visit.DeclineAsync();
        var held = await app.ReachesAsync(submitted.Reference, InquiryState.Held);
        Assert.Equal([HoldReason.OfferLimit], held.HoldReasons);

        var (exitCode, _) = await app.RunCommandAsync("release", submitted.Reference);

        Assert.Equal(0, exitCode);
        await app.MailToAsync(ClinicAddress("MX-B"));
    }

    [Fact]
    public async Task The_history_says_who_declined_and_why_and_whose_offer_expired()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup());
        var submitted = await app.SubmitAsync(An.Inquiry());
        using var visit = await app.OpenReferralAsync(await app.MailToAsync(ClinicAddress("MX-A")));
        await visit.DeclineAsync();
        await app.MailToAsync(ClinicAddress("MX-B"));
        await app.AdvanceToAsync((await app.ReferralsAsync(submitted.Reference))[^1].OfferUntil);
        await app.MailToAsync(ClinicAddress("MX-C"));

        var id = (await app.ReferralsAsync(submitted.Reference))[0].InquiryId;
        var entries = await app.Database.ReadAsync(session => InquiryStore.AuditAsync(session, id));

        var declined = Assert.Single(entries, e => e.Action == "declined");
        Assert.Equal(("clinic", "MX-A", (await app.ReferralsAsync(submitted.Reference))[0].Reason), (declined.ActorKind, declined.ActorName, declined.Detail));
        Assert.Equal("MX-C after expired MX-B", entries[^1].Detail);
    }

    // Far enough behind that no turn is shared.
    private static Clinic Dearer(string code) => A.Clinic(code) with { Packages = [A.Package() with { PriceAmount = 21_000 }] };
}
