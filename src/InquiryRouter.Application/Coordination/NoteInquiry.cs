using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// A coordinator writes something down for colleagues. It is sealed and erased like what the patient wrote, and stands in their copy: what is written
/// about a person is theirs to read (Regulation (EU) 2016/679, Article 15).
/// </summary>
public sealed class NoteInquiry(Work work, PatientVault vault)
{
    /// <param name="seen">Which inquiry; a note is never stale.</param>
    /// <param name="formId">Of the form: sent twice it is one note.</param>
    /// <param name="typed">The note.</param>
    /// <param name="who">Who writes it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ActionOutcome> RunAsync(Seen seen, Guid formId, string? typed, Actor who, CancellationToken cancellation)
    {
        var (text, wrong) = CoordinatorWork.Read(typed);
        return wrong ?? await work.RunOnSeenAsync(
            seen, CoordinatorAction.Note, null, found => Task.FromResult(Decide(found, formId, text, who, vault, work.Now)), cancellation);
    }

    internal static Decided<ActionOutcome> Decide(
        CoordinatorCase found, Guid formId, string text, Actor who, PatientVault vault, DateTimeOffset now) =>
        found.Free(vault, formId, text) is not { } id ? ActionOutcome.Done.It
        : ActionOutcome.Done.It.By<ActionOutcome>(
            new WriteHistory(found.Inquiry, new HistoryEvent.Noted(), who),
            found.Note(vault, id, NoteKind.Internal, text, now));
}
