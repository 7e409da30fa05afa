using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Application.Users;

/// <summary>Somebody reads moments in another time zone from now on.</summary>
public sealed class SetTimeZone(Work work, IFieldRules rules)
{
    /// <param name="user">Who.</param>
    /// <param name="typed">An IANA name; empty: the installation's.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False: there is no such zone.</returns>
    public async Task<bool> RunAsync(UserId user, string? typed, CancellationToken cancellation)
    {
        string? zone = null;
        if (!string.IsNullOrWhiteSpace(typed))
        {
            if (!rules.TryTimeZone(typed.Trim(), out var known))
            {
                return false;
            }

            zone = known;
        }

        await work.WriteAsync(
            async tx =>
            {
                await UserStore.SetTimeZoneAsync(tx, user, zone);
                return true;
            },
            cancellation);
        return true;
    }
}
