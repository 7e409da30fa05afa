using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>The clinic says no: its place is free again, and the next clinic is asked.</summary>
public sealed class DeclineReferral(ReferralCases cases, PatientVault vault)
{
    /// <param name="referralId">Which referral.</param>
    /// <param name="reason">A code of <see cref="DeclineReason"/>.</param>
    /// <param name="remark">What the clinic adds, for the coordinators; null: nothing.</param>
    /// <param name="who">Who says it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="person">Whom at the clinic the link was sent to; null: no one in particular.</param>
    public Task<Outcome> RunAsync(
        ReferralId referralId, string reason, string? remark, Actor who, CancellationToken cancellation, byte[]? person = null) =>
        cases.DecideAsync(referralId, (found, patient) => Decide(found, patient, reason, remark, who, vault, person), cancellation);

    internal static Decided<Outcome> Decide(
        ReferralCase found, SealedPatient patient, string reason, string? remark, Actor who, PatientVault vault, byte[]? person = null)
    {
        if (found.WhyNot(ClinicAction.Decline) is { } refused)
        {
            return refused;
        }

        return Outcome.Done.It.By<Outcome>(
            found.Referral.By(ReferralTrigger.Decline, reason),
            MarkAnswered.If(found.Referral, person),
            new MoveInquiry(found.Inquiry, InquiryTrigger.Decline, who, new HistoryEvent.Declined.ByClinic(reason)),
            AddNote.If(found.Note(vault, patient, NoteKind.Remark, remark)),
            new AnnounceAnswered(found.Referral));
    }
}
