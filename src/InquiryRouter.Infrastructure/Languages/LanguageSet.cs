namespace InquiryRouter.Infrastructure.Languages;

/// <summary>The languages that pages and mails are written in: every file of this folder.</summary>
public sealed class LanguageSet
{
    private const string Prefix = "languages/";
    private readonly Dictionary<string, Words> _byCode;

    public LanguageSet()
    {
        var assembly = typeof(LanguageSet).Assembly;
        _byCode = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                return new Words(LanguageFile.Read(stream));
            })
            .ToDictionary(w => w.Code, StringComparer.Ordinal);
        English = _byCode["en"];
        All = [English, .. _byCode.Values.Where(w => w != English)];
    }

    /// <summary>What a reader gets whose own language there is none of.</summary>
    public Words English { get; }

    /// <summary>English first, then by code.</summary>
    public IReadOnlyList<Words> All { get; }

    /// <summary>The words of a language (<c>es</c>, <c>es-MX</c>), or null when there are none.</summary>
    public Words? Find(string? tag) => tag is { Length: >= 2 } && _byCode.TryGetValue(tag.Split('-', 2)[0].ToLowerInvariant(), out var words) ? words : null;

    /// <summary>The words of a language, else English.</summary>
    public Words For(string? tag) => Find(tag) ?? English;

    /// <summary>The first of these we have, else English: what a person or a clinic reads, most wanted first.</summary>
    public Words FirstOf(IEnumerable<string> tags) => tags.Select(Find).FirstOrDefault(w => w is not null) ?? English;
}
