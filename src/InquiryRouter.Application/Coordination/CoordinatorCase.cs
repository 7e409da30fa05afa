using InquiryRouter.Application.Patients;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>The inquiry a coordinator acts on, as they saw it.</summary>
/// <param name="Reference">Which one.</param>
/// <param name="Line">The number of the last line of its history on their page; null: whatever it has come to.</param>
/// <param name="Draft">What they had begun to write for it: gone once this is done; null: nothing.</param>
public sealed record Seen(string Reference, int? Line = null, DraftSeen? Draft = null)
{
    /// <summary>It is begun now and done when it cannot be undone any more; null: it is done at once.</summary>
    public Beginning? Later { get; init; }

    /// <summary>What was begun and is done now; null: it was not begun before.</summary>
    public Guid? Begun { get; init; }
}

/// <summary>An inquiry with everything a coordinator's decisions rest on, as it was loaded.</summary>
public sealed record CoordinatorCase
{
    public required PatientCase Case { get; init; }

    /// <summary>Whom the newest decision would offer it to; null: no clinics were ever chosen for it.</summary>
    public required MatchCandidates? Match { get; init; }

    /// <summary>What was begun with it and can still be undone; null: nothing.</summary>
    public PendingAction? Begun { get; init; }

    /// <summary>Nothing is sent since a restore, until a person says so.</summary>
    public required bool IsSendingHeld { get; init; }

    public InquiryRecord Inquiry => Case.Inquiry;

    public SealedPatient Patient => Case.Patient;

    /// <summary>What Core decides on.</summary>
    public CoordinatorFacts Facts => new()
    {
        State = Inquiry.State, Shares = Case.Facts.Shares, WasMatched = Match is not null,
        Referrals = Case.Referrals.ToDictionary(r => r.ClinicCode, r => r.State, StringComparer.Ordinal), HasBegun = Begun is not null,
    };

    /// <summary>The clinic's referral; null: it was never asked.</summary>
    public ReferralRecord? At(string clinic) => Case.Referrals.FirstOrDefault(r => r.ClinicCode == clinic);

    /// <summary>What has happened since a line of the history that makes a decision stale.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isBegun">It was decided already: who has the work makes no difference any more.</param>
    public IReadOnlyList<AuditEntry> Since(int line, bool isBegun = false) =>
        [.. Case.History.Where(e => e.Version > line && CoordinatorActions.MakesStale(e.Event) && !(isBegun && e.Event is HistoryEvent.Worked))];

    /// <returns>Null: it is erased, or there is none.</returns>
    public static async Task<CoordinatorCase?> LoadAsync(Session session, InquiryId inquiryId) =>
        await PatientCase.LoadAsync(session, inquiryId) is not { } found ? null
        : new CoordinatorCase
        {
            Case = found, Match = await MatchStore.FindCandidatesAsync(session, inquiryId),
            Begun = await PendingActionStore.FindAsync(session, inquiryId), IsSendingHeld = await SendingHoldStore.FindAsync(session) is not null,
        };

    /// <summary>What a coordinator wrote, sealed for the patient.</summary>
    internal AddNote Note(PatientVault vault, Guid id, NoteKind kind, string text, DateTimeOffset now, ReferralId? referral = null) => new(new NoteRecord
    {
        Id = id, InquiryId = Inquiry.Id, ReferralId = referral, Author = NoteAuthor.Coordinator, Kind = kind,
        At = Moments.ToMilliseconds(now), Sealed = NoteStore.Seal(vault, Patient, text),
    });

    /// <summary>The id a form's text is stored under; null: it is stored already.</summary>
    internal Guid? Free(PatientVault vault, Guid formId, string text) => FormIds.Free(
        formId, id => Case.Notes.FirstOrDefault(n => n.Id == id) is { } stored ? NoteStore.Open(vault, Patient, stored) == text : null);
}

/// <summary>How a coordinator's use case runs: on the inquiry as it is now, if it is still the one they saw.</summary>
internal static class CoordinatorWork
{
    public const int LongestText = 4000;

    /// <summary>Loads the inquiry, asks whether the action is possible, decides and applies.</summary>
    /// <param name="work">Runs it.</param>
    /// <param name="seen">Which inquiry, as it was seen.</param>
    /// <param name="action">What is done.</param>
    /// <param name="clinic">About which clinic; null: about none.</param>
    /// <param name="decide">What follows.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static Task<ActionOutcome> RunOnSeenAsync(
        this Work work, Seen seen, CoordinatorAction action, string? clinic,
        Func<CoordinatorCase, Task<Decided<ActionOutcome>>> decide, CancellationToken cancellation) => work.RunAsync(
        session => LoadAsync(session, seen.Reference),
        async loaded =>
            seen.Later is { } again && loaded.Found?.Begun?.Id == again.Id ? new ActionOutcome.Done(again.Id)
            : WhyNot(loaded, seen, action, clinic) is { } refused ? refused
            : Sent(await decide(loaded.Found!), loaded.Found!, seen),
        cancellation);

    /// <summary>The inquiry of a reference; known and not found: it is erased.</summary>
    public static async Task<(bool Known, CoordinatorCase? Found)> LoadAsync(Session session, string reference) =>
        await InquiryStore.FindIdAsync(session, reference) is { } id ? (true, await CoordinatorCase.LoadAsync(session, id)) : (false, null);

    /// <inheritdoc cref="WhyNot(CoordinatorCase, Seen, CoordinatorAction, string?)"/>
    public static ActionOutcome? WhyNot((bool Known, CoordinatorCase? Found) loaded, Seen seen, CoordinatorAction action, string? clinic) =>
        loaded switch
        {
            (false, _) => ActionOutcome.NotFound.It,
            (_, null) => new ActionOutcome.Refused(CoordinatorRefusal.Erased),
            (_, { } found) => WhyNot(found, seen, action, clinic),
        };

    // A draft ends in the transaction that sends it, and in none that does not; what was begun, in the one that does it.
    private static Decided<ActionOutcome> Sent(Decided<ActionOutcome> decided, CoordinatorCase found, Seen seen)
    {
        if (decided.Outcome is not ActionOutcome.Done)
        {
            return decided;
        }

        // Whatever is found already done is not begun; nor is what tells nobody for a while yet, since all sending is held.
        var (outcome, steps) = seen.Later is { } later && decided.Steps.Count > 0 && !found.IsSendingHeld
            ? (new ActionOutcome.Done(later.Id), later.Steps(found))
            : (decided.Outcome, decided.Steps);
        return new Decided<ActionOutcome>(
            outcome,
            [
                .. steps,
                seen.Draft is { } draft ? new DropDraft(found.Inquiry.Id, draft) : null,
                seen.Begun is { } begun ? new Store("begun", tx => PendingActionStore.EndAsync(tx, begun)) : null,
            ]);
    }

    /// <summary>What is answered at once; null: it can be done.</summary>
    public static ActionOutcome? WhyNot(CoordinatorCase found, Seen seen, CoordinatorAction action, string? clinic) =>
        seen.Begun is { } begun && found.Begun?.Id != begun ? new ActionOutcome.Invalid(ActionOutcome.TooLate)
        : seen.Line is { } line && action != CoordinatorAction.Note && found.Since(line, seen.Begun is not null) is { Count: > 0 } since
            ? new ActionOutcome.Stale(since)
        : CoordinatorActions.WhyNot(action, seen.Begun is null ? found.Facts : found.Facts with { HasBegun = false }, clinic) is { } refusal ? new ActionOutcome.Refused(refusal)
        : null;

    /// <summary>What was typed, as it is kept, or what is wrong with it.</summary>
    public static (string Text, ActionOutcome? Wrong) Read(string? typed)
    {
        var text = Typed.Lines(typed, onlyShowable: true) ?? string.Empty;
        return (text, text.Length == 0 ? new ActionOutcome.Invalid(ActionOutcome.Empty)
            : text.Length > LongestText ? new ActionOutcome.Invalid(ActionOutcome.TooLong)
            : null);
    }
}
