using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Demo;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Application.Demo;

/// <summary>What invented coordinators do: what is open is looked at in some hours, now and then late.</summary>
public sealed class CoordinatorPart(
    ReleaseInquiry release, CloseInquiry close, AskPatient ask, NoteInquiry note, WriteToClinic write, FinishWork finish,
        PairInquiries pair,
    UnpairInquiries unpair, ListPairsOfInquiry pairs) : IDemoPart
{
    private static readonly Actor[] s_people = [Actor.Coordinator("Maria"), Actor.Coordinator("Tom"), Actor.Coordinator("Aisha")];

    private static readonly (double, string)[] s_silent = [(60, "gone-silent"), (25, "booked-elsewhere"), (15, "reached-otherwise")];

    IEnumerable<Intention> IDemoPart.Look(DemoCase found, Dice dice)
    {
        var inquiry = found.Case.Inquiry;
        foreach (var open in found.Work)
        {
            var hours = open.Urgent ? 0.4 : open.Kind switch
            {
                WorkKind.Quarantined or WorkKind.PossibleDuplicate => 16,
                WorkKind.QuoteToLookAt => 11,
                _ => 5,
            };
            var from = open.Kind == WorkKind.AwaitingPatient ? open.DueAt : open.Since > inquiry.ChangedAt ? open.Since : inquiry.ChangedAt;
            yield return new Intention(
                $"work {open.Seq} {inquiry.Version} {open.Version}", OpenHours(from + dice.Delay(hours, 1.2)), (d, stop) =>
                    DoAsync(found, open, d.Of(s_people), d, stop));
        }

        if (inquiry.State is InquiryState.Accepted or InquiryState.Referred or InquiryState.Booked)
        {
            var notes = dice.Is(0.1);
            yield return new Intention("note", inquiry.ReceivedAt + dice.Delay(70), 
                !notes ? null : (d, stop) => note.RunAsync(new Seen(found.Reference), ClinicPart.NewId(d), d.Of(DemoWords.Notes),
                    d.Of(s_people), stop));
        }

        // What a clinic has said yes to, and what came to nothing more, is put away in the end.
        if (inquiry.State == InquiryState.Accepted && found.Case.Referrals.Max(r => r.AcceptedAt) is { } yes)
        {
            yield return new Intention($"put away {yes:u}", yes + TimeSpan.FromDays(38 + dice.Below(15)), (d, stop) =>
                PutAwayAsync(found, d, stop));
        }
    }

    // On weekdays from eight to five; an emergency may lie over night all the same.
    private static DateTimeOffset OpenHours(DateTimeOffset moment)
    {
        while (moment.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || moment.Hour is < 8 or >= 17)
        {
            moment = moment.AddHours(1);
        }

        return moment;
    }

    private async Task PutAwayAsync(DemoCase found, Dice dice, CancellationToken cancellation) => await close.RunAsync(
        new Seen(found.Reference), new Closing(dice.Weighted(s_silent), null, TellPatient: dice.Is(0.6)), dice.Of(s_people), cancellation);

    private async Task DoAsync(DemoCase found, OpenWork open, Actor who, Dice dice, CancellationToken cancellation)
    {
        var seen = new Seen(found.Reference);
        switch (open.Kind)
        {
            case WorkKind.EmergencyWords:
                await note.RunAsync(seen, ClinicPart.NewId(dice), DemoWords.Notes[1], who, cancellation);
                await ReleaseOrCloseAsync(found, who, 0.7, HoldReason.ReachedOtherwise, dice, cancellation);
                break;
            case WorkKind.Held:
                await HeldAsync(found, who, dice, cancellation);
                break;
            case WorkKind.Quarantined:
                await ReleaseOrCloseAsync(found, who, 0.15, HoldReason.Spam, dice, cancellation);
                break;
            case WorkKind.AwaitingPatient:
                await CloseAsync(seen, HoldReason.GoneSilent, who, dice, cancellation);
                break;
            case WorkKind.PossibleDuplicate:
                await PairAsync(found, who, dice, cancellation);
                break;
            case WorkKind.BadCheckIn when found.Case.Referrals.FirstOrDefault(r => ReferralTransitions.IsInHand(r.State)) is { } at
                && dice.Is(0.6):
                await write.RunAsync(seen, ClinicPart.NewId(dice), at.ClinicCode, dice.Of(DemoWords.ToClinics), who, cancellation);
                await finish.RunAsync(new SeenWork(open.Seq), who, cancellation);
                break;
            default:
                await finish.RunAsync(new SeenWork(open.Seq), who, cancellation);
                break;
        }
    }

    private async Task HeldAsync(DemoCase found, Actor who, Dice dice, CancellationToken cancellation)
    {
        var (seen, reasons) = (new Seen(found.Reference), found.Case.Inquiry.HoldReasons);
        if (reasons.Contains(HoldReason.PossibleDuplicate))
        {
            await PairAsync(found, who, dice, cancellation);
        }
        else if (reasons.Contains(HoldReason.NoConsentToShare) && dice.Is(0.8))
        {
            await AskAsync(seen, QuestionTemplate.Consent, who, dice, cancellation);
        }
        else if (reasons.Contains(HoldReason.NoClinicFits) || reasons.Contains(HoldReason.NoClinicLeft)
            || reasons.Contains(HoldReason.OfferLimit))
        {
            if (dice.Is(0.3))
            {
                await AskAsync(seen, "wishes", who, dice, cancellation);
            }
            else
            {
                await CloseAsync(seen, HoldReason.NotSuitable, who, dice, cancellation);
            }
        }
        else if (!reasons.Contains(HoldReason.WaitsForCapacity))
        {
            if (dice.Is(0.12))
            {
                await AskAsync(seen, dice.Of(["reports", "phone", "age"]), who, dice, cancellation);
            }
            else
            {
                await ReleaseOrCloseAsync(found, who, 0.85, HoldReason.NotSuitable, dice, cancellation);
            }
        }
    }

    private async Task PairAsync(DemoCase found, Actor who, Dice dice, CancellationToken cancellation)
    {
        if (await pairs.RunAsync(found.Reference, cancellation) is not { Pairs: [var first, ..] })
        {
            return;
        }

        var other = first.Reference == found.Reference ? first.OtherReference : first.Reference;
        if (dice.Is(0.75))
        {
            await pair.RunAsync(found.Reference, other, who, cancellation);
        }
        else
        {
            await unpair.RunAsync(found.Reference, other, who, cancellation);
        }
    }

    private async Task ReleaseOrCloseAsync(
        DemoCase found, Actor who, double releases, HoldReason reason, Dice dice, CancellationToken cancellation)
    {
        if (!dice.Is(releases) || await release.RunAsync(found.Reference, who, cancellation) is Release.NoConsent)
        {
            await CloseAsync(new Seen(found.Reference), reason, who, dice, cancellation);
        }
    }

    private Task<ActionOutcome> CloseAsync(Seen seen, HoldReason reason, Actor who, Dice dice, CancellationToken cancellation) =>
        close.RunAsync(seen, new Closing(CloseReason.Code(reason), null, TellPatient: dice.Is(0.7)), who, cancellation);

    private Task<ActionOutcome> AskAsync(Seen seen, string template, Actor who, Dice dice, CancellationToken cancellation) =>
        ask.RunAsync(seen, ClinicPart.NewId(dice), new Asking(template, null), who, cancellation);
}
