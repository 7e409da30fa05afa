using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Application.Coordination;

/// <summary>What became of a view that was to be kept.</summary>
public enum ViewKept
{
    Done,

    /// <summary>It has no name, or too long a one.</summary>
    BadName,

    /// <summary>They have as many as somebody may have.</summary>
    TooMany,
}

/// <summary>The views of the inbox that somebody has by name: their own, and those colleagues share.</summary>
public sealed class KeepViews(Work work)
{
    /// <summary>As many are shown.</summary>
    public const int Most = 40;

    /// <summary>As many may somebody have: with those of colleagues they are still found by looking.</summary>
    public const int MostOwn = 20;

    public Task<IReadOnlyList<SavedView>> ListAsync(UserId user, CancellationToken cancellation) =>
        work.ReadAsync(session => SavedViewStore.ListAsync(session, user, Most), cancellation);

    /// <param name="user">Whose it is.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="filter">What goes behind the question mark.</param>
    /// <param name="shared">Colleagues have it too.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ViewKept> AddAsync(UserId user, string? name, string filter, bool shared, CancellationToken cancellation)
    {
        var called = Typed.Line(name) ?? string.Empty;
        if (called.Length is 0 or > SavedViewStore.LongestName || !Typed.IsShowable(called))
        {
            return ViewKept.BadName;
        }

        var view = new SavedView { Id = Guid.NewGuid(), OwnerId = user, Name = called, Filter = filter, Shared = shared };
        return await work.WriteAsync(
            async tx =>
            {
                if (await SavedViewStore.CountAsync(tx, user) >= MostOwn)
                {
                    return ViewKept.TooMany;
                }

                await SavedViewStore.AddAsync(tx, view);
                return ViewKept.Done;
            },
            cancellation);
    }

    /// <returns>False: it is gone, or is a colleague's.</returns>
    public Task<bool> RemoveAsync(UserId user, Guid id, CancellationToken cancellation) =>
        work.WriteAsync(tx => SavedViewStore.RemoveAsync(tx, user, id), cancellation);
}
