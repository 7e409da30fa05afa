using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Core.Referral;

/// <summary>What a patient does on the page of their inquiry.</summary>
public enum PatientAction
{
    /// <summary>Add information, or answer a clinic's question.</summary>
    Write,

    /// <summary>Say how it is going with the clinic that has them.</summary>
    CheckIn,

    /// <summary>Correct names and addresses.</summary>
    CorrectContact,

    /// <summary>Correct what is asked for.</summary>
    CorrectRequest,

    /// <summary>Ask a clinic something that has the inquiry, or can answer its offer.</summary>
    AskClinic,

    /// <summary>Say that a booking or a treatment is not so, as a clinic has reported it.</summary>
    Dispute,

    WithdrawInquiry,

    /// <summary>Agree that clinics see the inquiry.</summary>
    GiveConsent,

    WithdrawConsent,

    /// <summary>"This is not for me", to one clinic's quote.</summary>
    DeclineQuote,

    /// <summary>Let one clinic see who they are: now when it has the inquiry in hand, else with its yes.</summary>
    ShowIdentity,

    /// <summary>Keep one clinic from seeing who they are.</summary>
    HideIdentity,
}

/// <summary>What a patient can do now: asked by the page that shows the buttons, and by each use case behind one.</summary>
public static class PatientActions
{
    /// <summary>Whether the button is shown.</summary>
    /// <inheritdoc cref="WhyNot"/>
    public static bool Can(PatientAction action, PatientFacts facts, int n = 0) => WhyNot(action, facts, n) is null;

    /// <summary>Why a patient cannot do something now; null: they can.</summary>
    /// <param name="action">What they want to do.</param>
    /// <param name="facts">How things stand.</param>
    /// <param name="n">Number of the referral, for what is done about one clinic.</param>
    public static Refusal? WhyNot(PatientAction action, PatientFacts facts, int n = 0) => action switch
    {
        PatientAction.Write or PatientAction.CorrectContact => OnlyIf(!facts.IsOver),
        PatientAction.CheckIn => OnlyIf(!facts.IsOver && facts.Referrals.Any(r => r.HasPatient)),
        PatientAction.CorrectRequest => OnlyIf(!facts.IsOver && !facts.IsInHand),
        PatientAction.AskClinic => AskClinic(facts, facts.Referral(n)),
        PatientAction.Dispute => Dispute(facts.Referral(n)),
        PatientAction.WithdrawInquiry =>
            facts.IsOver && facts.Reasons.Contains(HoldReason.PatientWithdrew) ? Refusal.AlreadyDone : OnlyIf(!facts.IsOver),

        // What has ended cannot be agreed to anew; the agreement can be taken back where a clinic has seen who the patient is.
        PatientAction.GiveConsent => !facts.IsOver && facts.Shares ? Refusal.AlreadyDone : OnlyIf(!facts.IsOver),
        PatientAction.WithdrawConsent =>
            !facts.Shares ? Refusal.AlreadyDone : OnlyIf(!facts.IsOver || facts.Referrals.Any(r => r.WasDisclosed)),
        PatientAction.DeclineQuote => DeclineQuote(facts, facts.Referral(n)),
        PatientAction.ShowIdentity => ShowIdentity(facts, facts.Referral(n)),
        PatientAction.HideIdentity => HideIdentity(facts, facts.Referral(n)),
    };

    private static Refusal? AskClinic(PatientFacts facts, PatientReferral? referral) =>
        facts.IsOver || referral is not { IsCurrent: true } ? Refusal.Ended
        : !facts.Shares ? Refusal.NoConsent
        : OnlyIf(facts.ReadsInformation(referral));

    // Also when it is over: that it was treated is what ends it.
    private static Refusal? Dispute(PatientReferral? referral) =>
        referral is not { State: ReferralState.Booked or ReferralState.Completed } ? Refusal.Ended
        : referral.IsDisputed ? Refusal.AlreadyDone
        : null;

    private static Refusal? DeclineQuote(PatientFacts facts, PatientReferral? referral) =>
        referral is { State: ReferralState.Withdrawn, Reason: WithdrawReason.PatientDeclined } ? Refusal.AlreadyDone
        : OnlyIf(!facts.IsOver && referral is { State: ReferralState.Quoted });

    private static Refusal? ShowIdentity(PatientFacts facts, PatientReferral? referral)
    {
        if (facts.IsOver || referral is not { IsCurrent: true })
        {
            return Refusal.Ended;
        }

        if (!facts.Shares)
        {
            return Refusal.NoConsent;
        }

        if (ReferralTransitions.IsOpen(referral.State))
        {
            return referral.Choice is false ? null : Refusal.AlreadyDone;
        }

        // To show it to a clinic that has only quoted is to choose that clinic: not while the inquiry waits for somebody else.
        return facts.Sees(referral) ? Refusal.AlreadyDone
            : OnlyIf(referral.IsAccepted || facts.State is InquiryState.Referred or InquiryState.Accepted or InquiryState.Booked);
    }

    // From a clinic that sees it, or would with its yes.
    private static Refusal? HideIdentity(PatientFacts facts, PatientReferral? referral) =>
        referral is null || !facts.Concerns(referral) ? Refusal.Ended
        : referral.Choice is false ? Refusal.AlreadyDone
        : !facts.Shares ? Refusal.NoConsent
        : OnlyIf(ReferralTransitions.IsOpen(referral.State) || facts.Sees(referral));

    private static Refusal? OnlyIf(bool possible) => possible ? null : Refusal.Ended;
}
