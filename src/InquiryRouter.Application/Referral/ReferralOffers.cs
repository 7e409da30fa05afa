using InquiryRouter.Application.Matching;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Referral;

/// <summary>The next step of an inquiry that needs a clinic: offers, or why it is held instead; neither: answers are still awaited.</summary>
/// <param name="WaitFor">Clinics that lack nothing but a place, when it is held for that.</param>
/// <param name="AskPatient">When the policy asks the patient after the last no.</param>
/// <param name="NetworkVersion">The network it was planned with.</param>
/// <param name="MovedOn">Tells the patient that a clinic could not take it and that these are asked.</param>
/// <param name="PassedOver">Clinics that stood before those offered to, with the gate that stops them now.</param>
internal sealed record OfferPlan(IReadOnlyList<NextOffer> Offers, HoldReason? Hold, IReadOnlyList<string> WaitFor, NewMail? AskPatient, NewMail? MovedOn, long NetworkVersion, IReadOnlyList<string> PassedOver);

/// <summary>An offer ready to be stored.</summary>
internal sealed record NextOffer(
    Clinic Clinic, Guid ReferralId, int N, Guid MatchId, DateTimeOffset OfferUntil, DateTimeOffset RemindAt, DateOnly CapWeek, DateOnly Day, byte[] TokenHash, NewMail Mail);

/// <summary>
/// Offers an inquiry to the best clinics that may have it now. The gates are asked again at this moment; the capacity is taken in the same
/// transaction as the offer.
/// </summary>
public sealed class ReferralOffers(Database database, MatchIndexCache indexes, PolicyCache policies, LoadCache loads, MailWriter mails)
{
    // More are looked at only when all of these are stopped.
    private const int LookedAtTogether = 12;
    private const int MostPassedOverTold = 5;

    private static readonly Actor s_actor = Actor.Stage("referral");

    /// <summary>Decides and renders, before the transaction.</summary>
    /// <param name="inquiry">As it was loaded.</param>
    /// <param name="ended">An offer that ends in the same transaction: its clinic is not awaited any more.</param>
    /// <param name="afterNo">A clinic has said no or nothing: the patient is told that the next is asked.</param>
    /// <param name="cancellation">Ends the questions.</param>
    /// <param name="undelivered">The offer that ends never reached its clinic.</param>
    internal async Task<OfferPlan> PlanAsync(InquiryRecord inquiry, Guid? ended, bool afterNo, CancellationToken cancellation, bool undelivered = false)
    {
        var now = database.Clock.GetUtcNow();
        var index = await indexes.AtAsync(now, cancellation);
        var policy = await policies.CurrentAsync(cancellation);
        var view = await loads.CurrentAsync(index.Network, policy, cancellation);
        var (match, referrals, samePatient, patient, consent) = await database.ReadAsync(
            async session => (
                await MatchStore.FindCandidatesAsync(session, inquiry.Id),
                await ReferralStore.ListAsync(session, inquiry.Id),
                await InquiryLinkStore.ListClinicsOfSamePatientAsync(session, inquiry.Id),
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
            return new OfferPlan([], HoldReason.NoConsentToShare, [], null, null, index.Network.Version, []);
        }

        var earlier = EarlierOffers.Of(referrals, samePatient);
        var made = new OffersMade(
            await CountAsync(inquiry.Id, referrals, undelivered ? ended : null, policy, cancellation),
            referrals.Count(r => r.Id != ended && ReferralTransitions.IsAwaited(r.State)));
        var seen = view.For(inquiry.Id, inquiry.ReceivedAt, earlier);
        var step = ReferralStep.Wait;
        var full = new List<string>();
        var left = match.Clinics.Where(c => !earlier.ContainsKey(c)).ToList();
        var passedOver = new List<string>();
        foreach (var some in left.Count == 0 ? [[]] : left.Chunk(LookedAtTogether))
        {
            // The load in memory says who waits; places are read as they are now.
            var places = await database.ReadAsync(
                session => LoadStore.PlacesAsync(session, [.. some.Where(index.Network.ByCode.ContainsKey).Select(c => index.Network.ByCode[c])]), cancellation);
            var load = new MatchLoad(places.ToDictionary(p => p.Key, p => p.Value with { Kept = seen.Of(p.Key).Kept }, StringComparer.Ordinal), earlier);
            var next = ReferralPlanner.Next(some, made, inquiry.Facts, index, load, policy, now);

            // What is full among the first is worth waiting for, whatever stops the others.
            full.AddRange(next.Full);
            passedOver.AddRange(next.PassedOver.Select(c => $"{c.Clinic}:{GateList.Code(c.Gate)}"));
            step = full.Count > 0 && next.Hold == HoldReason.NoClinicLeft ? step : next;
            if (step.Offers.Count > 0 || step.Hold is null || step.Hold == HoldReason.OfferLimit)
            {
                break;
            }
        }

        var offers = step.Offers.Select((clinic, i) => Prepare(clinic, referrals.Count + 1 + i, inquiry, patient, match, policy, now)).ToList();
        var asks = policy.AfterLastNo == AfterLastNo.Patient && made.Made > 0 && (step.Hold == HoldReason.NoClinicLeft || step.Hold == HoldReason.OfferLimit);
        var movedOn = afterNo && offers.Count > 0 ? mails.MovedOn(inquiry, patient, referrals.Count + offers.Count, now) : null;
        return new OfferPlan(offers, step.Hold, step.Hold == HoldReason.WaitsForCapacity ? full : [], asks ? mails.AskPatient(inquiry, patient, match.Id) : null, movedOn, index.Network.Version, passedOver);
    }

    /// <summary>Stores what was planned; with nothing to offer, holds the inquiry for a coordinator.</summary>
    /// <param name="tx">The transaction of the stage.</param>
    /// <param name="inquiry">As it was loaded.</param>
    /// <param name="plan">What is to be done.</param>
    /// <param name="after">For the history: what ended the offer before, when it ends in this transaction.</param>
    /// <exception cref="ConflictException">The last free place went to another inquiry: plan again.</exception>
    internal static async Task ApplyAsync(Tx tx, InquiryRecord inquiry, OfferPlan plan, string? after = null)
    {
        if (await NetworkStore.VersionAsync(tx) != plan.NetworkVersion)
        {
            throw new ConflictException("The network has changed since the offers were planned.");
        }

        if (plan.Hold is { } reason)
        {
            var trigger = plan.AskPatient is null ? InquiryTrigger.Hold : InquiryTrigger.AskPatient;
            var held = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(trigger, s_actor, Detail(reason.Code, after), [reason]));
            if (plan.AskPatient is { } question)
            {
                await MailStore.AddAsync(tx, question);
            }

            await LoadStore.WaitAsync(tx, inquiry.Id, inquiry.ReceivedAt, plan.WaitFor);
            await OutboxStore.AddAsync(tx, new InquiryHeld { InquiryId = inquiry.Id, Version = held });
            return;
        }

        if (plan.Offers.Count > 0)
        {
            await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Offer, s_actor, Offered(plan, after)));
            await LoadStore.StopWaitingAsync(tx, inquiry.Id);
            foreach (var offer in plan.Offers)
            {
                await AddAsync(tx, inquiry, offer);
            }

            if (plan.MovedOn is { } told)
            {
                // At most one a day.
                await MailStore.TryAddAsync(tx, told);
            }
        }
        else if (after is not null)
        {
            await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Decline, s_actor, after));
        }
        else if (inquiry.State == InquiryState.Matched)
        {
            // It was held while clinics still had to answer, and goes on: those can answer again, and their time ends as before.
            await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Offer, s_actor, "awaiting-answers"));
            await LoadStore.StopWaitingAsync(tx, inquiry.Id);
        }
    }

    /// <summary>The offers of a plan are committed: the load in memory is an old one.</summary>
    internal void Committed(OfferPlan? plan)
    {
        if (plan is { Offers.Count: > 0 })
        {
            loads.Changed();
        }
    }

    // Waiting for a place or being matched again begins no new count; a coordinator who has seen that the limit is reached does. A clinic whose
    // offer was not delivered has none of the patient's data, and does not count.
    private async Task<int> CountAsync(
        Guid inquiryId, IReadOnlyList<ReferralRecord> referrals, Guid? undelivered, Policy policy, CancellationToken cancellation)
    {
        var reached = referrals.Where(r => r.Id != undelivered && r.Reason != WithdrawReason.MailUndeliverable).ToList();
        if (reached.Count < policy.MostOffers)
        {
            return reached.Count;
        }

        var history = await database.ReadAsync(session => InquiryStore.AuditAsync(session, inquiryId), cancellation);
        var after = MoreOffers.After(history.Where(e => e.Action == InquiryStore.Released).Select(e => e.Detail));
        return reached.Count(r => r.N > after);
    }

    private static async Task AddAsync(Tx tx, InquiryRecord inquiry, NextOffer offer)
    {
        if (!await ReferralStore.TryReserveAsync(tx, offer.Clinic, offer.CapWeek) || !await LoadStore.TryCountDayAsync(tx, offer.Clinic, offer.Day))
        {
            throw new ConflictException($"Clinic {offer.Clinic.Code} has no place left.");
        }

        await ReferralStore.AddAsync(tx, offer.ReferralId, inquiry.Id, offer.N, offer.Clinic, offer.MatchId, offer.OfferUntil, offer.CapWeek);
        await AccessLinkStore.AddAsync(tx, offer.TokenHash, LinkPurpose.Referral, offer.ReferralId, AccessLinkStore.ReferralLifetime);
        await FollowUpStore.AddAsync(tx, inquiry.Id, FollowUpKind.OfferExpiry, offer.N, offer.ReferralId, offer.OfferUntil);
        await FollowUpStore.AddAsync(tx, inquiry.Id, FollowUpKind.OfferReminder, offer.N, offer.ReferralId, offer.RemindAt);
        await MailStore.AddAsync(tx, offer.Mail);
    }

    private NextOffer Prepare(
        Clinic clinic, int n, InquiryRecord inquiry, SealedPatient patient, MatchCandidates match, Policy policy, DateTimeOffset now)
    {
        var referralId = Guid.CreateVersion7();
        var token = AccessLinkStore.NewToken();
        var times = OfferTimes.Of(now, policy.WindowFor(inquiry.Facts.Timeframe, clinic), clinic);
        return new NextOffer(
            clinic, referralId, n, match.Id, times.End, times.Half, CapWeek.Of(now, clinic.TimeZone), CapWeek.Day(now, clinic.TimeZone), AccessLinkStore.Hash(token),
            mails.ReferralOffer(inquiry, patient, referralId, clinic, times.End, token));
    }

    // Why it is not the first of the decision stands in the history, last: there may be more of it than a line takes.
    private static string Offered(OfferPlan plan, string? after) =>
        Detail(string.Join(' ', plan.Offers.Select(o => o.Clinic.Code)), after)
        + (plan.PassedOver.Count == 0 ? string.Empty : $" passed-over {string.Join(' ', plan.PassedOver.Take(MostPassedOverTold))}");

    private static string Detail(string code, string? after) => after is null ? code : $"{code} after {after}";
}
