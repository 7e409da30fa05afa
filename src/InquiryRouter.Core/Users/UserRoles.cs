namespace InquiryRouter.Core.Users;

/// <summary>What a person of the operator is; one can be several. Stored by name.</summary>
[Flags]
public enum UserRoles
{
    None = 0,

    /// <summary>Works on inquiries and sees who asks.</summary>
    Coordinator = 1,

    /// <summary>A coordinator who also decides on clinics, policy and rules.</summary>
    Manager = 2,

    /// <summary>Keeps users and operations, and sees no patient.</summary>
    Admin = 4,

    /// <summary>Reads histories, decisions and the access log, and sees no patient.</summary>
    Auditor = 8,
}

/// <summary>Roles as people write them.</summary>
public static class UserRoleNames
{
    public const string Allowed = "coordinator, manager, admin, auditor";

    private static readonly UserRoles[] s_all = [UserRoles.Coordinator, UserRoles.Manager, UserRoles.Admin, UserRoles.Auditor];

    public static IReadOnlyList<UserRoles> All => s_all;

    /// <summary>In small letters, with commas: <c>manager,admin</c>.</summary>
    public static string Write(UserRoles roles) =>
        string.Join(',', s_all.Where(r => roles.HasFlag(r)).Select(r => r.ToString().ToLowerInvariant()));

    /// <returns>Null: one of them is no role, or there is none.</returns>
    public static UserRoles? Read(string? text)
    {
        var roles = UserRoles.None;
        foreach (var word in (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var role = s_all.FirstOrDefault(r => r.ToString().Equals(word, StringComparison.OrdinalIgnoreCase));
            if (role == UserRoles.None)
            {
                return null;
            }

            roles |= role;
        }

        return roles == UserRoles.None ? null : roles;
    }
}
