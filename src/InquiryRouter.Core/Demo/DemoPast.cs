namespace InquiryRouter.Core.Demo;

/// <summary>What is invented says so.</summary>
public static class DemoPast
{
    /// <summary>Where consent was given that nobody gave: how invented inquiries are told from real ones.</summary>
    public const string Source = "demo";
}
