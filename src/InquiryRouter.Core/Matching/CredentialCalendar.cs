namespace InquiryRouter.Core.Matching;

/// <param name="On">The day by which something must be done.</param>
public sealed record DueCredential(string Clinic, Credential Credential, DateOnly On, string Sentence);

/// <summary>What is to be verified again and what ends soon; how often: DOMAIN, credential record.</summary>
public static class CredentialCalendar
{
    private const int EndsSoonDays = 60;
    private const int CheckDays = 90;
    private const int LicenceCheckDays = 30;

    /// <summary>
    /// When a verified credential is to be checked with its issuer again; a record may ask for an earlier day, never for a later
    /// one.
    /// </summary>
    public static DateOnly? NextCheck(Credential credential, MatchRules rules) =>
        credential.VerifiedAt?.AddDays(rules.Body(credential.Body) is { IsLicence: true } ? LicenceCheckDays : CheckDays) is not { } latest
        ? null
        : credential.NextCheck < latest ? credential.NextCheck
        : latest;

    /// <summary>What is due on a day, soonest first. Credentials that are only claimed, or not active, are not in force anyway.</summary>
    public static IReadOnlyList<DueCredential> Due(NetworkSnapshot network, DateOnly day)
    {
        return
        [
            .. network.Clinics.Where(c => c.Active).SelectMany(c => Due(c, network.Rules, day))
                .OrderBy(d => d.On).ThenBy(d => d.Clinic, StringComparer.Ordinal),
        ];
    }

    /// <summary>The same of one clinic, in the order of its credentials.</summary>
    public static IReadOnlyList<DueCredential> Due(Clinic clinic, MatchRules rules, DateOnly day)
    {
        var due = new List<DueCredential>();
        foreach (var credential in clinic.Credentials.Where(c => c.IsVerified && c.Status == "active"))
        {
            if (credential.ValidTo < day)
            {
                Add(credential, credential.ValidTo, $"ended on {credential.ValidTo:O}; it no longer counts");
            }
            else if (credential.ValidTo <= day.AddDays(EndsSoonDays))
            {
                Add(credential, credential.ValidTo, $"ends on {credential.ValidTo:O}; ask for the renewal");
            }

            if (credential.ValidTo >= day && NextCheck(credential, rules) is { } next && next <= day)
            {
                Add(credential, next, $"was to be verified again by {next:O}; ask the issuer, or take it down");
            }
        }

        return due;

        void Add(Credential credential, DateOnly on, string sentence) =>
            due.Add(new DueCredential(clinic.Code, credential, on, sentence));
    }
}
