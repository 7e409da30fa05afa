namespace InquiryRouter.Benchmarks.Sink;

/// <summary>What a sink has taken in.</summary>
/// <param name="Mails">Mails answered with 250.</param>
/// <param name="Doubled">Of these, mails whose Message-ID had come before.</param>
/// <param name="WithoutId">Of these, mails without a Message-ID.</param>
/// <param name="Bytes">Bytes of all mails.</param>
/// <param name="Connections">Connections taken.</param>
internal readonly record struct SinkCounts(long Mails, long Doubled, long WithoutId, long Bytes, long Connections)
{
    public SinkCounts Since(SinkCounts before) => new(
        Mails - before.Mails,
        Doubled - before.Doubled,
        WithoutId - before.WithoutId,
        Bytes - before.Bytes,
        Connections - before.Connections);
}
