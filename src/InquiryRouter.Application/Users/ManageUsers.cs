using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Users;

/// <summary>
/// Lists people, and changes what they are: who is disabled, or has other roles, is signed out everywhere at once. A version is that of
/// the person
/// as they were seen; null: whatever it is now.
/// </summary>
public sealed class ManageUsers(Work work, MailWriter mails)
{
    public Task<IReadOnlyList<AppUser>> ListAsync(CancellationToken cancellation) => work.ReadAsync(UserStore.ListAsync, cancellation);

    public Task<AppUser?> FindAsync(string mail, CancellationToken cancellation) =>
        work.ReadAsync(session => UserStore.FindByMailAsync(session, mail), cancellation);

    public Task<AppUser?> FindAsync(UserId id, CancellationToken cancellation) =>
        work.ReadAsync(session => UserStore.FindAsync(session, id), cancellation);

    /// <summary>They sign in nowhere any more; links that were sent to them end.</summary>
    public Task<Outcome> DisableAsync(UserId id, int? version, Actor who, CancellationToken cancellation) => ChangeAsync(
        id,
        version,
        user => user.Active
            ?
            [
                Update(user with { Active = false }),
                new Store("end sessions", tx => UserSessionStore.EndAllAsync(tx, id, SessionEnd.Disabled)),
                new Store("end links", tx => AccessLinkStore.RevokeAsync(tx, LinkPurpose.Invitation, id.Value)),
                new RecordSystem(SystemEvent.UserDisabled(id), who),
                Tell(user, AccountChange.Disabled),
            ]
            : [],
        cancellation);

    public Task<Outcome> EnableAsync(UserId id, int? version, Actor who, CancellationToken cancellation) => ChangeAsync(
        id,
        version,
        user => user.Active
            ? []
            :
            [
                Update(user with { Active = true }), new RecordSystem(SystemEvent.UserEnabled(id), who), Tell(user, AccountChange.Enabled),
            ],
        cancellation);

    public Task<Outcome> GiveRolesAsync(UserId id, int? version, UserRoles roles, Actor who, CancellationToken cancellation) => ChangeAsync(
        id,
        version,
        user => user.Roles == roles
            ? []
            :
            [
                Update(user with { Roles = roles }),
                new Store("end sessions", tx => UserSessionStore.EndAllAsync(tx, id, SessionEnd.RolesChanged)),
                new RecordSystem(SystemEvent.RolesChanged(id, user.Roles, roles), who),
            ],
        cancellation);

    /// <param name="id">Who is away.</param>
    /// <param name="version">What was seen; null: whatever it is.</param>
    /// <param name="from">The first day; null: from now on.</param>
    /// <param name="until">The last day; null: they are here.</param>
    /// <param name="who">Says so.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> SetAwayAsync(
        UserId id, int? version, DateOnly? from, DateOnly? until, Actor who, CancellationToken cancellation) => ChangeAsync(
        id,
        version,
        user =>
        [
            Update(user with { AwayFrom = until is null ? null : from, AwayUntil = until }),
            new RecordSystem(SystemEvent.AwayChanged(id, from, until), who),
        ],
        cancellation);

    /// <summary>Signs somebody out everywhere.</summary>
    public Task<Outcome> EndSessionsAsync(UserId id, Actor who, CancellationToken cancellation) => ChangeAsync(
        id,
        version: null,
        user =>
        [
            new Store(
                "end sessions",
                async tx =>
                {
                    var ended = await UserSessionStore.EndAllAsync(tx, id, SessionEnd.EndedByAdmin);
                    await new RecordSystem(SystemEvent.SessionsEnded(id, ended), who).ApplyAsync(tx, new Applied());
                }),
            Tell(user, AccountChange.SignedOutByAdmin),
        ],
        cancellation);

    private SendMail Tell(AppUser user, AccountChange change) => new(mails.AccountChanged(user, change, work.Now));

    private static Store Update(AppUser user) => new("user", tx => UserStore.UpdateAsync(tx, user));

    private Task<Outcome> ChangeAsync(
        UserId id, int? version, Func<AppUser, IReadOnlyList<Step?>> steps, CancellationToken cancellation) =>
        work.RunAsync<AppUser?, Outcome>(
            session => UserStore.FindAsync(session, id),
            user =>
            {
                if (user is null)
                {
                    return Task.FromResult<Decided<Outcome>>(Outcome.NotFound.It);
                }

                if (version is { } seen && seen != user.Version)
                {
                    return Task.FromResult<Decided<Outcome>>(new Outcome.NotPossible("changed"));
                }

                var changes = steps(user);
                return Task.FromResult(new Decided<Outcome>(changes.Count == 0 ? Outcome.AlreadyDone.It : Outcome.Done.It, changes));
            },
            cancellation);
}
