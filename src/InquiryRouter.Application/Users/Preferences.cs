using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Application.Users;

/// <summary>How somebody likes to work in the console: read at each page, changed on their account.</summary>
public sealed class Preferences(Work work)
{
    public Task<UserPreference> FindAsync(UserId user, CancellationToken cancellation) =>
        work.ReadAsync(session => PreferenceStore.FindAsync(session, user), cancellation);

    /// <param name="user">Whose.</param>
    /// <param name="preference">With the version it was made from.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False: they have chosen something else meanwhile, on another page.</returns>
    public async Task<bool> SaveAsync(UserId user, UserPreference preference, CancellationToken cancellation)
    {
        if ((await FindAsync(user, cancellation)).Version != preference.Version)
        {
            return false;
        }

        await work.WriteAsync(
            async tx =>
            {
                await PreferenceStore.SaveAsync(tx, user, preference);
                return true;
            },
            cancellation);
        return true;
    }
}
