using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Application.Coordination;

/// <summary>A piece of work that somebody acts on, as they saw it.</summary>
/// <param name="Seq">Its name.</param>
/// <param name="Version">The one they saw; null: whatever it is now.</param>
public sealed record SeenWork(long Seq, int? Version = null);

/// <summary>Somebody makes a piece of work theirs.</summary>
public sealed class TakeWork(Work work)
{
    /// <summary>Not possible: it has changed since it was seen.</summary>
    public const string Changed = "changed";

    /// <param name="seen">Which, and as it was seen.</param>
    /// <param name="owner">Whose it becomes.</param>
    /// <param name="who">Who takes it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(SeenWork seen, Guid owner, Actor who, CancellationToken cancellation) => work.ChangeAsync(
        seen, who,
        found => found.OwnerId == owner ? Outcome.AlreadyDone.It
            : WorkChange.By("taken", tx => WorkStore.GiveAsync(tx, found, owner)),
        cancellation);
}

/// <summary>A piece of work is given to somebody, or to everyone.</summary>
public sealed class GiveWork(Work work, IOwners owners)
{
    /// <summary>Not possible: nobody has this name, or they are not there.</summary>
    public const string NotThere = "not-there";

    /// <param name="seen">Which, and as it was seen.</param>
    /// <param name="to">Who gets it; null: everyone.</param>
    /// <param name="who">Who gives it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<Outcome> RunAsync(SeenWork seen, Guid? to, Actor who, CancellationToken cancellation)
    {
        if (to is { } owner && !await work.ReadAsync(session => IsThereAsync(session, owner), cancellation))
        {
            return new Outcome.NotPossible(NotThere);
        }

        return await work.ChangeAsync(
            seen, who,
            found => found.OwnerId == to ? Outcome.AlreadyDone.It : WorkChange.By(to is null ? "passed" : "given", tx => WorkStore.GiveAsync(tx, found, to)),
            cancellation);
    }

    private async Task<bool> IsThereAsync(Session session, Guid owner) =>
        (await owners.LoadAsync(session, [owner])).GetValueOrDefault(owner) is { Active: true } known && !Ownership.IsAway(known, session.Now);
}

/// <summary>A piece of work is put off; it comes back by itself.</summary>
public sealed class SnoozeWork(Work work)
{
    /// <summary>Not possible: the moment is past, or too far away.</summary>
    public const string WrongMoment = "wrong-moment";

    /// <summary>Not possible: an emergency waits for nobody.</summary>
    public const string IsUrgent = "urgent";

    /// <summary>Nothing is put off for longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>Nor for longer than this what goes nowhere meanwhile: the patient waits for us.</summary>
    public static readonly TimeSpan LongestWhilePatientWaits = TimeSpan.FromDays(1);

    /// <param name="seen">Which, and as it was seen.</param>
    /// <param name="until">When it comes back.</param>
    /// <param name="who">Who puts it off.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(SeenWork seen, DateTimeOffset until, Actor who, CancellationToken cancellation) =>
        until <= work.Now || until > work.Now + Longest
            ? Task.FromResult<Outcome>(new Outcome.NotPossible(WrongMoment, ("days", (int)Longest.TotalDays)))
            : work.ChangeAsync(
                seen, who,
                found => found.Urgent ? new Outcome.NotPossible(IsUrgent)
                    : until > work.Now + LongestFor(found.Kind) ? new Outcome.NotPossible(WrongMoment, ("days", (int)LongestFor(found.Kind).TotalDays))
                    : WorkChange.By("snoozed", tx => WorkStore.SnoozeAsync(tx, found, until)),
                cancellation);

    /// <summary>Who was asked has the turn: only what waits for us counts.</summary>
    public static TimeSpan LongestFor(WorkKind kind) =>
        WorkKinds.KeepsPatientWaiting(kind) && kind != WorkKind.AwaitingPatient ? LongestWhilePatientWaits : Longest;
}

/// <summary>A person has read a piece of work that only asks to be read. Anything else is closed by what answers it.</summary>
public sealed class FinishWork(Work work)
{
    /// <summary>Not possible: something else answers it.</summary>
    public const string NotByReading = "not-by-reading";

    /// <param name="seen">Which, and as it was seen.</param>
    /// <param name="who">Who has read it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(SeenWork seen, Actor who, CancellationToken cancellation) => work.ChangeAsync(
        seen, who,
        (found, inquiry) => !WorkKinds.IsDoneByReading(found.Kind) || (found.Kind == WorkKind.EmergencyWords && inquiry?.State == InquiryState.Held)
            ? new Outcome.NotPossible(NotByReading)
            : WorkChange.By("done", tx => WorkStore.FinishAsync(tx, found, who)),
        cancellation);
}

/// <summary>What somebody who is not there had taken is everyone's again, with a line in the history.</summary>
public sealed class FreeWork(Work work, IOwners owners)
{
    private const int AtOnce = 500;

    private static readonly Actor s_actor = Actor.Stage("work");

    /// <returns>How much was freed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var (owned, known) = await work.ReadAsync(
            async session =>
            {
                var found = await WorkStore.ListOwnedAsync(session, AtOnce);
                return (found, await owners.LoadAsync(session, [.. found.Select(w => w.OwnerId!.Value).Distinct()]));
            },
            cancellation);
        var freed = 0;
        foreach (var one in owned.Where(w => WorkItem.Judge(w, known, work.Now) != OwnerGone.No))
        {
            freed += await work.ChangeAsync(
                new SeenWork(one.Seq, one.Version), s_actor, found => WorkChange.By("freed", tx => WorkStore.GiveAsync(tx, found, null)), cancellation)
                is Outcome.Done ? 1 : 0;
        }

        return freed;
    }
}

/// <summary>What somebody's act on a piece of work comes to.</summary>
internal sealed record WorkChange(string Said, Func<Tx, Task> Run)
{
    public static WorkChangeOr By(string said, Func<Tx, Task> run) => new(new WorkChange(said, run), null);
}

/// <summary>The change, or why there is none.</summary>
internal sealed record WorkChangeOr(WorkChange? Change, Outcome? Refused)
{
    public static implicit operator WorkChangeOr(Outcome refused) => new(null, refused);
}

internal static class WorkChanging
{
    public static Task<Outcome> ChangeAsync(
        this Work work, SeenWork seen, Actor who, Func<OpenWork, WorkChangeOr> decide, CancellationToken cancellation) =>
        work.ChangeAsync(seen, who, (found, _) => decide(found), cancellation);

    /// <summary>Loads, decides, applies; the inquiry it is about has a line of history of it.</summary>
    public static Task<Outcome> ChangeAsync(
        this Work work, SeenWork seen, Actor who, Func<OpenWork, InquiryRecord?, WorkChangeOr> decide, CancellationToken cancellation) => work.RunAsync(
        async session => await WorkStore.FindAsync(session, seen.Seq) is { } found
            ? (Found: found, Inquiry: WorkLedger.IsOfInquiry(found.Kind) ? await InquiryStore.FindAsync(session, found.InquiryId!.Value) : null)
            : default((OpenWork Found, InquiryRecord? Inquiry)?),
        facts => Task.FromResult<Decided<Outcome>>(
            facts is not var (found, inquiry) ? Outcome.NotFound.It
            : seen.Version is { } version && version != found.Version ? new Outcome.NotPossible(TakeWork.Changed, ("version", found.Version))
            : decide(found, inquiry) is var decided && decided.Refused is { } refused ? refused
            : Outcome.Done.It.By<Outcome>(
                new Store("work " + decided.Change!.Said, decided.Change.Run),
                inquiry is null ? null : new WriteHistory(inquiry, new HistoryEvent.Worked(decided.Change.Said, WorkKinds.InHistory(found.Kind)), who),

                // Who has read one thing may have read another with it.
                inquiry is null ? null : new LookAgain(inquiry.Id, who))),
        cancellation);
}
