using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching;

/// <summary>What is kept of a decision beside its versions and candidates: JSON, and where that is long, compressed with Brotli.</summary>
internal sealed record DecisionRecord
{
    /// <summary>Compressing less costs more than it saves.</summary>
    private const int Long = 2048;

    private const int Window = 18;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new Loads() },
    };

    public required DateTimeOffset At { get; init; }

    public required IReadOnlyDictionary<string, ClinicLoad> Load { get; init; }

    public required IReadOnlyDictionary<string, Earlier> Earlier { get; init; }

    public IReadOnlyList<Relaxation> Relaxations { get; init; } = [];

    /// <summary>Of the candidates, in their order.</summary>
    public IReadOnlyList<double> Scores { get; init; } = [];

    public IReadOnlyDictionary<string, int> Stopped { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public string Digest { get; init; } = string.Empty;

    /// <summary>Every clinic, with the parts of its score: written before <see cref="Digest"/> was, and only read.</summary>
    public IReadOnlyList<RankedRow>? Ranked { get; init; }

    /// <summary>Every other clinic by the gate that stopped it; the same.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Rejected { get; init; }

    public byte[] Write()
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(this, s_json);
        if (text.Length < Long)
        {
            return text;
        }

        var output = new byte[BrotliEncoder.GetMaxCompressedLength(text.Length)];
        return BrotliEncoder.TryCompress(text, output, out var length, quality: 1, Window) ? output[..length]
            : throw new InvalidOperationException("A decision could not be compressed.");
    }

    public static DecisionRecord Read(byte[] written)
    {
        // With this window a compressed text never begins with a brace.
        using Stream stored = new MemoryStream(written);
        using var text = written[0] == '{' ? stored : new BrotliStream(stored, CompressionMode.Decompress);
        var record = JsonSerializer.Deserialize<DecisionRecord>(text, s_json)!;
        return record is { Ranked: { } ranked, Rejected: { } rejected } ? record.SumUp(ranked, rejected) : record;
    }

    private DecisionRecord SumUp(IReadOnlyList<RankedRow> ranked, IReadOnlyDictionary<string, IReadOnlyList<string>> rejected) => this with
    {
        Scores = [.. ranked.Select(r => r.Score)],
        Stopped = rejected.ToDictionary(g => g.Key, g => g.Value.Count, StringComparer.Ordinal),
        Digest = DecisionDigest.Of(
            ranked.Select(r => (r.Clinic, r.Score)),
            rejected.SelectMany(g => g.Value, (g, clinic) => (clinic, g.Key)).OrderBy(r => r.clinic, StringComparer.Ordinal)),
    };

    internal sealed record RankedRow(string Clinic, IReadOnlyList<double> Parts)
    {
        [JsonIgnore]
        public double Score => new ScoreParts(Parts[0], Parts[1], Parts[2], Parts[3], Parts[4], Parts[5], Parts[6], Parts[7]).Sum;
    }

    /// <summary>
    /// A load is seven numbers in the order below: their names would take most of the record. Once it was an object, which is
    /// still read.
    /// </summary>
    private sealed class Loads : JsonConverter<ClinicLoad>
    {
        private static readonly JsonSerializerOptions s_names = new(JsonSerializerDefaults.Web);

        public override ClinicLoad Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                return JsonSerializer.Deserialize<ClinicLoad>(ref reader, s_names)!;
            }

            var numbers = JsonSerializer.Deserialize<long?[]>(ref reader, s_names)!;
            return new ClinicLoad
            {
                ThisWeek = Number(0), Today = Number(1), Kept = Number(2), Owed = numbers[3] ?? 0, ResponseMinutes = (int?)numbers[4],
                Answered = Number(5), Accepted = Number(6),
            };

            int Number(int at) => (int)(numbers[at] ?? 0);
        }

        public override void Write(Utf8JsonWriter writer, ClinicLoad value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.ThisWeek);
            writer.WriteNumberValue(value.Today);
            writer.WriteNumberValue(value.Kept);
            writer.WriteNumberValue(value.Owed);
            JsonSerializer.Serialize(writer, value.ResponseMinutes, s_names);
            writer.WriteNumberValue(value.Answered);
            writer.WriteNumberValue(value.Accepted);
            writer.WriteEndArray();
        }
    }
}
