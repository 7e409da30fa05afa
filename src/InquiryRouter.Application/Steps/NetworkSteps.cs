using InquiryRouter.Core.History;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Steps;

/// <summary>A clinic pauses, or takes referrals again.</summary>
/// <param name="Until">The last day of the pause; null: there is none any more.</param>
public sealed record SetPause(string ClinicCode, DateOnly? Until, Actor Who) : Step
{
    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        if (await NetworkStore.PauseAsync(tx, ClinicCode, Until, Who))
        {
            await new RecordSystem(SystemEvent.ClinicsChanged(Until is null ? "resumed" : "paused", ClinicCode), Who).ApplyAsync(tx, applied);
        }
    }
}

/// <summary>A clinic is another one from now on, unless somebody else has changed it since it was loaded.</summary>
/// <param name="Loaded">What was decided on.</param>
/// <param name="Clinic">What it becomes.</param>
/// <param name="Source">Stands with the version of the network.</param>
public sealed record ReplaceClinic(ClinicSince Loaded, Clinic Clinic, string Source) : Step
{
    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        if ((await NetworkStore.FindAsync(tx, Clinic.Code))?.Version != Loaded.Version)
        {
            throw new ConflictException($"{Clinic.Code} was changed at the same moment.");
        }

        await NetworkStore.ReplaceAsync(tx, [Clinic], Source);
    }
}
