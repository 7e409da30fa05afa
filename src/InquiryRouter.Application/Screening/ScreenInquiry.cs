using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Screening;

/// <summary>May the inquiry go on by itself? The patient's acknowledgement says what happens next either way.</summary>
public sealed class ScreenInquiry(
    Database database, Screener screener, ScreeningPolicy policy, DuplicateSearch duplicates, KeyedHash hash, PatientVault vault, MailWriter mails)
    : IHandle<InquiryReceived>
{
    // Each needs another inquiry with the same mailbox, phone or name between a look and the next.
    private const int MostRounds = 5;

    private static readonly Actor s_actor = Actor.Stage("screening");

    public async Task HandleAsync(InquiryReceived message, MessageContext context, CancellationToken cancellation)
    {
        var facts = await database.ReadAsync(
            async session => await session.FindAtAsync(message.InquiryId, message.Version) is { } found
                ? (found, await session.PatientAsync(found.Id), await ConsentAsync(session, found.Id))
                : default((InquiryRecord?, SealedPatient?, ConsentGiven?)),
            cancellation);
        if (facts is not ({ } inquiry, { } patient, { } consent))
        {
            return;
        }

        var data = vault.Open(patient);
        var known = new ScreeningFacts { Inquiry = inquiry.Facts, Consent = consent, PatientName = data.Name, Message = data.Message };
        var decision = Decide(known);

        // A message that came before is never enough alone: only what has another sign is counted, and found, by its message.
        var suspicious = decision.Verdict.Spam.Reasons.Count > 0;
        var tokens = hash.SearchTokensOf(data, inquiry.Facts.BirthYear, withMessage: suspicious);
        if (suspicious && await CopiesAsync(inquiry.Id, tokens, cancellation) is > 0 and var copies)
        {
            known = known with { Copies = copies };
            decision = Decide(known);
        }

        // Nearly every patient is new: decided as if this one were, and asked in the transaction that stores it. The tokens are stored either way,
        // so that whoever comes at the same moment finds them.
        IReadOnlySet<Guid> expected = new HashSet<Guid>();
        for (var round = 1; round <= MostRounds; round++)
        {
            var others = await database.WriteAsync(
                async tx =>
                {
                    await SearchTokenStore.AddAsync(tx, inquiry.Id, tokens);
                    var found = await SearchTokenStore.FindOthersAsync(tx, inquiry.Id, tokens, DuplicateSearch.MostCompared);
                    if (found.SetEquals(expected))
                    {
                        await ApplyAsync(tx, decision);
                    }

                    return found;
                },
                cancellation: cancellation);
            if (others.SetEquals(expected))
            {
                return;
            }

            var findings = await duplicates.CompareAsync(inquiry, Person.Of(data, inquiry.Facts), others, cancellation);
            if (inquiry.Version > 1)
            {
                // Corrected, and screened again: what a coordinator has decided about stays decided.
                var decided = await database.ReadAsync(session => InquiryLinkStore.ListAsync(session, inquiry.Id), cancellation);
                findings = [.. findings.Where(f => !decided.Any(l => l.State == LinkState.Rejected && (l.OtherId == f.Other.Id || l.InquiryId == f.Other.Id)))];
            }

            (decision, expected) = (Decide(known with { Duplicates = findings }), others);
        }

        throw new ConflictException($"Inquiry {inquiry.Id} is one of many alike that arrive at this moment.");

        Decision Decide(ScreeningFacts screened)
        {
            var verdict = screener.Screen(screened, policy.SpamThreshold, database.Clock.GetUtcNow());
            var held = verdict.Outcome != ScreeningOutcome.Cleared;

            // To a suspected robot nothing is sent: the address may be somebody else's.
            var acknowledgement = verdict.Outcome == ScreeningOutcome.Quarantined ? null : mails.Acknowledgement(inquiry, patient, held, verdict.Reasons.Any(r => r.Urgent));
            return new Decision(verdict, screened.Duplicates, acknowledgement);
        }

        async Task ApplyAsync(Tx tx, Decision decided)
        {
            await InboxStore.AddAsync(tx, context);
            var version = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(Trigger(decided.Verdict.Outcome), s_actor, HoldReasons: decided.Verdict.Reasons));
            await SpamScoreStore.AddAsync(tx, inquiry.Id, decided.Verdict.Spam);
            foreach (var finding in decided.Duplicates)
            {
                await InquiryLinkStore.SuggestAsync(tx, inquiry.Id, finding);
            }

            if (decided.Acknowledgement is { } acknowledgement)
            {
                // One that was corrected has had its acknowledgement.
                await MailStore.TryAddAsync(tx, acknowledgement);
            }

            await OutboxStore.AddAsync(tx, decided.Verdict.Outcome == ScreeningOutcome.Cleared
                ? new InquiryCleared { InquiryId = inquiry.Id, Version = version }
                : new InquiryHeld { InquiryId = inquiry.Id, Version = version });
        }
    }

    private Task<int> CopiesAsync(Guid inquiryId, IReadOnlyList<SearchToken> tokens, CancellationToken cancellation) => database.ReadAsync(
        session => SearchTokenStore.CountCopiesAsync(session, inquiryId, tokens, session.Now - SpamScore.CopiesWithin, SpamScore.ManyCopies), cancellation);

    private static async Task<ConsentGiven> ConsentAsync(Session session, Guid inquiryId) =>
        await InquiryStore.FindConsentAsync(session, inquiryId) ?? throw new InvalidOperationException($"Inquiry {inquiryId} has no consent record.");

    private static InquiryTrigger Trigger(ScreeningOutcome outcome) => outcome switch
    {
        ScreeningOutcome.Cleared => InquiryTrigger.Clear,
        ScreeningOutcome.Held => InquiryTrigger.Hold,
        ScreeningOutcome.Quarantined => InquiryTrigger.Quarantine,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    private sealed record Decision(ScreeningVerdict Verdict, IReadOnlyList<DuplicateFinding> Duplicates, NewMail? Acknowledgement);
}
