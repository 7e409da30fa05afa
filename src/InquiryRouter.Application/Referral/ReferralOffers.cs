using InquiryRouter.Application.Matching;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Referral;

/// <summary>
/// Plans to offer an inquiry to the best clinics that may have it now. The gates are asked again at this moment; the capacity is taken in the same
/// transaction as the offer.
/// </summary>
public sealed class ReferralOffers(Work work, MatchIndexCache indexes, PolicyCache policies, LoadCache loads, MailWriter mails)
{
    // More are looked at only when all of these are stopped.
    private const int LookedAtTogether = 12;

    /// <summary>Decides and renders, before the transaction.</summary>
    /// <param name="inquiry">As it was loaded.</param>
    /// <param name="ended">An offer that ends in the same transaction: its clinic is not awaited any more.</param>
    /// <param name="afterNo">A clinic has said no or nothing: the patient is told that the next is asked.</param>
    /// <param name="cancellation">Ends the questions.</param>
    /// <param name="undelivered">The offer that ends never reached its clinic.</param>
    public async Task<OfferPlan> PlanAsync(
        InquiryRecord inquiry, ReferralId? ended, bool afterNo, CancellationToken cancellation, bool undelivered = false)
    {
        var now = work.Now;
        var index = await indexes.AtAsync(now, cancellation);
        var policy = await policies.CurrentAsync(cancellation);
        var view = await loads.CurrentAsync(index.Network, policy, cancellation);
        var (match, referrals, samePatient, patient, consent) = await work.ReadAsync(
            async session => (
                await MatchStore.FindCandidatesAsync(session, inquiry.Id),
                await ReferralStore.ListAsync(session, inquiry.Id),
                await InquiryPairStore.ListClinicsOfSamePatientAsync(session, inquiry.Id),
                await session.PatientAsync(inquiry.Id),
                await InquiryStore.FindConsentAsync(session, inquiry.Id)),
            cancellation);
        if (match is null)
        {
            throw new InvalidOperationException($"Inquiry {inquiry.Id} is to be offered without a stored match.");
        }

        // The patient may have changed their mind since the inquiry was screened.
        if (consent is not { ShareWithClinics: true })
        {
            return new OfferPlan { NetworkVersion = index.Network.Version, Hold = HoldReason.NoConsentToShare };
        }

        var earlier = EarlierOffers.Of(referrals, samePatient);

        // An offer that waited with its inquiry goes on where its clinic may still have it, and can be told.
        var paused = referrals.Where(r => ReferralTransitions.IsPaused(r.State, inquiry.State))
            .ToLookup(r => WhyNotResumed(r.ClinicCode, inquiry, index, policy, now));
        var recalled = paused.Where(g => g.Key != Gate.None).SelectMany(g => g.Select(r => (Referral: r, Gate: g.Key))).ToList();
        // Those that end with this plan, and whether their clinics were never told.
        var ending = recalled.ToDictionary(r => r.Referral.Id, r => r.Gate == Gate.MailUnreachable);
        if (ended is { } endedId)
        {
            ending[endedId] = undelivered;
        }

        // Waiting for a place or being matched again begins no new count; a coordinator who has seen that the limit is reached does. A clinic that
        // could not be told of its offer does not count: it knows at most a summary, and was never asked.
        var reached = referrals.Where(r => r.Reason != WithdrawReason.MailUndeliverable && !ending.GetValueOrDefault(r.Id));
        var made = new OffersMade(
            reached.Count(r => r.N > inquiry.CountsOffersAfter),
            referrals.Count(r => !ending.ContainsKey(r.Id) && ReferralTransitions.IsAwaited(r.State)));
        var seen = view.For(inquiry.Id, inquiry.ReceivedAt, earlier);
        var step = ReferralStep.Wait;
        var full = new List<string>();
        var left = match.Clinics.Where(c => !earlier.ContainsKey(c)).ToList();
        var passedOver = new List<PassedOver>();
        foreach (var some in left.Count == 0 ? [[]] : left.Chunk(LookedAtTogether))
        {
            // The load in memory says who waits; places are read as they are now.
            var places = await work.ReadAsync(
                session => LoadStore.PlacesAsync(session, [.. some.Where(index.Network.ByCode.ContainsKey).Select(c => index.Network.ByCode[c])]), cancellation);
            var load = new MatchLoad(places.ToDictionary(p => p.Key, p => p.Value with { Kept = seen.Of(p.Key).Kept }, StringComparer.Ordinal), earlier);
            var next = ReferralPlanner.Next(some, made, inquiry.Facts, index, load, policy, now);

            // What is full among the first is worth waiting for, whatever stops the others.
            full.AddRange(next.Full);
            passedOver.AddRange(next.PassedOver.Select(c => new PassedOver(c.Clinic, GateList.Code(c.Gate))));
            step = full.Count > 0 && next.Hold == HoldReason.NoClinicLeft ? step : next;
            if (step.Offers.Count > 0 || step.Hold is null || step.Hold == HoldReason.OfferLimit)
            {
                break;
            }
        }

        var offers = step.Offers.Select((clinic, i) => Prepare(clinic, referrals.Count + 1 + i, inquiry, patient, match, policy, now)).ToList();
        var asks = policy.AfterLastNo == AfterLastNo.Patient && made.Made > 0 && (step.Hold == HoldReason.NoClinicLeft || step.Hold == HoldReason.OfferLimit);
        return new OfferPlan
        {
            NetworkVersion = index.Network.Version, Offers = offers, Hold = step.Hold, WaitFor = step.Hold == HoldReason.WaitsForCapacity ? full : [],
            AskPatient = asks ? mails.AskPatient(inquiry, patient, match.Id) : null,
            MovedOn = afterNo && offers.Count > 0 ? mails.MovedOn(inquiry, patient, referrals.Count + offers.Count, now) : null,
            PassedOver = [.. recalled.Select(r => new PassedOver(r.Referral.ClinicCode, GateList.Code(r.Gate))), .. passedOver],
            Resumed = [.. paused[Gate.None].Select(r => Resume(r, index.Network.ByCode[r.ClinicCode], inquiry, patient, policy, now))],
            Recalled = [.. recalled.SelectMany(r => End(r.Referral, r.Gate, inquiry, patient, index.Network))],
        };
    }

    /// <summary>Whether a clinic that a coordinator has chosen may be offered it, and the plan to do so.</summary>
    /// <param name="inquiry">As it was loaded.</param>
    /// <param name="clinicCode">The clinic.</param>
    /// <param name="reason">Why in spite of what bends, as a code; null: none is given.</param>
    /// <param name="who">Who offers it.</param>
    /// <param name="cancellation">Ends the questions.</param>
    /// <returns>Everything that stands against it; and the plan, where that may be done.</returns>
    internal async Task<(IReadOnlyList<Standing> Standing, OfferPlan? Plan)> PlanByHandAsync(
        InquiryRecord inquiry, string clinicCode, string? reason, Actor who, CancellationToken cancellation)
    {
        var now = work.Now;
        var index = await indexes.AtAsync(now, cancellation);
        var policy = await policies.CurrentAsync(cancellation);
        var view = await loads.CurrentAsync(index.Network, policy, cancellation);
        var (match, referrals, samePatient, patient) = await work.ReadAsync(
            async session => (
                await MatchStore.FindCandidatesAsync(session, inquiry.Id),
                await ReferralStore.ListAsync(session, inquiry.Id),
                await InquiryPairStore.ListClinicsOfSamePatientAsync(session, inquiry.Id),
                await session.PatientAsync(inquiry.Id)),
            cancellation);
        var earlier = EarlierOffers.Of(referrals, samePatient);
        var clinics = index.Network.ByCode.TryGetValue(clinicCode, out var clinic) ? [clinic] : (Clinic[])[];
        var places = await work.ReadAsync(session => LoadStore.PlacesAsync(session, clinics), cancellation);
        var seen = view.For(inquiry.Id, inquiry.ReceivedAt, earlier);
        var load = new MatchLoad(places.ToDictionary(p => p.Key, p => p.Value with { Kept = seen.Of(p.Key).Kept }, StringComparer.Ordinal), earlier);
        var standing = OfferCheck.Of(clinicCode, inquiry.Facts, index, policy, load, now);
        if (match is null || standing.Any(s => !s.Bends || reason is null || !OfferReason.Covers(reason, s.Kind)))
        {
            return (standing, null);
        }

        var paused = referrals.Where(r => ReferralTransitions.IsPaused(r.State, inquiry.State))
            .ToLookup(r => WhyNotResumed(r.ClinicCode, inquiry, index, policy, now));
        var offer = Prepare(clinic!, referrals.Count + 1, inquiry, patient, match, policy, now)
            with { BeyondCap = standing.Any(s => GateList.IsCapacity(s.Gate)) };
        return (standing, new OfferPlan
        {
            Who = who,
            ByHand = new HistoryEvent.Offered.ByHand(
                clinicCode, standing.Count > 0 ? reason : null, [.. standing.Select(s => GateList.Code(s.Gate))]),
            NetworkVersion = index.Network.Version,
            Offers = [offer],
            Resumed = [.. paused[Gate.None].Select(r => Resume(r, index.Network.ByCode[r.ClinicCode], inquiry, patient, policy, now))],
            Recalled =
                [.. paused.Where(g => g.Key != Gate.None).SelectMany(g => g.SelectMany(r => End(r, g.Key, inquiry, patient, index.Network)))],
        });
    }

    /// <summary>The offers of a plan are committed: the load in memory is an old one.</summary>
    public void Committed(OfferPlan? plan)
    {
        if (plan is { Offers.Count: > 0 })
        {
            loads.Changed();
        }
    }

    private NextOffer Prepare(
        Clinic clinic, int n, InquiryRecord inquiry, SealedPatient patient, MatchCandidates match, Policy policy, DateTimeOffset now)
    {
        var referralId = ReferralId.New();
        var token = AccessLinkStore.NewToken();
        var times = TimesOf(inquiry, clinic, policy, now);
        return new NextOffer(
            clinic, referralId, n, match.Id, times.End, times.Half, CapWeek.Of(now, clinic.TimeZone), CapWeek.Day(now, clinic.TimeZone),
            new SendMail(mails.ReferralOffer(inquiry, patient, referralId, clinic, times.End, token), NewLink.ToReferral(token, referralId, clinic.Email)));
    }

    private ResumedOffer Resume(
        ReferralRecord referral, Clinic clinic, InquiryRecord inquiry, SealedPatient patient, Policy policy, DateTimeOffset now)
    {
        var (times, token) = (TimesOf(inquiry, clinic, policy, now), AccessLinkStore.NewToken());
        return new ResumedOffer(
            referral, times,
            new SendMail(mails.OfferResumed(inquiry, patient, referral.Id, clinic, times.End, token), NewLink.ToReferral(token, referral.Id, clinic.Email)));
    }

    // One that mail does not reach is not told: the coordinators have heard of it.
    private IReadOnlyList<Step?> End(ReferralRecord referral, Gate gate, InquiryRecord inquiry, SealedPatient patient, NetworkSnapshot network) =>
        gate == Gate.MailUnreachable ? [referral.By(ReferralTrigger.Withdraw, WithdrawReason.MailUndeliverable)]
        : referral.Recall(gate, inquiry, patient, network, mails);

    private static Gate WhyNotResumed(string clinic, InquiryRecord inquiry, MatchIndex index, Policy policy, DateTimeOffset now) =>
        Matcher.CheckLapse(clinic, inquiry.Facts, index, policy, now) is not Gate.None and var lapse ? lapse
        : index.Network.ByCode[clinic].MailFailsSince is null ? Gate.None
        : Gate.MailUnreachable;

    private static OfferTimes TimesOf(InquiryRecord inquiry, Clinic clinic, Policy policy, DateTimeOffset now) =>
        OfferTimes.Of(now, policy.WindowFor(inquiry.Facts.Timeframe, clinic), clinic);
}
