using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Web.Console;

/// <summary>The people of the console, by name: whose something is, and whom it can be given to.</summary>
public sealed class ConsolePeople(Database database, TimeProvider clock)
{
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(CancellationToken cancellation) =>
        (await ListAsync(cancellation)).ToDictionary(u => u.Id.Value, u => u.Name);

    /// <summary>Those who are there and may do a coordinator's work, by name.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> ThereAsync(CancellationToken cancellation) =>
        [.. (await ListAsync(cancellation)).Where(u => u.IsThere(clock.GetUtcNow()) && AccessTable.May(u.Roles, Access.Assign))
            .OrderBy(u => u.Name, StringComparer.Ordinal).Select(u => (u.Id.Value, u.Name))];

    private Task<IReadOnlyList<AppUser>> ListAsync(CancellationToken cancellation) => database.ReadAsync(UserStore.ListAsync, cancellation);
}
