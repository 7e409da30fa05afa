using System.Globalization;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>What an entry of a clinic's credentials must be.</summary>
internal sealed class CredentialRules(MatchRules rules, ProblemList problems)
{
    private const int ScopeLength = 400;
    private const int NumberLength = 100;
    private const int VerifiedByLength = 100;
    private const int UrlLength = 500;
    private const string UrlAllowed = "Nothing, or a whole http or https address of at most 500 characters, such as https://example.org/register.";
    private static readonly string[] s_statuses = ["active", "conditional", "suspended", "withdrawn", "denied", "expired", "unknown"];
    private static readonly string s_statusAllowed = $"One of: {string.Join(", ", s_statuses)}.";

    public Credential? Check(FieldReader fields)
    {
        var before = problems.Count;
        var (validFrom, validTo) = Validity(fields);
        var (verifiedBy, verifiedAt) = Verification(fields);
        var credential = new Credential
        {
            Body = fields.Word("body", code => rules.Body(code) is not null, "The code of a body in the list of accreditation bodies."),
            Scope = fields.Words("scope", ClinicRules.IsWord, ClinicRules.WordAllowed, ScopeLength),
            Number = fields.Text("number", NumberLength),
            ValidFrom = validFrom,
            ValidTo = validTo,
            Status = fields.Word("status", s => Array.IndexOf(s_statuses, s) >= 0, s_statusAllowed),
            VerifiedBy = verifiedBy,
            VerifiedAt = verifiedAt,
            SourceUrl = fields.OptionalWord("sourceUrl", IsWebAddress, UrlAllowed),
        };
        return problems.Count == before ? credential : null;
    }

    private static (DateOnly From, DateOnly To) Validity(FieldReader fields)
    {
        var from = fields.Date("validFrom");
        var to = fields.Date("validTo");
        if (to < from)
        {
            fields.Add("validTo", fields["validTo"], string.Create(CultureInfo.InvariantCulture, $"A date as yyyy-MM-dd, not before validFrom, which is {from:yyyy-MM-dd}."));
        }

        return (from.GetValueOrDefault(), to.GetValueOrDefault());
    }

    /// <summary>A check without a name or a day is no check.</summary>
    private static (string? By, DateOnly? At) Verification(FieldReader fields)
    {
        if (fields.Has("verifiedBy") && !fields.Has("verifiedAt"))
        {
            fields.Add("verifiedAt", fields["verifiedAt"], "A date as yyyy-MM-dd, because verifiedBy is given: both or neither.");
        }
        else if (fields.Has("verifiedAt") && !fields.Has("verifiedBy"))
        {
            fields.Add("verifiedBy", fields["verifiedBy"], "Who checked it, because verifiedAt is given: both or neither.");
        }

        return (fields.OptionalText("verifiedBy", VerifiedByLength), fields.OptionalDate("verifiedAt"));
    }

    private static bool IsWebAddress(string text) =>
        text.Length <= UrlLength
        && !text.Any(c => char.IsWhiteSpace(c) || FieldReader.IsControl(c))
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.Host.Length > 0;
}
