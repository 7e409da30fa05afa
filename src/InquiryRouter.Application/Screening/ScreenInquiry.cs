using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Screening;

/// <summary>May the inquiry go on by itself? The patient's acknowledgement says what happens next either way.</summary>
public sealed class ScreenInquiry(
    Work work, Screener screener, ScreeningPolicy policy, DuplicateSearch duplicates, KeyedHash hash, PatientVault vault, MailWriter mails)
    : IHandle<InquiryReceived>
{
    // Each needs another inquiry with the same mailbox, phone or name between a look and the next.
    private const int MostRounds = 5;

    private static readonly Actor s_actor = Actor.Stage("screening");

    public async Task HandleAsync(InquiryReceived message, MessageContext context, CancellationToken cancellation)
    {
        if (await work.ReadAsync(session => LoadAsync(session, message), cancellation) is not { } received)
        {
            return;
        }

        var (inquiry, patient, consent, unreachable, _, health) = received;
        var data = vault.Open(patient);
        var known = new ScreeningFacts
        {
            Inquiry = inquiry.Facts, Consent = consent, PatientName = data.Name, Message = data.Message, PatientUnreachable = unreachable,
            Health = NoteStore.Health(vault, patient, health),
            Released = inquiry.Released,
        };
        var verdict = Screen(known);

        // A message that came before is never enough alone: only what has another sign is counted, and found, by its message.
        var suspicious = verdict.Spam.Reasons.Count > 0;
        var tokens = hash.SearchTokensOf(data, inquiry.Facts.BirthYear, withMessage: suspicious);
        var names = hash.NameTokensOf(data);
        if (suspicious && await CopiesAsync(inquiry.Id, tokens, cancellation) is > 0 and var copies)
        {
            known = known with { Copies = copies };
            verdict = Screen(known);
        }

        // Nearly every patient is new: decided as if this one were, and asked in the transaction that stores it. The tokens are stored either way,
        // so that whoever comes at the same moment finds them.
        IReadOnlySet<InquiryId> expected = new HashSet<InquiryId>();
        for (var round = 1; round <= MostRounds; round++)
        {
            var others = await work.ApplyAsync(
                context,
                async tx =>
                {
                    await SearchTokenStore.AddAsync(tx, inquiry.Id, tokens);
                    await NameTokenStore.AddAsync(tx, inquiry.Id, names);
                    return await SearchTokenStore.FindOthersAsync(tx, inquiry.Id, tokens, DuplicateSearch.MostCompared);
                },
                found => found.SetEquals(expected),
                Steps(received, verdict, known.Duplicates),
                cancellation);
            if (others.SetEquals(expected))
            {
                return;
            }

            known = known with { Duplicates = await duplicates.CompareAsync(inquiry, Person.Of(data, inquiry.Facts), others, cancellation) };
            (verdict, expected) = (Screen(known), others);
        }

        throw new ConflictException($"Inquiry {inquiry.Id} is one of many alike that arrive at this moment.");
    }

    private ScreeningVerdict Screen(ScreeningFacts facts) => screener.Screen(facts, policy.SpamThreshold, work.Now);

    private Step?[] Steps(Received received, ScreeningVerdict verdict, IReadOnlyList<DuplicateFinding> duplicates)
    {
        var (inquiry, patient, _, _, withheld, _) = received;
        var goesOn = verdict.Outcome == ScreeningOutcome.Cleared;

        // To a suspected robot nothing is sent: the address may be somebody else's. One that was corrected has had its acknowledgement.
        var acknowledgement = withheld || verdict.Outcome == ScreeningOutcome.Quarantined
            ? null : mails.Acknowledgement(
                inquiry, patient, held: !goesOn, verdict.Reasons.Any(r => r.Urgent),
                asksConsent: verdict.Reasons.Contains(HoldReason.NoConsentToShare));
        return
        [
            verdict.Outcome != ScreeningOutcome.Quarantined ? null
                : new Store("mail-request", tx => MailRequestStore.WithholdAsync(tx, MailKind.Acknowledgement, inquiry.Id)),
            new MoveInquiry(inquiry, new InquiryMove(Trigger(verdict.Outcome), s_actor, HoldReasons: verdict.Reasons)),
            new AddSpamScore(inquiry.Id, verdict.Spam),
            .. duplicates.Select(finding => new SuggestPair(inquiry.Id, finding)),
            SendMailOnce.If(acknowledgement),
            goesOn ? new AnnounceCleared(inquiry) : new AnnounceHeld(inquiry),
        ];
    }

    private Task<int> CopiesAsync(
        InquiryId inquiryId, IReadOnlyList<SearchToken> tokens, CancellationToken cancellation) => work.ReadAsync(
        session => SearchTokenStore.CountCopiesAsync(session, inquiryId, tokens, session.Now - SpamScore.CopiesWithin, SpamScore.ManyCopies), cancellation);

    private static async Task<Received?> LoadAsync(Session session, InquiryReceived message) =>
        await session.FindAtAsync(message.InquiryId, message.Version) is { } found
            ? new Received(found, await session.PatientAsync(found.Id), await ConsentAsync(session, found.Id),
                await UnreachablePatientStore.IsKnownAsync(session, found.Id),
                await MailRequestStore.IsWithheldAsync(session, MailKind.Acknowledgement, found.Id),
                await NoteStore.ListHealthAsync(session, found.Id))
            : null;

    private static async Task<ConsentGiven> ConsentAsync(Session session, InquiryId inquiryId) =>
        await InquiryStore.FindConsentAsync(session, inquiryId) ?? throw new InvalidOperationException($"Inquiry {inquiryId} has no consent record.");

    private static InquiryTrigger Trigger(ScreeningOutcome outcome) => outcome switch
    {
        ScreeningOutcome.Cleared => InquiryTrigger.Clear,
        ScreeningOutcome.Held => InquiryTrigger.Hold,
        ScreeningOutcome.Quarantined => InquiryTrigger.Quarantine,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    private sealed record Received(InquiryRecord Inquiry, SealedPatient Patient, ConsentGiven Consent, bool Unreachable, bool Withheld,
        IReadOnlyList<NoteRecord> Health);
}
