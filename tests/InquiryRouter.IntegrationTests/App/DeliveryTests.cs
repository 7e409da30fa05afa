using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

public sealed class DeliveryTests : AppTests
{
    [Fact]
    public async Task Messages_of_every_type_delivered_again_and_again_change_nothing()
    {
        await SeeEveryMessageAsync();
        await SeeAFailedMailAsync();
        var before = await App.DumpAsync();
        var messages = (await App.Database.ReadAsync(session => session.QueryAsync<Row>("SELECT MessageId, Type, Body FROM Outbox ORDER BY Seq"))).ToList();
        Assert.Equal(EventTypes.All.Select(t => t.Name).Order(StringComparer.Ordinal), messages.Select(m => m.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        var transport = App.Services.GetRequiredService<IEventTransport>();

        foreach (var message in messages.Concat(Enumerable.Reverse(messages)))
        {
            await App.Clock.RunningAsync(transport.DeliverAsync(EventTypes.Read(message.Type, message.Body), message.MessageId, CancellationToken.None));
        }

        await App.SettlesAsync();
        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task The_same_message_delivered_many_times_at_once_changes_nothing()
    {
        await SeeEveryMessageAsync();
        await SeeAFailedMailAsync();
        var before = await App.DumpAsync();
        var messages = (await App.Database.ReadAsync(session => session.QueryAsync<Row>("SELECT MessageId, Type, Body FROM Outbox ORDER BY Seq"))).ToList();
        var transport = App.Services.GetRequiredService<IEventTransport>();

        await App.Clock.RunningAsync(Task.WhenAll(messages.SelectMany(message => Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            transport.DeliverAsync(EventTypes.Read(message.Type, message.Body), message.MessageId, CancellationToken.None))))));

        await App.SettlesAsync();
        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task Everything_that_was_sent_is_marked_and_nothing_is_parked()
    {
        await SeeEveryMessageAsync();

        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State <> 1"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE State <> 2"));
        Assert.Equal(App.Mails().Count, await App.NumberAsync("SELECT COUNT(*) FROM Mail"));
    }

    private async Task SeeAFailedMailAsync()
    {
        var inquiry = An.Inquiry();
        var address = App.Services.GetRequiredService<KeyedHash>().OfAddress(inquiry.Email);
        await App.Database.WriteAsync(tx => MailStore.SuppressAsync(tx, address, RefusalReason.NoSuchMailbox));
        var submitted = await App.SubmitAsync(inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.SettlesAsync();
    }

    private async Task SeeEveryMessageAsync()
    {
        var held = await App.SubmitAsync(An.Inquiry().WithoutConsentToShare());
        var routed = await App.SubmitAsync(An.Inquiry());
        using var declining = await OpenReferralOfAsync("MX-A");
        await declining.DeclineAsync();
        using var late = await OpenReferralOfAsync("MX-B");
        await App.SettlesAsync();
        await App.AdvanceToAsync((await App.ReferralsAsync(routed.Reference))[^1].OfferUntil);
        using var accepting = await OpenReferralOfAsync("MX-C");
        await App.SettlesAsync();
        await accepting.AcceptAsync();
        await App.ReachesAsync(held.Reference, InquiryState.Held);
        await App.RunCommandAsync("ask", held.Reference, "--template", "consent");
        App.Clock.Advance(TimeSpan.FromSeconds(15));
        await App.SettlesAsync();
    }

    private sealed class Row
    {
        public Guid MessageId { get; init; }

        public string Type { get; init; } = string.Empty;

        public string Body { get; init; } = string.Empty;
    }
}
