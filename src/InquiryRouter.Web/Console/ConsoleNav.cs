using InquiryRouter.Core.Users;
using InquiryRouter.Web.Console.Board;
using InquiryRouter.Web.Console.Clinics;
using InquiryRouter.Web.Console.List;
using InquiryRouter.Web.Console.Operations;
using InquiryRouter.Web.Console.Policies;
using InquiryRouter.Web.Console.Reports;
using InquiryRouter.Web.Console.Rules;
using InquiryRouter.Web.Console.Search;

namespace InquiryRouter.Web.Console;

/// <summary>A page that stands in the header.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Path">Its address; what lies below it belongs to it.</param>
/// <param name="Access">Who sees it: what its route asks for, and of the inbox what it shows.</param>
/// <param name="Key">Of the keyboard.</param>
internal sealed record ConsoleNavEntry(string Label, string Path, Access Access, string Key);

/// <summary>
/// The pages in the header, in their order. Whoever builds a page adds it: the inbox, list, board, search, clinics, and so on.
/// </summary>
internal static class ConsoleNav
{
    public static readonly IReadOnlyList<ConsoleNavEntry> Entries =
    [
        new("Inbox", ConsoleGate.Path, Access.SeeInbox, "g i"),
        new("Inquiries", ListEndpoints.Path, Access.SeeInquiry, "g l"),
        new("Board", BoardEndpoints.Path, Access.SeeInquiry, "g b"),
        new("Search", SearchEndpoints.Path, Access.SeeInquiry, "/"),
        new("Clinics", ClinicEndpoints.Path, Access.SeeClinics, "g c"),
        new("Policy", PolicyEndpoints.Path, Access.SeePolicy, "g p"),
        new("Reference", ReferenceEndpoints.Path, Access.SeePolicy, "g f"),
        new("Operations", OperationsEndpoints.Path, Access.SeeOperations, "g o"),
        new("Reports", ReportEndpoints.Path, Access.SeeReports, "g r"),
        new("Users", UserEndpoints.Path, Access.ManageUsers, "g u"),
        new("Access log", AuditEndpoints.Path, Access.SeeAudit, "g a"),
    ];

    /// <summary>Where somebody begins who has no inbox.</summary>
    public static string FirstOf(ConsoleUser user) => Entries.FirstOrDefault(e => user.May(e.Access))?.Path ?? AccountEndpoints.Path;

    /// <summary>The entry a path belongs to: the one with the longest address.</summary>
    public static ConsoleNavEntry? Of(string path) => Entries
        .Where(e => path.Equals(e.Path, StringComparison.Ordinal) || path.StartsWith(e.Path + "/", StringComparison.Ordinal))
        .MaxBy(e => e.Path.Length) is { } entry && (entry.Path != ConsoleGate.Path || path == ConsoleGate.Path) ? entry : null;
}
