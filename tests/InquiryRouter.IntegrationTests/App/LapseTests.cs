using InquiryRouter.Application.Referral;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>A requirement that a clinic no longer meets, before its answer and after its yes.</summary>
public sealed class LapseTests : AppTests
{
    [Fact]
    public async Task A_lapse_takes_the_open_offer_back_tells_everybody_and_asks_another_clinic()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await App.SettlesAsync();
        var suspended = A.Clinic("MX-A");
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(
            tx, [suspended with { Credentials = [.. suspended.Credentials.Select(c => c with { Status = "suspended" })] }], "the issuer's page"));

        // Before the recall has looked, a yes reveals nobody any more.
        Assert.DoesNotContain("You have accepted", (await visit.AcceptAsync()).Text, StringComparison.Ordinal);
        await App.Services.GetRequiredService<RecallOffers>().RunAsync(CancellationToken.None);

        await App.MailToAsync(ClinicAddress("MX-B"));
        var referrals = await App.ReferralsAsync(submitted.Reference);
        Assert.Equal([ReferralState.Withdrawn, ReferralState.Offered], referrals.Select(r => r.State));
        Assert.Equal("country-rule-credential", referrals[0].Reason);
        Assert.Contains("was taken back", (await App.MailToAsync(ClinicAddress("MX-A"), 2)).Subject!, StringComparison.Ordinal);
        Assert.Contains("country-rule-credential", (await App.MailToAsync("coordinators@operator.example")).TextBody!, StringComparison.Ordinal);
        Assert.Contains("because it no longer meets everything that we ask of clinics", (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.Services.GetRequiredService<RecallOffers>().RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_lapse_takes_a_quote_back_that_the_patient_has_not_chosen()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.PressAsync("/referral/quote", [.. ClinicPageTests.Quote]);
        Assert.Equal("The patient has your quote", visit.Page.Headline);
        await App.SettlesAsync();
        var suspended = A.Clinic("MX-A");
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(
            tx, [suspended with { Credentials = [.. suspended.Credentials.Select(c => c with { Status = "suspended" })] }], "the issuer's page"));

        Assert.Equal(0, await App.Services.GetRequiredService<WatchAccepted>().RunAsync(CancellationToken.None));
        await App.Services.GetRequiredService<RecallOffers>().RunAsync(CancellationToken.None);

        await App.MailToAsync(ClinicAddress("MX-B"));
        Assert.Equal([ReferralState.Withdrawn, ReferralState.Offered], (await App.ReferralsAsync(submitted.Reference)).Select(r => r.State));
        Assert.Equal(0, await App.NumberAsync("SELECT Offered FROM ClinicLoad WHERE ClinicCode = 'MX-A'"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM FollowUp WHERE Kind = 'QuoteExpiry' AND State = 0"));
    }

    [Fact]
    public async Task A_clinic_that_has_lapsed_cannot_quote_on_the_summary()
    {
        await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await App.SettlesAsync();
        var suspended = A.Clinic("MX-A");
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(
            tx, [suspended with { Credentials = [.. suspended.Credentials.Select(c => c with { Status = "suspended" })] }], "the issuer's page"));

        await visit.PressAsync("/referral/quote", [.. ClinicPageTests.Quote]);

        Assert.Equal(System.Net.HttpStatusCode.Conflict, visit.Page.Status);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Quote"));
    }

    [Fact]
    public async Task A_lapse_after_a_yes_takes_nothing_away_and_is_told_to_the_coordinators_once_each_time()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using (var visit = await OpenReferralOfAsync("MX-A"))
        {
            await visit.AcceptAsync();
        }

        await App.SettlesAsync();
        var watch = App.Services.GetRequiredService<WatchAccepted>();
        Assert.Equal(0, await watch.RunAsync(CancellationToken.None));

        await StoreAsync(Suspended());
        await watch.RunAsync(CancellationToken.None);
        var notice = await App.MailToAsync("coordinators@operator.example");
        Assert.Contains("MX-A, which has accepted", notice.Subject!, StringComparison.Ordinal);
        Assert.Contains("country-rule-credential", notice.TextBody!, StringComparison.Ordinal);
        AssertNoHealthData(notice.TextBody!);
        Assert.Contains($"{submitted.Reference} was accepted by MX-A, which no longer meets country-rule-credential", await CredentialsAsync(), StringComparison.Ordinal);
        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
        Assert.Equal(ReferralState.Accepted, Assert.Single(await App.ReferralsAsync(submitted.Reference)).State);

        // The same lapse a day later, by the same watch and by another process.
        App.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await watch.RunAsync(CancellationToken.None));
        Assert.Equal(0, await ActivatorUtilities.CreateInstance<WatchAccepted>(App.Services).RunAsync(CancellationToken.None));

        await StoreAsync(A.Clinic("MX-A"));
        Assert.Equal(0, await watch.RunAsync(CancellationToken.None));
        Assert.DoesNotContain("was accepted by", await CredentialsAsync(), StringComparison.Ordinal);
        await StoreAsync(Suspended());
        await watch.RunAsync(CancellationToken.None);
        await App.MailToAsync("coordinators@operator.example", 2);

        var inquiry = await App.InquiryAsync(submitted.Reference);
        var history = await App.Database.ReadAsync(session => InquiryStore.AuditAsync(session, inquiry.Id));
        Assert.Equal(["clinic-lapsed", "clinic-recovered", "clinic-lapsed"], history.TakeLast(3).Select(e => e.Action));

        Task StoreAsync(Clinic clinic) => App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [clinic], "the issuer's page"));

        async Task<string> CredentialsAsync() => (await App.RunCommandAsync("list", "--credentials")).Output;

        static Clinic Suspended() => A.Clinic("MX-A") with { Credentials = [.. A.Clinic("MX-A").Credentials.Select(c => c with { Status = "suspended" })] };
    }
}
