using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.Coordination;

/// <summary>What somebody has begun to write in a form about an inquiry, and has not sent.</summary>
public sealed record DraftRecord
{
    /// <summary>Which form.</summary>
    public required string Form { get; init; }

    /// <summary>Its fields, sealed under the patient's key.</summary>
    public required byte[] Sealed { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whoever saves it again says which one they saw.</summary>
    public required long Version { get; init; }

    /// <summary>The key it opens with, wrapped.</summary>
    public required byte[] WrappedKey { get; init; }
}

/// <summary>Drafts: one a person, inquiry and form. Nobody reads another's.</summary>
public static class DraftStore
{
    public static byte[] Seal(PatientVault vault, SealedPatient patient, IReadOnlyDictionary<string, string> fields) =>
        vault.SealFor(patient, JsonSerializer.SerializeToUtf8Bytes(fields));

    public static IReadOnlyDictionary<string, string> Open(PatientVault vault, DraftRecord draft) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(vault.OpenFor(draft.WrappedKey, draft.Sealed))!;

    /// <summary>What somebody has begun to write about an inquiry; nothing once its patient is erased.</summary>
    public static async Task<IReadOnlyList<DraftRecord>> ListAsync(Session session, UserId user, InquiryId inquiryId) =>
        [.. await session.QueryAsync<DraftRecord>(
            """
            SELECT D.Form, D.Sealed, D.At, D.Version, P.WrappedKey FROM Draft D INNER JOIN InquiryPatient P ON P.InquiryId = D.InquiryId
            WHERE D.InquiryId = @inquiryId AND D.UserId = @User ORDER BY D.Seq
            """,
            new { inquiryId, User = user.Value })];

    /// <summary>What anybody has begun to write about an inquiry, for the patient's copy.</summary>
    public static async Task<IReadOnlyList<DraftRecord>> ListOfInquiryAsync(Session session, InquiryId inquiryId) =>
        [.. await session.QueryAsync<DraftRecord>(
            """
            SELECT D.Form, D.Sealed, D.At, D.Version, P.WrappedKey FROM Draft D INNER JOIN InquiryPatient P ON P.InquiryId = D.InquiryId
            WHERE D.InquiryId = @inquiryId ORDER BY D.Seq
            """,
            new { inquiryId })];

    /// <summary>The version of a draft; null: there is none.</summary>
    public static Task<long?> FindVersionAsync(Session session, UserId user, InquiryId inquiryId, string form) =>
        session.QuerySingleOrDefaultAsync<long?>(
            "SELECT Version FROM Draft WHERE InquiryId = @inquiryId AND UserId = @User AND Form = @form",
            new { inquiryId, User = user.Value, form });

    /// <summary>A version that was never there before.</summary>
    public static long NextVersion(DateTimeOffset now, long? was) => Math.Max(now.ToUnixTimeMilliseconds(), (was ?? 0) + 1);

    /// <summary>Keeps a draft in place of the one that was there.</summary>
    /// <param name="tx">The unit of work.</param>
    /// <param name="user">Whose.</param>
    /// <param name="inquiryId">About which inquiry.</param>
    /// <param name="form">In which form.</param>
    /// <param name="content">Sealed.</param>
    /// <param name="was">The version that was there; null: none.</param>
    /// <param name="version">The new one.</param>
    /// <exception cref="ConflictException">Another one is there, or the patient is erased.</exception>
    public static async Task SaveAsync(Tx tx, UserId user, InquiryId inquiryId, string form, byte[] content, long? was, long version)
    {
        var row = new { User = user.Value, inquiryId, form, content, tx.Now, was, version };
        try
        {
            // Where readers are shown versions, an erasure that is not committed yet is waited for.
            await tx.ExecuteAsync("UPDATE Inquiry SET Version = Version WHERE Id = @inquiryId AND State <> 'Erased'", new { inquiryId });
            var changed = was is null
                ? await tx.ExecuteAsync(
                    """
                    INSERT INTO Draft (UserId, InquiryId, Form, Sealed, At, Version)
                    SELECT @User, InquiryId, @form, @content, @Now, @version FROM InquiryPatient WHERE InquiryId = @inquiryId
                    """,
                    row)
                : await tx.ExecuteAsync(
                    """
                    UPDATE Draft SET Sealed = @content, At = @Now, Version = @version
                    WHERE InquiryId = @inquiryId AND UserId = @User AND Form = @form AND Version = @was
                    """,
                    row);
            if (changed == 0)
            {
                throw new ConflictException("The draft is another one by now.");
            }
        }
        catch (Exception exception) when (exception is not ConflictException && tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("The draft was begun elsewhere.", exception);
        }
    }

    /// <summary>It was sent, or is not wanted: gone, unless it was written on elsewhere since.</summary>
    public static Task RemoveAsync(Tx tx, UserId user, InquiryId inquiryId, string form, long version) => tx.ExecuteAsync(
        "DELETE FROM Draft WHERE InquiryId = @inquiryId AND UserId = @User AND Form = @form AND Version = @version",
        new { inquiryId, User = user.Value, form, version });
}
