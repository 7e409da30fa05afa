using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching;

/// <summary>A decision ready to be stored.</summary>
/// <param name="Candidates">Whom to ask, first to last.</param>
/// <param name="Sealed">The rest of the record, compressed.</param>
public sealed record NewMatch(Guid Id, long NetworkVersion, int PolicyVersion, int Tied, IReadOnlyList<string> Candidates, byte[] Sealed);

/// <param name="Clinics">Codes, first to last.</param>
public sealed record MatchCandidates(Guid Id, IReadOnlyList<string> Clinics);

public sealed record ScoredClinic(string Clinic, double Score);

/// <summary>
/// A decision as it was stored: what it was made from, and of what it came to as much as is looked at without making it again.
/// </summary>
/// <param name="At">The moment it was made for.</param>
/// <param name="Ranked">Whom to ask, first to last: as many as may be offered to.</param>
/// <param name="Stopped">How many clinics each gate stopped, by its code.</param>
/// <param name="Relaxations">When nothing fitted: which single change would have found how many clinics.</param>
/// <param name="Digest">Of everything it came to: <see cref="DecisionDigest"/>.</param>
/// <param name="Load">The load of the clinics it could matter for.</param>
public sealed record StoredMatch(
    Guid Id, InquiryId InquiryId, int InquiryVersion, long NetworkVersion, int PolicyVersion, DateTimeOffset At, int Tied,
    IReadOnlyList<ScoredClinic> Ranked, IReadOnlyDictionary<string, int> Stopped, IReadOnlyList<Relaxation> Relaxations, string Digest,
    MatchLoad Load);

/// <summary>Decisions with everything they were made from, so that each can be made again, with a reason for every clinic.</summary>
public static class MatchStore
{
    // Some of those that may be asked are stopped meanwhile, or waited for.
    private const int CandidatesForEachOffer = 4;
    private const int FewestCandidates = 20;

    private const string Columns = "Seq, Id, InquiryId, InquiryVersion, NetworkVersion, PolicyVersion, Tied, Candidates, Decision";

    /// <summary>Makes a decision ready to be stored, before the transaction.</summary>
    /// <param name="decision">What it came to.</param>
    /// <param name="relaxations">When nothing fitted: what could be different.</param>
    /// <param name="load">What it was made with.</param>
    /// <param name="mostOffers">How many clinics may be asked: as many are kept as may be needed for that.</param>
    /// <param name="at">The moment it was made for.</param>
    public static NewMatch Prepare(
        MatchDecision decision, IReadOnlyList<Relaxation> relaxations, MatchLoad load, int mostOffers, DateTimeOffset at)
    {
        // Clinics that came as far as what the patient could change: for the others the load could not have mattered, under any policy.
        var seen = decision.Ranked.Select(r => r.Clinic)
            .Concat(decision.Rejected.Where(r => r.Gate >= Gate.Destination).Select(r => r.Clinic))
            .Select(clinic => (Clinic: clinic, Load: load.Of(clinic)));
        var candidates = decision.Ranked.Take(Math.Max(FewestCandidates, CandidatesForEachOffer * mostOffers)).ToList();
        var record = new DecisionRecord
        {
            At = at,
            Load = seen.Where(c => c.Load != ClinicLoad.None).ToDictionary(c => c.Clinic, c => c.Load, StringComparer.Ordinal),
            Earlier = load.Earlier,
            Relaxations = relaxations,
            Scores = [.. candidates.Select(r => r.Score)],
            Stopped = decision.Stopped().ToDictionary(g => GateList.Code(g.Gate), g => g.Clinics, StringComparer.Ordinal),
            Digest = DecisionDigest.Of(decision),
        };
        return new NewMatch(
            Guid.CreateVersion7(), decision.NetworkVersion, decision.PolicyVersion, decision.Tied, [.. candidates.Select(r => r.Clinic)],
            record.Write());
    }

    public static Task AddAsync(Tx tx, InquiryId inquiryId, int inquiryVersion, NewMatch match) =>
        tx.ExecuteAsync(
            """
            INSERT INTO MatchDecision (Id, InquiryId, InquiryVersion, NetworkVersion, PolicyVersion, At, Tied, Candidates, Decision)
            VALUES (@Id, @InquiryId, @InquiryVersion, @NetworkVersion, @PolicyVersion, @Now, @Tied, @Candidates, @Sealed)
            """,
            new
            {
                match.Id, InquiryId = inquiryId, InquiryVersion = inquiryVersion, match.NetworkVersion, match.PolicyVersion, tx.Now,
                match.Tied, Candidates = CodeList.Join(match.Candidates), match.Sealed,
            });

    /// <summary>Whom the newest decision about an inquiry would offer it to.</summary>
    public static async Task<MatchCandidates?> FindCandidatesAsync(Session session, InquiryId inquiryId)
    {
        var row = await session.QuerySingleOrDefaultAsync<CandidatesRow>(
            "SELECT Id, Candidates FROM MatchDecision WHERE Seq = (SELECT MAX(Seq) FROM MatchDecision WHERE InquiryId = @inquiryId)",
            new { inquiryId });
        return row is null ? null : new MatchCandidates(row.Id, CodeList.Split(row.Candidates));
    }

    /// <summary>The newest decision about an inquiry; null when there is none, or it was not kept whole then.</summary>
    public static async Task<StoredMatch?> FindNewestAsync(Session session, InquiryId inquiryId) =>
        (await session.QuerySingleOrDefaultAsync<MatchRow>(
            $"SELECT {Columns} FROM MatchDecision WHERE Seq = (SELECT MAX(Seq) FROM MatchDecision WHERE InquiryId = @inquiryId)",
            new { inquiryId }))?.ToMatch();

    /// <summary>The newest decision about each of these inquiries that was kept whole, in no order.</summary>
    public static async Task<IReadOnlyList<StoredMatch>> ListNewestAsync(Session session, IReadOnlyCollection<InquiryId> inquiryIds) =>
        inquiryIds.Count == 0 ? [] :
        [.. (await session.QueryAsync<MatchRow>(
            $"""
            SELECT {Columns} FROM MatchDecision
            WHERE Seq IN (SELECT MAX(Seq) FROM MatchDecision WHERE InquiryId IN @inquiryIds GROUP BY InquiryId)
            """,
            new { inquiryIds = inquiryIds.Select(i => i.Value) })).Select(r => r.ToMatch()).OfType<StoredMatch>()];

    /// <summary>The newest decision's number; 0: there is none.</summary>
    public static Task<long> NewestSeqAsync(Session session) =>
        session.QuerySingleOrDefaultAsync<long>("SELECT COALESCE(MAX(Seq), 0) FROM MatchDecision");

    /// <summary>Decisions made since a moment, oldest first, a page at a time.</summary>
    /// <param name="afterSeq">The last one of the page before; 0 for the first page.</param>
    public static async Task<IReadOnlyList<(long Seq, StoredMatch Match)>> ListSinceAsync(
        Session session, DateTimeOffset since, long afterSeq, int take) =>
        [.. (await session.QueryAsync<MatchRow>(
            session.Dialect.First(
                Columns, "FROM MatchDecision WHERE At >= @since AND Seq > @afterSeq AND Decision IS NOT NULL ORDER BY Seq"),
            new { since, afterSeq, take })).Select(r => (r.Seq, r.ToMatch()!))];

    private sealed class CandidatesRow
    {
        public Guid Id { get; init; }

        public string Candidates { get; init; } = string.Empty;
    }

    private sealed class MatchRow
    {
        public long Seq { get; init; }

        public Guid Id { get; init; }

        public InquiryId InquiryId { get; init; }

        public int InquiryVersion { get; init; }

        public long NetworkVersion { get; init; }

        public int PolicyVersion { get; init; }

        public int Tied { get; init; }

        public string Candidates { get; init; } = string.Empty;

        public byte[]? Decision { get; init; }

        public StoredMatch? ToMatch()
        {
            if (Decision is null)
            {
                return null;
            }

            var record = DecisionRecord.Read(Decision);
            return new StoredMatch(
                Id, InquiryId, InquiryVersion, NetworkVersion, PolicyVersion, record.At, Tied,
                [.. CodeList.Split(Candidates).Zip(record.Scores, (clinic, score) => new ScoredClinic(clinic, score))],
                record.Stopped, record.Relaxations, record.Digest, new MatchLoad(record.Load, record.Earlier));
        }
    }
}
