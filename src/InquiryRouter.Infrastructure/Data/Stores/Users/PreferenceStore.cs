using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Users;

/// <summary>How somebody likes to work in the console.</summary>
public sealed record UserPreference
{
    /// <summary>Of whoever has chosen nothing.</summary>
    public static readonly UserPreference Default = new() { SingleKeys = true, GoesOn = false, Digest = true, Version = 0 };

    /// <summary>A single letter is a command (WCAG 2.1.4: it can be switched off).</summary>
    public required bool SingleKeys { get; init; }

    /// <summary>After something is done with an inquiry, the next one of the list follows.</summary>
    public required bool GoesOn { get; init; }

    /// <summary>A mail of what is new for them, and once a day of all that is open. What is urgent comes by mail all the same.</summary>
    public required bool Digest { get; init; }

    /// <summary>0: nothing was chosen yet.</summary>
    public required int Version { get; init; }
}

public static class PreferenceStore
{
    public static async Task<UserPreference> FindAsync(Session session, UserId user) =>
        await session.QuerySingleOrDefaultAsync<UserPreference>(
            "SELECT SingleKeys, GoesOn, Digest, Version FROM UserPreference WHERE UserId = @User", new { User = user.Value })
        ?? UserPreference.Default;

    /// <summary>Stores it in place of the version it was made from.</summary>
    /// <exception cref="ConflictException">They have chosen something else meanwhile.</exception>
    public static async Task SaveAsync(Tx tx, UserId user, UserPreference preference)
    {
        var row = new { User = user.Value, preference.SingleKeys, preference.GoesOn, preference.Digest, preference.Version };
        try
        {
            if (await tx.ExecuteAsync(
                preference.Version == 0
                    ? "INSERT INTO UserPreference (UserId, SingleKeys, GoesOn, Digest, Version) VALUES (@User, @SingleKeys, @GoesOn, @Digest, 1)"
                    : """
                      UPDATE UserPreference SET SingleKeys = @SingleKeys, GoesOn = @GoesOn, Digest = @Digest, Version = Version + 1
                      WHERE UserId = @User AND Version = @Version
                      """,
                row) == 0)
            {
                throw new ConflictException("They have chosen something else meanwhile.");
            }
        }
        catch (Exception exception) when (exception is not ConflictException && tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("They have chosen something meanwhile.", exception);
        }
    }
}
