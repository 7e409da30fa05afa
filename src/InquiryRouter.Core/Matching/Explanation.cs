using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>A decision written out: every clinic of the network in exactly one of two lists, with its reason. The form is that of <c>match --json</c>.</summary>
public static class Explanation
{
    private static readonly JsonEncodedText[] s_parts = [.. ScoreParts.Names.Select(n => JsonEncodedText.Encode(n))];

    /// <param name="output">UTF-8.</param>
    /// <param name="indented">For people; programs do without.</param>
    public static void Write(
        IBufferWriter<byte> output, MatchDecision decision, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now, bool indented = false)
    {
        if (indented)
        {
            var plain = new ArrayBufferWriter<byte>();
            Write(plain, decision, facts, index, policy, load, now);
            using var document = JsonDocument.Parse(plain.WrittenMemory);
            using var pretty = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = ReasonPieces.Encoder });
            document.WriteTo(pretty);
            return;
        }

        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = ReasonPieces.Encoder, SkipValidation = true });
        json.WriteStartObject();
        json.WriteNumber("networkVersion"u8, decision.NetworkVersion);
        json.WriteNumber("policyVersion"u8, decision.PolicyVersion);
        json.WriteString("outcome"u8, decision.IsHeld ? "held"u8 : "matched"u8);
        json.WriteStartArray("ranked"u8);
        foreach (ref readonly var ranked in Span(decision.Ranked))
        {
            json.WriteStartObject();
            json.WriteString("clinic"u8, ranked.Clinic);
            json.WriteNumber("score"u8, ranked.Score);
            json.WriteStartObject("parts"u8);
            for (var part = 0; part < s_parts.Length; part++)
            {
                json.WriteNumber(s_parts[part], ranked.Parts[part]);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rejected"u8);

        // What the writer still holds comes before what is copied past it.
        json.Flush();
        WriteRejected(output, facts, index, policy, load, now);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Why one clinic was stopped.</summary>
    public static string Reason(Gate gate, string clinic, InquiryFacts facts, MatchIndex index, MatchLoad load) =>
        index.Texts.Explain(gate, index.Network.PositionOf(clinic), facts, load);

    private static void WriteRejected(IBufferWriter<byte> output, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        var rented = ArrayPool<Gate>.Shared.Rent(index.Clinics.Length);
        var gates = rented.AsSpan(0, index.Clinics.Length);
        Matcher.CheckAll(gates, facts, index, policy, load, now, Gate.None);
        var pieces = index.Pieces;
        var known = pieces.ClosingsFor(facts);
        var common = new ReasonPieces.Closing?[Gates.Count];
        var copy = new PieceWriter(output);
        var comma = 1;
        for (var i = 0; i < gates.Length; i++)
        {
            var gate = gates[i];
            if (gate == Gate.None)
            {
                continue;
            }

            var closing = ReasonTexts.IsCommon(gate) ? common[(int)gate] ??= pieces.Close(gate, i, facts, load)
                : ReasonTexts.IsOfTheMoment(gate) ? pieces.Close(gate, i, facts, load)
                : known[i] is { } found && found.Gate == gate ? found
                : known[i] = pieces.Close(gate, i, facts, load);
            copy.Add(pieces.Opening(i)[comma..]);
            copy.Add(closing.Json);
            comma = 0;
        }

        copy.Finish();
        ArrayPool<Gate>.Shared.Return(rented);
    }

    private static ReadOnlySpan<RankedClinic> Span(IReadOnlyList<RankedClinic> ranked) => ranked switch
    {
        RankedClinic[] array => array,
        List<RankedClinic> list => CollectionsMarshal.AsSpan(list),
        _ => ranked.ToArray(),
    };

    /// <summary>Copies pieces one behind the other, and tells the output of them a large part at a time.</summary>
    private ref struct PieceWriter(IBufferWriter<byte> output)
    {
        private const int PartSize = 1 << 16;

        private Span<byte> _part;
        private int _used;

        public void Add(ReadOnlySpan<byte> piece)
        {
            if (piece.Length > _part.Length - _used)
            {
                Finish();
                _part = output.GetSpan(Math.Max(PartSize, piece.Length));
            }

            piece.CopyTo(_part[_used..]);
            _used += piece.Length;
        }

        public void Finish()
        {
            output.Advance(_used);
            _used = 0;
            _part = default;
        }
    }
}
