using System.Text;
using System.Text.Json;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>Reads the JSON form clinic by clinic, so that they are not all held at once.</summary>
internal static class JsonClinicFile
{
    private const int SourceLength = 200;

    /// <summary>Hands over every clinic and returns the file's source; what is wrong with the file itself becomes problems.</summary>
    public static string Read(ReadOnlySpan<byte> utf8, ProblemList problems, Action<RawValue> clinic)
    {
        RawValue file;
        try
        {
            file = RawJson.Read(utf8, "clinics", clinic);
        }
        catch (JsonException e)
        {
            AddSyntaxError(utf8, e, problems);
            return string.Empty;
        }

        if (file.Kind != RawKind.Record)
        {
            problems.Add(file.Line, ProblemList.File, file.ToString(), $"An object with {string.Join(", ", ClinicFields.File)}.");
            return string.Empty;
        }

        var fields = new ObjectReader(file, problems.Reporting, ClinicFields.File);
        var source = fields.Text("source", SourceLength);
        fields.OptionalDate("asOf");
        fields.OptionalTrueOrFalse("reviewed");
        fields.Add("clinics", "A list of clinics.");
        return source;
    }

    private static void AddSyntaxError(ReadOnlySpan<byte> utf8, JsonException error, ProblemList problems)
    {
        var rest = utf8;
        for (var skipped = 0L; skipped < error.LineNumber && rest.IndexOf((byte)'\n') is >= 0 and var end; skipped++)
        {
            rest = rest[(end + 1)..];
        }

        var line = rest.IndexOf((byte)'\n') is >= 0 and var length ? rest[..length] : rest;
        var at = (int)Math.Min(error.BytePositionInLine ?? 0, line.Length);
        problems.Add((error.LineNumber ?? 0) + 1, ProblemList.File, Encoding.UTF8.GetString(line[at..]), $"JSON. {Why(error.Message)} What follows is not read.");
    }

    /// <summary>
    /// The reader's sentence without the place, which it counts from 0, and without what it quotes: that may be the rest of the file, with
    /// every control character in it.
    /// </summary>
    private static string Why(string message)
    {
        const string after = "' is ";
        var place = message.LastIndexOf(" LineNumber:", StringComparison.Ordinal);
        var sentence = place < 0 ? message : message[..place];
        var quoted = sentence.StartsWith('\'') ? sentence.LastIndexOf(after, StringComparison.Ordinal) : -1;
        return quoted < 0 ? sentence : "This" + sentence[(quoted + 1)..];
    }
}
