using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>Shows a person of ours who a patient is, and how to reach them. It is on record before it is shown.</summary>
public sealed class RevealIdentity(Work work, PatientVault vault)
{
    /// <param name="reference">Of the inquiry.</param>
    /// <param name="who">Who looks.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Null: there is no such inquiry, or the patient is erased.</returns>
    public Task<Identity?> RunAsync(string reference, Actor who, CancellationToken cancellation) => work.RunAsync<SealedPatient?, Identity?>(
        async session => await InquiryStore.FindIdAsync(session, reference) is { } id ? await InquiryStore.FindPatientAsync(session, id) : null,
        patient => Task.FromResult(
            patient is null
                ? new Decided<Identity?>(null, [])
                : new Decided<Identity?>(Identity.Of(vault.Open(patient)), [new RecordSystem(SystemEvent.Revealed(reference, "identity"), who)])),
        cancellation);
}

/// <summary>Who a patient is.</summary>
/// <param name="InquirerName">The parent or carer who asks for them; null: they ask for themselves.</param>
public sealed record Identity(string Name, string? Email, string? Phone, string? InquirerName, string? InquirerEmail)
{
    internal static Identity Of(Core.Intake.PatientData patient) =>
        new(patient.Name, patient.Email, patient.Phone, patient.InquirerName, patient.InquirerEmail);
}
