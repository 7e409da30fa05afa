namespace InquiryRouter.Web.Intake;

/// <summary>Settings under <c>Intake</c>.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>Inquiries a minute from one address (IPv6: one /64); ten times that from its network. 0 turns the limit off.</summary>
    public int PermitsPerMinute { get; set; } = 30;

    /// <summary>Addresses of reverse proxies, separated by commas: only their X-Forwarded headers are believed. Empty: nobody's.</summary>
    public string KnownProxies { get; set; } = string.Empty;

    /// <summary>Origins of sites that may have the form on their pages, separated by commas: https, or http on this machine. Empty: none.</summary>
    public string EmbedOrigins { get; set; } = string.Empty;
}
