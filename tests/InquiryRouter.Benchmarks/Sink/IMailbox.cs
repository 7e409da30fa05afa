namespace InquiryRouter.Benchmarks.Sink;

/// <summary>Who takes note of received mail.</summary>
internal interface IMailbox
{
    /// <param name="reference">The inquiry the mail is about; 0 when it names none.</param>
    /// <param name="at">When its last byte was in, in Stopwatch ticks.</param>
    void Received(Recipient recipient, ulong reference, long at);
}
