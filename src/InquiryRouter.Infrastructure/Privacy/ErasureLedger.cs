using System.Globalization;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Infrastructure.Privacy;

/// <summary>
/// Which inquiries were erased, in a file outside the database: a backup from before an erasure has the patient still, and whoever restores it erases
/// them again by this list. A line has a moment and the inquiry's id, and nothing of the person.
/// </summary>
/// <param name="path">The file; it is made by the first erasure.</param>
public sealed class ErasureLedger(string path)
{
    private readonly Lock _lock = new();
    private HashSet<InquiryId>? _known;

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Every inquiry in it. A line that was cut by a crash counts as none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IReadOnlyCollection<InquiryId> Read()
    {
        if (!File.Exists(Path))
        {
            return [];
        }

        return [.. File.ReadLines(Path).Select(IdOf).OfType<InquiryId>()];
    }

    /// <summary>Adds those that are not in it yet; on disk when this returns.</summary>
    /// <param name="erased">Inquiries.</param>
    /// <param name="at">When this is written down.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Add(IEnumerable<InquiryId> erased, DateTimeOffset at)
    {
        lock (_lock)
        {
            _known ??= [.. Read()];
            var lines = erased.Where(id => !_known.Contains(id)).Distinct()
                .Select(id => (Id: id, Line: string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {id.Value:D}"))).ToList();
            if (lines.Count == 0)
            {
                return;
            }

            OwnDirectory.Create(System.IO.Path.GetDirectoryName(Path)!);
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            // A line feed first: what a crash cut off ends there.
            using var stream = new FileStream(Path, options);
            stream.Write(System.Text.Encoding.ASCII.GetBytes((stream.Position > 0 ? "\n" : string.Empty) + string.Join('\n', lines.Select(l => l.Line))));
            stream.Flush(flushToDisk: true);
            _known.UnionWith(lines.Select(l => l.Id));
        }
    }

    private static InquiryId? IdOf(string line) =>
        line.Split(' ') is [_, var id] && Guid.TryParseExact(id, "D", out var guid) ? new InquiryId(guid) : null;
}
