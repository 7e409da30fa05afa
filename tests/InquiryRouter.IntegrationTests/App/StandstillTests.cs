using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>
/// A message that was sent is lost on its way to its stage. The one that carries it here loses none, so each is lost by hand: the stage is
/// kept from handling it, and then it counts as sent.
/// </summary>
public sealed class StandstillTests : AppTests
{
    private const string Coordinators = "coordinators@operator.example";
    private static readonly TimeSpan s_long = AwaitedEvent.LostAfter + TimeSpan.FromMinutes(1);

    public static TheoryData<string, bool> Stages => new(
        from table in new[] { "SearchToken", "MatchDecision", "Referral" }
        from swept in new[] { false, true }
        select new TheoryDataRow<string, bool>(table, swept));

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task An_inquiry_that_stands_before_a_stage_goes_on_after_ten_minutes(string writtenByStage, bool swept)
    {
        await App.PoisonAsync(writtenByStage);
        var submitted = await App.SubmitAsync(An.Inquiry());
        await LoseAsync(swept);
        await App.MendAsync();

        await PassAsync(AwaitedEvent.LostAfter - TimeSpan.FromMinutes(1));
        Assert.NotEqual(InquiryState.Referred, (await App.InquiryAsync(submitted.Reference)).State);
        await PassAsync(s_long);

        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Referral"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State <> 1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_clinics_no_that_was_lost_the_next_is_asked(bool swept)
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var clinic = await OpenReferralOfAsync("MX-A");
        await App.PoisonAsync("Referral");
        await clinic.DeclineAsync();
        await LoseAsync(swept);
        await App.MendAsync();

        await PassAsync(s_long);

        await App.MailToAsync(ClinicAddress("MX-B"));
        Assert.Equal([ReferralState.Declined, ReferralState.Offered], (await App.ReferralsAsync(submitted.Reference)).Select(r => r.State));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_offer_whose_end_was_lost_ends_and_the_next_clinic_is_asked(bool swept)
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        await App.PoisonAsync("Referral");
        await App.AdvanceToAsync(Assert.Single(await App.ReferralsAsync(submitted.Reference)).OfferUntil);
        await LoseAsync(swept);
        await App.MendAsync();

        await PassAsync(s_long);

        await App.MailToAsync(ClinicAddress("MX-B"));
        Assert.Equal([ReferralState.Expired, ReferralState.Offered], (await App.ReferralsAsync(submitted.Reference)).Select(r => r.State));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_patient_who_was_given_back_goes_on_when_that_was_lost(bool swept)
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.AcceptAsync();
        await App.ReachesAsync(submitted.Reference, InquiryState.Accepted);
        await App.SettlesAsync();
        await App.PoisonAsync("Referral");
        await clinic.PressAsync("/referral/return", KeyValuePair.Create("reason", "no-capacity"));
        await App.ReachesAsync(submitted.Reference, InquiryState.Matched);
        await LoseAsync(swept);
        await App.MendAsync();

        await PassAsync(s_long);

        await App.MailToAsync(ClinicAddress("MX-B"));
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
    }

    [Fact]
    public async Task The_coordinators_hear_of_an_emergency_though_the_message_was_lost()
    {
        await App.PoisonAsync("Mail", "NEW.Kind = 'CoordinatorAlert'");
        var submitted = await App.SubmitAsync(An.Inquiry().Saying("I have chest pain."));
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await LoseAsync(swept: false);
        await App.MendAsync();

        await PassAsync(s_long);

        await App.MailToAsync(Coordinators, $"Inquiry {submitted.Reference} waits for a coordinator");
    }

    [Fact]
    public async Task A_clinics_yes_is_confirmed_though_the_message_was_lost()
    {
        await App.SubmitAsync(An.Inquiry());
        using var clinic = await OpenReferralOfAsync("MX-A");
        await App.PoisonAsync("Mail", "NEW.Kind = 'AcceptanceConfirmed'");
        await clinic.AcceptAsync();
        await LoseAsync(swept: false);
        await App.MendAsync();

        await PassAsync(s_long);

        await App.MailToAsync(ClinicAddress("MX-A"), number: 2);
    }

    [Fact]
    public async Task What_stands_still_after_it_was_sent_three_times_is_named_once_and_goes_on_when_it_is_requeued()
    {
        await App.PoisonAsync("MatchDecision");
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        for (var sent = 1; sent <= 3; sent++)
        {
            Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State = 2"));
            await LoseAsync(swept: false);
            await PassAsync(s_long);
        }

        await App.UntilAsync(async () => await App.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State = 2") == 1, "it is parked");
        var alert = await App.MailToAsync(Coordinators, $"Inquiry {submitted.Reference} stands still");
        AssertSaysNothingOfThePatient(alert, inquiry);
        var named = $"{submitted.Reference} stands still: nobody handled InquiryCleared";
        var errors = App.Logs.Lines.Where(l => l.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains(errors, l => l.Contains(named, StringComparison.Ordinal));
        var (_, listed) = await App.RunCommandAsync("operations", "list");
        Assert.Contains($"{OutboxStore.NotHandled}: 1 InquiryCleared", listed, StringComparison.Ordinal);
        Assert.Contains($"  {submitted.Reference}  InquiryCleared  {OutboxStore.NotHandled}", listed, StringComparison.Ordinal);
        Assert.Contains("sent-again 2 times since ", listed, StringComparison.Ordinal);
        var (code, doctor) = await App.RunCommandAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("FAIL  outbox    1 messages are parked", doctor, StringComparison.Ordinal);
        Assert.Contains("InquiryRouter operations list", doctor, StringComparison.Ordinal);

        await PassAsync(s_long);
        await App.MendAsync();
        var requeued = await App.RunCommandAsync("operations", "requeue", "--cause", OutboxStore.NotHandled);
        Assert.Equal((0, "1 is tried again."), (requeued.ExitCode, requeued.Output.Trim()));

        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        Assert.Single(App.MailsTo(Coordinators));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State <> 1"));
    }

    [Fact]
    public async Task What_only_waits_or_is_parked_is_not_sent_again()
    {
        await App.PoisonAsync("MatchDecision");
        await App.SubmitAsync(An.Inquiry());
        await App.FailsAsync();

        await PassAsync(s_long);
        Assert.Equal(0, await App.NumberAsync("SELECT SUM(Resends) FROM Outbox"));

        await App.ParksAsync();
        await PassAsync(s_long);
        Assert.Equal(0, await App.NumberAsync("SELECT SUM(Resends) FROM Outbox"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM OutboxHistory WHERE Action = 'sent-again'"));
    }

    /// <summary>Waits until the stage has failed; then the message is as one that a broker has lost.</summary>
    /// <param name="swept">Its row is gone as well.</param>
    private async Task LoseAsync(bool swept)
    {
        // It counts from the start of the process: what waited while none ran is not lost.
        App.Services.GetRequiredService<ResendUnhandled>();
        await App.FailsAsync();
        await App.Database.WriteAsync(tx => tx.ExecuteAsync(
            swept
                ? "DELETE FROM Outbox WHERE State = 0"
                : "UPDATE Outbox SET State = 1, SentAt = @Now, LeaseOwner = NULL, LeaseUntil = NULL, LastError = NULL WHERE State = 0",
            new { tx.Now }));
    }

    private async Task PassAsync(TimeSpan time)
    {
        App.Clock.Advance(time);
        await App.Clock.RunningAsync(App.Services.GetRequiredService<ResendUnhandled>().RunAsync(CancellationToken.None));
    }
}
