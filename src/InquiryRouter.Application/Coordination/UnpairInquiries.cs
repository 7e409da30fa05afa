using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Screening;

namespace InquiryRouter.Application.Coordination;

/// <summary>Two inquiries are not of one patient, or not one matter: what was closed as a duplicate is opened again, and held.</summary>
public sealed class UnpairInquiries(Work work)
{
    /// <inheritdoc cref="PairInquiries.RunAsync"/>
    public Task<Pairing> RunAsync(string reference, string other, Actor who, CancellationToken cancellation, PairSeen? seen = null) => work.RunAsync(
        session => PairCase.LoadAsync(session, reference, other),
        facts => Task.FromResult(
            facts.Case?.IsAsSeen(reference, seen) == false ? new Pairing.Stale() : Decide(facts.Case, facts.Missing, who)),
        cancellation);

    internal static Decided<Pairing> Decide(PairCase? found, string? missing, Actor who)
    {
        if (found is null)
        {
            return new Pairing.NotFound(missing!);
        }

        var (later, earlier, pair) = found;
        if (later.Id == earlier.Id)
        {
            return new Pairing.SameInquiry();
        }

        if (pair is null)
        {
            return new Pairing.NoPair();
        }

        if (pair.State == PairState.Rejected)
        {
            return new Pairing.AlreadyDone(later, earlier);
        }

        var decide = new Store("two patients", tx => InquiryPairStore.DecideAsync(tx, pair, PairState.Rejected, who));
        if (pair.State != PairState.Confirmed || later.State != InquiryState.Closed || !later.HoldReasons.Contains(HoldReason.ClosedAsDuplicate))
        {
            return new Pairing.Apart(later, earlier, Reopened: false).By<Pairing>(decide, new LookAgain(later.Id, who));
        }

        // Why it waited before it was closed: an emergency is still one when the pair was a mistake.
        var before = later.HoldReasons.Where(
            r => r != HoldReason.ClosedAsDuplicate && r != HoldReason.PossibleDuplicate && r != HoldReason.Reopened);
        var move = new InquiryMove(InquiryTrigger.Reopen, who, new HistoryEvent.Reopened(earlier.Reference), [HoldReason.Reopened, .. before]);
        return new Pairing.Apart(later, earlier, Reopened: true).By<Pairing>(decide, new MoveInquiry(later, move), new AnnounceHeld(later));
    }
}
