using System.Globalization;
using InquiryRouter.Application.Clinics;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Clinic;

/// <summary>A referral as its clinic sees it: an anonymised summary first, who the patient is only after a yes that the consent covers.</summary>
public sealed class ReferralPages(
    Database database, NetworkCache networks, ReferralCases cases, ReferenceLists lists, PatientVault vault, Screener screener,
    AnonymousText anonymous, LanguageSet languages, PageLanguage language)
{
    private Words Words => language.Words;

    /// <param name="referral">Which referral.</param>
    /// <param name="link">The short name of the link it was opened with.</param>
    /// <param name="shown">What the page says of the last step.</param>
    /// <param name="cancellation">Ends the questions.</param>
    /// <returns>Null when the referral is gone, or its clinic has left the network.</returns>
    public async Task<ReferralPageModel?> LoadAsync(
        ReferralRecord referral, string link, ReferralShown shown, CancellationToken cancellation)
    {
        if (await cases.FindAsync(referral.Id, cancellation) is not { } found)
        {
            return null;
        }

        Prefer(found.Clinic);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(found.Clinic.TimeZone);
        var open = found.Facts.IsOpen(found.Now);
        var sees = found.Patient is not null
            && IdentityRule.MaySee(found.Referral.State, found.Referral.DisclosedAt is not null, found.Shares, found.Choice);
        var patient = found.Patient is null || !found.Shares ? null : vault.Open(found.Patient);

        // An offer that has ended shows nothing more of the patient.
        var shows = patient is not null && (open || found.Facts.IsInHand || sees);
        var told = found.Patient is not null && (shows || found.Facts.IsPaused);
        var quote = shows ? found.Quotes.LastOrDefault(q => q.ReferralId == referral.Id) : null;
        var today = CapWeek.Day(found.Now, found.Clinic.TimeZone);
        string Read(NoteRecord note) => Shown(found, patient, sees, NoteStore.Open(vault, found.Patient!, note));
        var health = shows ? NoteStore.Health(vault, found.Patient!, found.Notes) : null;
        var (headline, explanation) = Text(found, open, sees, At(found.Referral.OfferUntil, zone));
        return new ReferralPageModel
        {
            Reference = found.Inquiry.Reference,
            ClinicName = found.Clinic.Name,
            Headline = headline,
            Explanation = explanation,
            Summary = shows ? [.. Summary(found.Inquiry), .. Written(found, patient!, sees)] : [],
            Health = [.. HealthWords.Rows(health, Words).Select(r => r with { Text = Shown(found, patient, sees, r.Text) })],
            HealthNotes = shows ? [.. HealthNotes(found.Inquiry.Facts, health, patient?.Message)] : [],
            Patient = sees && patient is not null ? Identity(patient) : [],
            Notes = told ? Notes(found, shows, zone, Read) : [],
            Asked = shows ? [.. found.Asked.Select(q => new ReferralAsked(
                q.Id, At(q.At, zone), Read(q), found.ReplyTo(q) is { } reply ? NoteStore.Open(vault, found.Patient!, reply) : null))] : [],
            Quote = quote is null ? [] : QuoteRows(found.Patient!, quote),
            Actions = ClinicActions.Possible(found.Facts, found.Now),
            AnsweredBy = PersonOf(found),
            Today = today.ToString("O", CultureInfo.InvariantCulture),
            Reported = told ? [.. TreatmentWords.Rows(found.Referral, Words)] : [],
            HasDeclined = found.Referral.State == ReferralState.Declined,
            Link = link,
            DeclineReasons = [.. DeclineReason.All.Select(r => new Choice(r, Words["referral.decline." + r]))],
            ReturnReasons = [.. ReturnReason.All.Select(r => new Choice(r, Words["referral.return." + r]))],
            QuoteForm = shown.Quote ?? Begin(found, quote, today),
            Colleagues = [.. found.Colleagues.Select(c => new Choice(c.Email, c.Name))],
            Shown = shown,
        };
    }

    /// <summary>Whether there is nothing left of the patient to show.</summary>
    public async Task<bool> IsErasedAsync(ReferralRecord referral, CancellationToken cancellation) =>
        await database.ReadAsync(session => InquiryStore.FindStateAsync(session, referral.InquiryId), cancellation)
            is null or InquiryState.Erased;

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

    private (string Headline, string Explanation) Text(ReferralCase found, bool open, bool sees, string until)
    {
        var key = found.Referral.State switch
        {
            _ when found.Inquiry.State == InquiryState.Erased || found.Patient is null => "erased",
            _ when open => "open",
            _ when found.Facts.IsPaused => "paused",
            ReferralState.Offered or ReferralState.Viewed or ReferralState.Expired => "ended",
            ReferralState.Declined => "declined",
            ReferralState.Withdrawn when found.Referral.Reason == WithdrawReason.Placed => "placed",
            ReferralState.Withdrawn when found.Referral is { Reason: WithdrawReason.PatientDeclined, FirstDisclosedAt: not null } =>
                "letGo",
            ReferralState.Withdrawn => "withdrawn",
            ReferralState.Returned => "returned",
            ReferralState.Completed => "completed",
            _ when found.Inquiry.State == InquiryState.Closed => "withdrawn",
            _ when !found.Shares => "noConsent",
            ReferralState.Quoted when found.Referral.AcceptedAt is null => "quoted",
            ReferralState.Booked => "booked",
            _ => sees ? "accepted" : "withheld",
        };
        return (Words[$"referral.{key}.title"], Words.Text($"referral.{key}.text", ("until", until)));
    }

    private List<Row> Summary(InquiryRecord inquiry) => AskedRows.Of(inquiry.Facts, lists, Words);

    // What the rows alone do not say, and a yes needs: who asks, and their own words.
    private IEnumerable<Row> Written(ReferralCase found, PatientData patient, bool sees)
    {
        var facts = found.Inquiry.Facts;
        if (facts.Relation != Relation.Self)
        {
            yield return new(
                Words["referral.summary.askedBy"], Words["referral.summary.askedBy." + facts.Relation.ToString().ToLowerInvariant()]);
        }

        if (screener.HasEmergencyWords(patient.Message))
        {
            yield return new(Words["referral.summary.urgency"], Words["referral.summary.urgent"]);
        }

        if (patient.Message is { } message && !sees)
        {
            yield return new(Words["referral.patient.message"], Shown(found, patient, sees, message));
        }
    }

    // A clinic that may not know yet who they are reads it without that.
    private string Shown(ReferralCase found, PatientData? patient, bool sees, string text) => sees
        ? text
        : anonymous.Without(text, found.Inquiry.Facts.Country, Words["referral.masked"], patient?.Name, patient?.InquirerName);

    private IEnumerable<string> HealthNotes(InquiryFacts facts, HealthAnswers? health, string? message)
    {
        if (HealthRules.MayBeDrugInduced(health, facts))
        {
            yield return Words["referral.drugInduced"];
        }
        else if (health?.DrugInduced != HealthAnswers.No
            && HealthWords.Named(lists.Conditions.GetValueOrDefault(facts.Condition), health, message, Words) is { } named)
        {
            yield return Words.Text("referral.medicineNamed", ("medicines", named));
        }
    }

    private List<Row> Identity(PatientData patient)
    {
        List<Row> rows = [new(Words["referral.patient.name"], patient.Name)];
        Add("inquirer", patient.InquirerName);
        Add("email", patient.InquirerEmail ?? patient.Email);
        if (patient.Phone is { } phone)
        {
            rows.Add(new(Words["referral.patient.phone"], PhoneNumber.Shown(phone), PhoneNumber.Link(phone)));
        }

        if (patient.ConditionNamed is { } named)
        {
            rows.Add(new(Words["referral.summary.named"], named));
        }

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

    // What the patient tells everybody, and what they answer to this clinic; what the clinic or we wrote stands as it was written.
    // While the inquiry is with a person, the clinic reads what that person wrote to it, and nothing of the patient.
    private List<Row> Notes(ReferralCase found, bool shows, TimeZoneInfo zone, Func<NoteRecord, string> read) =>
    [
        .. found.Notes
            .Where(n => n.ReferralId == found.Referral.Id
                || (n is { ReferralId: null, Author: NoteAuthor.Patient, Kind: NoteKind.Information }))
            .Where(n => n.Kind == NoteKind.Message || (shows && n.Kind is (NoteKind.Information or NoteKind.Question)))
            .Select(n => new Row(
                Words.Text("referral.notes." + Key(n), ("moment", At(n.At, zone))),
                n.Author == NoteAuthor.Patient ? read(n) : NoteStore.Open(vault, found.Patient!, n))),
    ];

    private static string Key(NoteRecord note) => (note.Author, note.Kind) switch
    {
        (NoteAuthor.Coordinator, _) => "us",
        (NoteAuthor.Clinic, NoteKind.Message) => "clinicToUs",
        (NoteAuthor.Clinic, _) => "clinic",
        _ => "patient",
    };

    private static string? PersonOf(ReferralCase found) =>
        found.Referral.AnsweredBy is not { } person || ReferralTransitions.IsOpen(found.Referral.State) ? null
        : AccessLinkStore.PersonOf(found.Clinic.Email).AsSpan().SequenceEqual(person) ? found.Clinic.ContactName
        : found.Clinic.Contacts.FirstOrDefault(c => AccessLinkStore.PersonOf(c.Email).AsSpan().SequenceEqual(person))?.Name;

    // A new quote begins with the last one; the first with what the clinic has told us it asks for this.
    private QuoteFormModel Begin(ReferralCase found, QuoteRecord? last, DateOnly today)
    {
        var facts = found.Inquiry.Facts;
        if (last is not null)
        {
            return QuoteForms.From(lists, Words, QuoteStore.Open(vault, found.Patient!, last), last.Currency, last.ValidUntil, today);
        }

        var covered = lists.Treatments.TryGetValue(facts.Treatment, out var wish) ? wish.Covers : [facts.Treatment];
        var package = found.Clinic.Packages.FirstOrDefault(p =>
            p.IsValid(today) && (p.Condition is null || p.Condition == facts.Condition)
            && covered.Contains(p.Treatment, StringComparer.Ordinal));
        return package is null
            ? QuoteForms.Empty(lists, Words, facts.BudgetCurrency, today)
            : QuoteForms.From(lists, Words, QuoteForms.ContentOf(package), package.PriceCurrency, null, today);
    }

    private List<Row> QuoteRows(SealedPatient patient, QuoteRecord quote)
    {
        var content = QuoteStore.Open(vault, patient, quote);
        List<Row> rows =
        [
            .. content.Items.Select(i => new Row(
                Words["quote.item." + i.Code], i.Amount is { } amount ? Words.Money(amount, quote.Currency) : Words["quote.included"])),
        ];
        rows.Add(new(Words["quote.total"], Words.Money(quote.Total, quote.Currency)));
        rows.Add(new(Words["quote.validUntil"], Words.Day(quote.ValidUntil)));
        rows.AddRange(QuoteTermsWords.Lines(Words, toPatient: false)
            .Select(line => (line.Label, Said: content.Terms is { } terms ? line.Says(terms, quote.Currency) : null))
            .Where(line => line.Said is not null).Select(line => new Row(line.Label, line.Said!)));
        if (content.Remark is { } remark)
        {
            rows.Add(new(Words["quote.said"], remark));
        }

        return rows;
    }

    private string At(DateTimeOffset moment, TimeZoneInfo zone) =>
        Words.Text("at.zone", ("moment", Words.Moment(moment, zone)), ("zone", zone.Id));
}
