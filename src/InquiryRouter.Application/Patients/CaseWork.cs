using InquiryRouter.Core.Intake;

namespace InquiryRouter.Application.Patients;

/// <summary>How a patient's use case runs: on their inquiry as it is now.</summary>
internal static class CaseWork
{
    /// <summary>Loads the inquiry, decides and applies; there is nothing to be done with one that was erased.</summary>
    public static Task<Outcome> RunOnCaseAsync(
        this Work work, InquiryId inquiryId, Func<PatientCase, Task<Decided<Outcome>>> decide, CancellationToken cancellation) =>
        work.RunOnCaseAsync(inquiryId, Outcome.NotFound.It, decide, cancellation);

    /// <inheritdoc cref="RunOnCaseAsync(Work, InquiryId, Func{PatientCase, Task{Decided{Outcome}}}, CancellationToken)"/>
    /// <param name="gone">Of one that was erased.</param>
    public static Task<TOutcome> RunOnCaseAsync<TOutcome>(
        this Work work, InquiryId inquiryId, TOutcome gone, Func<PatientCase, Task<Decided<TOutcome>>> decide,
        CancellationToken cancellation) =>
        work.RunAsync(
            session => PatientCase.LoadAsync(session, inquiryId),
            found => found is null ? Task.FromResult<Decided<TOutcome>>(gone) : decide(found),
            cancellation);
}
