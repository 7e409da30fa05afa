using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace InquiryRouter.Infrastructure.ReferenceData;

/// <summary>One reference file: its name without ending, and its UTF-8 text without a byte order mark.</summary>
public sealed class ReferenceFile
{
    public ReferenceFile(string name, byte[] body)
    {
        Name = name;
        Body = body.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
        Hash = Convert.ToHexStringLower(SHA256.HashData(Body));
    }

    public string Name { get; }

    public byte[] Body { get; }

    /// <summary>SHA-256 of <see cref="Body"/> in hex.</summary>
    public string Hash { get; }
}

/// <summary>All reference files as they are in force together. Immutable: another file makes another set.</summary>
public sealed class ReferenceFiles
{
    /// <summary>In the order in which they build on each other.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "countries", "regions", "languages", "currencies", "exchange-rates", "specialties", "scopes", "conditions", "treatments", "accreditation-bodies",
        "country-rules", "facilitator-permissions", "baseline-prices", "emergency-words", "emergency-lines", "treatment-facts",
    ];

    private static readonly Lazy<ReferenceFiles> s_shipped = new(() => new ReferenceFiles(Names.Select(n => new ReferenceFile(n, ReadShipped(n)))));

    private readonly FrozenDictionary<string, ReferenceFile> _files;

    /// <param name="files">One of each name; an unknown name or a missing one is an error of the program.</param>
    public ReferenceFiles(IEnumerable<ReferenceFile> files)
    {
        _files = files.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        if (_files.Count != Names.Count || !Names.All(_files.ContainsKey))
        {
            throw new ArgumentException($"A set of reference files has exactly these: {string.Join(", ", Names)}.", nameof(files));
        }

        Hash = HashOf(Names.Select(n => _files[n].Hash));
    }

    /// <summary>Those that come with the program.</summary>
    public static ReferenceFiles Shipped => s_shipped.Value;

    /// <summary>Of the whole set: two sets with equal hashes hold the same rules.</summary>
    public string Hash { get; }

    public ReferenceFile this[string name] => _files[name];

    /// <summary>The same set with one file replaced.</summary>
    public ReferenceFiles With(ReferenceFile file) => new(Names.Select(n => n == file.Name ? file : _files[n]));

    public static bool IsName(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>The hash of a set from those of its files, in the order of <see cref="Names"/>.</summary>
    public static string HashOf(IEnumerable<string> hashes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(hashes))));

    internal static Stream OpenShipped(string name) =>
        typeof(ReferenceFiles).Assembly.GetManifestResourceStream($"reference/{name}.json")
            ?? throw new InvalidOperationException($"The reference file {name}.json is not in the program.");

    private static byte[] ReadShipped(string name)
    {
        using var stream = OpenShipped(name);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
