using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>A clinic as a person names it: by its name, its place or its code, or by what a list of choices has written.</summary>
internal static class ClinicNames
{
    /// <summary>As many are offered to choose from.</summary>
    public const int Most = 20;

    /// <summary>Of the list of choices; its term stands in the address: it names a clinic, and nobody else.</summary>
    public const string Path = ConsoleGate.Path + "/clinic-names";

    private const int LongestTerm = 100;

    public static void MapConsoleClinicNames(this IEndpointRouteBuilder routes) => routes.MapConsoleGet(
        Path, Access.Offer,
        async (HttpContext context, NetworkCache networks) => ConsolePages.Page<ClinicOptions>(Find(
            await networks.CurrentAsync(context.RequestAborted), $"{context.Request.Query["clinic"]}{context.Request.Query["with"]}")),
        isDeed: false);

    /// <summary>As it stands in a list of choices.</summary>
    public static string Write(Core.Matching.Clinic clinic) => $"{clinic.Name}, {clinic.City} ({clinic.Code})";

    /// <summary>The clinics that may be meant, best first: the one whose code it is, or those that have every word of it.</summary>
    public static IReadOnlyList<Core.Matching.Clinic> Find(NetworkSnapshot network, string? typed)
    {
        var term = typed?.Trim() ?? string.Empty;
        if (term.Length is 0 or > LongestTerm)
        {
            return [];
        }

        var code = term.EndsWith(')') && term.LastIndexOf('(') is >= 0 and var open ? term[(open + 1)..^1] : term;
        if (network.ByCode.TryGetValue(code.ToUpperInvariant(), out var exact))
        {
            return [exact];
        }

        var words = term.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return
        [
            .. network.Clinics.Where(c => Array.TrueForAll(words, w => Has(c, w)))
                .OrderBy(c => c.Name.StartsWith(term, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
                .ThenBy(c => c.Name, StringComparer.OrdinalIgnoreCase).Take(Most),
        ];

        bool Has(Core.Matching.Clinic clinic, string word) =>
            Contains(clinic.Name, word) || Contains(clinic.City, word) || Contains(clinic.Code, word)
            || Contains(network.Rules.Lists.CountryName(clinic.Country), word);
    }

    // Nobody types the accent of Mérida for certain.
    private static bool Contains(string text, string word) => System.Globalization.CultureInfo.InvariantCulture.CompareInfo.IndexOf(
        text, word, System.Globalization.CompareOptions.IgnoreCase | System.Globalization.CompareOptions.IgnoreNonSpace) >= 0;
}
