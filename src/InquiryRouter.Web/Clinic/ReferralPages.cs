using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Clinic;

/// <summary>A referral as its clinic sees it: an anonymised summary first, the patient's identity only after a yes that the consent covers.</summary>
public sealed class ReferralPages(Database database, NetworkCache networks, ReferenceLists lists, PatientVault vault, PageLanguage language)
{
    public async Task<ReferralPageModel?> LoadAsync(Guid referralId, string link, string? error, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var found = await database.ReadAsync(
            async session =>
            {
                var referral = await ReferralStore.FindAsync(session, referralId);
                return referral is null ? default : (
                    Referral: referral,
                    Inquiry: await InquiryStore.FindAsync(session, referral.InquiryId),
                    Patient: await InquiryStore.FindPatientAsync(session, referral.InquiryId),
                    Consent: await InquiryStore.FindConsentAsync(session, referral.InquiryId));
            },
            cancellation);
        if (found is not { Referral: { } offer, Inquiry: { } inquiry } || !network.ByCode.TryGetValue(offer.ClinicCode, out var clinic))
        {
            return null;
        }

        var canAnswer = ReferralTransitions.IsOpen(offer.State) && inquiry.State == InquiryState.Referred && database.Clock.GetUtcNow() < offer.OfferUntil;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone);
        var (headline, explanation) = Words(offer, canAnswer, At(offer.OfferUntil, zone));
        var discloses = offer.State is ReferralState.Accepted or ReferralState.Quoted or ReferralState.Booked or ReferralState.Completed;
        return new ReferralPageModel
        {
            Reference = inquiry.Reference,
            ClinicName = clinic.Name,
            Headline = headline,
            Explanation = explanation,

            // An offer that has ended shows nothing more of the patient.
            Summary = canAnswer || discloses ? Summary(inquiry) : [],
            Patient = discloses && found.Patient is { } patient && found.Consent is { ShareWithClinics: true } ? Identity(vault.Open(patient)) : [],
            CanAnswer = canAnswer,
            Link = link,
            DeclineReasons = [.. DeclineReason.All.Select(r => new Choice(r, language["referral.decline." + r]))],
            Error = error,
        };
    }

    private static (string Headline, string Explanation) Words(ReferralRecord offer, bool canAnswer, string until) => offer.State switch
    {
        _ when canAnswer => ("A referral for you", $"Please accept or decline by {until}. After that it goes to another clinic."),
        ReferralState.Offered or ReferralState.Viewed or ReferralState.Expired =>
            ("This offer has ended", $"It was open until {until}. You will hear from us with the next referral that fits."),
        ReferralState.Declined => ("You have declined this referral", "Thank you for telling us; another clinic is being asked."),
        ReferralState.Withdrawn => ("This offer was taken back", "You need not do anything."),
        ReferralState.Returned => ("You have given this referral back", "You need not do anything more."),
        _ => ("You have accepted this referral", "Please contact the patient soon. What you see below is confidential; use it only to answer this inquiry."),
    };

    private List<Row> Summary(InquiryRecord inquiry)
    {
        var facts = inquiry.Facts;
        var type = facts.ConditionType is null || !lists.Conditions.TryGetValue(facts.Condition, out var condition)
            ? null
            : condition.Types.FirstOrDefault(t => t.Code == facts.ConditionType)?.Name;
        List<Row> rows =
        [
            new("Condition", type ?? lists.ConditionName(facts.Condition)),
            new("Treatment asked for", lists.TreatmentName(facts.Treatment)),
            new("Cell source", facts.CellSource == ReferenceLists.AnyCellSource ? "Any" : Plain(facts.CellSource)),
            new("Age", string.Create(CultureInfo.InvariantCulture, $"born {facts.BirthYear}")),
            new("Lives in", lists.CountryName(facts.Country)),
            new("Language", lists.Languages.TryGetValue(facts.Language, out var language) ? language.Name : facts.Language),
            new("Would travel to", string.Join(", ", facts.Destinations.Select(lists.DestinationName))),
            new("When", Plain(facts.Timeframe)),
        ];
        if (facts.BudgetAmount is { } amount)
        {
            rows.Add(new("Budget", string.Create(CultureInfo.InvariantCulture, $"{amount:#,0.##} {facts.BudgetCurrency}")));
        }

        return rows;
    }

    private static List<Row> Identity(PatientData patient)
    {
        List<Row> rows = [new("Patient", patient.Name)];
        Add("Asked by", patient.InquirerName);
        Add("E-mail", patient.InquirerEmail ?? patient.Email);
        Add("Phone", patient.Phone);
        Add("Message", patient.Message);
        return rows;

        void Add(string label, string? text)
        {
            if (text is not null)
            {
                rows.Add(new(label, text));
            }
        }
    }

    private static string Plain(string code) => code.Replace('-', ' ');

    private static string At(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("dddd d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture) + $" ({zone.Id})";
}
