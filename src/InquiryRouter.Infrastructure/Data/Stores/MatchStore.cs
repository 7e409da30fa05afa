using System.Text.Json;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data.Stores;

/// <summary>A decision ready to be stored, as columns.</summary>
public sealed record NewMatch
{
    public required Guid Id { get; init; }

    public required long NetworkVersion { get; init; }

    public required int PolicyVersion { get; init; }

    public required string Full { get; init; }

    public required string Tried { get; init; }

    public required string Candidates { get; init; }

    public required string Ranked { get; init; }

    public required string Rejected { get; init; }
}

/// <summary>Decisions with everything they were made from, so that each can be explained and made again.</summary>
public static class MatchStore
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Makes a decision ready to be stored, before the transaction.</summary>
    public static NewMatch Prepare(MatchDecision decision, MatchLoad load)
    {
        // Rejections by gate: a code is written once for all its clinics.
        var rejected = decision.Rejected
            .GroupBy(r => r.Gate)
            .ToDictionary(g => Gates.Code(g.Key), g => Words.Join(g.Select(r => r.Clinic)), StringComparer.Ordinal);
        return new NewMatch
        {
            Id = Guid.CreateVersion7(),
            NetworkVersion = decision.NetworkVersion,
            PolicyVersion = decision.PolicyVersion,
            Full = Words.Join(load.FullClinics.Order(StringComparer.Ordinal)),
            Tried = Words.Join(load.TriedClinics.Order(StringComparer.Ordinal)),
            Candidates = Words.Join(decision.Ranked.Select(r => r.Clinic)),
            Ranked = JsonSerializer.Serialize(decision.Ranked, s_json),
            Rejected = JsonSerializer.Serialize(rejected, s_json),
        };
    }

    public static Task AddAsync(Tx tx, Guid inquiryId, int inquiryVersion, NewMatch match) =>
        tx.ExecuteAsync(
            """
            INSERT INTO InquiryMatch (Id, InquiryId, InquiryVersion, NetworkVersion, PolicyVersion, At, FullClinics, TriedClinics, Candidates, Ranked, Rejected)
            VALUES (@Id, @InquiryId, @InquiryVersion, @NetworkVersion, @PolicyVersion, @Now, @Full, @Tried, @Candidates, @Ranked, @Rejected)
            """,
            new
            {
                match.Id, InquiryId = inquiryId, InquiryVersion = inquiryVersion, match.NetworkVersion, match.PolicyVersion, tx.Now, match.Full, match.Tried,
                match.Candidates, match.Ranked, match.Rejected,
            });

    /// <summary>Whom the newest decision about an inquiry would offer it to, best first.</summary>
    public static async Task<MatchCandidates?> FindCandidatesAsync(Session session, Guid inquiryId)
    {
        var row = await session.QuerySingleOrDefaultAsync<CandidatesRow>(
            "SELECT Id, Candidates FROM InquiryMatch WHERE Seq = (SELECT MAX(Seq) FROM InquiryMatch WHERE InquiryId = @inquiryId)",
            new { inquiryId });
        return row is null ? null : new MatchCandidates(row.Id, Words.Split(row.Candidates));
    }

    /// <summary>The newest decision about an inquiry with its scores and reasons.</summary>
    public static async Task<StoredMatch?> FindNewestAsync(Session session, Guid inquiryId)
    {
        var row = await session.QuerySingleOrDefaultAsync<MatchRow>(
            "SELECT Id, Ranked, Rejected FROM InquiryMatch WHERE Seq = (SELECT MAX(Seq) FROM InquiryMatch WHERE InquiryId = @inquiryId)",
            new { inquiryId });
        return row is null ? null : new StoredMatch(
            row.Id,
            JsonSerializer.Deserialize<List<RankedClinic>>(row.Ranked, s_json)!,
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.Rejected, s_json)!);
    }

    private sealed class CandidatesRow
    {
        public Guid Id { get; init; }

        public string Candidates { get; init; } = string.Empty;
    }

    private sealed class MatchRow
    {
        public Guid Id { get; init; }

        public string Ranked { get; init; } = string.Empty;

        public string Rejected { get; init; } = string.Empty;
    }
}

/// <param name="Clinics">Codes, best first.</param>
public sealed record MatchCandidates(Guid Id, IReadOnlyList<string> Clinics);

/// <param name="RejectedByGate">Clinic codes, separated by spaces, by the code of the gate that stopped them.</param>
public sealed record StoredMatch(Guid Id, IReadOnlyList<RankedClinic> Ranked, IReadOnlyDictionary<string, string> RejectedByGate);
