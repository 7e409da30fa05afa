namespace InquiryRouter.Benchmarks.Load;

/// <summary>One scenario.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Connections">Kept HTTP connections, each with one request at a time.</param>
/// <param name="Count">Posts at most.</param>
/// <param name="DrainLimit">How long to wait, after the last post, for every accepted inquiry to be completed.</param>
internal sealed record LoadPlan(string Name, int Connections, int Count, TimeSpan DrainLimit)
{
    /// <summary>Posts a second by a fixed schedule; 0: each connection posts as soon as it has its answer.</summary>
    public double Rate { get; init; }

    /// <summary>Posting stops after this long; zero: when all are posted.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Accepted-but-not-completed inquiries at most; 0: no limit.</summary>
    public int Window { get; init; }

    /// <summary>Posts that the schedule asks for.</summary>
    public int Due => Rate > 0 && Duration > TimeSpan.Zero ? (int)Math.Min(Count, Math.Ceiling(Rate * Duration.TotalSeconds)) : Count;
}
