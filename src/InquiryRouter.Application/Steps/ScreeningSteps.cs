using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Screening;

namespace InquiryRouter.Application.Steps;

/// <summary>What speaks for spam, with the points of this moment.</summary>
public sealed record AddSpamScore(InquiryId InquiryId, SpamVerdict Spam) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => SpamScoreStore.AddAsync(tx, InquiryId, Spam);
}

/// <summary>Another inquiry that may be of the same patient; a pair that is known already stays as it is.</summary>
public sealed record SuggestPair(InquiryId InquiryId, DuplicateFinding Finding) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied)
    {
        applied.LooksAgain(InquiryId, null);
        return InquiryPairStore.SuggestAsync(tx, InquiryId, Finding);
    }
}
