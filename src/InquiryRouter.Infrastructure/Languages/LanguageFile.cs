using System.Text.Json;
using System.Text.Json.Serialization;

namespace InquiryRouter.Infrastructure.Languages;

/// <summary>One language as it stands in its file; another language is another file.</summary>
internal sealed record LanguageFile
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>ltr or rtl.</summary>
    public required string Direction { get; init; }

    /// <summary>The .NET culture for names of days and months, and for numbers.</summary>
    public required string Culture { get; init; }

    /// <summary>.NET patterns.</summary>
    public required LanguageFormats Formats { get; init; }

    public required IReadOnlyDictionary<string, string> Texts { get; init; }

    public required IReadOnlyDictionary<NameKind, IReadOnlyDictionary<string, string>> Names { get; init; }

    public static LanguageFile Read(Stream json) => JsonSerializer.Deserialize<LanguageFile>(json, s_json)!;
}

internal sealed record LanguageFormats
{
    public required string Day { get; init; }

    /// <summary>A month and its year.</summary>
    public required string Month { get; init; }

    public required string Moment { get; init; }

    /// <summary>What stands between the entries of a list inside a sentence.</summary>
    public required string ListSeparator { get; init; }
}
