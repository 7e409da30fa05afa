using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>How long a coordinator may undo what they have begun: so long nothing of it is done, whatever happens to the program meanwhile.</summary>
public static class Undoing
{
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(10);
}

/// <summary>What a coordinator can begin and undo, by the code of its form.</summary>
public static class ActionForms
{
    public const string Ask = "ask";
    public const string Write = "write";
    public const string Offer = "offer";
    public const string TakeBack = "take-back";
    public const string Close = "close";
    public const string Release = "release";
}

/// <summary>An action that is begun: decided on now, with every refusal, and done by <see cref="CarryOutAction"/>.</summary>
/// <param name="Vault">Seals what was typed.</param>
/// <param name="Id">Of the form: sent twice it is begun once.</param>
/// <param name="Form">A code of <see cref="ActionForms"/>.</param>
/// <param name="Fields">What was typed and chosen.</param>
/// <param name="Who">Who begins it.</param>
/// <param name="Writer">Whose draft it becomes when it is undone; null: nobody's.</param>
public sealed record Beginning(PatientVault Vault, Guid Id, string Form, ActionTyped Fields, Actor Who, UserId? Writer)
{
    internal IReadOnlyList<Step?> Steps(CoordinatorCase found)
    {
        var inquiry = found.Inquiry;
        var content = DraftStore.Seal(Vault, found.Patient, Fields.Write());
        return
        [
            new WriteHistory(inquiry, new HistoryEvent.Begun(Form), Who),
            new Store("begun", async tx =>
            {
                await PendingActionStore.AddAsync(tx, new PendingAction
                {
                    Id = Id, InquiryId = inquiry.Id, Form = Form, Line = found.Case.History[^1].Version, ActorName = Who.Name, UserId = Writer,
                    Sealed = content, DueAt = tx.Now + Undoing.Time,
                });
                await OutboxStore.AddAsync(tx, new ActionDue { InquiryId = inquiry.Id, ActionId = Id }, Undoing.Time);
            }),
        ];
    }
}

/// <summary>Begins what can be undone.</summary>
public sealed class BeginAction(PatientVault vault)
{
    /// <param name="seen">Which inquiry, as it was seen.</param>
    /// <param name="id">Of the form: sent twice it is begun once.</param>
    /// <param name="form">A code of <see cref="ActionForms"/>.</param>
    /// <param name="typed">What was typed and chosen.</param>
    /// <param name="who">Who begins it.</param>
    /// <param name="writer">Whose draft it becomes when it is undone; null: nobody's.</param>
    /// <returns>With this its use case begins it, after the same questions as when it does it.</returns>
    public Seen Of(Seen seen, Guid id, string form, ActionTyped typed, Actor who, UserId? writer) => seen with
    {
        Later = new Beginning(vault, id == Guid.Empty ? Guid.CreateVersion7() : id, form, typed, who, writer),
    };
}

/// <summary>What was typed and chosen in a form.</summary>
/// <param name="Text">What was written; null: nothing.</param>
/// <param name="Clinic">Code of a clinic; null: none.</param>
/// <param name="Reason">A code; null: none.</param>
/// <param name="IsChosen">The box is ticked.</param>
public sealed record ActionTyped(string? Text = null, string? Clinic = null, string? Reason = null, bool IsChosen = false)
{
    // By the names of the form's fields, so that it can become a draft again.
    internal IReadOnlyDictionary<string, string> Write()
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("text", Text);
        Add("clinic", Clinic);
        Add("reason", Reason);
        Add("choice", IsChosen ? "yes" : null);
        return fields;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                fields[name] = value;
            }
        }
    }

    internal static ActionTyped Read(IReadOnlyDictionary<string, string> fields) => new(
        fields.GetValueOrDefault("text"), fields.GetValueOrDefault("clinic"), fields.GetValueOrDefault("reason"), fields.ContainsKey("choice"));
}
