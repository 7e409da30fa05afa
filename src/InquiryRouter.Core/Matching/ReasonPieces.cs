using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>
/// The entries of an explanation, as pieces of JSON ready to be copied: of ten thousand clinics nearly all entries are the
/// same from one inquiry to the next. Pieces are written when they are first asked for, and live as long as the index.
/// </summary>
internal sealed class ReasonPieces(MatchIndex index)
{
    private readonly Lazy<(byte[] Text, int[] Ends)> _openings = new(() => Openings(index));
    private readonly ConcurrentDictionary<string, Closing?[]> _ofOfferings = new(StringComparer.Ordinal);
    private readonly byte[]?[]?[] _offerings = new byte[]?[index.Clinics.Length][];

    // Names of clinics have accents; this is no HTML.
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Those of the gates that a clinic's own record decides, whoever asks; by its place in the network.</summary>
    public Closing?[] OfClinics { get; } = new Closing?[index.Clinics.Length];

    /// <summary>Those of the requirements; by the place of the offering that was stopped among all for the condition. An offering has one requirement that stops it first.</summary>
    public Closing?[] OfOfferings(string condition) =>
        index.OfferingsFor(condition).All is { Length: > 0 } all ? _ofOfferings.GetOrAdd(condition, static (_, count) => new Closing?[count], all.Length) : [];

    /// <summary><c>,{"clinic":"MX-1",</c>: the first of a list goes without its comma.</summary>
    public ReadOnlySpan<byte> Opening(int clinic)
    {
        var (text, ends) = _openings.Value;
        var start = clinic == 0 ? 0 : ends[clinic - 1];
        return text.AsSpan(start, ends[clinic] - start);
    }

    /// <summary><c>"gate":"language","reason":"…"}</c>.</summary>
    public Closing Close(Gate gate, int clinic, InquiryFacts facts, MatchLoad load, ClinicTreatment? offering) =>
        new(gate, [.. "\"gate\":\""u8, .. Utf8(Gates.Code(gate)), .. "\",\"reason\":\""u8, .. Utf8(index.Texts.Explain(gate, clinic, facts, load, offering)), .. "\"}"u8]);

    /// <summary><c>},"offering":{…}}</c>: with what a ranked clinic came as far as its score; what does not apply is left out.</summary>
    public ReadOnlySpan<byte> Offering(int clinic, int number)
    {
        var treatments = index.Network.Clinics[clinic].Treatments;
        var known = _offerings[clinic] ??= new byte[]?[treatments.Length];
        return known[number] ??= Offering(treatments[number]);
    }

    private static byte[] Offering(ClinicTreatment offering) =>
    [
        .. "},\"offering\":{\"treatment\":\""u8, .. Utf8(offering.Treatment),
        .. offering.ConditionType is null ? [] : (byte[])[.. "\",\"conditionType\":\""u8, .. Utf8(offering.ConditionType)],
        .. offering.Site is null ? [] : (byte[])[.. "\",\"site\":\""u8, .. Utf8(offering.Site)],
        .. "\"}}"u8,
    ];

    private static (byte[] Text, int[] Ends) Openings(MatchIndex index)
    {
        var text = new List<byte>(index.Clinics.Length * 32);
        var ends = new int[index.Clinics.Length];
        for (var i = 0; i < ends.Length; i++)
        {
            text.AddRange(",{\"clinic\":\""u8);
            text.AddRange(Utf8(index.Clinics[i].Code));
            text.AddRange("\","u8);
            ends[i] = text.Count;
        }

        return ([.. text], ends);
    }

    private static ReadOnlySpan<byte> Utf8(string text) => JsonEncodedText.Encode(text, Encoder).EncodedUtf8Bytes;

    /// <summary>The end of an entry, good for the gate it was written for.</summary>
    internal sealed record Closing(Gate Gate, byte[] Json);
}
