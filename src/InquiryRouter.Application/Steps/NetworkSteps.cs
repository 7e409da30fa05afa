using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Steps;

/// <summary>A clinic pauses, or takes referrals again.</summary>
/// <param name="Until">The last day of the pause; null: there is none any more.</param>
public sealed record SetPause(string ClinicCode, DateOnly? Until, Actor Who) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => NetworkStore.PauseAsync(tx, ClinicCode, Until, Who);
}
