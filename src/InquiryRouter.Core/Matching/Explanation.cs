using System.Buffers;
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
        foreach (var ranked in decision.Ranked)
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
            WriteOffering(json, index.Network.ByCode[ranked.Clinic].Treatments[ranked.Offering]);
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

    /// <summary>With what the clinic came as far as its score; what does not apply is left out.</summary>
    private static void WriteOffering(Utf8JsonWriter json, ClinicTreatment offering)
    {
        json.WriteStartObject("offering"u8);
        json.WriteString("treatment"u8, offering.Treatment);
        if (offering.ConditionType is not null)
        {
            json.WriteString("conditionType"u8, offering.ConditionType);
        }

        if (offering.Site is not null)
        {
            json.WriteString("site"u8, offering.Site);
        }

        json.WriteEndObject();
    }

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
