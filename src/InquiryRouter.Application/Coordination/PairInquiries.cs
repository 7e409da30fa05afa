using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// Two inquiries are of one patient and matter: the later one is closed while it waits, and the other goes on. Undone by <see cref="UnpairInquiries"/>.
/// </summary>
public sealed class PairInquiries(Work work, NetworkCache networks, MailWriter mails)
{
    /// <param name="reference">One of the two.</param>
    /// <param name="other">The other.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="seen">As they saw them; null: whatever they have come to.</param>
    public async Task<Pairing> RunAsync(string reference, string other, Actor who, CancellationToken cancellation, PairSeen? seen = null)
    {
        var network = await networks.CurrentAsync(cancellation);
        return await work.RunAsync<(PairCase? Case, string? Missing, IReadOnlyList<Step> Endings), Pairing>(
            async session =>
            {
                var (found, missing) = await PairCase.LoadAsync(session, reference, other);
                return (found, missing, found is null || !Closes(found) ? [] : await EndingsAsync(session, found.Later));
            },
            facts => Task.FromResult(
                facts.Case?.IsAsSeen(reference, seen) == false ? new Pairing.Stale() : Decide(facts.Case, facts.Missing, facts.Endings, who)),
            cancellation);

        // It may have been held while clinics still had to answer.
        async Task<IReadOnlyList<Step>> EndingsAsync(Session session, InquiryRecord closed)
        {
            var open = (await ReferralStore.ListAsync(session, closed.Id)).Where(r => ReferralTransitions.IsAwaited(r.State)).ToList();
            return await InquiryStore.FindPatientAsync(session, closed.Id) is not { } patient ? [] : open.Withdraw(
                HoldReason.ClosedAsDuplicate.Code, network, (referral, clinic) => mails.OfferWithdrawn(closed, patient, referral.Id, clinic));
        }
    }

    private static Decided<Pairing> Decide(PairCase? found, string? missing, IReadOnlyList<Step> endings, Actor who)
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

        if (pair?.State == PairState.Confirmed)
        {
            return new Pairing.AlreadyDone(later, earlier);
        }

        if (later.State == InquiryState.Erased || earlier.State == InquiryState.Erased)
        {
            return new Pairing.Erased();
        }

        Step decide = pair is null
            ? new Store("a pair nobody had thought of", tx => InquiryPairStore.ConfirmNewAsync(tx, later.Id, earlier.Id, who))
            : new Store("one patient", tx => InquiryPairStore.DecideAsync(tx, pair, PairState.Confirmed, who));
        if (!Closes(found))
        {
            return new Pairing.Paired(later, earlier, Closed: false).By<Pairing>(decide, new LookAgain(later.Id, who));
        }

        var move = new InquiryMove(
            InquiryTrigger.Close, who, new HistoryEvent.Closed.AsDuplicate(earlier.Reference), [HoldReason.ClosedAsDuplicate, .. later.HoldReasons]);
        return new Pairing.Paired(later, earlier, Closed: true)
            .By<Pairing>([decide, new MoveInquiry(later, move), .. endings, new StopWaiting(later.Id)]);
    }

    // What a clinic has, or what is on its way, is not taken from under it. And of two closed ones nobody would be served.
    private static bool Closes(PairCase found) =>
        found.Later.State is InquiryState.Held or InquiryState.AwaitingPatient or InquiryState.Quarantined
        && found.Earlier.State != InquiryState.Closed && found.Pair?.State != PairState.Confirmed;
}

/// <summary>What pairing two inquiries, or taking them apart, came to.</summary>
public abstract record Pairing
{
    private Pairing()
    {
    }

    /// <param name="Closed">The later one waited, and is closed as a duplicate; else both stay as they are.</param>
    public sealed record Paired(InquiryRecord Later, InquiryRecord Earlier, bool Closed) : Pairing;

    /// <param name="Reopened">The later one had been closed as a duplicate: it is open again, and held.</param>
    public sealed record Apart(InquiryRecord Later, InquiryRecord Earlier, bool Reopened) : Pairing;

    /// <summary>It had been decided so before.</summary>
    public sealed record AlreadyDone(InquiryRecord Later, InquiryRecord Earlier) : Pairing;

    public sealed record NotFound(string Reference) : Pairing;

    /// <summary>Both references name one inquiry.</summary>
    public sealed record SameInquiry : Pairing;

    /// <summary>Nothing is known of an erased inquiry any more.</summary>
    public sealed record Erased : Pairing;

    /// <summary>One of them has changed since it was seen.</summary>
    public sealed record Stale : Pairing;

    /// <summary>They are no pair.</summary>
    public sealed record NoPair : Pairing;
}
