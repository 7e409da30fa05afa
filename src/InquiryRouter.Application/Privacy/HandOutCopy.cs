using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Application.Privacy;

/// <summary>A person of ours takes the patient's own copy, to hand it to them. It is on record before they have it.</summary>
public sealed class HandOutCopy(Work work, ExportPatient export)
{
    /// <returns>A file; null: there is no such inquiry, or nothing is held.</returns>
    public async Task<byte[]?> RunAsync(string reference, Actor who, CancellationToken cancellation)
    {
        if (await work.ReadAsync(session => InquiryStore.FindIdAsync(session, reference), cancellation) is not { } id
            || await export.RunAsync(id, cancellation) is not { } record)
        {
            return null;
        }

        await work.ApplyAsync([new RecordSystem(SystemEvent.Exported("patient", 1, withIdentities: true, reference), who)], cancellation);
        return PatientRecordJson.Write(record);
    }
}
