using InquiryRouter.Application.Clinics;
using InquiryRouter.Core.Demo;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;

namespace InquiryRouter.Application.Demo;

/// <summary>What invented clinics do: within their hours, some quickly, some never.</summary>
public sealed class ClinicPart(
    NetworkCache networks, AcceptReferral accept, DeclineReferral decline, QuoteReferral quote, BookReferral book,
        CompleteReferral complete,
    ReturnPatient giveBack, AskQuestion ask, AnswerCoordinator answer) : IDemoPart
{
    private static readonly TimeSpan s_untilTreatment = TimeSpan.FromDays(40);

    private static readonly (double, string)[] s_declines =
        [(4, "no-capacity"), (2, "outside-scope"), (3, "not-suitable"), (2, "needs-information"), (1, "other")];

    private static readonly (double, string)[] s_returns = [(2, "cannot-reach-patient"), (3, "patient-decided-otherwise"),
        (1, "not-suitable"), (1, "no-capacity")];

    private NetworkSnapshot? _network;

    /// <summary>Before anything is played.</summary>
    public async Task PrepareAsync(CancellationToken cancellation) => _network = await networks.CurrentAsync(cancellation);

    /// <summary>The clinics there are.</summary>
    public IReadOnlyList<Clinic> Clinics => _network!.Clinics;

    IEnumerable<Intention> IDemoPart.Look(DemoCase found, Dice dice) =>
        found.Case.Inquiry.State is InquiryState.Closed or InquiryState.Erased
        ? [] : found.Case.Referrals.Where(r => _network!.ByCode.ContainsKey(r.ClinicCode)).SelectMany(r => Look(found, r, dice));

    private IEnumerable<Intention> Look(DemoCase found, ReferralRecord referral, Dice dice)
    {
        var (clinic, who, n) = (_network!.ByCode[referral.ClinicCode], Actor.Clinic(referral.ClinicCode), referral.N);

        // Each clinic is as quick as it is.
        var pace = Pace(clinic.Code);
        switch (referral.State)
        {
            case ReferralState.Offered or ReferralState.Viewed:
                yield return new Intention($"answer {n} {referral.OfferUntil:u}", Open(clinic, referral.OfferedAt + dice.Delay(7 * pace)),
                    (d, stop) => AnswerAsync(found, referral, who, d, stop));
                break;
            case ReferralState.Accepted:
                var since = referral.AcceptedAt ?? referral.OfferedAt;
                if (dice.Is(0.55))
                {
                    yield return new Intention($"quote {n}", Open(clinic, since + dice.Delay(50 * pace)), (d, stop) =>
                        QuoteAsync(referral, clinic, who, d, stop));
                }

                foreach (var later in AfterYes(referral, clinic, since, who, dice))
                {
                    yield return later;
                }

                break;
            case ReferralState.Quoted when referral.AcceptedAt is { } yes:
                foreach (var later in AfterYes(referral, clinic, yes, who, dice))
                {
                    yield return later;
                }

                break;
            case ReferralState.Booked:
                var treated = Open(clinic, (referral.AnsweredAt ?? referral.OfferedAt) + TimeSpan.FromDays(25 + dice.Below(40)));
                yield return dice.Is(0.92)
                    ? new Intention($"treated {n}", treated, (_, stop) => complete.RunAsync(referral.Id, On(treated, clinic), who, stop))
                    : new Intention($"treated {n}", treated, (_, stop) => giveBack.RunAsync(referral.Id, "did-not-come", null, who, stop));
                break;
        }

        foreach (var note in found.Case.Notes.Where(m => m.ReferralId == referral.Id
            && m is { Author: NoteAuthor.Coordinator, Kind: NoteKind.Message }))
        {
            yield return new Intention($"reply {n} {note.At:u}", Open(clinic, note.At + dice.Delay(9)),
                (d, stop) => answer.RunAsync(referral.Id, NewId(d), d.Of(DemoWords.ClinicReplies), who, stop));
        }
    }

    private IEnumerable<Intention> AfterYes(ReferralRecord referral, Clinic clinic, DateTimeOffset since, Actor who, Dice dice)
    {
        var n = referral.N;
        switch (dice.Weighted([(48, "book"), (9, "return"), (43, "nothing")]))
        {
            case "book":
                var booked = Open(clinic, since + TimeSpan.FromDays(4) + dice.Delay(220, 0.6));
                yield return new Intention($"after {n}", booked, (_, stop) =>
                    book.RunAsync(referral.Id, On(booked + s_untilTreatment, clinic), who, stop));
                break;
            case "return":
                yield return new Intention($"after {n}", Open(clinic, since + dice.Delay(120)),
                    (d, stop) => giveBack.RunAsync(referral.Id, d.Weighted(s_returns), d.Is(0.5) ? d.Of(DemoWords.Remarks) : null, who,
                        stop));
                break;
            default:
                yield return new Intention($"after {n}", since, null);
                break;
        }
    }

    private async Task AnswerAsync(DemoCase found, ReferralRecord referral, Actor who, Dice dice, CancellationToken cancellation)
    {
        switch (dice.Weighted([(52, "yes"), (11, "quote"), (20, "no"), (4, "question"), (13, "silence")]))
        {
            case "yes":
                await accept.RunAsync(referral.Id, who, cancellation);
                break;
            case "quote":
                await QuoteAsync(referral, _network!.ByCode[referral.ClinicCode], who, dice, cancellation);
                break;
            case "no":
                await decline.RunAsync(referral.Id, dice.Weighted(s_declines), dice.Is(0.4) ? dice.Of(DemoWords.Remarks) : null, who,
                    cancellation);
                break;
            case "question":
                await ask.RunAsync(referral.Id, NewId(dice), dice.Of(DemoWords.ClinicQuestions), who, cancellation);
                break;
        }
    }

    private Task<Outcome> QuoteAsync(ReferralRecord referral, Clinic clinic, Actor who, Dice dice, CancellationToken cancellation)
    {
        var price = clinic.Packages.Length > 0 ? clinic.Packages[dice.Below(clinic.Packages.Length)] : null;
        var content = new QuoteContent
        {
            Items =
            [
                new("treatment", Math.Round((price?.PriceAmount ?? 14_000) * (decimal)(0.85 + (dice.Next() * 0.3)) / 50) * 50),
                new("tests", 300 + (50 * dice.Below(12))), new("hotel", dice.Is(0.5) ? null : 80 * (3 + dice.Below(5))),
                    new("airport-transfer", null),
            ],
            Remark = dice.Is(0.6) ? dice.Of(DemoWords.QuoteRemarks) : null,
        };
        var today = DateOnly.FromDateTime(referral.OfferedAt.UtcDateTime);
        return quote.RunAsync(referral.Id, new TypedQuote(NewId(dice), content, price?.PriceCurrency ?? "USD",
            today.AddDays(30 + dice.Below(60))), who, cancellation);
    }

    private static ReportedTreatment On(DateTimeOffset moment, Clinic clinic) => new(CapWeek.Day(moment, clinic.TimeZone));

    internal static Guid NewId(Dice dice)
    {
        Span<byte> bytes = stackalloc byte[16];
        dice.Fill(bytes);
        return new Guid(bytes);
    }

    // From half of what is usual to three times.
    private static double Pace(string clinic) => 0.5 + (clinic.Sum(c => c * 31) % 11 / 4.0);

    // At a moment when somebody is there.
    private static DateTimeOffset Open(Clinic clinic, DateTimeOffset moment)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone);
        for (var i = 0; i < 15; i++)
        {
            var local = TimeZoneInfo.ConvertTime(moment, zone);
            var (day, time) = (local.DayOfWeek, TimeOnly.FromTimeSpan(local.TimeOfDay));
            if (clinic.WorkDays.Contains(day) && time >= clinic.Opens && time < clinic.Closes)
            {
                break;
            }

            // The next opening, and as many minutes into it as the hour had. A difference of times of the day goes around midnight.
            moment += (clinic.Opens - time) + TimeSpan.FromMinutes(time.Minute + 1);
        }

        return moment;
    }
}
