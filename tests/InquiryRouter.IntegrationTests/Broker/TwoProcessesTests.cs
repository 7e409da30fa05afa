using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Settings;
using InquiryRouter.Worker;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.Broker;

[Collection(BrokerCollection.Name)]
public sealed class TwoProcessesTests(BrokerFixture fixture) : BrokerTests(fixture)
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_lupus_inquiry_goes_from_the_web_through_the_worker_to_a_yes()
    {
        var web = await StartAsync(Roles.Web);
        await StartAsync(Roles.Worker);
        var inquiry = An.Inquiry().ForLupus();

        var submitted = await web.SubmitAsync(inquiry);
        using var first = await web.OpenReferralAsync(await web.MailToAsync(A.Clinic("MX-A").Email));
        await first.DeclineAsync();
        using var second = await web.OpenReferralAsync(await web.MailToAsync(A.Clinic("MX-B").Email));
        await second.AcceptAsync();

        await web.MailToAsync(inquiry.Email, number: 2);
        await web.SettlesAsync();
        Assert.Equal("A clinic has accepted your inquiry", (await web.StatusPageAsync(submitted)).Headline);
        Assert.Equal([ReferralState.Declined, ReferralState.Accepted], (await web.ReferralsAsync(submitted.Reference)).Select(r => r.State));
        Assert.Equal(0, await web.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State <> 1"));
    }

    [Fact]
    public async Task Mail_by_SMTP_reaches_the_patient_and_the_clinic_once_with_two_workers()
    {
        var web = await StartAsync(Roles.Web);
        AppSetup BySmtp(AppSetup setup) => setup.With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1").With("Mail:Port", $"{Smtp.Port}").With("Mail:Security", "None");
        await StartAsync(Roles.Worker, BySmtp);
        await StartAsync(Roles.Worker, BySmtp);
        var inquiries = Enumerable.Range(0, 10).Select(_ => An.Inquiry()).ToList();

        var submitted = await Task.WhenAll(inquiries.Select(i => web.SubmitAsync(i)));
        foreach (var one in submitted)
        {
            await web.ReachesAsync(one.Reference, InquiryState.Referred);
        }

        await web.SettlesAsync();
        Assert.Equal(new Dictionary<MailState, long> { [MailState.Sent] = 20 }, await web.MailStatesAsync());
        Assert.Equal(
            inquiries.Select(i => i.Email).Concat(Enumerable.Repeat("a clinic", 10)).Order(StringComparer.Ordinal),
            Smtp.Received.Select(m => m.Recipient.EndsWith(".clinic.example", StringComparison.Ordinal) ? "a clinic" : m.Recipient).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_clock_of_a_worker_ends_offers_that_nobody_answers()
    {
        var web = await StartAsync(Roles.Web);
        var worker = await StartAsync(Roles.Worker);
        var submitted = await web.SubmitAsync(An.Inquiry());
        await web.ReachesAsync(submitted.Reference, InquiryState.Referred);

        await worker.AdvanceToAsync(Assert.Single(await web.ReferralsAsync(submitted.Reference)).OfferUntil);

        await web.MailToAsync(A.Clinic("MX-B").Email);
        Assert.Equal([ReferralState.Expired, ReferralState.Offered], (await web.ReferralsAsync(submitted.Reference)).Select(r => r.State));
    }

    [Fact]
    public async Task Every_stage_has_a_quorum_queue_with_a_delivery_limit_and_the_dead_letter_queue()
    {
        await StartAsync(Roles.Worker);
        var stages = Pipeline.Stages.ToLookup(s => s.Queue, StringComparer.Ordinal);

        var queues = (await QueuesExistAsync()).ToDictionary(q => q.Name, StringComparer.Ordinal);

        foreach (var stage in stages)
        {
            var queue = queues[stage.Key];
            Assert.Equal("quorum", queue.Type);
            Assert.Equal($"{stage.First().Policy.DeliveryLimit}", queue.Arguments["x-delivery-limit"]);
            Assert.Equal(MessagingRegistration.DeadLetterQueue, queue.Arguments["x-dead-letter-exchange"]);
        }

        Assert.Equal("quorum", queues[MessagingRegistration.DeadLetterQueue].Type);
        Assert.Equal(stages.Count + 1, queues.Count);
    }

    [Fact]
    public async Task A_message_that_can_never_be_handled_is_parked_and_stops_nobody()
    {
        var web = await StartAsync(Roles.Web);
        var worker = await StartAsync(Roles.Worker);
        await QueuesExistAsync();
        var submitted = await web.SubmitAsync(An.Inquiry());
        await web.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await web.Services.GetRequiredService<IEventTransport>().DeliverAsync(
            new InquiryReceived { InquiryId = InquiryId.New(), Version = 1 }, Guid.CreateVersion7(), CancellationToken.None);
        var next = await web.SubmitAsync(An.Inquiry());

        await web.ReachesAsync(next.Reference, InquiryState.Referred);
        var letters = worker.Services.GetRequiredService<TakeDeadLetters>();
        await Clock.UntilAsync(
            async () =>
            {
                await Clock.RunningAsync(letters.RunAsync(CancellationToken.None));
                return await web.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State = 2") == 1;
            },
            () => "it is parked",
            limit: TimeSpan.FromMinutes(5));
        await Clock.RunningAsync(HoldsAsync(MessagingRegistration.DeadLetterQueue, 0));
        await Clock.RunningAsync(HoldsAsync("inquiryrouter-screening", 0));
        Assert.Equal(2, await web.NumberAsync("SELECT COUNT(*) FROM Inquiry"));
    }

    [Fact]
    public async Task The_same_message_delivered_three_times_by_the_broker_has_one_effect()
    {
        var web = await StartAsync(Roles.Web);
        await StartAsync(Roles.Worker);
        var inquiry = An.Inquiry();
        var submitted = await web.SubmitAsync(inquiry);
        await web.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await web.SettlesAsync();
        var before = await web.DumpAsync();
        var messages = (await web.Database.ReadAsync(session => session.QueryAsync<OutboxRow>("SELECT MessageId, Type, Body FROM Outbox"))).ToList();

        foreach (var message in messages.Concat(messages))
        {
            await web.Services.GetRequiredService<IEventTransport>().DeliverAsync(EventTypes.Read(message.Type, message.Body), message.MessageId, CancellationToken.None);
        }

        await QueuesAreEmptyAsync();
        Assert.Equal(before, await web.DumpAsync());
    }

    // Beside the running clock: asking the broker takes a second, and the tries wait on the clock.
    private async Task HoldsAsync(string queue, int messages)
    {
        while (await QueueAsync(queue) is not { MessagesUnacked: 0 } now || now.MessagesReady != messages)
        {
            await Task.Delay(s_second);
        }
    }

    private Task QueuesAreEmptyAsync()
    {
        var empty = 0;

        // The counts are half a second behind: empty twice in a row, a question apart.
        return Clock.UntilAsync(
            async () =>
            {
                await Task.Delay(s_second);
                empty = (await Broker.QueuesAsync()).All(q => q.MessagesReady + q.MessagesUnacked == 0) ? empty + 1 : 0;
                return empty == 2;
            },
            () => "all queues are empty");
    }

    private sealed class OutboxRow
    {
        public Guid MessageId { get; init; }

        public string Type { get; init; } = string.Empty;

        public string Body { get; init; } = string.Empty;
    }
}
