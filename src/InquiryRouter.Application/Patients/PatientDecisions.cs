using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>What became of something the patient did: what the page says next.</summary>
/// <param name="Notice">A code of <see cref="StatusNotice"/>.</param>
/// <param name="Problem">Not null: nothing was done, and the page is shown again with it.</param>
/// <param name="Token">The secret of the link that opens the page from now on; null: the one it was opened with.</param>
public readonly record struct StatusOutcome(string Notice, StatusProblem? Problem = null, string? Token = null)
{
    /// <summary>Something else has happened meanwhile, and what was asked for is not possible any more.</summary>
    public static readonly StatusOutcome Moved = new(StatusNotice.Moved);
}

/// <summary>What was wrong with a field that was sent.</summary>
/// <param name="Field">Its id on the page.</param>
/// <param name="Key">Of the sentence.</param>
/// <param name="Typed">Kept, so that nothing typed is lost.</param>
public sealed record StatusProblem(string Field, string Key, string Typed);

/// <summary>Lets a patient decide about their inquiry as it is now; when somebody else was first, it is looked at again.</summary>
public sealed class PatientDecisions(Database database)
{
    private const int Tries = 5;

    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="decide">Asks and applies; may be called again with what is there then.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="ConflictException">Somebody else was first, every time.</exception>
    internal async Task<StatusOutcome> DecideAsync(Guid inquiryId, Func<PatientCase, SealedPatient, Task<StatusOutcome>> decide, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = await database.ReadAsync(session => PatientCase.LoadAsync(session, inquiryId), cancellation);
            if (found is not { Patient: { } patient, Inquiry.State: not InquiryState.Erased })
            {
                return StatusOutcome.Moved;
            }

            try
            {
                return await decide(found, patient);
            }
            catch (ConflictException) when (attempt < Tries)
            {
                // A second click, a clinic, or a stage.
            }
        }
    }
}
