using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Demo;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Application.Demo;

/// <summary>What invented patients do on the page of their inquiry.</summary>
public sealed class PatientPart(
    AddInformation add, AnswerQuestion answer, AnswerCheckIn checkIn, GiveConsent consent, ShowIdentity show, DeclineQuote declineQuote,
    WithdrawInquiry withdraw) : IDemoPart
{
    private const string ConsentText = "2026-11";

    private static readonly (double, string)[] s_checkIns = [(60, "in-touch"), (12, "booked"), (14, "no-contact"), (6, "treated"),
        (8, "stop")];

    IEnumerable<Intention> IDemoPart.Look(DemoCase found, Dice dice)
    {
        var (inquiry, id) = (found.Case.Inquiry, found.Id);
        if (inquiry.State is InquiryState.Closed or InquiryState.Erased or InquiryState.Quarantined)
        {
            yield break;
        }

        // Once for all: most never write, few withdraw.
        var (writes, leaves) = (dice.Is(0.12), dice.Is(0.05));
        yield return new Intention("write", inquiry.ReceivedAt + dice.Delay(90), 
            !writes ? null : (d, stop) => add.RunAsync(id, d.Of(DemoWords.Additions), "demo", Actor.Patient, stop));
        yield return new Intention("leave", inquiry.ReceivedAt + dice.Delay(260), 
            !leaves ? null : (_, stop) => withdraw.RunAsync(id, Actor.Patient, stop));

        foreach (var question in found.Case.Notes.Where(n => n.Kind == NoteKind.Question))
        {
            var answers = dice.Is(0.72);
            yield return new Intention($"question {question.At:u}", question.At + dice.Delay(16), 
                !answers ? null : (d, stop) => AnswerAsync(found, question, d, stop));
        }

        foreach (var asked in found.CheckIns)
        {
            var answers = dice.Is(0.5);
            yield return new Intention($"check-in {asked:u}", asked + dice.Delay(10), 
                !answers ? null : (d, stop) => checkIn.RunAsync(id, d.Weighted(s_checkIns), $"{asked:u}", Actor.Patient, stop));
        }

        foreach (var referral in found.Case.Referrals.Where(r => r is { State: ReferralState.Quoted, AcceptedAt: null }))
        {
            var decides = dice.Weighted([(55, "show"), (25, "decline"), (20, "nothing")]);
            yield return new Intention($"decide {referral.N}", (referral.AnsweredAt ?? referral.OfferedAt) + dice.Delay(60), decides switch
            {
                "show" => (_, stop) => show.RunAsync(id, referral.N, Actor.Patient, stop),
                "decline" => (_, stop) => declineQuote.RunAsync(id, referral.N, Actor.Patient, stop),
                _ => null,
            });
        }
    }

    private async Task AnswerAsync(DemoCase found, NoteRecord question, Dice dice, CancellationToken cancellation)
    {
        if (!found.Case.Facts.Shares)
        {
            await consent.RunAsync(found.Id, ConsentText, Actor.Patient, cancellation);
        }
        else
        {
            await answer.RunAsync(found.Id, question.Id, dice.Of(DemoWords.Answers(found.Case.Inquiry.Facts.Language)), Actor.Patient, cancellation);
        }
    }
}
