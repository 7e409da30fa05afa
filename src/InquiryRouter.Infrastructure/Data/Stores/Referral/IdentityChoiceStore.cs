using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Infrastructure.Data.Stores.Referral;

/// <summary>Which clinics the patient lets see who they are, where they have chosen themselves.</summary>
public static class IdentityChoiceStore
{
    /// <summary>The patient's choices by clinic; a clinic that is missing follows the consent.</summary>
    public static async Task<IReadOnlyDictionary<string, bool>> ListAsync(Session session, InquiryId inquiryId) =>
        (await session.QueryAsync<ChoiceRow>("SELECT ClinicCode, Allowed FROM IdentityChoice WHERE InquiryId = @inquiryId", new { inquiryId }))
        .ToDictionary(c => c.ClinicCode, c => c.Allowed, StringComparer.Ordinal);

    /// <summary>Whether the clinic of a referral may see now who the patient is, by <see cref="IdentityRule"/>.</summary>
    public static async Task<bool> MaySeeAsync(Session session, ReferralId referralId) =>
        await ReferralStore.FindAsync(session, referralId) is { } referral
        && IdentityRule.MaySee(
            referral.State, referral.DisclosedAt is not null, await InquiryStore.FindConsentAsync(session, referral.InquiryId) is { ShareWithClinics: true },
            (await ListAsync(session, referral.InquiryId)).TryGetValue(referral.ClinicCode, out var choice) ? choice : null);

    public static async Task SetAsync(Tx tx, InquiryId inquiryId, string clinicCode, bool allowed)
    {
        var choice = new { inquiryId, clinicCode, allowed, tx.Now };
        if (await tx.ExecuteAsync("UPDATE IdentityChoice SET Allowed = @allowed, At = @Now WHERE InquiryId = @inquiryId AND ClinicCode = @clinicCode", choice) == 0)
        {
            try
            {
                await tx.ExecuteAsync("INSERT INTO IdentityChoice (InquiryId, ClinicCode, Allowed, At) VALUES (@inquiryId, @clinicCode, @allowed, @Now)", choice);
            }
            catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
            {
                throw new ConflictException($"A choice for {clinicCode} was made at the same moment.", exception);
            }
        }
    }

    private sealed class ChoiceRow
    {
        public string ClinicCode { get; init; } = string.Empty;

        public bool Allowed { get; init; }
    }
}
