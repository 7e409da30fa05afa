using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.FollowUp;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Steps;

/// <summary>What was planned stands only on the network it was planned with.</summary>
public sealed record RequireNetwork(long Version) : Step
{
    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        if (await NetworkStore.VersionAsync(tx) != Version)
        {
            throw new ConflictException("The network has changed since the offers were planned.");
        }
    }
}

/// <summary>An offer ready to be stored.</summary>
/// <param name="N">1 for the first clinic that is offered the inquiry, and so on.</param>
/// <param name="MatchId">The decision it is made under.</param>
/// <param name="Mail">What the clinic is sent, with its link.</param>
public sealed record NextOffer(
    Clinic Clinic, ReferralId ReferralId, int N, Guid MatchId, DateTimeOffset OfferUntil, DateTimeOffset RemindAt,
    DateOnly CapWeek, DateOnly Day, SendMail Mail)
{
    /// <summary>A person offers it although the clinic has had as many as it takes.</summary>
    public bool BeyondCap { get; init; }
}

/// <summary>Offers an inquiry to a clinic: takes a place of its week and day, and promises when the offer ends. Conflicts when the last place has gone to another inquiry.</summary>
public sealed record AddOffer(InquiryId InquiryId, NextOffer Offer) : Step
{
    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        var takes = Offer.BeyondCap ? Offer.Clinic with { WeeklyCap = int.MaxValue, DailyPace = null } : Offer.Clinic;
        applied.Load.Take(takes, Offer.CapWeek, Offer.Day);
        await ReferralStore.AddAsync(tx, Offer.ReferralId, InquiryId, Offer.N, Offer.Clinic, Offer.MatchId, Offer.OfferUntil, Offer.CapWeek);
        await FollowUpStore.AddAsync(tx, InquiryId, FollowUpKind.OfferExpiry, Offer.N, Offer.ReferralId.Value, Offer.OfferUntil);
        await FollowUpStore.AddAsync(tx, InquiryId, FollowUpKind.OfferReminder, Offer.N, Offer.ReferralId.Value, Offer.RemindAt);
        await Offer.Mail.ApplyAsync(tx, applied);
    }

    internal override void Tell(ILogger log) => Telemetry.Offered(clinics: 1);
}

/// <summary>
/// An offer that had ended takes its place in the clinic's week again, whether one is left or not: the clinic itself asks for it.
/// </summary>
public sealed record TakePlaceAgain(ReferralRecord Referral, Clinic Clinic, DateTimeOffset Now) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied)
    {
        applied.Load.Take(
            Clinic with { WeeklyCap = int.MaxValue, DailyPace = null }, Referral.CapWeek, CapWeek.Day(Now, Clinic.TimeZone));
        return Task.CompletedTask;
    }
}

/// <summary>Remembers what the clinic of an accepted referral no longer meets, so that it is told once; null: it meets all again.</summary>
/// <param name="Lapse">Code of the requirement.</param>
public sealed record SetLapse(AcceptedReferral Referral, string? Lapse) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied)
    {
        applied.LooksAgain(Referral.InquiryId, null);
        return ReferralStore.SetLapseAsync(tx, Referral, Lapse);
    }
}

/// <summary>How the clinics have answered, in place of what was known of it before.</summary>
public sealed record ReplaceAnswerRecords(IReadOnlyList<(string Clinic, ClinicLoad Record)> Records) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => LoadStore.ReplaceRecordsAsync(tx, Records);
}

/// <summary>Moves a referral from where it was loaded; for its end see <see cref="EndReferral"/>.</summary>
/// <param name="Discloses">The clinic is shown who the patient is.</param>
public sealed record MoveReferral(ReferralRecord Referral, ReferralTrigger Trigger, string? Reason = null, bool Discloses = false) : Step
{
    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        applied.Moved(Referral.Id, await ReferralStore.MoveAsync(tx, Referral, Trigger, Reason, discloses: Discloses));
        if (Trigger != ReferralTrigger.View)
        {
            applied.LooksAgain(Referral.InquiryId, null);
        }
    }

    internal override void Tell(ILogger log) => Telemetry.ReferralMoved(Trigger.ToString());

    internal override void Tell(SecurityLog log)
    {
        if (Discloses)
        {
            log.IdentityRevealed(Referral.ClinicCode, Referral.Id.Value);
        }
    }
}

/// <summary>A referral ends, and everything that ends with it: <see cref="Ending"/> says what.</summary>
public sealed record EndReferral(ReferralRecord Referral, Ending Ending) : Step
{
    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        applied.Moved(Referral.Id, await ReferralStore.MoveAsync(tx, Referral, Ending.Trigger, Ending.Reason));
        applied.LooksAgain(Referral.InquiryId, null);
        foreach (var kind in Ending.Cancels)
        {
            await FollowUpStore.CancelAsync(tx, Referral.InquiryId, kind, Referral.N);
        }

        if (Ending.FreesPlace)
        {
            applied.Load.Free(Referral.ClinicCode, Referral.CapWeek);
        }
    }

    internal override void Tell(ILogger log) => Telemetry.ReferralMoved(Ending.Trigger.ToString());
}

/// <summary>Who of the clinic gave the answer.</summary>
/// <param name="Person">As <c>AccessLinkStore.PersonOf</c>.</param>
public sealed record MarkAnswered(ReferralRecord Referral, byte[] Person) : Step
{
    /// <summary>No step for nobody in particular.</summary>
    public static MarkAnswered? If(ReferralRecord referral, byte[]? person) => person is null ? null : new MarkAnswered(referral, person);

    internal override Task ApplyAsync(Tx tx, Applied applied) => ReferralStore.AnsweredByAsync(tx, Referral.Id, Person);
}

/// <summary>What a clinic says of a booking or a treatment.</summary>
public sealed record ReportTreatment(
    ReferralRecord Referral, DateOnly? BookedOn, DateOnly? TreatedOn, decimal? Amount, string? Currency) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) =>
        ReferralStore.ReportAsync(tx, Referral.Id, BookedOn, TreatedOn, Amount, Currency);
}

/// <summary>The patient says that it is not so.</summary>
public sealed record DisputeReport(ReferralRecord Referral) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => ReferralStore.DisputeAsync(tx, Referral.Id);
}

/// <summary>The workers hear that a clinic has answered, or the patient about its quote.</summary>
public sealed record AnnounceAnswered(ReferralRecord Referral) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => OutboxStore.AddAsync(
        tx,
        new ReferralAnswered
        {
            InquiryId = Referral.InquiryId, ReferralId = Referral.Id, Version = applied.VersionOf(Referral.Id, Referral.Version),
        });
}

/// <summary>A clinic that has said yes is shown from now on who the patient is.</summary>
public sealed record DiscloseIdentity(ReferralRecord Referral) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => ReferralStore.DiscloseAsync(tx, Referral);

    internal override void Tell(SecurityLog log) => log.IdentityRevealed(Referral.ClinicCode, Referral.Id.Value);
}

/// <summary>The patient lets a clinic see who they are, or does not.</summary>
public sealed record ChooseIdentity(ReferralRecord Referral, bool Allowed) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) =>
        IdentityChoiceStore.SetAsync(tx, Referral.InquiryId, Referral.ClinicCode, Allowed);
}

/// <summary>The clinic has until another moment to answer.</summary>
public sealed record ExtendOffer(ReferralRecord Referral, DateTimeOffset Until) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => ReferralStore.ExtendAsync(tx, Referral.Id, Until);
}

/// <summary>What a clinic would ask for the treatment.</summary>
public sealed record AddQuote(QuoteRecord Quote) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied)
    {
        applied.LooksAgain(Quote.InquiryId, null);
        return QuoteStore.AddAsync(tx, Quote);
    }
}

/// <summary>What falls due about a referral, at another moment or for the first time.</summary>
public sealed record SetFollowUp(ReferralRecord Referral, FollowUpKind Kind, DateTimeOffset DueAt) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) =>
        FollowUpStore.SetAsync(tx, Referral.InquiryId, Kind, Referral.N, Referral.Id.Value, DueAt);
}

/// <summary>What an answer had cancelled, or what had fired beside it, is due again.</summary>
public sealed record ReviveFollowUp(ReferralRecord Referral, FollowUpKind Kind, DateTimeOffset DueAt) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => FollowUpStore.ReviveAsync(tx, Referral.InquiryId, Kind, Referral.N, DueAt);
}

/// <summary>Nothing of the kind is due about the referral any more.</summary>
public sealed record CancelFollowUp(ReferralRecord Referral, FollowUpKind Kind) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => FollowUpStore.CancelAsync(tx, Referral.InquiryId, Kind, Referral.N);
}

/// <summary>Makes a promise for a moment; one that was made for it already is not made again.</summary>
/// <param name="Number">What tells it from others of its kind.</param>
public sealed record PromiseFollowUp(ReferralRecord Referral, FollowUpKind Kind, int Number, DateTimeOffset DueAt) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) =>
        FollowUpStore.PromiseAsync(tx, Referral.InquiryId, Kind, Number, Referral.Id.Value, DueAt);
}

/// <summary>Nothing of the kind is due about the inquiry any more.</summary>
public sealed record StopFollowUps(InquiryId InquiryId, FollowUpKind Kind) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => FollowUpStore.StopAsync(tx, InquiryId, Kind);
}
