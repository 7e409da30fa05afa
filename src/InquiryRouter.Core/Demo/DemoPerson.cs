using System.Globalization;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Demo;

/// <summary>Who an invented patient is: of a number, so that no two are the same.</summary>
/// <param name="InquirerName">Who writes for them; null: they do themselves.</param>
public sealed record DemoPerson(string Name, string? Mail, string? Phone, string? InquirerName, string? InquirerMail)
{
    // Addresses end in what is reserved for examples (RFC 2606).
    private static readonly string[] s_providers = ["patient.example", "mail.patient.example", "post.patient.example"];

    /// <param name="number">Of the person.</param>
    /// <param name="country">One of those that invented patients live in.</param>
    /// <param name="relation">Who writes.</param>
    /// <param name="hasPhone">They give a number, where their country has any to give.</param>
    public static DemoPerson Of(int number, string country, Relation relation, bool hasPhone)
    {
        var from = DemoCountry.Of(country);
        var mail = string.Create(CultureInfo.InvariantCulture, $"p{number}@{s_providers[number % s_providers.Length]}");
        var name = from.Names.Of(number);
        return relation == Relation.Self
            ? new DemoPerson(name, mail, PhoneOf(from, number, hasPhone), null, null)
            : new DemoPerson(name, null, PhoneOf(from, number, hasPhone), from.Names.Of(number + 500_009), mail);
    }

    // The last seven digits count up, scattered, behind one that the plan allows.
    private static string? PhoneOf(DemoCountry country, int number, bool hasPhone)
    {
        if (!hasPhone || country.Phone is not { } pattern)
        {
            return null;
        }

        var digits = pattern.Count(c => c == '#');
        var scattered = ((long)number * 7_919 % 7_999_999) + 2_000_000;
        var text = scattered.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '1');
        return pattern[..^digits] + text;
    }
}
