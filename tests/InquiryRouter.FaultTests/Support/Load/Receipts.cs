namespace InquiryRouter.FaultTests.Support.Load;

/// <summary>What a sender was told with a 202.</summary>
/// <param name="Reference">The inquiry's name.</param>
/// <param name="StatusUrl">Where the patient may look.</param>
/// <param name="Tries">How often it was posted until the answer came.</param>
internal sealed record Receipt(string Reference, string StatusUrl, int Tries)
{
    public string StatusToken => StatusUrl[(StatusUrl.LastIndexOf('=') + 1)..];
}

/// <summary>
/// What the senders know: who has a 202 and with what in it, who must ask again with the same key because the connection broke, and who
/// never came back.
/// </summary>
internal sealed class Receipts(Random random)
{
    // Of those whose connection broke, one in so many gives up.
    private const int GivesUp = 4;

    private readonly Lock _lock = new();
    private readonly Queue<Posting> _again = new();
    private readonly Dictionary<int, int> _tries = [];
    private readonly Dictionary<int, Receipt> _accepted = [];
    private readonly HashSet<int> _abandoned = [];
    private readonly List<string> _problems = [];
    private int _next = 1;
    private int _broken;
    private TimeSpan _slowest;

    /// <summary>Answered with a 202, by the patient's number.</summary>
    public IReadOnlyDictionary<int, Receipt> Accepted => Locked(() => _accepted.ToDictionary());

    /// <summary>Sent at least once, never answered with a 202, never sent again: stored or not, both are right.</summary>
    public IReadOnlySet<int> Abandoned => Locked(() => _abandoned.ToHashSet());

    /// <summary>Answers that should not have been.</summary>
    public IReadOnlyList<string> Problems => Locked(() => _problems.ToList());

    public int AcceptedCount => Locked(() => _accepted.Count);

    /// <summary>How often a connection broke before the answer.</summary>
    public int BrokenCount => Locked(() => _broken);

    public int UnansweredCount => Locked(() => _again.Count);

    public TimeSpan Slowest => Locked(() => _slowest);

    /// <summary>The next to be posted: first who has no answer yet.</summary>
    /// <param name="mayBeNew">False: only those.</param>
    public Posting? Take(bool mayBeNew) => Locked(() =>
    {
        if (!_again.TryDequeue(out var posting))
        {
            posting = mayBeNew ? new Posting(_next++) : null;
        }

        if (posting is not null)
        {
            _tries[posting.Number] = _tries.GetValueOrDefault(posting.Number) + 1;
        }

        return posting;
    });

    public void Accept(Posting posting, string reference, string statusUrl, TimeSpan took) => Locked(() =>
    {
        _slowest = took > _slowest ? took : _slowest;
        return _accepted.TryAdd(posting.Number, new Receipt(reference, statusUrl, _tries[posting.Number]));
    });

    /// <summary>No answer: asked again later with the same key, or never.</summary>
    public void Break(Posting posting) => Locked(() =>
    {
        _broken++;
        if (random.Next(GivesUp) == 0)
        {
            _abandoned.Add(posting.Number);
        }
        else
        {
            _again.Enqueue(posting);
        }

        return true;
    });

    /// <summary>An answer that is not a 202.</summary>
    public void Refuse(Posting posting, int status, string answer) => Locked(() =>
    {
        _problems.Add($"{posting.IdempotencyKey} was answered with {status}: {answer}");
        _abandoned.Add(posting.Number);
        return true;
    });

    /// <summary>Compares the answer to a request that was made again with the first one.</summary>
    public void Compare(Posting posting, string reference, string statusUrl) => Locked(() =>
    {
        var first = _accepted[posting.Number];
        if (first.Reference != reference || first.StatusUrl != statusUrl)
        {
            _problems.Add($"{posting.IdempotencyKey} was answered with {first.Reference}, and with {reference} when it was sent again.");
        }

        return true;
    });

    private T Locked<T>(Func<T> work)
    {
        lock (_lock)
        {
            return work();
        }
    }
}
