using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Infrastructure.Data.Stores.Privacy;

/// <summary>A mail about an inquiry, as the patient's own copy has it.</summary>
public sealed record RecordedMail
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required MailState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? SentAt { get; init; }

    /// <summary>Sealed under the patient's key; null: it is not kept.</summary>
    public required byte[]? Sealed { get; init; }
}

/// <summary>What the patient's own copy asks for and nothing else does.</summary>
public static class PatientRecordStore
{
    /// <summary>Mails about an inquiry, oldest first.</summary>
    public static async Task<IReadOnlyList<RecordedMail>> ListMailsAsync(Session session, InquiryId inquiryId) =>
        [.. await session.QueryAsync<RecordedMail>(
            """
            SELECT M.Id, M.Kind, M.State, M.CreatedAt, M.SentAt, B.Sealed FROM Mail M LEFT JOIN MailBody B ON B.MailId = M.Id
            WHERE M.InquiryId = @inquiryId ORDER BY M.Seq
            """,
            new { inquiryId })];

    /// <summary>Links to an inquiry and to its referrals, oldest first.</summary>
    public static async Task<IReadOnlyList<LinkPart>> ListLinksAsync(Session session, InquiryId inquiryId) =>
        [.. (await session.QueryAsync<LinkRow>(
            """
            SELECT Purpose, CreatedAt, ExpiresAt, RevokedAt FROM AccessLink
            WHERE SubjectId = @inquiryId OR SubjectId IN (SELECT Id FROM Referral WHERE InquiryId = @inquiryId) ORDER BY CreatedAt
            """,
            new { inquiryId })).Select(r => new LinkPart(r.Purpose, r.CreatedAt, r.ExpiresAt, r.RevokedAt))];

    public static async Task<IReadOnlyList<FollowUpPart>> ListFollowUpsAsync(Session session, InquiryId inquiryId) =>
        [.. (await session.QueryAsync<FollowUpRow>("SELECT Kind, DueAt, State FROM FollowUp WHERE InquiryId = @inquiryId ORDER BY Seq", new { inquiryId }))
            .Select(r => new FollowUpPart(r.Kind, r.DueAt, r.State switch { 0 => "pending", 1 => "fired", _ => "cancelled" }))];

    public static async Task<IReadOnlyList<WaitingPart>> ListWaitingAsync(Session session, InquiryId inquiryId) =>
        [.. (await session.QueryAsync<ClinicRow>("SELECT ClinicCode, Since AS At FROM Waiting WHERE InquiryId = @inquiryId ORDER BY ClinicCode", new { inquiryId }))
            .Select(r => new WaitingPart(r.ClinicCode, r.At))];

    public static async Task<IReadOnlyList<IdentityChoicePart>> ListChoicesAsync(Session session, InquiryId inquiryId) =>
        [.. (await session.QueryAsync<ClinicRow>("SELECT ClinicCode, At, Allowed FROM IdentityChoice WHERE InquiryId = @inquiryId ORDER BY ClinicCode", new { inquiryId }))
            .Select(r => new IdentityChoicePart(r.ClinicCode, r.Allowed, r.At))];

    public static async Task<IReadOnlyList<DecisionPart>> ListDecisionsAsync(Session session, InquiryId inquiryId) =>
        [.. (await session.QueryAsync<DecisionRow>(
            "SELECT At, NetworkVersion, PolicyVersion, Candidates FROM MatchDecision WHERE InquiryId = @inquiryId ORDER BY Seq", new { inquiryId }))
            .Select(r => new DecisionPart(r.At, r.NetworkVersion, r.PolicyVersion, CodeList.Split(r.Candidates)))];

    /// <summary>By what kinds of hashes it is found: one of each that finds duplicates, and once those of words and of the end of the phone.</summary>
    public static async Task<IReadOnlyList<string>> ListTokenKindsAsync(Session session, InquiryId inquiryId) =>
        [.. (await session.QueryAsync<KindRow>(
            """
            SELECT Kind FROM SearchToken WHERE InquiryId = @inquiryId
            UNION ALL SELECT 'NameWords' FROM Inquiry I WHERE I.Id = @inquiryId AND EXISTS (SELECT 1 FROM NameToken T WHERE T.Seq = I.Seq)
            ORDER BY Kind
            """,
            new { inquiryId })).Select(r => r.Kind)];

    private sealed class LinkRow
    {
        public string Purpose { get; init; } = string.Empty;

        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset ExpiresAt { get; init; }

        public DateTimeOffset? RevokedAt { get; init; }
    }

    private sealed class FollowUpRow
    {
        public string Kind { get; init; } = string.Empty;

        public DateTimeOffset DueAt { get; init; }

        public int State { get; init; }
    }

    private sealed class ClinicRow
    {
        public string ClinicCode { get; init; } = string.Empty;

        public DateTimeOffset At { get; init; }

        public bool Allowed { get; init; }
    }

    private sealed class DecisionRow
    {
        public DateTimeOffset At { get; init; }

        public long NetworkVersion { get; init; }

        public int PolicyVersion { get; init; }

        public string Candidates { get; init; } = string.Empty;
    }

    private sealed class KindRow
    {
        public string Kind { get; init; } = string.Empty;
    }
}
