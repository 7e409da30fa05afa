using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.Users;

/// <summary>Somebody who works on inquiries, is not away, and can be written to.</summary>
/// <param name="User">Who.</param>
/// <param name="IsReached">They were in the console lately.</param>
/// <param name="WantsDigest">What is not urgent is mailed to them too.</param>
public sealed record PersonOnDuty(AppUser User, bool IsReached, bool WantsDigest);

/// <summary>Whom mails about open work go to.</summary>
public static class DutyStore
{
    /// <summary>All of them: may take work and sign in, are not away, and their address takes mail.</summary>
    public static async Task<IReadOnlyList<PersonOnDuty>> ListAsync(Session session, KeyedHash hash) =>
        await OfAsync(session, await UserStore.ListAsync(session), hash);

    /// <summary>Those of everybody there is who are.</summary>
    public static async Task<IReadOnlyList<PersonOnDuty>> OfAsync(Session session, IEnumerable<AppUser> users, KeyedHash hash)
    {
        var found = new List<PersonOnDuty>();
        foreach (var user in users.Where(u => u.IsOnDuty(session.Now)))
        {
            if (!await MailStore.IsSuppressedAsync(session, hash.OfAddress(user.Mail)))
            {
                found.Add(new PersonOnDuty(
                    user, Attendance.IsReached(user.Roles, isThere: true, user.LastSeenAt, session.Now),
                    (await PreferenceStore.FindAsync(session, user.Id)).Digest));
            }
        }

        return found;
    }
}
