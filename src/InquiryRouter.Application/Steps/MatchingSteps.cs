using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Steps;

/// <summary>A decision is kept, with everything it was made from.</summary>
public sealed record AddMatch(InquiryRecord Inquiry, NewMatch Match) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => MatchStore.AddAsync(tx, Inquiry.Id, Inquiry.Version, Match);
}

/// <summary>What each clinic of a near tie is owed.</summary>
/// <param name="Shares">In millionths of an offer: for the one whose turn it was, less the whole offer.</param>
public sealed record AccrueShares(IReadOnlyList<(string Clinic, DateOnly Week, long Owed)> Shares) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied)
    {
        foreach (var (clinic, week, owed) in Shares)
        {
            applied.Load.Owe(clinic, week, owed);
        }

        return Task.CompletedTask;
    }
}
