using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Web.Patient;

/// <summary>Who a clinic is, as far as somebody has confirmed it; what only the clinic says is told apart.</summary>
/// <param name="Credentials">What was confirmed with its issuer and is in force.</param>
/// <param name="Claimed">What the clinic says it holds beside them.</param>
/// <param name="Languages">That the clinic works in.</param>
/// <param name="Place">Where the patient would be treated.</param>
/// <param name="Reach">How to reach it; null: it has not accepted.</param>
public sealed record ClinicAbout(
    IReadOnlyList<AboutCredential> Credentials, IReadOnlyList<string> Claimed, IReadOnlyList<AboutPhysician> Physicians, string Languages,
    string Place, AboutReach? Reach)
{
    /// <param name="clinic">As it is now.</param>
    /// <param name="facts">What the patient asks for.</param>
    /// <param name="reference">Of the inquiry.</param>
    /// <param name="accepted">It has said yes, and that stands.</param>
    /// <param name="rules">With the bodies that issue credentials, and the names of lists.</param>
    /// <param name="words">The reader's language.</param>
    /// <param name="now">Credentials are in force, or not, by the clinic's own calendar.</param>
    public static ClinicAbout Of(
        Core.Matching.Clinic clinic, InquiryFacts facts, string reference, bool accepted, MatchRules rules, Words words, DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone)).DateTime);
        var lists = rules.Lists;
        var claimed = clinic.Credentials.Where(c => !c.IsVerified && c.Status == "active" && c.ValidFrom <= day && day <= c.ValidTo)
            .Select(c => NameOf(c, rules)).Distinct(StringComparer.Ordinal);
        return new ClinicAbout(
            [.. clinic.Credentials.Where(c => c.IsInForce(day)).Select(c => CredentialOf(c, clinic, rules, words))],
            [.. claimed],
            [.. clinic.Physicians.Where(p => p.Active).OrderByDescending(p => p.Experience.Any(e => e.Condition == facts.Condition))
                .Select(p => PhysicianOf(p, facts, lists, words, day))],
            words.List(clinic.Languages.Select(l => words.Name(NameKind.Languages, l, lists.Languages.GetValueOrDefault(l)?.Name ?? l))),
            words.List(Places(clinic, facts, lists).Select(words.Isolated)),
            !accepted ? null : new AboutReach(

                // The reference alone stands in the subject: it says nothing of an illness.
                clinic.ContactName, clinic.Email, $"mailto:{clinic.Email}?subject={Uri.EscapeDataString(reference)}",
                clinic.Phone is { } phone ? PhoneNumber.Shown(phone) : null, clinic.Phone is { } number ? PhoneNumber.Link(number) : null,
                reference));
    }

    private static string NameOf(Credential credential, MatchRules rules) => rules.Body(credential.Body)?.Name ?? credential.Body;

    private static AboutCredential CredentialOf(Credential credential, Core.Matching.Clinic clinic, MatchRules rules, Words words)
    {
        var isAddress = Uri.TryCreate(credential.SourceUrl, UriKind.Absolute, out var source) && source.Scheme is "http" or "https";
        return new AboutCredential(
            NameOf(credential, rules), credential.Programme,
            words.Text(
                "status.clinic.credentials.dates", ("from", words.Day(credential.ValidFrom)), ("to", words.Day(credential.ValidTo)),
                ("day", words.Day(credential.VerifiedAt!.Value))),
            clinic.Sites.FirstOrDefault(s => s.Code == credential.Site) is { } site
                ? words.Text("status.clinic.credentials.covers", ("site", words.Isolated(NameOf(site)))) : null,
            isAddress ? source : null);
    }

    private static AboutPhysician PhysicianOf(Physician physician, InquiryFacts facts, ReferenceLists lists, Words words, DateOnly day)
    {
        List<AboutLine> said =
        [
            .. physician.Certifications.Where(c => c.IsInForce(day)).Select(c => new AboutLine(
                words.Text("status.clinic.physicians.board", ("day", words.Day(c.VerifiedAt!.Value))), c.Board)),
            .. physician.Experience.Where(e => e.Condition == facts.Condition && e.Patients > 0).Select(e => new AboutLine(words.Text(
                "status.clinic.physicians.experience", ("number", words.Number(e.Patients)),
                ("condition", words.FindName(NameKind.ConditionPhrases, e.Condition)
                    ?? words.Name(NameKind.Conditions, e.Condition, lists.ConditionName(e.Condition)))))),
        ];
        if (physician.ReferencesCheckedAt is { } checkedAt)
        {
            said.Add(new AboutLine(words.Text("status.clinic.physicians.references", ("day", words.Day(checkedAt)))));
        }

        return new AboutPhysician(
            physician.Name,
            words.List(physician.Specialties.Select(
                s => words.Name(NameKind.Specialties, s, lists.Specialties.GetValueOrDefault(s)?.Name ?? s))),
            said);
    }

    // The sites of what the patient asks for; where the clinic names none, the main one.
    private static List<string> Places(Core.Matching.Clinic clinic, InquiryFacts facts, ReferenceLists lists)
    {
        var codes = lists.Treatments.TryGetValue(facts.Treatment, out var wish)
            ? clinic.Treatments.Where(t => t.Condition == facts.Condition && wish.Covers.Contains(t.Treatment)).Select(t => t.Site)
            : [];
        var places = codes.Select(code => clinic.Sites.FirstOrDefault(s => s.Code == code) is { } site ? NameOf(site) : clinic.City)
            .Distinct(StringComparer.Ordinal).ToList();
        return places.Count > 0 ? places : [clinic.City];
    }

    private static string NameOf(Site site) => $"{site.Name}, {site.City}";
}

/// <param name="Name">Who issued it.</param>
/// <param name="Programme">What of theirs, in their words; null: they do not say.</param>
/// <param name="Dates">From when to when, and when it was checked.</param>
/// <param name="Covers">The one site it is for; null: all of them.</param>
/// <param name="Source">Where everybody can look it up; null: nowhere.</param>
public sealed record AboutCredential(string Name, string? Programme, string Dates, string? Covers, Uri? Source);

/// <param name="Said">What is known of them.</param>
public sealed record AboutPhysician(string Name, string Specialties, IReadOnlyList<AboutLine> Said);

/// <param name="Name">Whom or what the text is about, in a language of its own; null: nobody.</param>
public sealed record AboutLine(string Text, string? Name = null);

/// <param name="Person">Whom to ask for.</param>
/// <param name="Reference">What to say when writing or calling.</param>
public sealed record AboutReach(string Person, string Mail, string MailLink, string? Phone, string? PhoneLink, string Reference);
