using System.Globalization;
using System.Text;

namespace InquiryRouter.FaultTests.Support.Load;

/// <summary>What one invented patient sends. The same number always makes the same key and the same bytes.</summary>
internal sealed record Posting(int Number)
{
    private const string MailboxPrefix = "patient";
    private const string MailDomain = "@fault.example";
    private static readonly string[] s_syllables = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu"];

    public string IdempotencyKey => string.Create(CultureInfo.InvariantCulture, $"fault-tests-{Number:000000}");

    public string Email => string.Create(CultureInfo.InvariantCulture, $"{MailboxPrefix}{Number:000000}{MailDomain}");

    /// <summary>An adult with lupus who passes every screening and fits two of <see cref="Server.ClinicFile"/>'s clinics.</summary>
    public byte[] Body => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""
        {"patient":{"name":"{{{Name}}}","email":"{{{Email}}}","country":"US","language":"en","timeZone":"America/New_York","birthYear":{{{1960 + (Number % 40)}}}},
        "inquirer":{"relation":"self"},
        "condition":"lupus","conditionType":"sle","treatment":"stem-cell-therapy","cellSource":"{{{Server.ClinicFile.CellSources[Number % Server.ClinicFile.CellSources.Count]}}}",
        "destinations":["MX"],"budget":{"amount":15000,"currency":"USD"},"timeframe":"within-3-months",
        "message":"I read your page and would like to know which papers you need.",
        "consent":{"shareWithClinics":true,"contact":true,"marketing":false,"textVersion":"2026-11"},
        "source":{"page":"https://fault.example/lupus","campaign":"fault"}}
        """));

    // Two patients of one name would be a case for the screening.
    private string Name
    {
        get
        {
            var word = string.Concat(Number.ToString("000000", CultureInfo.InvariantCulture).Select(d => s_syllables[d - '0']));
            return $"Anna {char.ToUpperInvariant(word[0])}{word[1..]} Miller";
        }
    }

    /// <summary>The number of the patient with this address.</summary>
    public static int NumberOf(string email) =>
        int.Parse(email.AsSpan(MailboxPrefix.Length, email.Length - MailboxPrefix.Length - MailDomain.Length), NumberStyles.None, CultureInfo.InvariantCulture);
}
