using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InquiryRouter.Infrastructure.ReferenceData;

/// <summary>A row of a reference file, for who reads it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Hash">Of what it says, without whether it is reviewed.</param>
/// <param name="Title">What it is about: its codes.</param>
/// <param name="Reviewed">Null: rows of this file do not say.</param>
/// <param name="Fields">The rest of it, as texts.</param>
public sealed record ReviewedRow(
    int Number, string Hash, string Title, bool? Reviewed, string? Source, string? AsOf, IReadOnlyList<(string Name, string Text)> Fields);

/// <summary>Reads the rows of a checked reference file one by one, and marks one as reviewed: of the text nothing else is changed.</summary>
public static class ReferenceReview
{
    private const string Mark = "reviewed";
    private const int LongestText = 2000;

    private static readonly string[] s_titles = ["code", "country", "treatment", "condition", "conditions", "language", "group", "currency"];
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<ReviewedRow> Rows(ReferenceFile file) =>
        [.. JsonNode.Parse(file.Body)!["rows"]!.AsArray().Select((row, n) => Read(row!.AsObject(), n + 1))];

    /// <summary>The file with the mark of one row set anew.</summary>
    /// <returns>Null: there is no such row any more, or its file has no marks.</returns>
    public static ReferenceFile? With(ReferenceFile file, string rowHash, bool reviewed)
    {
        if (Rows(file).FirstOrDefault(r => r.Hash == rowHash) is not { Reviewed: not null } row || Find(file.Body, row.Number) is not var (start, length))
        {
            return null;
        }

        return new ReferenceFile(
            file.Name, [.. file.Body[..start], .. reviewed ? "true"u8 : "false"u8, .. file.Body[(start + length)..]]);
    }

    private static ReviewedRow Read(JsonObject row, int number)
    {
        var reviewed = row[Mark]?.GetValue<bool>();
        var said = row.Where(f => f.Key != Mark).Select(f => (f.Key, Text: Text(f.Value))).ToList();
        var shown = row.Where(f => f.Key is not (Mark or "source" or "asOf")).Select(f => (f.Key, Text: Shown(f.Value)));
        return new ReviewedRow(
            number, Hash(said), string.Join(' ', said.Where(f => s_titles.Contains(f.Key, StringComparer.Ordinal) && f.Text.Length > 0).Select(f => f.Text)),
            reviewed, said.FirstOrDefault(f => f.Key == "source").Text, said.FirstOrDefault(f => f.Key == "asOf").Text,
            [
                .. shown.Where(f => f.Text.Length > 0)
                    .Select(f => (f.Key, f.Text.Length <= LongestText ? f.Text : f.Text[..LongestText] + "…")),
            ]);
    }

    private static string Hash(List<(string Key, string Text)> said) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(said.ToDictionary(s => s.Key, s => s.Text, StringComparer.Ordinal)))));

    private static string Text(JsonNode? value) => value switch
    {
        null => string.Empty,
        JsonValue when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonArray list when list.All(i => i is JsonValue) => string.Join(", ", list.Select(Text)),
        _ => value.ToJsonString(s_json),
    };

    // As it is read; what the hash is of is another text, which stays as it is.
    private static string Shown(JsonNode? value) => value switch
    {
        JsonArray list when list.Any(i => i is JsonObject) => string.Join("; ", list.Select(Shown)),
        JsonObject part => Shown(part),
        _ => Text(value),
    };

    // Systemic lupus (SLE): sle, M32.9
    private static string Shown(JsonObject part)
    {
        var said = part.Select(f => (f.Key, Text: Shown(f.Value))).Where(f => f.Text.Length > 0).ToList();
        var name = said.FirstOrDefault(f => f.Key is "name" or "text");
        var rest = string.Join(", ", said.Where(f => f != name).Select(f => f.Key is "code" or "icd10" ? f.Text : $"{f.Key} {f.Text}"));
        return name.Text is null ? rest : rest.Length == 0 ? name.Text : $"{name.Text}: {rest}";
    }

    // Where the mark of a row stands in the text.
    private static (int Start, int Length)? Find(ReadOnlySpan<byte> body, int number)
    {
        var reader = new Utf8JsonReader(body);
        var (row, isRows) = (0, false);
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
            {
                isRows = reader.ValueTextEquals("rows");
            }
            else if (isRows && reader is { TokenType: JsonTokenType.StartObject, CurrentDepth: 2 })
            {
                row++;
            }
            else if (isRows && row == number && reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 3 } && reader.ValueTextEquals(Mark))
            {
                reader.Read();
                return ((int)reader.TokenStartIndex, reader.TokenType == JsonTokenType.True ? 4 : 5);
            }
        }

        return null;
    }
}
