using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Emergencies;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Patient;

/// <summary>Tells a patient the truth about their inquiry: who has it, since when, what is due by when, and what they can do.</summary>
public sealed class StatusPages(
    Database database, NetworkCache networks, PolicyCache policies, Screener screener, EmergencyLines lines, PatientVault vault,
    AnonymousText anonymous, LanguageSet languages, PageLanguage language)
{
    // As long as what was added may still be a cry for help nobody has heard.
    private static readonly TimeSpan s_urgentFor = TimeSpan.FromDays(1);

    private Words Words => language.Words;

    /// <summary>The page of an inquiry, in its language unless the address asks for another; null when it is gone.</summary>
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="link">The short name of the link it was opened with.</param>
    /// <param name="done">A code of <see cref="StatusNotice"/>; anything else says nothing.</param>
    /// <param name="problem">What was wrong with what was sent.</param>
    /// <param name="cancellation">Ends the questions.</param>
    public async Task<StatusPageModel?> LoadAsync(
        InquiryId inquiryId, string link, string? done, StatusProblem? problem, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var policy = await policies.CurrentAsync(cancellation);
        var (found, match) = await database.ReadAsync(
            async session => await PatientCase.LoadAsync(session, inquiryId) is { } read
                ? (read, read.Inquiry.HoldReasons.Contains(HoldReason.NoClinicFits) ? await MatchStore.FindNewestAsync(session, inquiryId) : null)
                : default,
            cancellation);
        if (found is not { Patient: var patient, Inquiry: var inquiry, Facts: var facts })
        {
            return null;
        }

        language.Prefer(languages.For(inquiry.Facts.Language));
        var now = database.Clock.GetUtcNow();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(inquiry.Facts.TimeZone);
        string At(DateTimeOffset moment) => Words.Moment(moment, zone);
        string Read(NoteRecord note) => NoteStore.Open(vault, patient, note);
        string ClinicName(string code) => Words.Isolated(network.ByCode.TryGetValue(code, out var clinic) ? clinic.Name : Words["clinics.other"]);

        var (headline, explanation) = StatusWords.Of(found, Words);
        var added = found.Notes.Where(n => n is { Author: NoteAuthor.Patient, Kind: NoteKind.Information }).ToList();
        return new StatusPageModel
        {
            Reference = inquiry.Reference,
            Link = link,
            Headline = headline,
            Explanation = explanation,
            Ideas = StatusWords.Ideas(match?.Relaxations ?? [], Words),
            Sent = StatusSent.Of(found, vault.Open(patient), policy, network.Rules.Lists, Words),
            AsksConsent = found.Can(PatientAction.GiveConsent) && StatusWords.WaitsForConsent(found),
            Emergency = EmergencyOf(
                found, network, vault.Open(patient).Message, facts.IsOver ? [] : [.. added.Where(n => now - n.At < s_urgentFor).Select(Read)]),
            Done = StatusNotice.All.Contains(done, StringComparer.Ordinal) ? Words["status.done." + done] : null,
            Problem = problem,
            TimeZone = inquiry.Facts.TimeZone,
            Clinics = [.. found.Referrals.Where(r => facts.Concerns(found.Of(r))).Select(r => ClinicOf(found, r, network, At))],
            ClinicsTitle = Words[facts.IsOver ? "status.treatedBy" : "status.now"],
            Quotes = facts.IsOver ? null : Quotes(found, patient, network, now),
            Asked =
            [
                .. found.Notes.Where(n => n.Kind == NoteKind.Asked).Reverse().Select(n => new StatusClinicQuestion(
                    ClinicName(found.Referrals.First(r => r.Id == n.ReferralId).ClinicCode), At(n.At), Read(n),
                    found.Notes.FirstOrDefault(a => a.Id == NoteStore.AnswerId(n.Id)) is { } reply
                        ? FromClinic(found, network, n.ReferralId, Read(reply)) : null)),
            ],
            IsMasked = IsMasked(found),
            Questions = Questions(found, patient, network, ClinicName, At),
            Added = [.. added.Where(n => found.Notes.All(q => n.Id != NoteStore.AnswerId(q.Id))).OrderByDescending(n => n.At)
                .Select(n => new Row(At(n.At), Read(n)))],
            Health = HealthOf(found, network, vault.Open(patient).Message),
            Once = Guid.NewGuid().ToString("N"),
            CanAdd = found.Can(PatientAction.Write),
            CheckIns = found.Can(PatientAction.CheckIn)
                ? [.. CheckInAnswer.All.Select(c => new Choice(c, Words["status.checkIn." + c]))]
                : [],
            Shares = found.Can(PatientAction.GiveConsent) || found.Can(PatientAction.WithdrawConsent) ? facts.Shares : null,
            CanCorrect = found.Can(PatientAction.CorrectContact),
            CanWithdraw = found.Can(PatientAction.WithdrawInquiry),
            History = new StatusHistory(found, Words, ClinicName, Read).Rows(At),
        };
    }

    // The page may be opened before the screening has read the message: an emergency does not wait for it.
    private EmergencyModel? EmergencyOf(PatientCase found, NetworkSnapshot network, string? message, IReadOnlyList<string> added)
    {
        var inquiry = found.Inquiry;
        var groups = added.SelectMany(screener.Emergencies)
            .Concat(inquiry.Urgent || found.AwaitsScreening ? screener.Emergencies(message) : []).Distinct(StringComparer.Ordinal).ToList();
        var country = inquiry.Facts.Country;
        return groups.Count == 0 && !inquiry.Urgent ? null
            : EmergencyModel.Of(
                groups, Words.Name(NameKind.Countries, country, network.Rules.Lists.CountryName(country)), lines.Of(country), Words);
    }

    private StatusHealthModel HealthOf(PatientCase found, NetworkSnapshot network, string? message)
    {
        var (health, facts) = (NoteStore.Health(vault, found.Patient, found.Notes), found.Inquiry.Facts);
        return new StatusHealthModel(
            HealthWords.Rows(health, Words), HealthWords.Named(network.Rules.Lists.Conditions.GetValueOrDefault(facts.Condition), health, message, Words),
            IsCauseAsked: found.Can(PatientAction.Write) && health?.DrugInduced is null, HealthRules.MayBeDrugInduced(health, facts));
    }

    private StatusClinic ClinicOf(PatientCase found, ReferralRecord referral, NetworkSnapshot network, Func<DateTimeOffset, string> at)
    {
        List<Row> rows = [new(Words["status.clinic.asked"], at(referral.OfferedAt))];
        if (ReferralTransitions.IsOpen(referral.State) && !ReferralTransitions.IsPaused(referral.State, found.Inquiry.State))
        {
            rows.Add(new(Words["status.clinic.due"], at(referral.OfferUntil)));
        }

        if (found.QuoteOf(referral) is { } quote)
        {
            rows.Add(new(Words["status.clinic.quoted"], at(quote.At)));
        }

        if (referral.AcceptedAt is { } accepted)
        {
            rows.Add(new(Words["status.clinic.accepted"], at(accepted)));
        }

        if (referral.State == ReferralState.Booked)
        {
            rows.Add(new(Words["status.clinic.booked"], Words["status.clinic.booked.yes"]));
        }

        rows.AddRange(TreatmentWords.Rows(referral, Words));
        ClinicAbout? about = null;
        if (network.ByCode.TryGetValue(referral.ClinicCode, out var clinic))
        {
            about = ClinicAbout.Of(
                clinic, found.Inquiry.Facts, found.Inquiry.Reference, found.Of(referral).IsAccepted, network.Rules, Words,
                database.Clock.GetUtcNow());
            rows.AddRange(Offered(OfferFacts.Of(clinic, found.Inquiry.Facts, network.Rules.Lists)));
        }

        return new StatusClinic(
            referral.N, FullName(referral.ClinicCode, network), rows, Words["status.sees." + Sees(found.Facts, found.Of(referral))],
            ChoiceFor(found, referral), found.Can(PatientAction.AskClinic, referral.N), found.Can(PatientAction.Dispute, referral.N)) { About = about };
    }

    // What leads around us stands there when the patient has chosen the clinic.
    private string FromClinic(PatientCase found, NetworkSnapshot network, ReferralId? referralId, string text) =>
        found.Referrals.FirstOrDefault(r => r.Id == referralId) is { AcceptedAt: null } referral
            ? anonymous.Without(text, network.ByCode.GetValueOrDefault(referral.ClinicCode)?.Country, Words["status.masked.clinic"])
            : text;

    // What any clinic that has it would read, and does not.
    private bool IsMasked(PatientCase found)
    {
        var (data, facts) = (vault.Open(found.Patient), found.Facts);
        if (!found.Referrals.Select(found.Of).Any(r => facts.ReadsInformation(r) && !facts.Sees(r)))
        {
            return false;
        }

        var written = found.Notes.Where(n => n is { Author: NoteAuthor.Patient, Kind: NoteKind.Information or NoteKind.Asked })
            .Select(n => NoteStore.Open(vault, found.Patient, n));
        return written.Prepend(data.Message).Any(text => anonymous.Hides(text, found.Inquiry.Facts.Country, data.Name, data.InquirerName));
    }

    // What is worth a question to the clinic, before anything is paid.
    private IEnumerable<Row> Offered(OfferFacts facts)
    {
        if (facts.Routes.Count > 0)
        {
            yield return new Row(Words["status.clinic.route"], Words.List(facts.Routes.Select(r => Words["route." + r])));
        }

        if (facts.IsTransplant)
        {
            yield return new Row(
                Words["status.clinic.transplants"],
                facts.TransplantsPerYear is not { } number ? Words["status.clinic.transplants.unknown"]
                : Words.Text(facts.AreFew ? "status.clinic.transplants.few" : "status.clinic.transplants.number", ("number", number)));
        }
    }

    private static string Sees(PatientFacts facts, PatientReferral referral)
    {
        if (!facts.Shares)
        {
            return referral.WasDisclosed ? "noConsentKnown" : "noConsent";
        }

        if (ReferralTransitions.IsOpen(referral.State))
        {
            return referral.Choice is false ? "withheld" : "ifYes";
        }

        return facts.Sees(referral) ? "yes" : referral.IsAccepted ? "hidden" : "quoted";
    }

    private static IdentityButton ChoiceFor(PatientCase found, ReferralRecord referral) =>
        found.Can(PatientAction.ShowIdentity, referral.N) ? IdentityButton.Show
        : found.Can(PatientAction.HideIdentity, referral.N) ? IdentityButton.Hide
        : IdentityButton.None;

    private StatusComparison? Quotes(PatientCase found, SealedPatient patient, NetworkSnapshot network, DateTimeOffset now)
    {
        var quotes = found.Referrals.Where(r => ReferralTransitions.IsInHand(r.State))
            .Select(r => (Referral: r, Quote: found.QuoteOf(r)))
            .Where(q => q.Quote is not null)
            .Select(q => (q.Referral, q.Quote!, QuoteStore.Open(vault, patient, q.Quote!), network.ByCode.GetValueOrDefault(q.Referral.ClinicCode)))
            .ToList();
        return new QuoteComparison(found, network.Rules, Words, now).Of(quotes, (referral, content) => new StatusQuote(
            referral.N, network.ByCode.TryGetValue(referral.ClinicCode, out var clinic) ? clinic.Name : Words["clinics.other"],
            CanDecline: found.Can(PatientAction.DeclineQuote, referral.N), Known: referral.FirstDisclosedAt is not null,
            found.Can(PatientAction.ShowIdentity, referral.N) ? IdentityButton.Show : IdentityButton.None,
            content.Remark is null ? null : FromClinic(found, network, referral.Id, content.Remark)));
    }

    private List<StatusQuestion> Questions(
        PatientCase found, SealedPatient patient, NetworkSnapshot network, Func<string, string> clinicName, Func<DateTimeOffset, string> at)
    {
        var questions = new List<StatusQuestion>();
        foreach (var note in found.Notes.Where(n => n.Kind == NoteKind.Question))
        {
            var asked = found.Referrals.FirstOrDefault(r => r.Id == note.ReferralId);
            var answer = found.Notes.FirstOrDefault(n => n.Id == NoteStore.AnswerId(note.Id));
            questions.Insert(0, new StatusQuestion(
                note.Id, asked is null ? Words["status.question.us"] : Words.Text("status.question.of", ("clinic", clinicName(asked.ClinicCode))), at(note.At),
                FromClinic(found, network, note.ReferralId, NoteStore.Open(vault, patient, note)), answer is null ? null : NoteStore.Open(vault, patient, answer)));
        }

        // What waits for an answer comes first.
        return [.. questions.OrderBy(q => q.Answer is not null)];
    }

    private string FullName(string code, NetworkSnapshot network) => network.ByCode.TryGetValue(code, out var clinic)
        ? Words.List([Words.Isolated(clinic.Name), Words.Isolated(clinic.City), Words.Name(NameKind.Countries, clinic.Country, network.Rules.Lists.CountryName(clinic.Country))])
        : Words["clinics.other"];
}
