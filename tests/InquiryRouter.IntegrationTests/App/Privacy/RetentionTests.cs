using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Privacy;

/// <summary>What is over is not kept for ever, and what is not over is.</summary>
public sealed class RetentionTests : AppTests
{
    internal override AppSetup Setup => new AppSetup().With("Privacy:RetentionDays", "100").With("Privacy:QuarantineDays", "10");

    private EraseExpired EraseExpired => App.Services.GetRequiredService<EraseExpired>();

    [Fact]
    public async Task Closed_inquiries_are_erased_when_their_time_is_over_and_not_before()
    {
        var closed = await CloseAsync(await App.SubmitAsync(An.Inquiry()));
        var open = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(open.Reference, InquiryState.Referred);
        await App.SettlesAsync();

        await App.AdvanceToAsync(App.Now.AddDays(99));
        await EraseExpired.RunAsync(CancellationToken.None);
        Assert.Equal(InquiryState.Closed, (await App.InquiryAsync(closed.Reference)).State);
        await App.AdvanceToAsync(App.Now.AddDays(2));
        await EraseExpired.RunAsync(CancellationToken.None);

        Assert.Equal(InquiryState.Erased, (await App.InquiryAsync(closed.Reference)).State);
        Assert.NotEqual(InquiryState.Erased, (await App.InquiryAsync(open.Reference)).State);
        var history = await App.Database.ReadAsync(async s => await InquiryStore.AuditAsync(s, (await InquiryStore.FindIdAsync(s, closed.Reference))!.Value));
        Assert.Equal(("stage", "retention", "kept-closed"), (history[^1].ActorKind, history[^1].ActorName, history[^1].Detail));
    }

    [Fact]
    public async Task Suspected_spam_that_nobody_released_goes_sooner_and_hears_nothing()
    {
        var spam = An.Inquiry().With("patient.name", "Visit www.example.com now").Saying("?");
        var submitted = await App.SubmitAsync(spam);
        await App.ReachesAsync(submitted.Reference, InquiryState.Quarantined);

        await App.AdvanceToAsync(App.Now.AddDays(11));
        await EraseExpired.RunAsync(CancellationToken.None);
        await App.SettlesAsync();

        Assert.Equal(InquiryState.Erased, (await App.InquiryAsync(submitted.Reference)).State);
        Assert.Empty(App.MailsTo(spam.Email));
    }

    [Fact]
    public async Task Who_was_forgotten_by_time_gets_no_mail_about_it_and_more_than_a_batch_goes_at_once()
    {
        var closed = new List<Submitted>();
        for (var i = 0; i < 60; i++)
        {
            closed.Add(await App.SubmitAsync(An.Inquiry()));
        }

        foreach (var one in closed)
        {
            await CloseAsync(one);
        }

        await App.SettlesAsync();
        App.Clock.Advance(TimeSpan.FromDays(101));

        await EraseExpired.RunAsync(CancellationToken.None);
        await App.SettlesAsync();

        Assert.All(await Task.WhenAll(closed.Select(c => App.InquiryAsync(c.Reference))), i => Assert.Equal(InquiryState.Erased, i.State));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind = 'Erased'"));
    }

    [Fact]
    public async Task Two_workers_at_the_same_erase_each_inquiry_once()
    {
        var closed = await CloseAsync(await App.SubmitAsync(An.Inquiry()));
        await App.SettlesAsync();
        App.Clock.Advance(TimeSpan.FromDays(101));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => EraseExpired.RunAsync(CancellationToken.None))));

        var history = await App.Database.ReadAsync(async s => await InquiryStore.AuditAsync(s, (await InquiryStore.FindIdAsync(s, closed.Reference))!.Value));
        Assert.Single(history, e => e.Action == "erased");
    }

    private async Task<Submitted> CloseAsync(Submitted submitted)
    {
        var inquiry = await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.Database.WriteAsync(tx => InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Close, Actor.Patient, HoldReasons: [HoldReason.PatientWithdrew])));
        await App.LookAgainAsync(inquiry.Id);
        return submitted;
    }
}

/// <summary>Zero days: nothing goes by itself.</summary>
public sealed class RetentionSwitchedOffTests : AppTests
{
    internal override AppSetup Setup => new AppSetup().With("Privacy:RetentionDays", "0").With("Privacy:QuarantineDays", "0");

    [Fact]
    public async Task With_no_days_set_everything_stays()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().With("patient.name", "Visit www.example.com now").Saying("?"));
        await App.ReachesAsync(submitted.Reference, InquiryState.Quarantined);
        App.Clock.Advance(TimeSpan.FromDays(5000));

        Assert.Equal(0, await App.Services.GetRequiredService<EraseExpired>().RunAsync(CancellationToken.None));
        Assert.Equal(InquiryState.Quarantined, (await App.InquiryAsync(submitted.Reference)).State);
    }
}
