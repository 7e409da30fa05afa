using System.Globalization;

namespace InquiryRouter.Benchmarks.Load;

/// <summary>Answers other than a 202 with a reference, by status, with one example each.</summary>
internal sealed class Refusals
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, (int Count, string Example)> _byStatus = [];

    public int Total { get; private set; }

    /// <param name="status">The HTTP status; 0 when no answer came.</param>
    public void Add(int status, Func<string> excerpt)
    {
        lock (_gate)
        {
            Total++;
            _byStatus[status] = _byStatus.TryGetValue(status, out var known)
                ? (known.Count + 1, known.Example)
                : (1, status == 0 ? "the connection failed, or no answer came within 30 s" : excerpt());
        }
    }

    public IReadOnlyList<RefusalCount> Counts()
    {
        lock (_gate)
        {
            return [.. _byStatus.Select(s => new RefusalCount(NameOf(s.Key), s.Value.Count, s.Value.Example))];
        }
    }

    private static string NameOf(int status) => status switch
    {
        0 => "no answer",
        202 => "202 without reference",
        _ => status.ToString(CultureInfo.InvariantCulture),
    };
}

/// <summary>How often one status came, and the start of its first body.</summary>
internal sealed record RefusalCount(string Status, int Count, string Example);
