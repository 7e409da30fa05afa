namespace InquiryRouter.Benchmarks.Ceilings;

/// <summary>What this machine can do of one thing when nothing is built around it: what a figure of the server is compared with.</summary>
/// <param name="Name">As the report has it.</param>
/// <param name="PerSecond">How many a second.</param>
/// <param name="Of">What was counted, in words.</param>
internal sealed record Ceiling(string Name, double PerSecond, string Of);
