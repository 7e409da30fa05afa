using System.Collections.Frozen;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Worker.Matching;

/// <summary>Clinics that are not asked again about an inquiry, and why.</summary>
internal static class EarlierOffers
{
    public static async Task<IReadOnlyDictionary<string, Earlier>> FindAsync(Session session, Guid inquiryId) =>
        Of(await ReferralStore.ListAsync(session, inquiryId));

    public static IReadOnlyDictionary<string, Earlier> Of(IReadOnlyList<ReferralRecord> referrals) =>
        referrals.Count == 0 ? FrozenDictionary<string, Earlier>.Empty : referrals.ToDictionary(r => r.ClinicCode, r => Of(r.State), StringComparer.Ordinal);

    private static Earlier Of(ReferralState state) => state switch
    {
        ReferralState.Declined => Earlier.Declined,
        ReferralState.Expired => Earlier.Expired,
        ReferralState.Withdrawn => Earlier.Withdrawn,
        ReferralState.Returned => Earlier.Returned,
        _ => Earlier.Asked,
    };
}
