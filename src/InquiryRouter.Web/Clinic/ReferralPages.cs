using System.Globalization;
using InquiryRouter.Application.Clinics;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Clinic;

/// <summary>A referral as its clinic sees it: an anonymised summary first, the patient's identity only after a yes that the consent covers.</summary>
public sealed class ReferralPages(Database database, NetworkCache networks, ReferenceLists lists, PatientVault vault, LanguageSet languages, PageLanguage language)
{
    private sealed record Facts(
        ReferralRecord Referral, InquiryRecord Inquiry, SealedPatient? Patient, ConsentGiven? Consent, bool? Choice,
        IReadOnlyList<QuoteRecord> Quotes, IReadOnlyList<NoteRecord> Notes);

    private Words Words => language.Words;

    /// <param name="referral">Which referral.</param>
    /// <param name="link">The short name of the link it was opened with.</param>
    /// <param name="shown">What the page says of the last step.</param>
    /// <param name="cancellation">Ends the questions.</param>
    /// <returns>Null when the referral is gone, or its clinic has left the network.</returns>
    public async Task<ReferralPageModel?> LoadAsync(ReferralRecord referral, string link, ReferralShown shown, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var facts = await database.ReadAsync(
            async session => await ReferralStore.FindAsync(session, referral.Id) is { } found && await InquiryStore.FindAsync(session, found.InquiryId) is { } inquiry
                ? new Facts(
                    found, inquiry, await InquiryStore.FindPatientAsync(session, inquiry.Id), await InquiryStore.FindConsentAsync(session, inquiry.Id),
                    (await IdentityChoiceStore.ListAsync(session, inquiry.Id)).TryGetValue(found.ClinicCode, out var choice) ? choice : null,
                    [.. (await QuoteStore.ListAsync(session, inquiry.Id)).Where(q => q.ReferralId == found.Id)], await NoteStore.ListAsync(session, inquiry.Id))
                : null,
            cancellation);
        if (facts is null || !network.ByCode.TryGetValue(referral.ClinicCode, out var clinic))
        {
            return null;
        }

        Prefer(clinic);
        var offer = facts.Referral;
        var now = database.Clock.GetUtcNow();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone);
        var open = ReferralTransitions.IsOpen(offer.State) && facts.Inquiry.State == InquiryState.Referred && now < offer.OfferUntil;
        var held = ReferralTransitions.IsHeld(offer.State) && facts.Inquiry.State is not (InquiryState.Closed or InquiryState.Erased);
        var sees = facts.Patient is not null && IdentityRule.MaySee(offer.State, offer.DisclosedAt is not null, facts.Consent is { ShareWithClinics: true }, facts.Choice);
        var patient = facts.Patient is null || facts.Consent is not { ShareWithClinics: true } ? null : vault.Open(facts.Patient);
        IReadOnlyList<Choice> colleagues = [.. clinic.Contacts.Where(c => c.Email != clinic.Email).Select(c => new Choice(c.Email, c.Name))];
        var (headline, explanation) = Text(facts, open, sees, At(offer.OfferUntil, zone));
        return new ReferralPageModel
        {
            Reference = facts.Inquiry.Reference,
            ClinicName = clinic.Name,
            Headline = headline,
            Explanation = explanation,

            // An offer that has ended shows nothing more of the patient.
            Summary = patient is not null && (open || held || sees) ? Summary(facts.Inquiry) : [],
            Patient = sees && patient is not null ? Identity(patient) : [],
            Notes = patient is null || !(open || held || sees) ? [] : Notes(facts, sees, zone),
            Quote = patient is not null && (open || held || sees) && facts.Quotes is [.., var newest] ? QuoteRows(facts.Patient!, newest) : [],
            Can = Can(facts, open, held, now) with { Forward = (open || held) && colleagues.Count > 0 },
            Link = link,
            DeclineReasons = [.. DeclineReason.All.Select(r => new Choice(r, Words["referral.decline." + r]))],
            ReturnReasons = [.. ReturnReason.All.Select(r => new Choice(r, Words["referral.return." + r]))],
            QuoteForm = shown.Quote ?? QuoteForms.Empty(lists, Words, facts.Inquiry.Facts.BudgetCurrency, Today(zone)),
            Colleagues = colleagues,
            Shown = shown,
        };
    }

    /// <summary>Whether there is nothing left of the patient to show.</summary>
    public async Task<bool> IsErasedAsync(ReferralRecord referral, CancellationToken cancellation) =>
        await database.ReadAsync(session => InquiryStore.FindStateAsync(session, referral.InquiryId), cancellation) is null or InquiryState.Erased;

    /// <summary>The clinic reads its own language, unless the address asks for another.</summary>
    public void Prefer(Core.Matching.Clinic clinic) => language.Prefer(languages.FirstOf(clinic.Languages));

    /// <inheritdoc cref="Prefer"/>
    /// <returns>The clinic of a referral, or null: it is in the network no more.</returns>
    public async Task<Core.Matching.Clinic?> PreferAsync(ReferralRecord referral, CancellationToken cancellation)
    {
        if ((await networks.CurrentAsync(cancellation)).ByCode.TryGetValue(referral.ClinicCode, out var clinic))
        {
            Prefer(clinic);
        }

        return clinic;
    }

    private static ReferralActions Can(Facts facts, bool open, bool held, DateTimeOffset now)
    {
        var (state, yes, agrees) = (facts.Referral.State, facts.Referral.AcceptedAt, facts.Consent is { ShareWithClinics: true });
        return new ReferralActions
        {
            Answer = open,
            Undo = held && state == ReferralState.Accepted && now - yes < ReferralAnswers.UndoTime,
            Quote = agrees && (open || (held && state != ReferralState.Booked)),
            Ask = (open || held) && agrees,
            Book = held && yes is not null && state != ReferralState.Booked,
            Complete = held && yes is not null,
            Return = held,
        };
    }

    private (string Headline, string Explanation) Text(Facts facts, bool open, bool sees, string until)
    {
        var key = facts.Referral.State switch
        {
            _ when facts.Inquiry.State == InquiryState.Erased || facts.Patient is null => "erased",
            _ when open => "open",
            ReferralState.Offered or ReferralState.Viewed or ReferralState.Expired => "ended",
            ReferralState.Declined => "declined",
            ReferralState.Withdrawn when facts.Referral.Reason == "placed" => "placed",
            ReferralState.Withdrawn when facts.Referral is { Reason: WithdrawReason.PatientDeclined, FirstDisclosedAt: not null } => "letGo",
            ReferralState.Withdrawn => "withdrawn",
            ReferralState.Returned => "returned",
            ReferralState.Completed => "completed",
            _ when facts.Inquiry.State == InquiryState.Closed => "withdrawn",
            _ when facts.Consent is not { ShareWithClinics: true } => "noConsent",
            ReferralState.Quoted when facts.Referral.AcceptedAt is null => "quoted",
            ReferralState.Booked => "booked",
            _ => sees ? "accepted" : "withheld",
        };
        return (Words[$"referral.{key}.title"], Words.Text($"referral.{key}.text", ("until", until)));
    }

    private List<Row> Summary(InquiryRecord inquiry)
    {
        var facts = inquiry.Facts;
        var type = facts.ConditionType is null || !lists.Conditions.TryGetValue(facts.Condition, out var condition)
            ? null
            : condition.Types.FirstOrDefault(t => t.Code == facts.ConditionType)?.Name;
        List<Row> rows =
        [
            new(Words["referral.summary.condition"], type is null
                ? Words.Name(NameKind.Conditions, facts.Condition, lists.ConditionName(facts.Condition))
                : Words.Name(NameKind.ConditionTypes, facts.ConditionType!, type)),
            new(Words["referral.summary.treatment"], Words.Name(NameKind.Treatments, facts.Treatment, lists.TreatmentName(facts.Treatment))),
            new(Words["referral.summary.cellSource"], Words.Name(NameKind.CellSources, facts.CellSource, facts.CellSource)),
            new(Words["referral.summary.birthYear"], facts.BirthYear.ToString(CultureInfo.InvariantCulture)),
            new(Words["referral.summary.country"], Words.Name(NameKind.Countries, facts.Country, lists.CountryName(facts.Country))),
            new(Words["referral.summary.language"], Words.Name(NameKind.Languages, facts.Language, lists.Languages.TryGetValue(facts.Language, out var own) ? own.Name : facts.Language)),
            new(Words["referral.summary.destinations"], string.Join(Words["list.comma"], facts.Destinations.Select(Destination))),
            new(Words["referral.summary.timeframe"], Words.Name(NameKind.Timeframes, facts.Timeframe, facts.Timeframe)),
        ];
        if (facts.BudgetAmount is { } amount)
        {
            rows.Add(new(Words["referral.summary.budget"], Words.Money(amount, facts.BudgetCurrency!)));
        }

        return rows;
    }

    private string Destination(string code) => lists.Regions.ContainsKey(code) || code == ReferenceLists.Anywhere
        ? Words.Name(NameKind.Regions, code, lists.DestinationName(code))
        : Words.Name(NameKind.Countries, code, lists.DestinationName(code));

    private List<Row> Identity(PatientData patient)
    {
        List<Row> rows = [new(Words["referral.patient.name"], patient.Name)];
        Add("inquirer", patient.InquirerName);
        Add("email", patient.InquirerEmail ?? patient.Email);
        Add("phone", patient.Phone);
        Add("message", patient.Message);
        return rows;

        void Add(string key, string? text)
        {
            if (text is not null)
            {
                rows.Add(new(Words["referral.patient." + key], text));
            }
        }
    }

    // What the patient tells everybody may name them; what they answer to this clinic's question is meant for it.
    private List<Row> Notes(Facts facts, bool sees, TimeZoneInfo zone) =>
    [
        .. facts.Notes
            .Where(n => n.ReferralId == facts.Referral.Id || (sees && n is { ReferralId: null, Author: NoteAuthor.Patient, Kind: NoteKind.Information }))
            .Where(n => n.Kind is NoteKind.Information or NoteKind.Question)
            .Select(n => new Row(
                Words.Text(n.Author == NoteAuthor.Clinic ? "referral.notes.clinic" : "referral.notes.patient", ("moment", At(n.At, zone))), NoteStore.Open(vault, facts.Patient!, n))),
    ];

    private List<Row> QuoteRows(SealedPatient patient, QuoteRecord quote)
    {
        var content = QuoteStore.Open(vault, patient, quote);
        List<Row> rows = [.. content.Items.Select(i => new Row(Words["quote.item." + i.Code], i.Amount is { } amount ? Words.Money(amount, quote.Currency) : Words["quote.included"]))];
        rows.Add(new(Words["quote.total"], Words.Money(quote.Total, quote.Currency)));
        rows.Add(new(Words["quote.validUntil"], Words.Day(quote.ValidUntil)));
        if (content.Remark is { } remark)
        {
            rows.Add(new(Words["quote.said"], remark));
        }

        return rows;
    }

    private DateOnly Today(TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(database.Clock.GetUtcNow(), zone).DateTime);

    private string At(DateTimeOffset moment, TimeZoneInfo zone) => Words.Text("at.zone", ("moment", Words.Moment(moment, zone)), ("zone", zone.Id));
}
