using System.Text;
using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Settings;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Xunit;

namespace InquiryRouter.IntegrationTests.Broker;

/// <summary>What the broker gives up on is parked in the database, listed and sent again like everything else.</summary>
[Collection(BrokerCollection.Name)]
public sealed class DeadLetterTests(BrokerFixture fixture) : BrokerTests(fixture)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_poison_message_is_parked_with_its_cause_and_its_inquiry_goes_on_when_that_is_mended()
    {
        var web = await StartAsync(Roles.Web);
        await web.PoisonAsync("SearchToken");
        var worker = await StartAsync(Roles.Worker);
        await QueuesExistAsync();
        var inquiry = An.Inquiry();
        var submitted = await web.SubmitAsync(inquiry);
        await ParksAsync(worker);

        var (_, listed) = await web.RunCommandAsync("operations", "list");

        Assert.Contains($"{Poison.Cause}: 1 InquiryReceived", listed, StringComparison.Ordinal);
        Assert.Contains($"  {submitted.Reference}  InquiryReceived  {Poison.Cause}", listed, StringComparison.Ordinal);
        Assert.Contains($"UTC: ScreenInquiry {Poison.Cause}", listed, StringComparison.Ordinal);
        Assert.Contains("UTC: inquiryrouter-screening delivery_limit", listed, StringComparison.Ordinal);

        await web.MendAsync();
        Assert.Equal(0, (await web.RunCommandAsync("operations", "requeue", "--all")).ExitCode);
        await web.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await web.SettlesAsync();
        Assert.Equal(0, await web.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State <> 1"));
        Assert.Equal(3, await web.NumberAsync("SELECT COUNT(*) FROM Outbox"));
        Assert.Single(web.MailsTo(inquiry.Email));
    }

    [Fact]
    public async Task What_cannot_be_kept_stays_in_the_queue_and_what_was_kept_leaves_it()
    {
        var worker = await StartAsync(Roles.Worker);
        await QueuesExistAsync();
        await PublishAsync("not ours");
        await using var letters = new DeadLetters(worker.Settings.Broker);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => letters.TakeAsync(_ => throw new InvalidOperationException("no database"), CancellationToken.None));

        var kept = new List<DeadLetter>();
        Assert.Equal(1, await letters.TakeAsync(some => { kept.AddRange(some); return Task.CompletedTask; }, CancellationToken.None));
        var letter = Assert.Single(kept);
        Assert.Equal((OutboxStore.Unreadable, Convert.ToBase64String("not ours"u8)), (letter.Type, letter.Body));
        Assert.Equal(0, await letters.TakeAsync(_ => throw new InvalidOperationException("nothing is left"), CancellationToken.None));
    }

    [Fact]
    public async Task Without_the_queue_there_are_no_dead_letters()
    {
        await using var letters = new DeadLetters(new BrokerOptions { Transport = BrokerTransport.RabbitMq, Uri = Broker.Uri.AbsoluteUri });

        Assert.Equal(0, await letters.TakeAsync(_ => throw new InvalidOperationException("there are none"), CancellationToken.None));
    }

    [Fact]
    public async Task What_is_none_of_our_events_is_parked_as_unreadable()
    {
        var worker = await StartAsync(Roles.Worker);
        await QueuesExistAsync();
        await PublishAsync("{\"messageType\":[\"urn:message:Somebody:Else\"],\"message\":{}}");

        await ParksAsync(worker);

        var (_, listed) = await worker.RunCommandAsync("operations", "list");
        Assert.Contains($"no inquiry  {OutboxStore.Unreadable}  {OutboxStore.Unreadable}", listed, StringComparison.Ordinal);
    }

    // Beside the running clock: the broker's deliveries take real time.
    private async Task ParksAsync(InquiryApp worker)
    {
        var task = worker.Services.GetRequiredService<TakeDeadLetters>();
        await Clock.UntilAsync(
            async () =>
            {
                await Clock.RunningAsync(task.RunAsync(CancellationToken.None));
                return await worker.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State = 2") == 1;
            },
            () => "it is parked",
            limit: s_limit);
    }

    private async Task PublishAsync(string body)
    {
        await using var connection = await new ConnectionFactory { Uri = Broker.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync(string.Empty, MessagingRegistration.DeadLetterQueue, Encoding.UTF8.GetBytes(body));
    }
}
