using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Settings;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Xunit;

namespace InquiryRouter.IntegrationTests.Broker;

/// <summary>What a careless operator does to a broker costs time, and no inquiry.</summary>
[Collection(BrokerCollection.Name)]
public sealed class DeletedQueuesTests(BrokerFixture fixture) : BrokerTests(fixture)
{
    private const string Screening = "inquiryrouter-screening";

    [Fact]
    public async Task Queues_that_were_deleted_are_there_again_without_a_restart()
    {
        var web = await StartAsync(Roles.Web);
        await StartAsync(Roles.Worker);
        await QueuesExistAsync();
        await CompletesAsync(web);

        await OnBrokerAsync(async channel =>
        {
            foreach (var queue in await Broker.QueuesAsync())
            {
                await channel.QueueDeleteAsync(queue.Name);
            }
        });

        await CompletesAsync(web);
        await QueuesExistAsync();
    }

    [Fact]
    public async Task Exchanges_and_the_dead_letter_queue_that_were_deleted_are_there_again_when_the_clock_has_looked()
    {
        var web = await StartAsync(Roles.Web);
        var worker = await StartAsync(Roles.Worker);
        await QueuesExistAsync();
        await CompletesAsync(web);

        await OnBrokerAsync(async channel =>
        {
            await channel.QueueDeleteAsync(MessagingRegistration.DeadLetterQueue);
            await channel.ExchangeDeleteAsync(MessagingRegistration.DeadLetterQueue);
            await channel.ExchangeDeleteAsync(Screening);
            await channel.ExchangeDeleteAsync("InquiryRouter.Core.Messages:InquiryReceived");
        });
        var topology = worker.Services.GetRequiredService<BrokerTopology>();
        await Clock.UntilAsync(
            async () =>
            {
                await topology.DeployAsync(CancellationToken.None);
                return await QueueAsync(MessagingRegistration.DeadLetterQueue) is not null;
            },
            () => "the dead-letter queue is there");

        await QueuesExistAsync();
        await CompletesAsync(web);
    }

    [Fact]
    public async Task As_long_as_the_bus_does_not_consume_nobody_else_declares_its_queues()
    {
        // It has nothing to declare them at, and will not get further.
        var worker = await StartAsync(Roles.Worker, setup => setup.With("Broker:Uri", $"amqp://127.0.0.1:{FreePort.Pick(1)[0]}/"));

        var deploying = worker.Services.GetRequiredService<BrokerTopology>().DeployAsync(CancellationToken.None);

        await Clock.RunningAsync(deploying);
        Assert.Equal(BusHealthStatus.Unhealthy, worker.Services.GetRequiredService<IBusControl>().CheckHealth().Status);
    }

    [Fact]
    public async Task Inquiries_whose_messages_were_purged_go_on_after_ten_minutes()
    {
        var web = await StartAsync(Roles.Web);
        var first = await StartAsync(Roles.Worker);
        await QueuesExistAsync();
        await StopAsync(first);
        var submitted = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => web.SubmitAsync(An.Inquiry())));
        await web.SettlesAsync();
        await Clock.UntilAsync(async () => await QueueAsync(Screening) is { MessagesReady: >= 30 }, () => "the messages are in the queue, one or the other twice");

        await OnBrokerAsync(channel => channel.QueuePurgeAsync(Screening));
        var worker = await StartAsync(Roles.Worker);
        var task = worker.Services.GetRequiredService<ResendUnhandled>();
        Clock.Advance(AwaitedEvent.LostAfter - TimeSpan.FromMinutes(1));
        await Clock.RunningAsync(task.RunAsync(CancellationToken.None));
        Assert.Equal(30, await web.NumberAsync("SELECT COUNT(*) FROM Inquiry WHERE State = 'Received'"));
        Clock.Advance(TimeSpan.FromMinutes(2));
        await Clock.RunningAsync(task.RunAsync(CancellationToken.None));

        foreach (var one in submitted)
        {
            await web.ReachesAsync(one.Reference, InquiryState.Referred);
        }

        await web.SettlesAsync();
        Assert.Equal(30, await web.NumberAsync("SELECT COUNT(*) FROM Referral"));
        Assert.Equal(90, await web.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State = 1"));
        Assert.Equal(90, await web.NumberAsync("SELECT COUNT(*) FROM Outbox"));
    }

    private static async Task CompletesAsync(InquiryApp web)
    {
        var submitted = await web.SubmitAsync(An.Inquiry());
        await web.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await web.SettlesAsync();
    }

    private async Task OnBrokerAsync(Func<IChannel, Task> work)
    {
        await using var connection = await new ConnectionFactory { Uri = Broker.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await work(channel);
    }
}
