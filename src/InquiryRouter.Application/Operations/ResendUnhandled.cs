using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Operations;

/// <summary>What was found.</summary>
/// <param name="SentAgain">Events that go again.</param>
/// <param name="Parked">Events that were sent often enough: a person has to look.</param>
public sealed record Resent(int SentAgain, int Parked);

/// <summary>
/// Finds inquiries that stand still because what was sent about them is lost: a queue that was purged or deleted, a broker that forgot.
/// The event they wait for is sent again under its own id, which the inbox makes harmless when it was handled after all; one that is not in
/// the outbox any more is made again, which the inquiry's version makes harmless. What does not help is parked: a person is told.
/// </summary>
public sealed partial class ResendUnhandled(
    Database database, IEnumerable<Subscription> subscriptions, MailWriter mails, ILogger<ResendUnhandled> log)
{
    private const int MostAtOnce = 200;

    private readonly string[] _consumers = [.. subscriptions.Select(s => s.Consumer).Distinct(StringComparer.Ordinal)];

    // Nobody handles anything while no worker runs: what has waited in a queue meanwhile is not lost.
    private readonly DateTimeOffset _runsSince = database.Clock.GetUtcNow();

    public async Task<Resent> RunAsync(CancellationToken cancellation)
    {
        await database.WriteAsync(tx => OutboxStore.SettleAsync(tx, _consumers), cancellation: cancellation);
        var before = database.Clock.GetUtcNow() - AwaitedEvent.LostAfter;
        if (_runsSince > before)
        {
            return new Resent(0, 0);
        }

        var (standing, overdue, unheard, begun) = await database.ReadAsync(
            async session => (
                await OutboxStore.ListStandingAsync(session, before, MostAtOnce),
                await OutboxStore.ListOverdueAsync(session, before, MostAtOnce),
                await OutboxStore.ListUnheardAsync(session, _consumers, before, MostAtOnce),
                await PendingActionStore.ListLostAsync(session, before, MostAtOnce)),
            cancellation);
        var found = new List<Lost>();
        foreach (var inquiry in standing)
        {
            try
            {
                found.Add(await database.ReadAsync(session => FindAsync(session, inquiry), cancellation));
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or DatabaseUnavailableException))
            {
                // One whose records do not fit together must not keep the others standing.
                LogNotFound(exception, inquiry.Id);
            }
        }

        foreach (var referral in overdue)
        {
            found.Add(await database.ReadAsync(session => FindAsync(session, referral), cancellation));
        }

        found.AddRange(unheard.Select(m => new Lost(m, m.Event)));
        found.AddRange(begun.Select(a => new Lost(null, new ActionDue { InquiryId = a.InquiryId, ActionId = a.Id })));
        return await SendAsync(found, before, cancellation);
    }

    private async Task<Resent> SendAsync(IReadOnlyList<Lost> found, DateTimeOffset before, CancellationToken cancellation)
    {
        var (sentAgain, parked) = (0, 0);
        foreach (var (sent, message) in found)
        {
            if (sent is null)
            {
                var replaced = await database.WriteAsync(tx => OutboxStore.ReplaceAsync(tx, message), cancellation: cancellation);
                sentAgain += replaced ? 1 : 0;
            }
            else if (sent.Resends < AwaitedEvent.MostResends)
            {
                var resent = await database.WriteAsync(
                    tx => OutboxStore.ResendAsync(tx, sent.MessageId, before), cancellation: cancellation);
                sentAgain += resent ? 1 : 0;
            }
            else
            {
                parked += await ParkAsync(sent, before, cancellation) ? 1 : 0;
            }
        }

        if (sentAgain > 0)
        {
            LogSentAgain(sentAgain, AwaitedEvent.LostAfter.TotalMinutes);
        }

        return new Resent(sentAgain, parked);
    }

    private async Task<bool> ParkAsync(SentMessage sent, DateTimeOffset before, CancellationToken cancellation)
    {
        var (inquiry, patient) = await database.ReadAsync(
            async session => (
                await InquiryStore.FindAsync(session, sent.InquiryId),
                await InquiryStore.FindPatientAsync(session, sent.InquiryId)),
            cancellation);
        if (inquiry is null)
        {
            return false;
        }

        var alert = patient is null ? null : mails.StandstillAlert(inquiry, patient, sent.MessageId);
        var parked = await database.WriteAsync(
            async tx =>
            {
                if (!await OutboxStore.ParkUnhandledAsync(tx, sent.MessageId, before))
                {
                    return false;
                }

                if (alert is not null)
                {
                    // Told once, also when it was sent again by a person and stands still again.
                    await MailStore.TryAddAsync(tx, alert);
                }

                return true;
            },
            cancellation: cancellation);
        if (parked)
        {
            LogParked(inquiry.Reference, sent.Type, sent.MessageId, sent.Resends + 1);
        }

        return parked;
    }

    // The event that moves the inquiry on, when it was not handled; else one that is made again.
    private async Task<Lost> FindAsync(Session session, StandingInquiry inquiry)
    {
        var awaited = (await OutboxStore.ListSentAsync(session, inquiry.Id, inquiry.ChangedAt))
            .Where(m => AwaitedEvent.IsAwaited(m.Event, inquiry.State, inquiry.Version))
            .OrderBy(m => m.Event is ReferralAnswered);
        foreach (var sent in awaited)
        {
            if (sent.Resends > 0 || !await InboxStore.IsHandledAsync(session, _consumers, sent.MessageId))
            {
                return new Lost(sent, sent.Event);
            }
        }

        return new Lost(null, await NewEvents.ForAsync(session, inquiry));
    }

    private static async Task<Lost> FindAsync(Session session, OverdueReferral referral)
    {
        var due = new FollowUpDue { InquiryId = referral.InquiryId, FollowUpId = referral.FollowUpId };
        var sent = await OutboxStore.ListSentAsync(session, referral.InquiryId, referral.FiredAt);
        return new Lost(sent.FirstOrDefault(m => m.Event.Equals(due)), due);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Count} messages were sent again: nobody had handled them within {Minutes} minutes. Was a queue purged?")]
    private partial void LogSentAgain(int count, double minutes);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "{Reference} stands still: nobody handled {Type} {MessageId}, sent {Times} times. See: InquiryRouter operations list")]
    private partial void LogParked(string reference, string type, Guid messageId, int times);

    [LoggerMessage(Level = LogLevel.Error, Message = "What inquiry {InquiryId} waits for could not be found; it stands still.")]
    private partial void LogNotFound(Exception exception, InquiryId inquiryId);

    /// <param name="Sent">The message as it was sent; null: it is not there any more.</param>
    /// <param name="Event">What it reports.</param>
    private sealed record Lost(SentMessage? Sent, IEvent Event);
}
