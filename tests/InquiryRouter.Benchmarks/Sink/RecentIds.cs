namespace InquiryRouter.Benchmarks.Sink;

/// <summary>
/// Remembers Message-IDs, as hashes, to tell a mail that comes twice. Bounded: past <see cref="Generation"/> new ids the
/// older half is forgotten. Not safe for several threads.
/// </summary>
internal sealed class RecentIds
{
    /// <summary>At least this many of the last ids are known.</summary>
    public const int Generation = 4_000_000;

    private HashSet<ulong> _current = [];
    private HashSet<ulong> _previous = [];

    /// <returns>False when the id was there before.</returns>
    public bool Add(ulong id)
    {
        if (_previous.Contains(id) || !_current.Add(id))
        {
            return false;
        }

        if (_current.Count >= Generation)
        {
            (_previous, _current) = (_current, []);
        }

        return true;
    }
}
