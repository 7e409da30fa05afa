using InquiryRouter.Core.Intake;

namespace InquiryRouter.Infrastructure.Data.Stores.Mail;

/// <summary>Patients whose address takes no mail, so that a person is asked to call them once, and not at each mail that fails after it.</summary>
public static class UnreachablePatientStore
{
    public static async Task<bool> IsKnownAsync(Session session, InquiryId inquiryId) =>
        await session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM UnreachablePatient WHERE InquiryId = @inquiryId", new { inquiryId }) > 0;

    /// <exception cref="ConflictException">It was noted at the same moment.</exception>
    public static async Task AddAsync(Tx tx, InquiryId inquiryId)
    {
        try
        {
            await tx.ExecuteAsync("INSERT INTO UnreachablePatient (InquiryId, Since) VALUES (@inquiryId, @Now)", new { inquiryId, tx.Now });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("The patient was noted as unreachable at the same moment.", exception);
        }
    }

    /// <summary>The address was corrected.</summary>
    /// <returns>False when it was not noted.</returns>
    public static async Task<bool> RemoveAsync(Tx tx, InquiryId inquiryId) =>
        await tx.ExecuteAsync("DELETE FROM UnreachablePatient WHERE InquiryId = @inquiryId", new { inquiryId }) == 1;
}
