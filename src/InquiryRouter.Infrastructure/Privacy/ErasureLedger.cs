using System.Globalization;
using System.Text;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Infrastructure.Privacy;

/// <summary>
/// Which inquiries were erased, in a file outside the database: a backup from before an erasure has the patient still, and whoever restores it erases
/// them again by this list. A line has a moment and the inquiry's id, and nothing of the person.
/// </summary>
/// <param name="path">The file; it is made by the first erasure.</param>
public sealed class ErasureLedger(string path)
{
    private const int MostTries = 40;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(25);

    private readonly Lock _lock = new();
    private readonly HashSet<InquiryId> _known = [];
    private long _readUntil;

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Whether there is one: none was erased yet, or it is somewhere else.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>Every inquiry in it. A line that was cut by a crash counts as none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IReadOnlyCollection<InquiryId> Read() => Exists ? [.. File.ReadLines(Path).Select(IdOf).OfType<InquiryId>()] : [];

    /// <summary>Adds those that are not in it yet; on disk when this returns. Others may add at the same time, also other processes.</summary>
    /// <param name="erased">Inquiries.</param>
    /// <param name="at">When this is written down.</param>
    /// <exception cref="IOException">It cannot be written, or somebody keeps it open.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Add(IEnumerable<InquiryId> erased, DateTimeOffset at)
    {
        var wanted = erased.Distinct().ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            OwnDirectory.Create(System.IO.Path.GetDirectoryName(Path)!);
            using var stream = OpenAlone();
            CatchUp(stream);
            var lines = wanted.Where(id => !_known.Contains(id))
                .Select(id => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {id.Value:D}")).ToList();
            if (lines.Count == 0)
            {
                return;
            }

            // A line feed first: what a crash cut off ends there.
            stream.Position = stream.Length;
            stream.Write(Encoding.ASCII.GetBytes((stream.Position > 0 ? "\n" : string.Empty) + string.Join('\n', lines)));
            stream.Flush(flushToDisk: true);
            _known.UnionWith(wanted);
            _readUntil = stream.Length;
        }
    }

    // One writer at a time, among all processes: two that append at once would write over each other.
    private FileStream OpenAlone()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return OwnFile.Open(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < MostTries)
            {
                Thread.Sleep(s_pause);
            }
        }
    }

    // What others have added since. A file that is shorter than it was is another one.
    private void CatchUp(FileStream stream)
    {
        if (stream.Length < _readUntil)
        {
            _known.Clear();
            _readUntil = 0;
        }

        stream.Position = _readUntil;
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            if (IdOf(line) is { } id)
            {
                _known.Add(id);
            }
        }

        _readUntil = stream.Length;
    }

    private static InquiryId? IdOf(string line) =>
        line.Split(' ') is [_, var id] && Guid.TryParseExact(id, "D", out var guid) ? new InquiryId(guid) : null;
}
