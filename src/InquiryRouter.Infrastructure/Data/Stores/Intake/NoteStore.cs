using System.Text;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.Intake;

/// <summary>Who wrote a note. Stored by name.</summary>
public enum NoteAuthor
{
    Patient,
    Clinic,
    Coordinator,
}

/// <summary>What a note is. Stored by name.</summary>
public enum NoteKind
{
    /// <summary>Something the patient adds: documents as text, a change of how they are.</summary>
    Information,

    /// <summary>A clinic or a coordinator asks the patient.</summary>
    Question,

    /// <summary>The patient's answer to a check-in.</summary>
    CheckIn,

    /// <summary>What a clinic says beside a no or when it gives the patient back.</summary>
    Remark,

    /// <summary>What a coordinator writes down for colleagues: neither patient nor clinic reads it on a page.</summary>
    Internal,

    /// <summary>The patient's answer to a coordinator's question: no clinic reads it.</summary>
    Answer,

    /// <summary>The patient's answers about their health (<see cref="HealthAnswers"/>); the newest ones count.</summary>
    Health,

    /// <summary>Between a coordinator and a clinic, about its referral: the patient reads it only in their copy.</summary>
    Message,

    /// <summary>The patient asks a clinic that has the inquiry.</summary>
    Asked,

    /// <summary>The clinic's answer to it.</summary>
    Reply,
}

/// <summary>A note as it is stored; its text is sealed under the patient's key.</summary>
public sealed record NoteRecord
{
    public required Guid Id { get; init; }

    public required InquiryId InquiryId { get; init; }

    /// <summary>The referral it belongs to; null: the inquiry as a whole.</summary>
    public required ReferralId? ReferralId { get; init; }

    public required NoteAuthor Author { get; init; }

    public required NoteKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public required byte[] Sealed { get; init; }

    /// <summary>What a person must hear of it without opening it, as a code; null: nothing.</summary>
    public string? Signal { get; init; }
}

/// <summary>What patients, clinics and coordinators write about an inquiry.</summary>
public static class NoteStore
{
    public static byte[] Seal(PatientVault vault, SealedPatient patient, string text) => vault.SealFor(patient, Encoding.UTF8.GetBytes(text));

    public static string Open(PatientVault vault, SealedPatient patient, NoteRecord note) => Encoding.UTF8.GetString(vault.OpenFor(patient.WrappedKey, note.Sealed));

    public static Task AddAsync(Tx tx, NoteRecord note) =>
        tx.ExecuteAsync(
            """
            INSERT INTO Note (Id, InquiryId, ReferralId, Author, Kind, At, Sealed, Signal)
            VALUES (@Id, @InquiryId, @ReferralId, @Author, @Kind, @At, @Sealed, @Signal)
            """,
            new { note.Id, note.InquiryId, note.ReferralId, Author = note.Author.ToString(), Kind = note.Kind.ToString(), note.At, note.Sealed, note.Signal });

    /// <summary>Takes back what nobody was told of.</summary>
    public static Task RemoveAsync(Tx tx, Guid id) => tx.ExecuteAsync("DELETE FROM Note WHERE Id = @id", new { id });

    /// <summary>The id of the first answer to a question.</summary>
    public static Guid AnswerId(Guid questionId) => MailAbout.Of(questionId, "answer");

    /// <summary>True when the patient has answered a question.</summary>
    public static async Task<bool> HasAnswerAsync(Session session, Guid questionId) =>
        await session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM Note WHERE Id = @Id", new { Id = AnswerId(questionId) }) > 0;

    /// <summary>What the patient has told of their health, of notes in their order; null: nothing.</summary>
    public static HealthAnswers? Health(PatientVault vault, SealedPatient patient, IEnumerable<NoteRecord> notes) =>
        notes.LastOrDefault(n => n.Kind == NoteKind.Health) is { } note ? HealthAnswers.Parse(Open(vault, patient, note)) : null;

    /// <summary>The newest of an inquiry's answers about health, as a list of one or none.</summary>
    public static async Task<IReadOnlyList<NoteRecord>> ListHealthAsync(Session session, InquiryId inquiryId) =>
        [.. await session.QueryAsync<NoteRecord>(
            session.Dialect.First(
                "Id, InquiryId, ReferralId, Author, Kind, At, Sealed, Signal", "FROM Note WHERE InquiryId = @inquiryId AND Kind = 'Health' ORDER BY Seq DESC"),
            new { inquiryId, take = 1 })];

    /// <summary>All notes of an inquiry, oldest first.</summary>
    public static async Task<IReadOnlyList<NoteRecord>> ListAsync(Session session, InquiryId inquiryId) =>
        [.. await session.QueryAsync<NoteRecord>(
            "SELECT Id, InquiryId, ReferralId, Author, Kind, At, Sealed, Signal FROM Note WHERE InquiryId = @inquiryId ORDER BY Seq", new { inquiryId })];
}
