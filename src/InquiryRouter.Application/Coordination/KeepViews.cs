using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Application.Coordination;

/// <summary>The views of the inbox that somebody has by name: their own, and those colleagues share.</summary>
public sealed class KeepViews(Work work)
{
    /// <summary>As many are shown.</summary>
    public const int Most = 40;

    public Task<IReadOnlyList<SavedView>> ListAsync(UserId user, CancellationToken cancellation) =>
        work.ReadAsync(session => SavedViewStore.ListAsync(session, user, Most), cancellation);

    /// <param name="user">Whose it is.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="filter">What goes behind the question mark.</param>
    /// <param name="shared">Colleagues have it too.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False: it has no name, or too long a one.</returns>
    public async Task<bool> AddAsync(UserId user, string? name, string filter, bool shared, CancellationToken cancellation)
    {
        var called = Typed.Line(name) ?? string.Empty;
        if (called.Length is 0 or > SavedViewStore.LongestName || !Typed.IsShowable(called))
        {
            return false;
        }

        var view = new SavedView { Id = Guid.NewGuid(), OwnerId = user, Name = called, Filter = filter, Shared = shared };
        await work.ApplyAsync([new Store("view", tx => SavedViewStore.AddAsync(tx, view))], cancellation);
        return true;
    }

    /// <returns>False: it is gone, or is a colleague's.</returns>
    public Task<bool> RemoveAsync(UserId user, Guid id, CancellationToken cancellation) =>
        work.WriteAsync(tx => SavedViewStore.RemoveAsync(tx, user, id), cancellation);
}
