namespace InquiryRouter.Web.Console;

/// <summary>Settings under <c>Console</c>.</summary>
public sealed class ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>IANA name of the zone in which the console shows moments to whoever has chosen none.</summary>
    public string TimeZone { get; set; } = "Etc/UTC";
}
