using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Patient;

/// <summary>What the patient has sent, and where we write to.</summary>
/// <param name="Address">Where our mails go.</param>
/// <param name="Expect">What comes next, and by when; null: the page says it otherwise.</param>
/// <param name="Rows">What they sent, line by line.</param>
/// <param name="Zones">Their country has more than one clock: those to choose from; empty: it has one.</param>
/// <param name="Clock">Whose time the moments on the page are told in, as people call it.</param>
public sealed record StatusSent(string Address, string? Expect, IReadOnlyList<Row> Rows, IReadOnlyList<Choice> Zones, string Clock)
{
    // A clinic's working day, for who reads "business hours" as days.
    private const double HoursOfADay = 8;

    internal static StatusSent Of(PatientCase found, PatientData data, Policy policy, ReferenceLists lists, Words words)
    {
        var facts = found.Inquiry.Facts;
        List<Row> rows = [new(words["referral.patient.name"], data.Name, Own: true)];
        Add("referral.patient.inquirer", data.InquirerName);
        Add("referral.patient.email", data.InquirerEmail ?? data.Email);
        Add("referral.patient.phone", data.Phone is { } phone ? words.LeftToRight(PhoneNumber.Shown(phone)) : null);
        rows.AddRange(AskedRows.Of(facts, lists, words));
        Add("referral.summary.named", data.ConditionNamed);
        Add("referral.patient.message", data.Message);
        return new StatusSent(
            data.ContactEmail, ExpectOf(found, policy, words), rows,
            [.. CountryZones.Of(facts.Country).Select(z => new Choice(z, words.Zone(z)))],

            // Where everybody lives by one clock, it is the country's.
            CountryZones.Of(facts.Country).Count == 0 && lists.Countries.GetValueOrDefault(facts.Country)?.TimeZone == facts.TimeZone
                ? words.Name(NameKind.Countries, facts.Country, lists.CountryName(facts.Country))
                : words.Zone(facts.TimeZone));

        void Add(string key, string? text)
        {
            if (text is not null)
            {
                rows.Add(new(words[key], text, Own: true));
            }
        }
    }

    // Until a clinic is asked: from then on the page says by when it answers.
    private static string? ExpectOf(PatientCase found, Policy policy, Words words) =>
        found.Facts.Shares && found.Inquiry.State is InquiryState.Received or InquiryState.Screened or InquiryState.Matched
            ? words.Text("status.sent.expect", ("days", Math.Ceiling(Hours(found.Inquiry.Facts.Timeframe, policy) / HoursOfADay)))
            : null;

    private static double Hours(string timeframe, Policy policy) =>
        timeframe == "as-soon-as-possible" ? policy.UrgentWindowHours : policy.WindowHours;
}
