using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Worker.Screening;

/// <summary>May the inquiry go on by itself? The patient's acknowledgement says what happens next either way.</summary>
public sealed class ScreenInquiry(Database database, Screener screener, PatientVault vault, MailWriter mails) : IHandle<InquiryReceived>
{
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

        var verdict = screener.Screen(inquiry.Facts, consent, vault.Open(patient).Message, database.Clock.GetUtcNow());

        var cleared = verdict.Outcome == ScreeningOutcome.Cleared;
        var acknowledgement = mails.Acknowledgement(inquiry, patient, held: !cleared, urgent: verdict.Reasons.Any(r => r.Urgent));
        var move = new InquiryMove(Trigger(verdict.Outcome), s_actor, HoldReasons: verdict.Reasons);
        await database.WriteAsync(
            async tx =>
            {
                await InboxStore.AddAsync(tx, context);
                var version = await InquiryStore.MoveAsync(tx, inquiry, move);

                // To a suspected robot nothing is sent: the address may be somebody else's.
                if (verdict.Outcome != ScreeningOutcome.Quarantined)
                {
                    await MailStore.AddAsync(tx, acknowledgement);
                }

                await OutboxStore.AddAsync(tx, cleared
                    ? new InquiryCleared { InquiryId = inquiry.Id, Version = version }
                    : new InquiryHeld { InquiryId = inquiry.Id, Version = version });
            },
            cancellation: cancellation);
    }

    private static async Task<ConsentGiven> ConsentAsync(Session session, Guid inquiryId) =>
        await InquiryStore.FindConsentAsync(session, inquiryId) ?? throw new InvalidOperationException($"Inquiry {inquiryId} has no consent record.");

    private static InquiryTrigger Trigger(ScreeningOutcome outcome) => outcome switch
    {
        ScreeningOutcome.Cleared => InquiryTrigger.Clear,
        ScreeningOutcome.Held => InquiryTrigger.Hold,
        ScreeningOutcome.Quarantined => InquiryTrigger.Quarantine,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
