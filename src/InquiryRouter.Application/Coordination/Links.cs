using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;

namespace InquiryRouter.Application.Coordination;

/// <summary>Links that still open something, of an inquiry or of a clinic, and their end.</summary>
public sealed class Links(Work work)
{
    /// <returns>Oldest first; null: there is no such inquiry.</returns>
    public Task<IReadOnlyList<ListedLink>?> OfInquiryAsync(string reference, CancellationToken cancellation) => work.ReadAsync(
        async session => await InquiryStore.FindIdAsync(session, reference) is { } id
            ? await AccessLinkStore.ListOfInquiryAsync(session, id)
            : null,
        cancellation);

    /// <returns>Oldest first.</returns>
    public Task<IReadOnlyList<ListedLink>> OfClinicAsync(string clinicCode, CancellationToken cancellation) =>
        work.ReadAsync(session => AccessLinkStore.ListOfClinicAsync(session, clinicCode), cancellation);

    /// <summary>Whose a link to a referral is.</summary>
    public Task<string?> ClinicOfAsync(Guid referralId, CancellationToken cancellation) => work.ReadAsync(
        async session => (await ReferralStore.FindAsync(session, new ReferralId(referralId)))?.ClinicCode, cancellation);

    /// <summary>Ends a link.</summary>
    /// <param name="name">Of a link, as it is listed.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False: no open link has this name.</returns>
    public async Task<bool> RevokeAsync(string name, CancellationToken cancellation) =>
        AccessLinkStore.IsName(name) && await work.WriteAsync(tx => AccessLinkStore.RevokeNamedAsync(tx, name), cancellation) > 0;
}
