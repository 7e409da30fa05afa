using System.Collections.Frozen;
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

namespace InquiryRouter.Worker.Referral;

/// <summary>The next step of an inquiry that needs a clinic: an offer, or why it is held instead.</summary>
internal sealed record OfferPlan(NextOffer? Offer, HoldReason? Hold);

/// <summary>An offer ready to be stored.</summary>
internal sealed record NextOffer(Clinic Clinic, Guid ReferralId, int N, Guid MatchId, DateTimeOffset OfferUntil, DateOnly CapWeek, byte[] TokenHash, NewMail Mail);

/// <summary>
/// Offers an inquiry to the best clinic that may have it now. The gates are asked again at this moment; the capacity is taken in the same
/// transaction as the offer.
/// </summary>
public sealed class ReferralOffers(Database database, NetworkCache networks, MatchRules rules, ReferralPolicy policy, MailWriter mails)
{
    private static readonly Actor s_actor = Actor.Stage("referral");

    /// <summary>Decides and renders, before the transaction.</summary>
    /// <param name="inquiry">As it was loaded.</param>
    /// <param name="cancellation">Ends the questions.</param>
    internal async Task<OfferPlan> PlanAsync(InquiryRecord inquiry, CancellationToken cancellation)
    {
        var now = database.Clock.GetUtcNow();
        var network = await networks.CurrentAsync(cancellation);
        var (match, made, full, patient) = await database.ReadAsync(
            async session => (
                await MatchStore.FindCandidatesAsync(session, inquiry.Id),
                await ReferralStore.ListAsync(session, inquiry.Id),
                await ReferralStore.FullClinicsAsync(session, network, now),
                await session.PatientAsync(inquiry.Id)),
            cancellation);
        if (match is null)
        {
            throw new InvalidOperationException($"Inquiry {inquiry.Id} is to be offered without a stored match.");
        }

        var load = new MatchLoad(full.ToFrozenSet(StringComparer.Ordinal), made.Select(r => r.ClinicCode).ToFrozenSet(StringComparer.Ordinal));
        var step = ReferralPlanner.Next(match.Clinics, made.Count(r => r.MatchId == match.Id), inquiry.Facts, network, rules, load, policy, now);
        if (step.Offer is not { } clinic)
        {
            return new OfferPlan(null, step.Hold);
        }

        var referralId = Guid.CreateVersion7();
        var token = AccessLinkStore.NewToken();
        var until = OfferWindow.End(now, policy.OfferWindow, clinic);
        var offer = new NextOffer(
            clinic, referralId, made.Count + 1, match.Id, until, CapWeek.Of(now, clinic.TimeZone), AccessLinkStore.Hash(token),
            mails.ReferralOffer(inquiry, patient, referralId, clinic, until, token));
        return new OfferPlan(offer, null);
    }

    /// <summary>Stores what was planned; with no offer, holds the inquiry for a coordinator.</summary>
    /// <param name="tx">The transaction of the stage.</param>
    /// <param name="inquiry">As it was loaded.</param>
    /// <param name="plan">What is to be done.</param>
    /// <param name="after">For the history: what ended the offer before, when it ends in this transaction.</param>
    /// <exception cref="ConflictException">The last free place went to another inquiry: plan again.</exception>
    internal static async Task ApplyAsync(Tx tx, InquiryRecord inquiry, OfferPlan plan, string? after = null)
    {
        if (plan.Offer is not { } offer)
        {
            var reason = plan.Hold!;
            var held = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Hold, s_actor, Detail(reason.Code, after), [reason]));
            await OutboxStore.AddAsync(tx, new InquiryHeld { InquiryId = inquiry.Id, Version = held });
            return;
        }

        if (!await ReferralStore.TryReserveAsync(tx, offer.Clinic, offer.CapWeek))
        {
            throw new ConflictException($"Clinic {offer.Clinic.Code} has no place left this week.");
        }

        await ReferralStore.AddAsync(tx, offer.ReferralId, inquiry.Id, offer.N, offer.Clinic, offer.MatchId, offer.OfferUntil, offer.CapWeek);
        await AccessLinkStore.AddAsync(tx, offer.TokenHash, LinkPurpose.Referral, offer.ReferralId, AccessLinkStore.ReferralLifetime);
        await FollowUpStore.AddAsync(tx, inquiry.Id, FollowUpKind.OfferExpiry, offer.N, offer.ReferralId, offer.OfferUntil);
        await MailStore.AddAsync(tx, offer.Mail);
        await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Offer, s_actor, Detail(offer.Clinic.Code, after)));
    }

    private static string Detail(string code, string? after) => after is null ? code : $"{code} after {after}";
}
