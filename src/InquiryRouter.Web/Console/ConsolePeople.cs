using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Web.Console;

/// <summary>The people of the console, by name: whose something is, and whom it can be given to.</summary>
public sealed class ConsolePeople(Database database, TimeProvider clock)
{
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(CancellationToken cancellation) =>
        (await ListAsync(cancellation)).ToDictionary(u => u.Id.Value, u => u.Name);

    /// <summary>
    /// Everybody's name, and those who are there and may do a coordinator's work: asked once. Who has never signed in is not there yet.
    /// </summary>
    public async Task<(IReadOnlyDictionary<Guid, string> Names, IReadOnlyList<(Guid Id, string Name)> There)> ReadAsync(
        CancellationToken cancellation)
    {
        var all = await ListAsync(cancellation);
        return (
            all.ToDictionary(u => u.Id.Value, u => u.Name),
            [.. all.Where(u => u.LastSeenAt is not null && u.IsThere(clock.GetUtcNow()) && AccessTable.May(u.Roles, Access.Assign))
                .OrderBy(u => u.Name, StringComparer.Ordinal).Select(u => (u.Id.Value, u.Name))]);
    }

    public async Task<IReadOnlyList<(Guid Id, string Name)>> ThereAsync(CancellationToken cancellation) => (await ReadAsync(cancellation)).There;

    private Task<IReadOnlyList<AppUser>> ListAsync(CancellationToken cancellation) => database.ReadAsync(UserStore.ListAsync, cancellation);
}
