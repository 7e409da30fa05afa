using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// A coordinator opens again what was closed: it is matched by a new decision, which asks no clinic twice; what a person had to look at before, a
/// person looks at first.
/// </summary>
public sealed class ReopenInquiry(Work work)
{
    /// <param name="seen">Which inquiry.</param>
    /// <param name="askedByPatient">The patient wants it: what they withdrew themselves is opened for nobody else.</param>
    /// <param name="who">Who opens it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<ActionOutcome> RunAsync(Seen seen, bool askedByPatient, Actor who, CancellationToken cancellation) => work.RunOnSeenAsync(
        seen, CoordinatorAction.Reopen, null, found => Task.FromResult(Decide(found, askedByPatient, who)), cancellation);

    internal static Decided<ActionOutcome> Decide(CoordinatorCase found, bool askedByPatient, Actor who)
    {
        var inquiry = found.Inquiry;
        if (inquiry.HoldReasons.Contains(HoldReason.PatientWithdrew) && !askedByPatient)
        {
            return new ActionOutcome.Invalid(ActionOutcome.PatientWithdrew);
        }

        var said = new HistoryEvent.OpenedAgain((inquiry.HoldReasons.Count > 0 ? inquiry.HoldReasons[0] : HoldReason.ClosedOtherwise).InHistory);
        HoldReason[] left = [.. HoldReason.Left(inquiry.HoldReasons).Where(r => r != HoldReason.NoConsentToShare)];
        if (!found.Case.Facts.Shares)
        {
            left = [HoldReason.NoConsentToShare, .. left];
        }

        return left.Length > 0
            ? ActionOutcome.Done.It.By<ActionOutcome>(
                new MoveInquiry(inquiry, new InquiryMove(InquiryTrigger.Reopen, who, said, [HoldReason.Reopened, .. left])), new AnnounceHeld(inquiry))
            : ActionOutcome.Done.It.By<ActionOutcome>(
                new MoveInquiry(inquiry, InquiryTrigger.Resume, who, said), new AnnounceCleared(inquiry));
    }
}
