using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>An inquiry with everything its page shows and the patient's decisions rest on, as it was loaded.</summary>
public sealed record PatientCase
{
    public required InquiryRecord Inquiry { get; init; }

    /// <summary>Null: erased.</summary>
    public required SealedPatient? Patient { get; init; }

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

    /// <summary>The patient agrees that clinics see the inquiry.</summary>
    public bool Shares => Consents.Count > 0 && Consents[^1].Consent.ShareWithClinics;

    /// <summary>Nothing more happens with it.</summary>
    public bool IsOver => Inquiry.State is InquiryState.Closed or InquiryState.Erased;

    /// <summary>A clinic has it in hand: what is asked for cannot be changed under its feet.</summary>
    public bool IsInHand => Referrals.Any(r => ReferralTransitions.IsHeld(r.State));

    /// <summary>Clinics that are asked, or have it.</summary>
    public IEnumerable<ReferralRecord> Current => Referrals.Where(r => ReferralTransitions.IsOpen(r.State) || ReferralTransitions.IsHeld(r.State));

    /// <summary>Screening has not looked at it yet: it reads what is committed before it.</summary>
    public bool AwaitsScreening => Inquiry.State == InquiryState.Received;

    /// <summary>Clinics that may see who the patient is, now or when they choose so: an inquiry that has ended keeps the one that treated them.</summary>
    public IEnumerable<ReferralRecord> Seeing => IsOver ? Referrals.Where(r => r.State == ReferralState.Completed && r.DisclosedAt is not null) : Current;

    /// <summary>What the patient chose for a clinic; null: nothing.</summary>
    public bool? ChoiceFor(ReferralRecord referral) => Choices.TryGetValue(referral.ClinicCode, out var choice) ? choice : null;

    public bool MaySee(ReferralRecord referral) => IdentityRule.MaySee(referral.State, referral.DisclosedAt is not null, Shares, ChoiceFor(referral));

    public ReferralRecord? Referral(int n) => Referrals.FirstOrDefault(r => r.N == n);

    /// <summary>The quote of a referral that counts, or null.</summary>
    public QuoteRecord? QuoteOf(ReferralRecord referral) => Quotes.LastOrDefault(q => q.ReferralId == referral.Id);

    /// <summary>The inquiry, or null when there is none.</summary>
    public static async Task<PatientCase?> LoadAsync(Session session, Guid inquiryId) =>
        await InquiryStore.FindAsync(session, inquiryId) is not { } inquiry ? null : new PatientCase
        {
            Inquiry = inquiry,
            Patient = await InquiryStore.FindPatientAsync(session, inquiryId),
            Consents = await InquiryStore.ListConsentsAsync(session, inquiryId),
            Referrals = await ReferralStore.ListAsync(session, inquiryId),
            Choices = await IdentityChoiceStore.ListAsync(session, inquiryId),
            Quotes = await QuoteStore.ListAsync(session, inquiryId),
            Notes = await NoteStore.ListAsync(session, inquiryId),
            History = await InquiryStore.AuditAsync(session, inquiryId),
        };
}
