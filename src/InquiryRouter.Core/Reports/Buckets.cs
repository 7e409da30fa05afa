namespace InquiryRouter.Core.Reports;

/// <summary>
/// Lengths of time in buckets that are 2 % wide, from a second to ten years. Percentiles of days cannot be made into those of a month; buckets
/// of days are added up.
/// </summary>
public static class Buckets
{
    private const double Width = 1.02;
    private static readonly double s_log = Math.Log(Width);
    private static readonly int s_last = (int)(Math.Log(TimeSpan.FromDays(3653).TotalSeconds) / s_log);

    /// <summary>The bucket of a length; less than a second is the first.</summary>
    public static int Of(TimeSpan length) =>
        length.TotalSeconds <= 1 ? 0 : Math.Min(s_last, (int)(Math.Log(length.TotalSeconds) / s_log));

    /// <summary>The length a bucket stands for: at most 1 % from each that is in it.</summary>
    public static TimeSpan Middle(int bucket) => TimeSpan.FromSeconds(Math.Pow(Width, bucket + 0.5));
}

/// <summary>How long something took, how often.</summary>
public sealed class Histogram
{
    private readonly SortedDictionary<int, long> _buckets = [];

    /// <summary>How many.</summary>
    public long Count { get; private set; }

    public void Add(int bucket, long times)
    {
        _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + times;
        Count += times;
    }

    public void Add(TimeSpan length) => Add(Buckets.Of(length), 1);

    /// <summary>Adds up both.</summary>
    public void Add(Histogram other)
    {
        foreach (var (bucket, times) in other._buckets)
        {
            Add(bucket, times);
        }
    }

    /// <summary>So many of a hundred took no longer; null: there was none.</summary>
    /// <param name="percent">Above 0, at most 100.</param>
    public TimeSpan? Percentile(int percent)
    {
        var rank = (long)Math.Ceiling(Count * percent / 100.0);
        foreach (var (bucket, times) in _buckets)
        {
            rank -= times;
            if (rank <= 0 && Count > 0)
            {
                return Buckets.Middle(bucket);
            }
        }

        return null;
    }
}
