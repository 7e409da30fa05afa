using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Application.Users;

/// <summary>Those who can take work: who may sign in to the console, and whoever works at the command line.</summary>
public sealed class UserOwners : IOwners
{
    private readonly MachineUsers _machine = new();

    /// <param name="session">A session.</param>
    /// <param name="typed">A user's mail address, or a name at the command line.</param>
    public async Task<Guid?> FindAsync(Session session, string typed) =>
        await UserStore.FindByMailAsync(session, typed.Trim()) is { } user ? user.Id.Value : await _machine.FindAsync(session, typed);

    public async Task<IReadOnlyDictionary<Guid, OwnerState>> LoadAsync(Session session, IReadOnlyCollection<Guid> ids)
    {
        var known = new Dictionary<Guid, OwnerState>(await _machine.LoadAsync(session, ids));
        foreach (var user in (await UserStore.ListAsync(session)).Where(u => known.ContainsKey(u.Id.Value)))
        {
            known[user.Id.Value] = StateOf(user);
        }

        return known;
    }

    // A day away begins and ends at midnight, UTC.
    private static OwnerState StateOf(AppUser user) => new(
        user.Active && (user.Roles & (UserRoles.Coordinator | UserRoles.Manager)) != UserRoles.None,
        user.AwayUntil is null ? null : user.AwayFrom is { } from ? At(from) : user.CreatedAt,
        user.AwayUntil is { } until ? At(until.AddDays(1)) : null,
        user.LastSeenAt);

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
