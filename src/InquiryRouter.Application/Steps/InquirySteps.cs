using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.FollowUp;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Steps;

/// <summary>Moves an inquiry from where it was loaded, with its line of history. Of two presses at once the second conflicts here: put it first.</summary>
public sealed record MoveInquiry(InquiryRecord Inquiry, InquiryMove Move) : Step
{
    public MoveInquiry(InquiryRecord inquiry, InquiryTrigger trigger, Actor who, HistoryEvent? said = null)
        : this(inquiry, new InquiryMove(trigger, who, said))
    {
    }

    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        applied.Moved(Inquiry.Id, await InquiryStore.MoveAsync(tx, Inquiry, Move));
        if (!(WorkRules.IsInRouting(Inquiry.State) && InquiryTransitions.Next(Inquiry.State, Move.Trigger) is { } next && WorkRules.IsInRouting(next)))
        {
            applied.LooksAgain(Inquiry.Id, Move.Actor);
        }
    }

    internal override void Tell(ILogger log)
    {
        Telemetry.InquiryMoved(Move.Trigger.ToString());
        log.InquiryMoved(Inquiry.Reference, Inquiry.State, InquiryTransitions.Next(Inquiry.State, Move.Trigger), Move.Trigger, Move.Actor.Kind);
    }
}

/// <summary>What follows is applied only if the inquiry is where it was loaded.</summary>
public sealed record RequireUnmoved(InquiryRecord Inquiry) : Step
{
    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        if ((await InquiryStore.FindAsync(tx, Inquiry.Id))?.Version != Inquiry.Version)
        {
            throw new ConflictException($"Inquiry {Inquiry.Id} has moved on from version {Inquiry.Version}.");
        }
    }
}

/// <summary>A line of history that changes nothing the stages decide on: messages on their way stay valid.</summary>
public sealed record WriteHistory(InquiryRecord Inquiry, HistoryEvent Said, Actor Who) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => InquiryStore.RecordAsync(tx, Inquiry, Said, Who);
}

/// <summary>A coordinator lets it be offered further although the policy's most have been made: those up to the Nth do not count any more.</summary>
public sealed record CountOffersAfter(InquiryId InquiryId, int N) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => InquiryStore.CountOffersAfterAsync(tx, InquiryId, N);
}

/// <summary>The patient wants no check-ins any more: none of those that are promised, and none after another clinic's yes.</summary>
public sealed record StopCheckIns(InquiryId InquiryId) : Step
{
    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        await InquiryStore.StopCheckInsAsync(tx, InquiryId);
        await FollowUpStore.StopAsync(tx, InquiryId, FollowUpKind.CheckIn);
    }
}

/// <summary>It is to be screened, for the first time or anew.</summary>
public sealed record AnnounceReceived(InquiryRecord Inquiry) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => OutboxStore.AddAsync(
        tx, new InquiryReceived { InquiryId = Inquiry.Id, Version = applied.VersionOf(Inquiry.Id, Inquiry.Version) });
}

/// <summary>It goes on to matching.</summary>
public sealed record AnnounceCleared(InquiryRecord Inquiry) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => OutboxStore.AddAsync(
        tx, new InquiryCleared { InquiryId = Inquiry.Id, Version = applied.VersionOf(Inquiry.Id, Inquiry.Version) });
}

/// <summary>It waits for a person.</summary>
public sealed record AnnounceHeld(InquiryRecord Inquiry) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => OutboxStore.AddAsync(
        tx, new InquiryHeld { InquiryId = Inquiry.Id, Version = applied.VersionOf(Inquiry.Id, Inquiry.Version) });
}

/// <summary>Clinics may be offered it, by this decision.</summary>
public sealed record AnnounceMatched(InquiryRecord Inquiry, Guid MatchId) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => OutboxStore.AddAsync(
        tx, new InquiryMatched { InquiryId = Inquiry.Id, Version = applied.VersionOf(Inquiry.Id, Inquiry.Version), MatchId = MatchId });
}

/// <summary>It keeps no place for a clinic that is full.</summary>
public sealed record StopWaiting(InquiryId InquiryId) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => LoadStore.StopWaitingAsync(tx, InquiryId);
}

/// <summary>It waits for a place at one of these clinics; none: it waits for none.</summary>
public sealed record WaitForPlace(InquiryRecord Inquiry, IReadOnlyList<string> Clinics) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => LoadStore.WaitAsync(tx, Inquiry.Id, Inquiry.ReceivedAt, Clinics);
}

/// <summary>What the patient agrees to from now on; what they agreed to before stays on record.</summary>
/// <param name="Source">Where it was given: status, unsubscribe.</param>
public sealed record AddConsent(InquiryId InquiryId, ConsentGiven Consent, string Source) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => InquiryStore.AddConsentAsync(tx, InquiryId, Consent, Source);
}

/// <summary>What somebody wrote, sealed.</summary>
public sealed record AddNote(NoteRecord Note) : Step
{
    /// <summary>No step for nothing.</summary>
    public static AddNote? If(NoteRecord? note) => note is null ? null : new AddNote(note);

    internal override Task ApplyAsync(Tx tx, Applied applied)
    {
        applied.LooksAgain(Note.InquiryId, null);
        return NoteStore.AddAsync(tx, Note);
    }
}
