using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Reports;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Privacy;

/// <summary>A mail of an erased inquiry: the name of its file follows from both.</summary>
public sealed record ErasedMail
{
    public required Guid Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>An inquiry that has been over for long.</summary>
public sealed record EndedInquiry
{
    public required InquiryId Id { get; init; }

    public required InquiryState State { get; init; }

    public required int Version { get; init; }
}

/// <summary>What an erasure does to the rows of an inquiry. sql/README.md says what stays of each table.</summary>
public static class ErasureStore
{
    // Mails that tell of the erasure outlive it: those that may be sealed under a key of their own.
    private const string GoesWithInquiry = "M.Kind NOT IN ('Erased', 'OfferWithdrawn', 'DeleteRequest', 'ClinicLink')";

    /// <summary>Destroys the patient's key and everything that says who they are, what they have or where they live.</summary>
    /// <param name="tx">One transaction with the move that leaves the history line.</param>
    /// <param name="loaded">As it was loaded.</param>
    /// <param name="actor">Who erases.</param>
    /// <param name="why">As a code; null: the patient asked for it.</param>
    /// <param name="idempotencyKeys">Hashes of the keys it was sent under: only intake adds one.</param>
    /// <exception cref="ConflictException">The inquiry has moved on since it was loaded.</exception>
    public static async Task EraseAsync(Tx tx, InquiryRecord loaded, Actor actor, string? why, IReadOnlyList<byte[]> idempotencyKeys)
    {
        // The guard comes first: with it the inquiry is ours until the commit.
        await InquiryStore.MoveAsync(tx, loaded, new InquiryMove(InquiryTrigger.Erase, actor, new HistoryEvent.Erased(why)));
        await StatStore.KeepAsync(tx, loaded);
        var inquiry = new { loaded.Id, tx.Now };
        var mails = (await tx.QueryAsync<IdRow>("SELECT Id FROM Mail WHERE InquiryId = @Id", inquiry)).Select(r => r.Id).ToList();
        var pairedWith = (await tx.QueryAsync<IdRow>("SELECT InquiryId AS Id FROM InquiryLink WHERE OtherId = @Id", inquiry))
            .Select(r => new InquiryId(r.Id)).ToList();
        await tx.ExecuteAsync("DELETE FROM InquiryPatient WHERE InquiryId = @Id", inquiry);
        await tx.ExecuteAsync("DELETE FROM MailKey WHERE MailId IN (SELECT Id FROM Mail WHERE InquiryId = @Id)", inquiry);
        await tx.ExecuteAsync("DELETE FROM MailBody WHERE MailId IN (SELECT Id FROM Mail WHERE InquiryId = @Id)", inquiry);
        await tx.ExecuteAsync("DELETE FROM MailAside WHERE MailId IN (SELECT Id FROM Mail WHERE InquiryId = @Id)", inquiry);

        // What stands still cannot be sent any more, and is nobody's work.
        await tx.ExecuteAsync("UPDATE Mail SET State = 7, LeaseOwner = NULL, LastError = 'erased' WHERE InquiryId = @Id AND State <> 2 AND State <> 7", inquiry);

        // What was asked for counts on, without telling of whom: else erasing would be the way around the limit.
        await tx.ExecuteAsync(
            "UPDATE MailRequest SET InquiryId = NULL, Asker = CASE WHEN Kind = 'AddressConfirmed' THEN NULL ELSE Asker END WHERE InquiryId = @Id", inquiry);
        await tx.ExecuteAsync("DELETE FROM UnreachablePatient WHERE InquiryId = @Id", inquiry);
        await tx.ExecuteAsync("DELETE FROM Quote WHERE InquiryId = @Id", inquiry);
        await tx.ExecuteAsync("DELETE FROM Note WHERE InquiryId = @Id", inquiry);
        await tx.ExecuteAsync(
            """
            UPDATE Referral SET BookedOn = NULL, TreatedOn = NULL, PaidAmount = NULL, PaidCurrency = NULL, DisputedAt = NULL
            WHERE InquiryId = @Id
            """,
            inquiry);
        await tx.ExecuteAsync("DELETE FROM PendingAction WHERE InquiryId = @Id", inquiry);
        await tx.ExecuteAsync("DELETE FROM Draft WHERE InquiryId = @Id", inquiry);
        await tx.ExecuteAsync("DELETE FROM Presence WHERE InquiryId = @Id", inquiry);
        await KeptPageStore.EraseAsync(tx, loaded.Id);
        await tx.ExecuteAsync("DELETE FROM IdentityChoice WHERE InquiryId = @Id", inquiry);
        await tx.ExecuteAsync("DELETE FROM SpamScore WHERE InquiryId = @Id", inquiry);
        await tx.ExecuteAsync("DELETE FROM InquiryLink WHERE InquiryId = @Id", inquiry);
        await tx.ExecuteAsync("DELETE FROM InquiryLink WHERE OtherId = @Id", inquiry);
        await WorkLedger.EraseAsync(tx, loaded.Id, mails);
        foreach (var later in pairedWith)
        {
            await WorkLedger.LookAgainAsync(tx, later, actor);
        }

        await SearchTokenStore.RemoveAsync(tx, loaded.Id);
        await NameTokenStore.RemoveAsync(tx, loaded.Id);
        await LoadStore.StopWaitingAsync(tx, loaded.Id);
        await tx.ExecuteAsync("UPDATE FollowUp SET State = 2 WHERE InquiryId = @Id AND State = 0", inquiry);

        // A person wrote it.
        await tx.ExecuteAsync("UPDATE Outbox SET SetAsideReason = 'erased' WHERE InquiryId = @Id AND SetAsideReason IS NOT NULL", inquiry);

        // The hash of a link stays: it opens nothing any more, but can say why.
        await tx.ExecuteAsync("UPDATE AccessLink SET RevokedAt = @Now WHERE SubjectId = @Id AND RevokedAt IS NULL", inquiry);
        await tx.ExecuteAsync(
            "UPDATE AccessLink SET RevokedAt = @Now WHERE SubjectId IN (SELECT Id FROM Referral WHERE InquiryId = @Id) AND Purpose = 'Referral' AND RevokedAt IS NULL",
            inquiry);

        // Which clinics fitted, and what stopped the others, says what was asked for.
        await tx.ExecuteAsync("UPDATE MatchDecision SET Candidates = '', Decision = NULL WHERE InquiryId = @Id", inquiry);

        // One that is running may have looked at it already, and would name it.
        await tx.ExecuteAsync("DELETE FROM PolicyTrial WHERE State = 'Running' OR Result LIKE @about", new { about = $"%{loaded.Reference}%" });
        foreach (var keyHash in idempotencyKeys)
        {
            await tx.ExecuteAsync("DELETE FROM IdempotencyKey WHERE KeyHash = @keyHash", new { keyHash });
        }

        await tx.ExecuteAsync(
            """
            UPDATE Inquiry SET Relation = 'Self', Country = 'ZZ', Language = 'en', AlsoReads = '', Released = '',
                TimeZone = 'Etc/UTC', BirthYear = 0, ConditionCode = 'erased', ConditionType = NULL, TreatmentCode = 'erased', CellSource = 'any', Destinations = 'anywhere', BudgetAmount = NULL, BudgetCurrency = NULL, Timeframe = 'erased',
                SourcePage = NULL, SourceCampaign = NULL, IntakeFlags = ''
            WHERE Id = @Id
            """,
            inquiry);
    }

    /// <summary>Inquiries that were closed before a moment, or quarantined before another, longest over first.</summary>
    public static async Task<IReadOnlyList<EndedInquiry>> ListEndedAsync(Session session, DateTimeOffset closedBefore, DateTimeOffset quarantinedBefore, int take) =>
        [.. await session.QueryAsync<EndedInquiry>(
            session.Dialect.First(
                "Id, State, Version",
                "FROM Inquiry WHERE State IN ('Closed', 'Quarantined') AND ((State = 'Closed' AND ChangedAt < @closedBefore) OR (State = 'Quarantined' AND ChangedAt < @quarantinedBefore)) ORDER BY ChangedAt"),
            new { closedBefore, quarantinedBefore, take })];

    /// <summary>When an inquiry was erased last, if one was since a moment.</summary>
    public static async Task<DateTimeOffset?> FindNewestAsync(Session session, DateTimeOffset since) =>
        (await session.QuerySingleOrDefaultAsync<NewestRow>("SELECT MAX(ChangedAt) AS At FROM Inquiry WHERE State = 'Erased' AND ChangedAt >= @since", new { since }))?.At;

    /// <summary>Inquiries that were erased since a moment.</summary>
    public static async Task<IReadOnlyList<InquiryId>> ListSinceAsync(Session session, DateTimeOffset since) =>
        [.. (await session.QueryAsync<IdRow>("SELECT Id FROM Inquiry WHERE State = 'Erased' AND ChangedAt >= @since", new { since })).Select(r => new InquiryId(r.Id))];

    /// <summary>Of some inquiries, those that are here and not erased.</summary>
    public static async Task<IReadOnlyList<InquiryId>> ListHeldAgainAsync(Session session, IReadOnlyCollection<InquiryId> erased) =>
        [.. (await session.QueryAsync<IdRow>(
            "SELECT Id FROM Inquiry WHERE Id IN @ids AND State <> 'Erased'", new { ids = erased.Select(i => i.Value).ToArray() })).Select(r => new InquiryId(r.Id))];

    /// <summary>Mails about inquiries that were erased since a moment. Those that tell of the erasure are not among them.</summary>
    public static async Task<IReadOnlyList<ErasedMail>> ListMailsAsync(Session session, DateTimeOffset since) =>
        [.. await session.QueryAsync<ErasedMail>(
            $"SELECT M.Id, M.CreatedAt FROM Inquiry I INNER JOIN Mail M ON M.InquiryId = I.Id WHERE I.State = 'Erased' AND I.ChangedAt >= @since AND {GoesWithInquiry}",
            new { since })];

    /// <summary>Of some mails, those about inquiries that were erased.</summary>
    public static async Task<IReadOnlyList<ErasedMail>> ListErasedAsync(Session session, IReadOnlyCollection<Guid> mailIds) =>
        [.. await session.QueryAsync<ErasedMail>(
            $"SELECT M.Id, M.CreatedAt FROM Mail M INNER JOIN Inquiry I ON I.Id = M.InquiryId WHERE M.Id IN @mailIds AND I.State = 'Erased' AND {GoesWithInquiry}",
            new { mailIds })];

    /// <summary>Hashes of the keys an inquiry was sent under. Reads a day's keys: ask outside of a transaction.</summary>
    public static async Task<IReadOnlyList<byte[]>> ListIdempotencyKeysAsync(Session session, InquiryId inquiryId) =>
        [.. (await session.QueryAsync<KeyRow>("SELECT KeyHash FROM IdempotencyKey WHERE InquiryId = @inquiryId", new { inquiryId })).Select(r => r.KeyHash)];

    private sealed class IdRow
    {
        public Guid Id { get; init; }
    }

    private sealed class NewestRow
    {
        public DateTimeOffset? At { get; init; }
    }

    private sealed class KeyRow
    {
        public byte[] KeyHash { get; init; } = [];
    }
}
