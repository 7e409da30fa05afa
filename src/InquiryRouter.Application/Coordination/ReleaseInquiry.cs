using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// A person has read an inquiry that waits, and it may go on: to matching, or, where a decision waits for a yes, to the clinics of that decision with
/// the gates asked again.
/// </summary>
public sealed class ReleaseInquiry(Work work, MailWriter mails)
{
    public Task<Release> RunAsync(string reference, Actor who, CancellationToken cancellation) => work.RunAsync(
        session => LoadAsync(session, reference), facts => Task.FromResult(Decide(facts, who)), cancellation);

    /// <summary>The same if it is still the inquiry a coordinator saw; or begun, and done later.</summary>
    public Task<ActionOutcome> RunOnSeenAsync(Seen seen, Actor who, CancellationToken cancellation) => work.RunOnSeenAsync(
        seen, CoordinatorAction.Release, null,
        found =>
        {
            var decided = Decide(new Facts(found.Inquiry, found.Case.Consent, found.Patient, found.Case.Referrals.Count, found.Match), who);
            return Task.FromResult(new Decided<ActionOutcome>(
                decided.Outcome switch
                {
                    Release.Released or Release.Approved => ActionOutcome.Done.It,
                    Release.NoConsent => new ActionOutcome.Refused(CoordinatorRefusal.NoConsent),
                    Release.NotWaiting => new ActionOutcome.Refused(CoordinatorRefusal.NotWaiting),
                    _ => ActionOutcome.NotFound.It,
                },
                decided.Steps));
        },
        cancellation);

    internal Decided<Release> Decide(Facts? facts, Actor who)
    {
        if (facts is not { Inquiry: { } inquiry })
        {
            return new Release.NotFound();
        }

        if (InquiryTransitions.Next(inquiry.State, InquiryTrigger.Release) is null)
        {
            return new Release.NotWaiting(inquiry.State);
        }

        if (facts.Consent is not { ShareWithClinics: true })
        {
            return new Release.NoConsent();
        }

        if (inquiry.HoldReasons.Contains(HoldReason.ApprovalNeeded))
        {
            var match = facts.Match ?? throw new InvalidOperationException($"Inquiry {inquiry.Id} waits for approval without a stored match.");
            return new Release.Approved(match.Clinics[0]).By<Release>(
                new MoveInquiry(inquiry, InquiryTrigger.Approve, who),
                new AnnounceMatched(inquiry, match.Id),
                Kept(inquiry));
        }

        // A suspected robot was not written to; now that a person has read it, its sender hears that we have it.
        var acknowledgement = inquiry.State == InquiryState.Quarantined && facts.Patient is { } patient
            ? mails.Acknowledgement(inquiry, patient, held: false, urgent: false)
            : null;
        return new Release.Released().By<Release>(
            new MoveInquiry(inquiry, InquiryTrigger.Release, who, Said(inquiry, facts.Offers)),
            SendMail.If(acknowledgement),
            Kept(inquiry),
            inquiry.HoldReasons.Contains(HoldReason.OfferLimit) ? new CountOffersAfter(inquiry.Id, facts.Offers) : null,
            new Store("what held it was no duplicate", tx => InquiryPairStore.RejectHoldingAsync(tx, inquiry.Id, who)),
            new AnnounceCleared(inquiry));
    }

    private static async Task<Facts?> LoadAsync(Session session, string reference) =>
        await InquiryStore.FindIdAsync(session, reference) is { } id && await InquiryStore.FindAsync(session, id) is { } inquiry
            ? new Facts(
                inquiry,
                await InquiryStore.FindConsentAsync(session, id),
                await InquiryStore.FindPatientAsync(session, id),
                (await ReferralStore.ListAsync(session, id)).Count,
                await MatchStore.FindCandidatesAsync(session, id))
            : null;

    // A correction that comes later does not hold it for the same again.
    private static Store? Kept(InquiryRecord inquiry)
    {
        HoldReason[] released = [.. HoldReason.StayingReleased(inquiry.HoldReasons).Union(inquiry.Released)];
        return released.Length == inquiry.Released.Count ? null
            : new Store("released", tx => InquiryStore.KeepReleasedAsync(tx, inquiry.Id, released));
    }

    private static HistoryEvent.Released Said(InquiryRecord inquiry, int offers) =>
        inquiry.HoldReasons.Contains(HoldReason.PossibleDuplicate) ? new HistoryEvent.Released.NoDuplicate()
        : inquiry.HoldReasons.Contains(HoldReason.OfferLimit) ? new HistoryEvent.Released.MoreOffers(offers)
        : new HistoryEvent.Released.AsItIs();

    /// <param name="Offers">How many clinics have been asked.</param>
    /// <param name="Match">Whom the newest decision would offer it to.</param>
    internal sealed record Facts(InquiryRecord Inquiry, ConsentGiven? Consent, SealedPatient? Patient, int Offers, MatchCandidates? Match);
}

/// <summary>What a release came to.</summary>
public abstract record Release
{
    private Release()
    {
    }

    /// <summary>It goes on to matching.</summary>
    public sealed record Released : Release;

    /// <summary>The yes a decision waited for.</summary>
    /// <param name="FirstClinic">Whom it is offered to, or the next that fits now.</param>
    public sealed record Approved(string FirstClinic) : Release;

    public sealed record NotFound : Release;

    /// <summary>Nothing about it waits for a person.</summary>
    public sealed record NotWaiting(InquiryState State) : Release;

    /// <summary>The patient has not agreed that clinics may see it.</summary>
    public sealed record NoConsent : Release;
}
