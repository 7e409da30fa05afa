using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>A decision written out: every clinic of the network in exactly one of two lists, with its reason. The form is that of <c>match --json</c>.</summary>
public static class Explanation
{
    private static readonly JsonEncodedText[] s_parts = [.. ScoreParts.Names.Select(n => JsonEncodedText.Encode(n))];
    private static readonly JsonEncodedText[] s_gates = [.. Enum.GetValues<Gate>().Select(g => JsonEncodedText.Encode(Gates.Code(g)))];

    // Names of clinics have accents; this is no HTML.
    private static readonly JavaScriptEncoder s_encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <param name="output">UTF-8.</param>
    /// <param name="indented">For people; programs do without.</param>
    public static void Write(
        IBufferWriter<byte> output, MatchDecision decision, InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now, bool indented = false)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = indented, Encoder = s_encoder, SkipValidation = true });
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
        var gates = Matcher.CheckAll(facts, index, policy, load, now);
        var common = new JsonEncodedText?[s_gates.Length];
        for (var i = 0; i < gates.Length; i++)
        {
            if (gates[i] == Gate.None)
            {
                continue;
            }

            json.WriteStartObject();
            json.WriteString("clinic"u8, index.Network.Clinics[i].Code);
            json.WriteString("gate"u8, s_gates[(int)gates[i]]);
            if (ReasonTexts.IsCommon(gates[i]))
            {
                json.WriteString("reason"u8, common[(int)gates[i]] ??= JsonEncodedText.Encode(index.Texts.Explain(gates[i], i, facts, load), s_encoder));
            }
            else
            {
                json.WriteString("reason"u8, index.Texts.Explain(gates[i], i, facts, load));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Why one clinic was stopped.</summary>
    public static string Reason(Gate gate, string clinic, InquiryFacts facts, MatchIndex index, MatchLoad load) =>
        index.Texts.Explain(gate, index.Network.PositionOf(clinic), facts, load);

    private static ReadOnlySpan<RankedClinic> Span(IReadOnlyList<RankedClinic> ranked) => ranked switch
    {
        RankedClinic[] array => array,
        List<RankedClinic> list => CollectionsMarshal.AsSpan(list),
        _ => ranked.ToArray(),
    };
}
