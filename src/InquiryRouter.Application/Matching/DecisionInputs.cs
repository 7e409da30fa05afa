using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Application.Matching;

/// <summary>Everything a decision is made from.</summary>
public sealed record DecisionInputs(InquiryFacts Facts, MatchIndex Index, Policy Policy, MatchLoad Load, DateTimeOffset At)
{
    public MatchDecision Decide() => Matcher.Match(Facts, Index, Policy, Load, At);

    /// <summary>Which rules of the policy ask for a coordinator's yes, as codes of <see cref="ApprovalRules"/>; empty: none.</summary>
    public IReadOnlyList<string> ApprovalFor(MatchDecision decision) => ApprovalRules.Reasons(decision, Facts, Index, Policy, At);
}

/// <summary>What a decision that was made can be made again from.</summary>
public abstract record RecordedInputs
{
    private RecordedInputs()
    {
    }

    public sealed record Found(DecisionInputs Inputs) : RecordedInputs;

    /// <summary>One of the inputs is not in this database any more.</summary>
    /// <param name="What">inquiry, policy or network.</param>
    /// <param name="Version">Which version of it; 0: the inquiry itself.</param>
    public sealed record Missing(string What, long Version) : RecordedInputs;
}
