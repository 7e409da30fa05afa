using System.Buffers;
using System.Text;
using System.Text.Json;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>A decision written out: every clinic of the network in exactly one of two lists, with its reason. The form is that of <c>match --json</c>.</summary>
public static class Explanation
{
    // What stands before the value of each part.
    private static readonly byte[][] s_parts = [.. ScoreParts.Names.Select((n, i) => Encoding.UTF8.GetBytes($"{(i == 0 ? ",\"parts\":{" : ",")}\"{n}\":"))];

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

        // What the writer still holds comes before what is copied past it.
        json.Flush();
        WriteRanked(output, decision, index);
        json.WriteEndArray();
        json.WriteStartArray("rejected"u8);
        json.Flush();
        WriteRejected(output, facts, index, policy, load, now);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Why one clinic was stopped.</summary>
    public static string Reason(Gate gate, string clinic, InquiryFacts facts, MatchIndex index, MatchLoad load) =>
        index.Texts.Explain(gate, index.Network.PositionOf(clinic), facts, load);

    private static void WriteRanked(IBufferWriter<byte> output, MatchDecision decision, MatchIndex index)
    {
        var pieces = index.Pieces;
        var copy = new PieceWriter(output);
        var comma = 1;
        foreach (var ranked in decision.Ranked)
        {
            var clinic = index.Network.PositionOf(ranked.Clinic);
            copy.Add(pieces.Opening(clinic)[comma..]);
            copy.Add("\"score\":"u8);
            copy.Add(ranked.Score);
            for (var part = 0; part < s_parts.Length; part++)
            {
                copy.Add(s_parts[part]);
                copy.Add(ranked.Parts[part]);
            }

            copy.Add(pieces.Offering(clinic, ranked.Offering));
            comma = 0;
        }

        copy.Finish();
    }

    private static void WriteRejected(IBufferWriter<byte> output, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        var clinics = index.Clinics.Length;
        var rentedGates = ArrayPool<Gate>.Shared.Rent(clinics);
        var rentedPlaces = ArrayPool<int>.Shared.Rent(clinics);
        var gates = rentedGates.AsSpan(0, clinics);
        var places = rentedPlaces.AsSpan(0, clinics);
        Matcher.CheckAll(gates, places, facts, index, policy, load, now, Gate.None);
        var pieces = index.Pieces;
        var offerings = index.OfferingsFor(facts.Condition).All;
        var known = pieces.OfOfferings(facts.Condition);
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

            var closing = ReasonTexts.IsCommon(gate) ? common[(int)gate] ??= Close(i)
                : ReasonTexts.IsOfTheMoment(gate) ? Close(i)
                : ReasonTexts.IsOfAnOffering(gate) ? known[rentedPlaces[i]] ??= Close(i)
                : pieces.OfClinics[i] is { } found && found.Gate == gate ? found
                : pieces.OfClinics[i] = Close(i);
            copy.Add(pieces.Opening(i)[comma..]);
            copy.Add(closing.Json);
            comma = 0;
        }

        copy.Finish();
        ArrayPool<int>.Shared.Return(rentedPlaces);
        ArrayPool<Gate>.Shared.Return(rentedGates);

        ReasonPieces.Closing Close(int clinic) => pieces.Close(
            rentedGates[clinic], clinic, facts, load, rentedPlaces[clinic] is >= 0 and var place ? index.Network.Clinics[clinic].Treatments[offerings[place].Number] : null);
    }

    /// <summary>Copies pieces one behind the other, and tells the output of them a large part at a time.</summary>
    private ref struct PieceWriter(IBufferWriter<byte> output)
    {
        private const int PartSize = 1 << 16;

        private Span<byte> _part;
        private int _used;

        public void Add(scoped ReadOnlySpan<byte> piece)
        {
            if (piece.Length > _part.Length - _used)
            {
                Finish();
                _part = output.GetSpan(Math.Max(PartSize, piece.Length));
            }

            piece.CopyTo(_part[_used..]);
            _used += piece.Length;
        }

        /// <summary>A score or a part of one: not negative, in millionths.</summary>
        public void Add(double score)
        {
            Span<byte> text = stackalloc byte[8];
            var (whole, rest) = Math.DivRem((int)Math.Round(score * ScoreParts.Steps), (int)ScoreParts.Steps);
            text[0] = (byte)('0' + whole);
            text[1] = (byte)'.';
            var length = 1;
            for (var i = text.Length - 1; i > 1; i--)
            {
                (rest, var digit) = Math.DivRem(rest, 10);
                text[i] = (byte)('0' + digit);
                length = digit != 0 && length == 1 ? i + 1 : length;
            }

            Add(text[..length]);
        }

        public void Finish()
        {
            output.Advance(_used);
            _used = 0;
            _part = default;
        }
    }
}
