using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Application.Matching;

/// <summary>Which clinics may be offered the inquiry, in which order; stored with what the decision can be made again from.</summary>
public sealed class MatchInquiry(Work work, MatchIndexCache indexes, PolicyCache policies, LoadCache loads, MailWriter mails)
    : IHandle<InquiryCleared>
{
    private static readonly Actor s_actor = Actor.Stage("matching");

    public async Task HandleAsync(InquiryCleared message, MessageContext context, CancellationToken cancellation)
    {
        var now = work.Now;
        var index = await indexes.AtAsync(now, cancellation);
        var policy = await policies.CurrentAsync(cancellation);
        var view = await loads.CurrentAsync(index.Network, policy, cancellation);
        var (inquiry, earlier, consent) = await work.ReadAsync(
            async session => await session.FindAtAsync(message.InquiryId, message.Version) is { } found
                ? (found, await EarlierOffers.FindAsync(session, found.Id), await InquiryStore.FindConsentAsync(session, found.Id))
                : default,
            cancellation);
        if (inquiry is null)
        {
            return;
        }

        var facts = inquiry.Facts;
        var load = view.For(inquiry.Id, inquiry.ReceivedAt, earlier!);
        var decision = Matcher.Match(facts, index, policy, load, now);
        var nothing = decision.IsHeld ? NothingFits.Find(facts, index, policy, load, now) : null;
        var match = MatchStore.Prepare(decision, nothing?.Relaxations ?? [], load, policy.MostOffers, now);
        var shares = Shares(decision, index.Network, policy, now);

        // A clinic that was asked before it was held is asked still, whether another fits or not.
        var asked = earlier!.Values.Contains(Earlier.Asked);
        var move = consent is { ShareWithClinics: true }
            ? Next(decision, asked ? null : nothing, inquiry, index, policy, now)
            : new InquiryMove(InquiryTrigger.Hold, s_actor, HoldReasons: [HoldReason.NoConsentToShare]);

        // Where somebody speaks with the patient today, no mail is ahead of them.
        var told = move.HoldReasons is [var only] && only == HoldReason.NoClinicFits
            ? await ToldAsync(inquiry, nothing!.Relaxations, cancellation) : null;
        await work.ApplyAsync(
            context,
            [
                new AddMatch(inquiry, match),
                new AccrueShares(shares),
                new MoveInquiry(inquiry, move),

                // One that waited and is matched keeps its place until it is offered.
                nothing is null ? null : new WaitForPlace(inquiry, nothing.WaitFor),
                SendMailOnce.If(told),
                move.Trigger == InquiryTrigger.Match ? new AnnounceMatched(inquiry, match.Id) : new AnnounceHeld(inquiry),
            ],
            cancellation);
        if (shares.Count > 0)
        {
            loads.Changed();
        }
    }

    // An address that was not even written to for its acknowledgement may be somebody else's.
    private async Task<NewMail?> ToldAsync(InquiryRecord inquiry, IReadOnlyList<Relaxation> relaxations, CancellationToken cancellation)
    {
        var patient = await work.ReadAsync(
            async session => await MailRequestStore.IsWithheldAsync(session, MailKind.Acknowledgement, inquiry.Id)
                ? null : await InquiryStore.FindPatientAsync(session, inquiry.Id),
            cancellation);
        return patient is null ? null : mails.NoClinicFits(inquiry, patient, relaxations);
    }

    private static InquiryMove Next(
        MatchDecision decision, NothingFits? nothing, InquiryRecord inquiry, MatchIndex index, Policy policy, DateTimeOffset now)
    {
        // Released, it is offered like any other: the coordinator has spoken with the patient.
        var facts = inquiry.Facts;
        var atOnce = !inquiry.Released.Contains(HoldReason.TreatedAtOnce)
            && index.Network.Rules.Lists.Conditions.GetValueOrDefault(facts.Condition)?.MayBeTreatedAtOnce(facts.ConditionType) == true;
        if (nothing is not null)
        {
            return Hold(nothing.WaitFor.Count > 0 ? HoldReason.WaitsForCapacity : HoldReason.NoClinicFits, says: null);
        }

        var approval = ApprovalRules.Reasons(decision, facts, index, policy, now);
        return approval.Count > 0 ? Hold(HoldReason.ApprovalNeeded, new HistoryEvent.Held.ForApproval(Kinds(approval)))
            : atOnce ? Hold(HoldReason.ApprovalNeeded, says: null)
            : new InquiryMove(InquiryTrigger.Match, s_actor);

        InquiryMove Hold(HoldReason reason, HistoryEvent? says) =>
            new(InquiryTrigger.Hold, s_actor, says, atOnce ? [HoldReason.TreatedAtOnce, reason] : [reason]);
    }

    // A turn is taken with the decision: the next decision sees it, however long the offer takes.
    private static List<(string, DateOnly, long)> Shares(MatchDecision decision, NetworkSnapshot network, Policy policy, DateTimeOffset now) =>
        [.. Matcher.Shares(decision, network, policy).Select(s => (s.Clinic.Code, CapWeek.Of(now, s.Clinic.TimeZone), s.Owed))];

    // The kinds only: the history outlives the patient's data, and must not say what they have.
    private static List<string> Kinds(IReadOnlyList<string> reasons) => [.. reasons.Select(r => r.Split(':')[0]).Distinct(StringComparer.Ordinal)];
}
