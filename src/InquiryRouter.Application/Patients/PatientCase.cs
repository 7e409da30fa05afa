using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>An inquiry with everything its page shows and the patient's decisions rest on, as it was loaded.</summary>
public sealed record PatientCase
{
    public required InquiryRecord Inquiry { get; init; }

    public required SealedPatient Patient { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<ConsentEntry> Consents { get; init; }

    /// <summary>First to last.</summary>
    public required IReadOnlyList<ReferralRecord> Referrals { get; init; }

    /// <summary>Whether a clinic may see who the patient is, by its code, where they have chosen.</summary>
    public required IReadOnlyDictionary<string, bool> Choices { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<QuoteRecord> Quotes { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<NoteRecord> Notes { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<AuditEntry> History { get; init; }

    /// <summary>What the patient agrees to now.</summary>
    public ConsentGiven Consent => Consents[^1].Consent;

    /// <summary>What Core decides on.</summary>
    public PatientFacts Facts => new()
    {
        State = Inquiry.State, Reasons = Inquiry.HoldReasons, Urgent = Inquiry.Urgent, AwaitsScreening = AwaitsScreening,
        Shares = Consents is [.., { Consent.ShareWithClinics: true }], Referrals = [.. Referrals.Select(Of)],
    };

    /// <summary>Where the inquiry goes by what they do.</summary>
    public PatientMoves Moves => new(Facts);

    /// <summary>Screening has not looked at it yet.</summary>
    public bool AwaitsScreening => Inquiry.State == InquiryState.Received;

    /// <summary>Clinics that are asked, or have it.</summary>
    public IEnumerable<ReferralRecord> Current => Referrals.Where(r => Of(r).IsCurrent);

    /// <summary>Clinics that read what the patient writes.</summary>
    /// <inheritdoc cref="Hearing"/>
    internal IEnumerable<ReferralRecord> Readers(bool holds) => Hearing(holds).Where(r => Facts.ReadsInformation(Of(r)));

    /// <summary>Clinics that can be told of it now: one that has not answered reads nothing while the inquiry is held, and does when it goes on.</summary>
    /// <param name="holds">What they write holds it.</param>
    internal IEnumerable<ReferralRecord> Hearing(bool holds) => Referrals.Where(r => !(holds && ReferralTransitions.IsOpen(r.State)));

    /// <summary>Whether the patient can do something now: the page shows its button.</summary>
    /// <param name="action">What.</param>
    /// <param name="n">Number of the referral, for what is done about one clinic.</param>
    public bool Can(PatientAction action, int n = 0) => PatientActions.Can(action, Facts, n);

    /// <summary>What a use case answers at once; null: it can be done.</summary>
    /// <inheritdoc cref="Can"/>
    internal Outcome? WhyNot(PatientAction action, int n = 0) => PatientActions.WhyNot(action, Facts, n)?.AsOutcome();

    /// <summary>What the patient chose for a clinic; null: nothing.</summary>
    public bool? ChoiceFor(ReferralRecord referral) => Choices.TryGetValue(referral.ClinicCode, out var choice) ? choice : null;

    public ReferralRecord? Referral(int n) => Referrals.FirstOrDefault(r => r.N == n);

    /// <summary>The quote of a referral that counts, or null.</summary>
    public QuoteRecord? QuoteOf(ReferralRecord referral) => Quotes.LastOrDefault(q => q.ReferralId == referral.Id);

    /// <summary>A referral as Core sees it.</summary>
    public PatientReferral Of(ReferralRecord referral) => new()
    {
        N = referral.N, State = referral.State, Reason = referral.Reason, IsAccepted = referral.AcceptedAt is not null,
        IsDisclosed = referral.DisclosedAt is not null, WasDisclosed = referral.FirstDisclosedAt is not null, Choice = ChoiceFor(referral),
        IsDisputed = referral.DisputedAt is not null,
    };

    /// <summary>The inquiry, or null: there is none, or it was erased.</summary>
    public static async Task<PatientCase?> LoadAsync(Session session, InquiryId inquiryId) =>
        await InquiryStore.FindAsync(session, inquiryId) is not { State: not InquiryState.Erased } inquiry
        || await InquiryStore.FindPatientAsync(session, inquiryId) is not { } patient
            ? null
            : new PatientCase
            {
                Inquiry = inquiry,
                Patient = patient,
                Consents = await InquiryStore.ListConsentsAsync(session, inquiryId),
                Referrals = await ReferralStore.ListAsync(session, inquiryId),
                Choices = await IdentityChoiceStore.ListAsync(session, inquiryId),
                Quotes = await QuoteStore.ListAsync(session, inquiryId),
                Notes = await NoteStore.ListAsync(session, inquiryId),
                History = await InquiryStore.AuditAsync(session, inquiryId),
            };

    /// <summary>
    /// What the patient did as the first step: the move that follows from it, else a line of history. A second press conflicts here.
    /// </summary>
    /// <param name="move">Null: the inquiry stays where it is.</param>
    /// <param name="who">Who did it.</param>
    /// <param name="deed">What they did.</param>
    /// <param name="emergency">In words of an emergency, for which it is held.</param>
    internal Step Step(PatientMove? move, Actor who, HistoryEvent deed, bool emergency = false) => move is null
        ? new WriteHistory(Inquiry, deed, who)
        : new MoveInquiry(Inquiry, new InquiryMove(
            move.Trigger, who, move.Trigger == InquiryTrigger.Hold ? new HistoryEvent.Held.Because(deed, emergency) : new HistoryEvent.Released.Because(deed),
            move.Reasons));
}
