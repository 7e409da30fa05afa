using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>Which referral is taken back, and what follows.</summary>
/// <param name="Clinic">Its code.</param>
/// <param name="Reason">A code of <see cref="TakeBackReason"/>.</param>
/// <param name="Text">More about it, for colleagues; null: nothing.</param>
/// <param name="Hold">The inquiry is held; else the next clinic is asked.</param>
public sealed record TakingBack(string Clinic, string Reason, string? Text, bool Hold);

/// <summary>
/// A coordinator takes an inquiry back from a clinic that is asked or has it: the clinic is told and sees the patient no longer, and the next clinic
/// is asked, or the inquiry is held. A patient whom the clinic had accepted is told.
/// </summary>
public sealed class TakeBackReferral(Work work, NetworkCache networks, PatientVault vault, MailWriter mails)
{
    public async Task<ActionOutcome> RunAsync(Seen seen, TakingBack taking, Actor who, CancellationToken cancellation)
    {
        var (text, wrong) = CoordinatorWork.Read(taking.Text);
        var reason = TakeBackReason.Of(taking.Reason);
        if (reason is null)
        {
            return new ActionOutcome.Invalid(ActionOutcome.NoSuchReason);
        }

        if (text.Length > 0 && wrong is not null)
        {
            return wrong;
        }

        var network = await networks.CurrentAsync(cancellation);
        return await work.RunOnSeenAsync(
            seen, CoordinatorAction.TakeBack, taking.Clinic,
            found => Task.FromResult(Decide(found, taking with { Reason = reason, Text = text }, who, network, vault, mails, work.Now)),
            cancellation);
    }

    internal static Decided<ActionOutcome> Decide(
        CoordinatorCase found, TakingBack taking, Actor who, NetworkSnapshot network, PatientVault vault, MailWriter mails, DateTimeOffset now)
    {
        var (inquiry, patient, referral) = (found.Inquiry, found.Patient, found.At(taking.Clinic)!);
        var then = Then(found, referral.N, taking.Hold);
        var said = new HistoryEvent.TakenBack(taking.Clinic, taking.Reason, then);
        return ActionOutcome.Done.It.By<ActionOutcome>(
        [
            then switch
            {
                TakenBackThen.IsHeld => new MoveInquiry(inquiry, new InquiryMove(
                    InquiryTrigger.Hold, who, said,
                    [HoldReason.TakenBack, .. inquiry.HoldReasons.Where(r => HoldReason.IsOfScreening(r) && r != HoldReason.TakenBack)])),
                TakenBackThen.NextIsAsked => new MoveInquiry(inquiry, InquiryTrigger.Decline, who, said),
                TakenBackThen.NextIsAskedAfterYes => new MoveInquiry(inquiry, InquiryTrigger.Return, who, said),
                _ => new WriteHistory(inquiry, said, who),
            },
            .. new[] { referral }.Withdraw(taking.Reason, network, (r, clinic) => mails.OfferWithdrawn(inquiry, patient, r.Id, clinic, taking.Reason)),
            taking.Text is { Length: > 0 } text ? found.Note(vault, Guid.CreateVersion7(), NoteKind.Internal, text, now, referral.Id) : null,

            // They knew that this clinic has them.
            referral.AcceptedAt is not null && network.ByCode.TryGetValue(taking.Clinic, out var known)
                ? new SendMail(mails.TakenBack(inquiry, patient, referral.Id, known, next: then == TakenBackThen.NextIsAskedAfterYes))
                : null,
            then == TakenBackThen.IsHeld ? new AnnounceHeld(inquiry) : null,
            then is TakenBackThen.NextIsAsked or TakenBackThen.NextIsAskedAfterYes ? new AnnounceAnswered(referral) : null,
        ]);
    }

    // What waits for a person, or is on its way to the stages, goes its own way; beside another clinic that has the patient nothing follows.
    private static TakenBackThen Then(CoordinatorCase found, int n, bool hold)
    {
        var state = found.Inquiry.State;
        var elsewhere = found.Case.Facts.Referrals.Any(r => r.N != n && r.HasPatient);
        return elsewhere || state is not (InquiryState.Referred or InquiryState.Accepted or InquiryState.Booked) ? TakenBackThen.Nothing
            : hold ? TakenBackThen.IsHeld
            : state == InquiryState.Referred ? TakenBackThen.NextIsAsked

            // A quote beside a yes that is gone: the inquiry is where the yes left it.
            : TakenBackThen.NextIsAskedAfterYes;
    }
}
