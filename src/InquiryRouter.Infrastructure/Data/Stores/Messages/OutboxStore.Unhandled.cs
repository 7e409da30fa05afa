using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Infrastructure.Data.Stores.Messages;

/// <summary>An inquiry that stands between two stages, with no message about it on its way.</summary>
public sealed record StandingInquiry
{
    public required InquiryId Id { get; init; }

    public required InquiryState State { get; init; }

    public required int Version { get; init; }

    /// <summary>Its last move.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>A referral whose end was reported, and that has not ended.</summary>
public sealed record OverdueReferral
{
    public required InquiryId InquiryId { get; init; }

    public required Guid FollowUpId { get; init; }

    /// <summary>When its end was reported.</summary>
    public required DateTimeOffset FiredAt { get; init; }
}

/// <summary>A message that was delivered some time ago.</summary>
public sealed record SentMessage
{
    public required Guid MessageId { get; init; }

    public required InquiryId InquiryId { get; init; }

    public required string Type { get; init; }

    public required string Body { get; init; }

    /// <summary>How often the clock has sent it again.</summary>
    public required int Resends { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public IEvent Event => EventTypes.Read(Type, Body);
}

/// <summary>What was sent and not handled. What waits, is parked or set aside has its own alarm, and is left alone.</summary>
public static partial class OutboxStore
{
    private const string Clock = "clock";

    // What was sent is swept after that.
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(7);

    /// <summary>Inquiries that a stage should have moved on, and that no message is on its way about, nor was lately.</summary>
    /// <param name="session">Where to ask.</param>
    /// <param name="before">They have stood since before this moment, and messages sent after it may still be handled.</param>
    /// <param name="take">How many at most.</param>
    public static async Task<IReadOnlyList<StandingInquiry>> ListStandingAsync(Session session, DateTimeOffset before, int take) =>
        [.. await session.QueryAsync<StandingInquiry>(
            session.Dialect.First(
                "I.Id, I.State, I.Version, I.ChangedAt",
                """
                FROM Inquiry I
                WHERE I.State IN ('Received', 'Screened', 'Matched', 'Referred') AND I.ChangedAt < @before
                    AND NOT EXISTS (
                        SELECT 1 FROM Referral R
                        WHERE I.State = 'Referred' AND R.InquiryId = I.Id AND R.State IN ('Offered', 'Viewed', 'Quoted'))
                    AND NOT EXISTS (
                        SELECT 1 FROM Outbox O
                        WHERE O.InquiryId = I.Id AND O.CreatedAt >= I.ChangedAt AND (O.State <> 1 OR O.SentAt >= @before))
                ORDER BY I.Seq
                """),
            new { before, take })];

    /// <summary>
    /// Offers whose window, and quotes whose time, has ended, and that still stand though their end was reported. The window of an offer of a held
    /// inquiry stands still (<c>ReferralTransitions.IsPaused</c>).
    /// </summary>
    /// <inheritdoc cref="ListStandingAsync"/>
    public static async Task<IReadOnlyList<OverdueReferral>> ListOverdueAsync(Session session, DateTimeOffset before, int take) =>
        [.. await session.QueryAsync<OverdueReferral>(
            session.Dialect.First(
                "R.InquiryId, F.Id AS FollowUpId, F.FiredAt",
                """
                FROM Referral R CROSS JOIN FollowUp F
                WHERE R.State IN ('Offered', 'Viewed', 'Quoted') AND R.AcceptedAt IS NULL AND R.OfferUntil < @before
                    AND F.InquiryId = R.InquiryId AND F.AboutId = R.Id
                    AND F.Kind = CASE R.State WHEN 'Quoted' THEN 'QuoteExpiry' ELSE 'OfferExpiry' END
                    AND F.State = 1 AND F.FiredAt < @before AND F.DueAt < @before
                    AND NOT EXISTS (
                        SELECT 1 FROM Inquiry I
                        WHERE I.Id = R.InquiryId AND (I.State IN ('Closed', 'Erased') OR (I.State IN ('Held', 'Received', 'Screened', 'Matched') AND R.State <> 'Quoted')))
                    AND NOT EXISTS (
                        SELECT 1 FROM Outbox O
                        WHERE O.InquiryId = R.InquiryId AND O.Type = 'FollowUpDue' AND O.CreatedAt >= F.FiredAt
                            AND (O.State <> 1 OR O.SentAt >= @before))
                ORDER BY R.Seq
                """),
            new { before, take })];

    /// <summary>
    /// Messages that hold up no inquiry, and that people wait for all the same: a held inquiry's, which tells the coordinators, and a
    /// clinic's yes, which the clinic is to have confirmed. Sent with the inquiry's last move and handled by nobody.
    /// </summary>
    /// <param name="session">Where to ask.</param>
    /// <param name="consumers">Every consumer there is.</param>
    /// <param name="before">Messages sent after this moment may still be handled.</param>
    /// <param name="take">How many at most.</param>
    public static async Task<IReadOnlyList<SentMessage>> ListUnheardAsync(
        Session session, IReadOnlyCollection<string> consumers, DateTimeOffset before, int take) =>
        [.. await session.QueryAsync<SentMessage>(
            session.Dialect.First(
                "O.MessageId, O.InquiryId, O.Type, O.Body, O.Resends, O.CreatedAt",
                """
                FROM Inquiry I CROSS JOIN Outbox O
                WHERE I.State IN ('Held', 'AwaitingPatient', 'Quarantined', 'Accepted', 'Booked') AND I.ChangedAt >= @since
                    AND O.InquiryId = I.Id AND O.CreatedAt = I.ChangedAt AND O.State = 1 AND O.SentAt < @before
                    AND O.Type = CASE WHEN I.State IN ('Accepted', 'Booked') THEN 'ReferralAnswered' ELSE 'InquiryHeld' END
                    AND NOT EXISTS (SELECT 1 FROM Inbox B WHERE B.Consumer IN @consumers AND B.MessageId = O.MessageId)
                ORDER BY I.Seq
                """),
            new { consumers, before, since = before - s_kept, take })];

    /// <summary>What was sent about an inquiry since a moment, newest first.</summary>
    public static async Task<IReadOnlyList<SentMessage>> ListSentAsync(Session session, InquiryId inquiryId, DateTimeOffset since) =>
        [.. await session.QueryAsync<SentMessage>(
            """
            SELECT MessageId, InquiryId, Type, Body, Resends, CreatedAt FROM Outbox
            WHERE InquiryId = @inquiryId AND State = 1 AND CreatedAt >= @since ORDER BY Seq DESC
            """,
            new { inquiryId, since })];

    /// <summary>Sends a message again under its own id, unless another worker was first.</summary>
    public static async Task<bool> ResendAsync(Tx tx, Guid messageId, DateTimeOffset before)
    {
        var sent = await tx.ExecuteAsync(
            """
            UPDATE Outbox SET State = 0, NextAt = @Now, Attempts = 0, Resends = Resends + 1
            WHERE MessageId = @messageId AND State = 1 AND SentAt < @before
            """,
            new { messageId, before, tx.Now });
        if (sent == 0)
        {
            return false;
        }

        tx.WakeAfterCommit(Wake.Outbox);
        await OutboxHistory.RecordAsync(tx, [messageId], OutboxHistory.SentAgain, Clock);
        return true;
    }

    /// <summary>Puts an event in the place of one that is not there any more, unless another worker was first.</summary>
    public static async Task<bool> ReplaceAsync(Tx tx, IEvent message)
    {
        var waiting = await tx.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM Outbox WHERE InquiryId = @InquiryId AND State = 0", new { message.InquiryId });
        if (waiting > 0)
        {
            return false;
        }

        await AddAsync(tx, message, resends: 1);
        return true;
    }

    /// <summary>Parks a message that was sent often enough, unless another worker was first.</summary>
    public static async Task<bool> ParkUnhandledAsync(Tx tx, Guid messageId, DateTimeOffset before)
    {
        var parked = await tx.ExecuteAsync(
            "UPDATE Outbox SET State = 2, LastError = @NotHandled WHERE MessageId = @messageId AND State = 1 AND SentAt < @before",
            new { messageId, before, NotHandled });
        if (parked == 0)
        {
            return false;
        }

        await OutboxHistory.RecordAsync(tx, [messageId], OutboxHistory.Parked, Clock, NotHandled);
        await WorkLedger.LookAtMessagesAsync(tx, [messageId]);
        return true;
    }

    /// <summary>
    /// Takes messages off the list that were parked because nobody handled them, and that somebody has handled since, or nobody needs any
    /// more.
    /// </summary>
    /// <returns>How many.</returns>
    public static async Task<int> SettleAsync(Tx tx, IReadOnlyCollection<string> consumers)
    {
        var settled = await tx.ExecuteAsync(
            """
            UPDATE Outbox SET State = 1, LastError = NULL
            WHERE State = 2 AND LastError = @NotHandled
                AND (EXISTS (SELECT 1 FROM Inbox B WHERE B.Consumer IN @consumers AND B.MessageId = Outbox.MessageId)
                    OR EXISTS (
                        SELECT 1 FROM Inquiry I WHERE I.Id = Outbox.InquiryId
                            AND (I.State IN ('Closed', 'Erased') OR (Outbox.Type <> 'FollowUpDue' AND I.ChangedAt > Outbox.CreatedAt))))
            """,
            new { consumers, NotHandled });
        if (settled > 0)
        {
            await WorkLedger.SettleMessagesAsync(tx);
        }

        return settled;
    }
}
