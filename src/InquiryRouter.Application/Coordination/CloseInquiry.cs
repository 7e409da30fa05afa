using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>Why an inquiry is closed, and who hears of it.</summary>
/// <param name="Reason">A code of <see cref="CloseReason"/>.</param>
/// <param name="Text">More about it, for colleagues; null: nothing.</param>
/// <param name="TellPatient">They get a mail; never where it is spam.</param>
public sealed record Closing(string Reason, string? Text, bool TellPatient);

/// <summary>
/// A coordinator closes an inquiry: what is open with clinics ends and they are told, nothing falls due any more, and the patient is told or not, by
/// choice. Opened again by <see cref="ReopenInquiry"/>.
/// </summary>
public sealed class CloseInquiry(Work work, NetworkCache networks, PatientVault vault, MailWriter mails)
{
    public async Task<ActionOutcome> RunAsync(Seen seen, Closing closing, Actor who, CancellationToken cancellation)
    {
        var (text, wrong) = CoordinatorWork.Read(closing.Text);
        var reason = CloseReason.Of(closing.Reason);
        if (reason is null)
        {
            return new ActionOutcome.Invalid(ActionOutcome.NoSuchReason);
        }

        if (text.Length == 0 ? CloseReason.NeedsText(reason) : wrong is not null)
        {
            return text.Length == 0 ? new ActionOutcome.Invalid(ActionOutcome.NeedsText) : wrong!;
        }

        var network = await networks.CurrentAsync(cancellation);
        return await work.RunOnSeenAsync(
            seen, CoordinatorAction.Close, null,
            found => Task.FromResult(Decide(found, reason, text, closing.TellPatient, who, network, vault, mails, work.Now)), cancellation);
    }

    internal static Decided<ActionOutcome> Decide(
        CoordinatorCase found, HoldReason reason, string text, bool tellPatient, Actor who, NetworkSnapshot network, PatientVault vault,
        MailWriter mails, DateTimeOffset now)
    {
        var inquiry = found.Inquiry;

        // A suspected robot is never written to, whatever it is closed for.
        var tells = tellPatient && CloseReason.MayTellPatient(reason) && inquiry.State != InquiryState.Quarantined;
        var move = new InquiryMove(
            InquiryTrigger.Close, who, new HistoryEvent.Closed.For([reason.InHistory]), [reason, .. HoldReason.Left(inquiry.HoldReasons)]);
        return ActionOutcome.Done.It.By<ActionOutcome>(
        [
            new MoveInquiry(inquiry, move),
            text.Length > 0 ? found.Note(vault, Guid.CreateVersion7(), NoteKind.Internal, text, now) : null,
            tells ? new SendMail(mails.InquiryClosed(inquiry, found.Patient, reason)) : null,
            .. found.Case.Current.Withdraw(
                WithdrawReason.Closed, network, (r, clinic) => mails.OfferWithdrawn(inquiry, found.Patient, r.Id, clinic)),
            new StopWaiting(inquiry.Id),
            .. Enum.GetValues<FollowUpKind>().Select(kind => new StopFollowUps(inquiry.Id, kind)),
        ]);
    }
}
