using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Import.Rules;

/// <summary>What an entry of a clinic's credentials must be.</summary>
internal sealed class CredentialRules(MatchRules rules, KnownCodes codes, ProblemList problems)
{
    private const int ScopeLength = 400;
    private const string Trial = "clinical-trial";
    private const int NumberLength = 100;
    private const int NamedLength = 1000;
    private const int NameLength = 200;
    private const int UrlLength = 500;
    private const int HashLength = 64;
    private const string UrlAllowed = "Nothing, or a whole http or https address of at most 500 characters, such as https://example.org/register.";
    private const string HashAllowed = "Nothing, or a SHA-256 in hex: 64 of 0 to 9 and a to f.";
    private static readonly string[] s_statuses = ["active", "conditional", "suspended", "withdrawn", "denied", "expired", "unknown"];

    public Credential? Check(ObjectReader fields, SiteCodes sites)
    {
        var before = problems.Count;
        var body = fields.Word("body", code => rules.Body(code) is not null, "The code of a body in the list of accreditation bodies.");
        var (validFrom, validTo) = fields.Period("validFrom", "validTo");
        var (verifiedBy, verifiedAt) = fields.Verification();
        var credential = new Credential
        {
            Body = body,
            IssuerRecognisedBy = fields.OptionalText("issuerRecognisedBy", NameLength),
            Programme = fields.OptionalText("programme", NameLength),
            Scope = Scope(fields, rules.Body(body)),
            Conditions = fields.Listed("conditions", codes.IsCondition, codes.ConditionsAllowed, NamedLength, atLeast: 0),
            Treatments = fields.Listed("treatments", codes.IsTreatment, codes.TreatmentsAllowed, NamedLength, atLeast: 0),
            CellSources = fields.Listed(
                "cellSources", s => codes.AllCellSources.Contains(s, StringComparer.Ordinal),
                $"a cell source of the treatments: {string.Join(", ", codes.AllCellSources)}.", NamedLength, atLeast: 0),
            Site = sites.Read(fields, "all sites"),
            Number = fields.Text("number", NumberLength),
            ValidFrom = validFrom.GetValueOrDefault(),
            ValidTo = validTo.GetValueOrDefault(),
            Status = fields.OneOf("status", s_statuses),
            VerifiedBy = verifiedBy,
            VerifiedAt = verifiedAt,
            NextCheck = fields.DateFrom("verifiedAt", verifiedAt, "nextCheck", optional: true),
            SourceUrl = fields.OptionalWord("sourceUrl", IsWebAddress, UrlAllowed),
            EvidenceHash = fields.OptionalWord("evidenceHash", h => h.Length == HashLength && h.All(char.IsAsciiHexDigit), HashAllowed)?.ToLowerInvariant(),
        };
        return problems.Count == before ? credential : null;
    }

    /// <summary>A scope its body does not accredit is claimed wrongly: it must not get as far as a match. A trial names what it is of as well.</summary>
    private IReadOnlyList<string> Scope(ObjectReader fields, AccreditationBody? body) => body is null
        ? fields.Listed("scope", KnownCodes.IsWord, KnownCodes.WordAllowed, ScopeLength)
        : body.Covers.Contains(Trial, StringComparer.Ordinal) ? fields.Listed(
            "scope", s => body.Covers.Contains(s, StringComparer.Ordinal) || rules.Lists.Conditions.ContainsKey(s) || rules.Lists.Treatments.ContainsKey(s),
            $"a scope that {body.Code} really covers ({string.Join(", ", body.Covers)}), or the code of a condition or a treatment of the trial.", ScopeLength)
        : fields.Listed(
            "scope", s => body.Covers.Contains(s, StringComparer.Ordinal), $"a scope that {body.Code} really covers: {string.Join(", ", body.Covers)}.", ScopeLength);

    private static bool IsWebAddress(string text) =>
        text.Length <= UrlLength
        && !text.Any(c => char.IsWhiteSpace(c) || Typed.IsUnshowable(c))
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.Host.Length > 0;
}
