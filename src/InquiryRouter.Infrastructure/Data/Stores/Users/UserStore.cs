using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Users;

/// <summary>The operator's people. Every change names the version it was made from.</summary>
public static class UserStore
{
    private const string Select =
        """
        SELECT Id, Mail, Name, Roles, PasswordHash, SealedTotp, LastTotpStep, Active, AwayFrom, AwayUntil, LastSeenAt, CreatedAt, Version, TimeZone,
            (SELECT COUNT(*) FROM UserLogin L WHERE L.UserId = AppUser.Id) AS Logins
        FROM AppUser
        """;

    /// <returns>False: there is somebody with this mailbox.</returns>
    public static async Task<bool> TryAddAsync(Tx tx, UserId id, string mail, string name, UserRoles roles)
    {
        var key = Mailbox.Key(mail);
        if (await tx.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM AppUser WHERE MailKey = @key", new { key }) > 0)
        {
            return false;
        }

        try
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO AppUser (Id, Mail, MailKey, Name, Roles, LastTotpStep, Active, CreatedAt, Version)
                VALUES (@id, @mail, @key, @name, @Roles, 0, 1, @Now, 1)
                """,
                new { id = id.Value, mail, key, name, Roles = UserRoleNames.Write(roles), tx.Now });
            return true;
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("Somebody else added the same person.", exception);
        }
    }

    public static async Task<AppUser?> FindAsync(Session session, UserId id) =>
        Read(await session.QuerySingleOrDefaultAsync<UserRow>($"{Select} WHERE Id = @id", new { id = id.Value }));

    /// <summary>Whoever has this mailbox, however its address is written.</summary>
    public static async Task<AppUser?> FindByMailAsync(Session session, string mail) =>
        Read(await session.QuerySingleOrDefaultAsync<UserRow>($"{Select} WHERE MailKey = @Key", new { Key = Mailbox.Key(mail) }));

    /// <summary>All of them, oldest first: an operator has dozens.</summary>
    public static async Task<IReadOnlyList<AppUser>> ListAsync(Session session) =>
        [.. (await session.QueryAsync<UserRow>($"{Select} ORDER BY Seq")).Select(r => Read(r)!)];

    /// <summary>Stores a user as they are to be; the mail and what is seen and used stay.</summary>
    /// <exception cref="ConflictException">They were changed since they were read.</exception>
    public static async Task UpdateAsync(Tx tx, AppUser user)
    {
        var changed = await tx.ExecuteAsync(
            """
            UPDATE AppUser SET Name = @Name, Roles = @Roles, PasswordHash = @PasswordHash, SealedTotp = @SealedTotp, Active = @Active,
                AwayFrom = @AwayFrom, AwayUntil = @AwayUntil, Version = Version + 1
            WHERE Id = @Id AND Version = @Version
            """,
            new
            {
                Id = user.Id.Value, user.Name, Roles = UserRoleNames.Write(
                    user.Roles), user.PasswordHash, user.SealedTotp, user.Active, user.AwayFrom,
                user.AwayUntil, user.Version,
            });
        if (changed == 0)
        {
            throw new ConflictException("Somebody else changed this person.");
        }
    }

    /// <summary>A better hash of the same password: no change of the user.</summary>
    public static Task ReplaceHashAsync(Tx tx, UserId id, string was, string hash) =>
        tx.ExecuteAsync("UPDATE AppUser SET PasswordHash = @hash WHERE Id = @id AND PasswordHash = @was", new { id = id.Value, was, hash });

    /// <summary>Uses up a code of an authenticator app.</summary>
    /// <returns>False: it, or a newer one, was used before.</returns>
    public static async Task<bool> TryUseTotpAsync(Tx tx, UserId id, long step) =>
        await tx.ExecuteAsync(
            "UPDATE AppUser SET LastTotpStep = @step WHERE Id = @id AND LastTotpStep < @step", new { id = id.Value, step }) > 0;

    /// <summary>In which they read moments from now on: no change of who they are.</summary>
    /// <param name="zone">An IANA name; null: the installation's.</param>
    public static Task SetTimeZoneAsync(Tx tx, UserId id, string? zone) =>
        tx.ExecuteAsync("UPDATE AppUser SET TimeZone = @zone WHERE Id = @id", new { id = id.Value, zone });

    public static Task SeenAsync(Tx tx, UserId id) =>
        tx.ExecuteAsync("UPDATE AppUser SET LastSeenAt = @Now WHERE Id = @id", new { id = id.Value, tx.Now });

    private static AppUser? Read(UserRow? row) => row is null ? null : new AppUser
    {
        Id = row.Id,
        Mail = row.Mail,
        Name = row.Name,
        Roles = UserRoleNames.Read(row.Roles) ?? UserRoles.None,
        PasswordHash = row.PasswordHash,
        SealedTotp = row.SealedTotp,
        LastTotpStep = row.LastTotpStep,
        Active = row.Active,
        AwayFrom = row.AwayFrom,
        AwayUntil = row.AwayUntil,
        LastSeenAt = row.LastSeenAt,
        CreatedAt = row.CreatedAt,
        Version = row.Version,
        HasProvider = row.Logins > 0,
        TimeZone = row.TimeZone,
    };

    private sealed class UserRow
    {
        public UserId Id { get; init; }

        public string Mail { get; init; } = string.Empty;

        public string Name { get; init; } = string.Empty;

        public string Roles { get; init; } = string.Empty;

        public string? PasswordHash { get; init; }

        public byte[]? SealedTotp { get; init; }

        public long LastTotpStep { get; init; }

        public bool Active { get; init; }

        public DateOnly? AwayFrom { get; init; }

        public DateOnly? AwayUntil { get; init; }

        public DateTimeOffset? LastSeenAt { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public int Version { get; init; }

        public int Logins { get; init; }

        public string? TimeZone { get; init; }
    }
}
