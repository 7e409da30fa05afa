using System.Collections.Frozen;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Worker.Matching;

/// <summary>Which clinics may be offered the inquiry, in which order; stored with a reason for every clinic that may not.</summary>
public sealed class MatchInquiry(Database database, NetworkCache networks, MatchRules rules, MatchPolicy policy) : IHandle<InquiryCleared>
{
    private static readonly Actor s_actor = Actor.Stage("matching");

    public async Task HandleAsync(InquiryCleared message, MessageContext context, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var now = database.Clock.GetUtcNow();
        var (inquiry, load) = await database.ReadAsync(
            async session => await session.FindAtAsync(message.InquiryId, message.Version) is { } found
                ? (found, await LoadAsync(session, found.Id, network, now))
                : (null, MatchLoad.None),
            cancellation);
        if (inquiry is null)
        {
            return;
        }

        var decision = Matcher.Match(inquiry.Facts, network, rules, policy, load, now);

        var match = MatchStore.Prepare(decision, load);
        await database.WriteAsync(
            async tx =>
            {
                await InboxStore.AddAsync(tx, context);
                await MatchStore.AddAsync(tx, inquiry.Id, inquiry.Version, match);
                if (decision.Ranked.Count == 0)
                {
                    var held = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Hold, s_actor, HoldReasons: [HoldReason.NoClinicFits]));
                    await OutboxStore.AddAsync(tx, new InquiryHeld { InquiryId = inquiry.Id, Version = held });
                }
                else
                {
                    var matched = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Match, s_actor));
                    await OutboxStore.AddAsync(tx, new InquiryMatched { InquiryId = inquiry.Id, Version = matched, MatchId = match.Id });
                }
            },
            cancellation: cancellation);
    }

    private static async Task<MatchLoad> LoadAsync(Session session, Guid inquiryId, NetworkSnapshot network, DateTimeOffset now) => new(
        (await ReferralStore.FullClinicsAsync(session, network, now)).ToFrozenSet(StringComparer.Ordinal),
        (await ReferralStore.ListAsync(session, inquiryId)).Select(r => r.ClinicCode).ToFrozenSet(StringComparer.Ordinal));
}
