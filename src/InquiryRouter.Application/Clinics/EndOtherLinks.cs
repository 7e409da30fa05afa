using InquiryRouter.Infrastructure.Data.Stores.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>A clinic ends every link it was sent, but the one it looks at its list with.</summary>
public sealed class EndOtherLinks(Work work, SecurityLog security)
{
    /// <param name="clinicCode">Whose links.</param>
    /// <param name="token">Of the link that stays.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>How many have ended.</returns>
    public async Task<int> RunAsync(string clinicCode, string token, CancellationToken cancellation)
    {
        var ended = await work.WriteAsync(tx => AccessLinkStore.RevokeOthersOfClinicAsync(tx, clinicCode, token), cancellation);
        security.LinksEnded(clinicCode, Guid.Empty);
        return ended;
    }
}
