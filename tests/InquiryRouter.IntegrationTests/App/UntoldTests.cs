using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>Nobody waits for an answer of somebody who was never told: what follows an address that dies while an inquiry is on its way.</summary>
public sealed class UntoldTests : DeadAddresses
{
    [Fact]
    public async Task A_clinic_that_cannot_be_told_that_its_referral_goes_on_gives_way_to_the_next()
    {
        var submitted = await HeldAfterItsFirstOfferAsync();
        Server.Refuse(Clinic("MX-A"), NoSuchUser);

        await ReleaseAsync(submitted);

        Assert.Equal(
            [("MX-A", ReferralState.Withdrawn, "mail-undeliverable"), ("MX-B", ReferralState.Offered, null)], await ReferralsAsync(submitted));
        Assert.DoesNotContain(MailsTo(Coordinators), m => m.Subject!.StartsWith("Please call clinic", StringComparison.Ordinal));
        Assert.Contains("Our mail to Clínica MX-A does not arrive, so it could not answer you.", (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_that_waited_does_not_go_on_at_a_clinic_that_mail_was_found_not_to_reach_meanwhile()
    {
        var submitted = await HeldAfterItsFirstOfferAsync();
        Assert.True(await App.Database.WriteAsync(tx => NetworkStore.SetMailFailsAsync(tx, "MX-A", App.Now, "test")));
        var before = MailsTo(Clinic("MX-A")).Count;

        await ReleaseAsync(submitted);

        Assert.Equal(
            [("MX-A", ReferralState.Withdrawn, "mail-undeliverable"), ("MX-B", ReferralState.Offered, null)], await ReferralsAsync(submitted));
        Assert.Equal(before, MailsTo(Clinic("MX-A")).Count);
        Assert.Equal(0, await App.NumberAsync("SELECT Offered FROM ClinicLoad WHERE ClinicCode = 'MX-A'"));
        var (_, explained) = await App.RunCommandAsync("match", "--replay", submitted.Reference);
        Assert.Contains("MX-A:mail-unreachable", explained, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, InquiryState.Held)]
    [InlineData(2, InquiryState.Referred)]
    public async Task An_offer_that_waited_does_not_go_on_at_a_clinic_that_lapsed_meanwhile(int mostOffers, InquiryState then)
    {
        await StartAsync(mostOffers);
        var submitted = await HeldAfterItsFirstOfferAsync();
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-A") with { Credentials = [] }], "test"));

        Assert.Equal(0, (await App.RunCommandAsync("release", submitted.Reference)).ExitCode);
        await App.SettlesAsync();

        Assert.Equal(then, (await App.InquiryAsync(submitted.Reference)).State);
        var referrals = await ReferralsAsync(submitted);
        Assert.Equal(("MX-A", ReferralState.Withdrawn, "country-rule-credential"), referrals[0]);
        Assert.Equal(mostOffers, referrals.Count);
        Assert.DoesNotContain(MailsTo(Clinic("MX-A")), m => m.Subject == $"Referral {submitted.Reference} goes on");
        Assert.Contains(MailsTo(Clinic("MX-A")), m => m.Subject == $"Referral {submitted.Reference} was taken back");
    }

    [Fact]
    public async Task A_clinic_that_had_the_patient_and_does_not_hear_that_it_is_over_is_called()
    {
        var submitted = await SubmitAsync();
        await AcceptAsync("MX-A");
        Server.Refuse(Clinic("MX-A"), NoSuchUser);

        using (var visit = await Status.StatusVisit.OpenAsync(App, submitted))
        {
            await visit.LookAsync("/status/withdraw");
            await visit.PressAsync("/status/withdraw");
        }

        await App.SettlesAsync();
        var told = Assert.Single(MailsTo(Coordinators), m => m.Subject == $"Please call clinic MX-A about {submitted.Reference}");
        Assert.Contains("had the patient of", told.TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patient_whom_no_mail_reaches_is_called_again_when_there_is_news()
    {
        Server.Refuse(Inquiry.Email, NoSuchUser);
        var submitted = await SubmitAsync();
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await ReleaseAsync(submitted);

        await AcceptAsync((await ReferralsAsync(submitted)).Single(r => r.State == ReferralState.Offered).Clinic);

        var told = Assert.Single(MailsTo(Coordinators), m => m.Subject == $"Please call the patient of {submitted.Reference}: there is news");
        Assert.Contains("A clinic has accepted inquiry", told.TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_to_delete_that_bounced_goes_out_when_the_clinics_address_works_again()
    {
        var submitted = await SubmitAsync();
        await AcceptAsync("MX-A");
        Server.Refuse(Clinic("MX-A"), NoSuchUser);
        Assert.Equal(0, (await App.RunCommandAsync("erase", submitted.Reference, "--yes")).ExitCode);
        await App.SettlesAsync();
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind = 'DeleteRequest' AND State > 2 AND State <> 7"));

        Server.Accept(Clinic("MX-A"));
        Assert.Equal(0, (await App.RunCommandAsync("clinics", "mail-works", "MX-A")).ExitCode);
        var (code, said) = await App.RunCommandAsync("operations", "requeue", "--cause", "no-such-mailbox");
        await App.SettlesAsync();

        Assert.True(code == 0, said);
        Assert.Contains(MailsTo(Clinic("MX-A")), m => m.Subject!.Contains("delete", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind = 'DeleteRequest' AND State = 2"));
    }

    [Fact]
    public async Task Sending_all_again_says_what_it_leaves_out()
    {
        Server.Refuse(Clinic("MX-A"), NoSuchUser);
        Server.Refuse(Inquiry.Email, "550 5.7.1 blocked by a list");
        await SubmitAsync();
        Server.Accept(Inquiry.Email);

        var (code, said) = await App.RunCommandAsync("operations", "requeue", "--all");

        Assert.Equal(0, code);
        Assert.Contains("1 mail left out: the address is dead", said, StringComparison.Ordinal);
    }

    // The first clinic has its offer; only then the patient's address is found to be dead.
    private async Task<Submitted> HeldAfterItsFirstOfferAsync()
    {
        Server.Refuse(Inquiry.Email, "451 4.7.1 try again later");
        var submitted = await App.SubmitAsync(Inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.UntilAsync(() => Task.FromResult(MailsTo(Clinic("MX-A")).Count > 0), "the offer is mailed");
        Server.Refuse(Inquiry.Email, NoSuchUser);
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.SettlesAsync();
        Assert.Equal([("MX-A", ReferralState.Offered, null)], await ReferralsAsync(submitted));
        return submitted;
    }

    private async Task ReleaseAsync(Submitted submitted)
    {
        Assert.Equal(0, (await App.RunCommandAsync("release", submitted.Reference)).ExitCode);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
    }

    private async Task<IReadOnlyList<(string Clinic, ReferralState State, string? Reason)>> ReferralsAsync(Submitted submitted) =>
        [.. (await App.ReferralsAsync(submitted.Reference)).Select(r => (r.ClinicCode, r.State, r.Reason))];
}
