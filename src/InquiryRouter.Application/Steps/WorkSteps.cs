using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;

namespace InquiryRouter.Application.Steps;

/// <summary>
/// What a person must look at about the inquiry may be other than before. Moves, notes, quotes, ends of referrals and pairs say so themselves; once all
/// steps are applied, the open work is made equal to what the states say.
/// </summary>
/// <param name="Who">Who has changed it; null: a stage.</param>
public sealed record LookAgain(InquiryId InquiryId, Actor? Who = null) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied)
    {
        applied.LooksAgain(InquiryId, Who);
        return Task.CompletedTask;
    }
}
