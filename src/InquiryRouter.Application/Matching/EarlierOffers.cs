using System.Collections.Frozen;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Screening;

namespace InquiryRouter.Application.Matching;

/// <summary>Clinics that are not asked again about an inquiry, and why.</summary>
internal static class EarlierOffers
{
    public static async Task<IReadOnlyDictionary<string, Earlier>> FindAsync(Session session, InquiryId inquiryId) =>
        Of(await ReferralStore.ListAsync(session, inquiryId), await InquiryPairStore.ListClinicsOfSamePatientAsync(session, inquiryId));

    /// <param name="samePatient">Clinics that know the patient by another inquiry.</param>
    public static IReadOnlyDictionary<string, Earlier> Of(IReadOnlyList<ReferralRecord> referrals, IReadOnlyList<string> samePatient)
    {
        if (referrals.Count == 0 && samePatient.Count == 0)
        {
            return FrozenDictionary<string, Earlier>.Empty;
        }

        var earlier = samePatient.ToDictionary(c => c, _ => Earlier.SamePatient, StringComparer.Ordinal);
        foreach (var referral in referrals)
        {
            earlier[referral.ClinicCode] = Of(referral.State);
        }

        return earlier;
    }

    private static Earlier Of(ReferralState state) => state switch
    {
        ReferralState.Declined => Earlier.Declined,
        ReferralState.Expired => Earlier.Expired,
        ReferralState.Withdrawn => Earlier.Withdrawn,
        ReferralState.Returned => Earlier.Returned,
        _ => Earlier.Asked,
    };
}
