using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Steps;

/// <summary>A new inquiry with its patient, consent, link and first line of history; the workers hear of it.</summary>
/// <param name="Id">New.</param>
/// <param name="Reference">New; one that is taken conflicts, one in billions, and another is made.</param>
/// <param name="Inquiry">Valid.</param>
/// <param name="Patient">Sealed.</param>
/// <param name="StatusTokenHash">Of the secret of the link to its page.</param>
/// <param name="ConsentSource">Where consent was given: api or form.</param>
public sealed record AddInquiry(
    InquiryId Id, string Reference, NewInquiry Inquiry, SealedPatient Patient, byte[] StatusTokenHash, string ConsentSource) : Step
{
    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        try
        {
            await InquiryStore.AddAsync(tx, Id, Reference, Inquiry, Patient, StatusTokenHash, ConsentSource);
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("The reference is taken.", exception);
        }
    }

    internal override void Tell(ILogger log) => log.InquiryReceived(Reference, ConsentSource);
}

/// <summary>What is asked for and who the patient is, as the patient has corrected it.</summary>
public sealed record StoreCorrection(InquiryId InquiryId, InquiryFacts Facts, SealedPatient Patient) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => InquiryStore.CorrectAsync(tx, InquiryId, Facts, Patient);
}
