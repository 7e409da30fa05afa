using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>What became of a clinic's answer.</summary>
public enum AnswerOutcome
{
    Done,

    /// <summary>The same answer was given before: nothing changed.</summary>
    AlreadyDone,

    /// <summary>The offer had ended: answered otherwise, expired, or taken back.</summary>
    Ended,

    /// <summary>The patient no longer agrees that clinics see who they are.</summary>
    NoConsent,
}

/// <summary>Everything an answer of a clinic is decided on, as it was loaded.</summary>
internal sealed record ReferralFacts(
    InquiryRecord Inquiry, ReferralRecord Referral, IReadOnlyList<ReferralRecord> Others, SealedPatient Patient, ConsentGiven? Consent, bool? Choice, MatchIndex Index)
{
    public Core.Matching.Clinic? Clinic => Index.Network.ByCode.GetValueOrDefault(Referral.ClinicCode);

    public Actor Actor => Actor.Clinic(Referral.ClinicCode);

    /// <summary>Another clinic has the patient in hand: what this one does changes nothing for the inquiry as a whole.</summary>
    public bool InOtherHands => Others.Any(r => r.AcceptedAt is not null && ReferralTransitions.IsHeld(r.State));

    public bool IsOpen(DateTimeOffset now) => ReferralTransitions.IsOpen(Referral.State) && Inquiry.State == InquiryState.Referred && now < Referral.OfferUntil;

    /// <summary>What tells the workers that the clinic has answered.</summary>
    /// <param name="version">The referral's after the answer.</param>
    public ReferralAnswered Answered(int version) => new() { InquiryId = Inquiry.Id, ReferralId = Referral.Id, Version = version };

    /// <summary>What the clinic wrote, sealed for the patient; null when it is nothing.</summary>
    public NoteRecord? Note(PatientVault vault, NoteKind kind, string? text, DateTimeOffset now) => string.IsNullOrWhiteSpace(text) ? null : new NoteRecord
    {
        Id = Guid.CreateVersion7(), InquiryId = Inquiry.Id, ReferralId = Referral.Id, Author = NoteAuthor.Clinic, Kind = kind,
        At = now, Sealed = NoteStore.Seal(vault, Patient, text),
    };
}

/// <summary>Lets a clinic answer a referral as it is now; when somebody else was first, it is looked at again.</summary>
public sealed class ReferralDecisions(Database database, MatchIndexCache indexes, PolicyCache policies)
{
    private const int Tries = 3;

    /// <param name="referralId">Which referral.</param>
    /// <param name="decide">Asks and applies; may be called again with what is there then.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="ConflictException">Somebody else was first, every time.</exception>
    internal async Task<AnswerOutcome> DecideAsync(Guid referralId, Func<ReferralFacts, Task<AnswerOutcome>> decide, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await FindAsync(referralId, cancellation) is not { } facts)
            {
                return AnswerOutcome.Ended;
            }

            try
            {
                return await decide(facts);
            }
            catch (ConflictException) when (attempt < Tries)
            {
                // A second click, or the clock: look again.
            }
        }
    }

    private async Task<ReferralFacts?> FindAsync(Guid referralId, CancellationToken cancellation)
    {
        var index = await indexes.AtAsync(database.Clock.GetUtcNow(), cancellation);
        return await database.ReadAsync(
            async session => await ReferralStore.FindAsync(session, referralId) is { } referral
                && await InquiryStore.FindAsync(session, referral.InquiryId) is { } inquiry
                && await InquiryStore.FindPatientAsync(session, referral.InquiryId) is { } patient
                ? new ReferralFacts(
                    inquiry, referral, [.. (await ReferralStore.ListAsync(session, inquiry.Id)).Where(r => r.Id != referralId)], patient,
                    await InquiryStore.FindConsentAsync(session, inquiry.Id),
                    (await IdentityChoiceStore.ListAsync(session, inquiry.Id)).TryGetValue(referral.ClinicCode, out var choice) ? choice : null, index)
                : null,
            cancellation);
    }

    /// <summary>Whether the clinic no longer meets a requirement at this moment.</summary>
    internal async Task<bool> HasLapsedAsync(ReferralFacts facts, CancellationToken cancellation) => Matcher.CheckLapse(
        facts.Referral.ClinicCode, facts.Inquiry.Facts, facts.Index, await policies.CurrentAsync(cancellation), database.Clock.GetUtcNow()) != Gate.None;
}
