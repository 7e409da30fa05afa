using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// Shows a person of ours who a patient is, and how to reach them. That they asked is on record before it is shown; for minutes, the page
/// they asked on can
/// be loaded again.
/// </summary>
public sealed class RevealIdentity(Work work, PatientVault vault)
{
    /// <param name="reference">Of the inquiry.</param>
    /// <param name="user">Who looks.</param>
    /// <param name="who">As the access log says it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>What shows it to them, and to nobody else. Null: there is no such inquiry, or the patient is erased.</returns>
    public Task<Guid?> RunAsync(string reference, UserId user, Actor who, CancellationToken cancellation) =>
        new Reveal("identity", KeptKind.Reveal).RunAsync(
            work, reference,
            async session => await InquiryStore.FindIdAsync(session, reference) is { } id
                && await InquiryStore.FindPatientAsync(session, id) is not null ? id : null,
            user, who, cancellation);

    /// <summary>Who it is, once that is on record.</summary>
    /// <param name="reference">Of the inquiry.</param>
    /// <param name="user">Who looks.</param>
    /// <param name="shown">What they were given.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Null: they did not ask, or too long ago.</returns>
    public async Task<Identity?> FindAsync(string reference, UserId user, Guid shown, CancellationToken cancellation)
    {
        var patient = await work.ReadAsync(
            async session => await InquiryStore.FindIdAsync(session, reference) is { } id
                && await KeptPageStore.IsOfAsync(session, shown, user, KeptKind.Reveal, id)
                    ? await InquiryStore.FindPatientAsync(session, id)
                    : null,
            cancellation);
        return patient is null ? null : Identity.Of(vault.Open(patient));
    }
}

/// <summary>Who a patient is.</summary>
/// <param name="InquirerName">The parent or carer who asks for them; null: they ask for themselves.</param>
public sealed record Identity(string Name, string? Email, string? Phone, string? InquirerName, string? InquirerEmail)
{
    internal static Identity Of(PatientData patient) =>
        new(patient.Name, patient.Email, patient.Phone, patient.InquirerName, patient.InquirerEmail);
}
