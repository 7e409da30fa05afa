using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data.Stores;

/// <summary>A decision ready to be stored.</summary>
/// <param name="Candidates">Whom to ask, first to last.</param>
/// <param name="Sealed">Everything it was made from and came to, compressed.</param>
public sealed record NewMatch(Guid Id, long NetworkVersion, int PolicyVersion, int Tied, IReadOnlyList<string> Candidates, byte[] Sealed);

/// <param name="Clinics">Codes, first to last.</param>
public sealed record MatchCandidates(Guid Id, IReadOnlyList<string> Clinics);

/// <summary>A decision as it was stored, with what it was made from.</summary>
/// <param name="At">The moment it was made for.</param>
/// <param name="Load">The load of the clinics it could matter for.</param>
/// <param name="RejectedByGate">Codes of clinics by the code of the gate that stopped them.</param>
/// <param name="Relaxations">When nothing fitted: which single change would have found how many clinics.</param>
public sealed record StoredMatch(
    Guid Id, Guid InquiryId, int InquiryVersion, long NetworkVersion, int PolicyVersion, DateTimeOffset At, int Tied,
    IReadOnlyList<RankedClinic> Ranked, IReadOnlyDictionary<string, IReadOnlyList<string>> RejectedByGate, IReadOnlyList<Relaxation> Relaxations, MatchLoad Load);

/// <summary>Decisions with everything they were made from, so that each can be explained and made again.</summary>
public static class MatchStore
{
    private const int MostCandidates = 100;

    private const string Columns = "Seq, Id, InquiryId, InquiryVersion, NetworkVersion, PolicyVersion, Tied, Decision";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>Makes a decision ready to be stored, before the transaction.</summary>
    /// <param name="gates">For every clinic of the network, in its order, what stopped it.</param>
    public static NewMatch Prepare(
        MatchDecision decision, IReadOnlyList<Gate> gates, IReadOnlyList<Relaxation> relaxations, NetworkSnapshot network, MatchLoad load, DateTimeOffset at)
    {
        // Clinics that came as far as what the patient could change: for the others the load could not have mattered, under any policy.
        var seen = gates.Index().Where(g => g.Item is Gate.None or >= Gate.Destination).Select(g => network.Clinics[g.Index].Code);
        var body = new DecisionBody
        {
            At = at,
            Load = seen.Where(load.Clinics.ContainsKey).ToDictionary(c => c, c => load.Clinics[c], StringComparer.Ordinal),
            Earlier = load.Earlier,
            Relaxations = relaxations,
            Ranked = [.. decision.Ranked.Select(r => new RankedRow(r.Clinic, [.. Enumerable.Range(0, ScoreParts.Names.Count).Select(i => r.Parts[i])], r.Offering))],
            Rejected = gates.Index().Where(g => g.Item != Gate.None)
                .GroupBy(g => g.Item, g => network.Clinics[g.Index].Code)
                .ToDictionary(g => Gates.Code(g.Key), g => (IReadOnlyList<string>)[.. g], StringComparer.Ordinal),
        };
        return new NewMatch(
            Guid.CreateVersion7(), decision.NetworkVersion, decision.PolicyVersion, decision.Tied,
            [.. decision.Ranked.Take(MostCandidates).Select(r => r.Clinic)], Compress(JsonSerializer.SerializeToUtf8Bytes(body, s_json)));
    }

    public static Task AddAsync(Tx tx, Guid inquiryId, int inquiryVersion, NewMatch match) =>
        tx.ExecuteAsync(
            """
            INSERT INTO MatchDecision (Id, InquiryId, InquiryVersion, NetworkVersion, PolicyVersion, At, Tied, Candidates, Decision)
            VALUES (@Id, @InquiryId, @InquiryVersion, @NetworkVersion, @PolicyVersion, @Now, @Tied, @Candidates, @Sealed)
            """,
            new
            {
                match.Id, InquiryId = inquiryId, InquiryVersion = inquiryVersion, match.NetworkVersion, match.PolicyVersion, tx.Now, match.Tied,
                Candidates = CodeList.Join(match.Candidates), match.Sealed,
            });

    /// <summary>Whom the newest decision about an inquiry would offer it to.</summary>
    public static async Task<MatchCandidates?> FindCandidatesAsync(Session session, Guid inquiryId)
    {
        var row = await session.QuerySingleOrDefaultAsync<CandidatesRow>(
            "SELECT Id, Candidates FROM MatchDecision WHERE Seq = (SELECT MAX(Seq) FROM MatchDecision WHERE InquiryId = @inquiryId)",
            new { inquiryId });
        return row is null ? null : new MatchCandidates(row.Id, CodeList.Split(row.Candidates));
    }

    /// <summary>The newest decision about an inquiry; null when there is none, or it was not kept whole then.</summary>
    public static async Task<StoredMatch?> FindNewestAsync(Session session, Guid inquiryId) =>
        (await session.QuerySingleOrDefaultAsync<MatchRow>(
            $"SELECT {Columns} FROM MatchDecision WHERE Seq = (SELECT MAX(Seq) FROM MatchDecision WHERE InquiryId = @inquiryId)",
            new { inquiryId }))?.ToMatch();

    /// <summary>The newest decision about each of these inquiries that was kept whole, in no order.</summary>
    public static async Task<IReadOnlyList<StoredMatch>> ListNewestAsync(Session session, IReadOnlyCollection<Guid> inquiryIds) => inquiryIds.Count == 0 ? [] :
        [.. (await session.QueryAsync<MatchRow>(
            $"SELECT {Columns} FROM MatchDecision WHERE Seq IN (SELECT MAX(Seq) FROM MatchDecision WHERE InquiryId IN @inquiryIds GROUP BY InquiryId)",
            new { inquiryIds })).Select(r => r.ToMatch()).OfType<StoredMatch>()];

    /// <summary>Decisions made since a moment, oldest first, a page at a time.</summary>
    /// <param name="afterSeq">The last one of the page before; 0 for the first page.</param>
    public static async Task<IReadOnlyList<(long Seq, StoredMatch Match)>> ListSinceAsync(Session session, DateTimeOffset since, long afterSeq, int take) =>
        [.. (await session.QueryAsync<MatchRow>(
            session.Dialect.First(Columns, "FROM MatchDecision WHERE At >= @since AND Seq > @afterSeq AND Decision IS NOT NULL ORDER BY Seq"),
            new { since, afterSeq, take })).Select(r => (r.Seq, r.ToMatch()!))];

    private static byte[] Compress(byte[] text)
    {
        var output = new byte[BrotliEncoder.GetMaxCompressedLength(text.Length)];
        return BrotliEncoder.TryCompress(text, output, out var length, quality: 1, window: 18) ? output[..length]
            : throw new InvalidOperationException("A decision could not be compressed.");
    }

    private static byte[] Expand(byte[] compressed)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress))
        {
            brotli.CopyTo(output);
        }

        return output.ToArray();
    }

    private sealed record RankedRow(string Clinic, IReadOnlyList<double> Parts, int Offering)
    {
        public RankedClinic ToRanked()
        {
            var parts = new ScoreParts(Parts[0], Parts[1], Parts[2], Parts[3], Parts[4], Parts[5], Parts[6], Parts[7]);
            return new RankedClinic(Clinic, parts.Sum, parts, Offering);
        }
    }

    private sealed record DecisionBody
    {
        public required DateTimeOffset At { get; init; }

        public required IReadOnlyDictionary<string, ClinicLoad> Load { get; init; }

        public required IReadOnlyDictionary<string, Earlier> Earlier { get; init; }

        public required IReadOnlyList<RankedRow> Ranked { get; init; }

        public IReadOnlyList<Relaxation> Relaxations { get; init; } = [];

        public required IReadOnlyDictionary<string, IReadOnlyList<string>> Rejected { get; init; }
    }

    private sealed class CandidatesRow
    {
        public Guid Id { get; init; }

        public string Candidates { get; init; } = string.Empty;
    }

    private sealed class MatchRow
    {
        public long Seq { get; init; }

        public Guid Id { get; init; }

        public Guid InquiryId { get; init; }

        public int InquiryVersion { get; init; }

        public long NetworkVersion { get; init; }

        public int PolicyVersion { get; init; }

        public int Tied { get; init; }

        public byte[]? Decision { get; init; }

        public StoredMatch? ToMatch()
        {
            if (Decision is null)
            {
                return null;
            }

            var body = JsonSerializer.Deserialize<DecisionBody>(Expand(Decision), s_json)!;
            return new StoredMatch(
                Id, InquiryId, InquiryVersion, NetworkVersion, PolicyVersion, body.At, Tied, [.. body.Ranked.Select(r => r.ToRanked())], body.Rejected,
                body.Relaxations, new MatchLoad(body.Load, body.Earlier));
        }
    }
}
