using InquiryRouter.Application.Policies;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Web.Console.Policies;

/// <param name="MayManage">Who looks may propose and decide.</param>
public sealed record PolicyModel(PolicyDesk Desk, bool MayManage);

public sealed record PolicyCompareModel(Policy From, Policy To, IReadOnlyList<PolicyDifference> Differences);

/// <summary>The form of a policy.</summary>
/// <param name="Seen">The version it was made from.</param>
/// <param name="Typed">By the names of the settings.</param>
/// <param name="Sentence">Why nothing was done; null: nothing was tried.</param>
public sealed record PolicyEditModel(
    int Seen, IReadOnlyDictionary<string, string> Typed, string Remark, string? Sentence, IReadOnlyList<PolicyProblem> Problems,
    IReadOnlyList<PolicyDifference> Differences)
{
    /// <summary>What is wrong with a setting; null: nothing.</summary>
    public string? Problem(string field) => Problems.FirstOrDefault(p => p.Field == field || p.Field.StartsWith(field + "[", StringComparison.Ordinal))?.Allowed;
}

/// <param name="InForce">The version in force.</param>
/// <param name="Differences">To the policy it was made from.</param>
public sealed record ProposalModel(
    PolicyProposal Proposal, int InForce, IReadOnlyList<PolicyDifference> Differences, IReadOnlyList<PolicyTrialRow> Trials, ConsoleUser User,
    DateTimeOffset Now, string? Done, string? Problem)
{
    public bool IsOpen => Proposal.State == ProposalState.Open;

    public bool IsMine => Proposal.Author == User.Id;

    public bool MayManage => User.May(Access.ManagePolicy);

    public bool IsRunning => Trials.Any(t => PolicyTrials.IsRunning(t, Now));
}

/// <summary>A setting of a policy as people read it.</summary>
/// <param name="Name">As the policy file has it.</param>
public sealed record PolicyField(string Name, string Group, string Label, string? Hint = null);

/// <summary>Every setting of a policy; a test holds the list complete.</summary>
public static class PolicyFields
{
    private const string Weights = "What counts, in proportion";
    private const string Ties = "Clinics that are equally good";
    private const string Approval = "A coordinator's yes before the first offer";
    private const string Offers = "Offers";

    public static readonly IReadOnlyList<PolicyField> All =
    [
        new("name", "Policy", "Name"),
        new("weights.experience", Weights, "Experience"), new("weights.credential", Weights, "Credential"), new("weights.response", Weights, "Response"),
        new("weights.acceptance", Weights, "Acceptance"), new("weights.price", Weights, "Price"), new("weights.destination", Weights, "Destination"),
        new("weights.language", Weights, "Language"), new("weights.headroom", Weights, "Headroom"),
        new("nearTies.within", Ties, "Within this score", "0 to 0.5"), new("nearTies.most", Ties, "At most so many share", "1: nobody shares"),
        new("nearTies.weeks", Ties, "Weeks that are counted back"), new("nearTies.by", Ties, "Shared by", "capacity or equal"),
        new("budgetCeiling", Offers, "Times the budget, at most", "empty: the price only counts in the score"),
        new("approval.mode", Approval, "When", "never, always or when"), new("approval.conditions", Approval, "Conditions", "codes with commas"),
        new("approval.countries", Approval, "Countries", "like MX, CR"),
        new("approval.flags", Approval, "Flags", "carer, high-risk, minor, unknown-type, unreviewed-rule"),
        new("approval.scoreGapBelow", Approval, "First two closer than", "empty: it does not matter"),
        new("offers.parallel", Offers, "Clinics asked at the same time"), new("offers.most", Offers, "Clinics asked in all"),
        new("offers.windowHours", Offers, "Business hours for an answer"), new("offers.urgentWindowHours", Offers, "The same when it is urgent"),
        new("offers.afterLastNo", Offers, "After the last no", "coordinator or patient"),
    ];

    public static string Label(string name) => All.FirstOrDefault(f => f.Name == name) is { } field ? $"{field.Group}: {field.Label}" : name;

    /// <summary>What a setting says, for people.</summary>
    public static string Shown(string name, string text) => text.Length == 0 ? "–" : (name, text) switch
    {
        ("approval.mode", "when") => "when one of these is so",
        ("approval.mode", "always") => "always",
        ("nearTies.by", "capacity") => "their capacity",
        ("nearTies.by", "equal") => "equal parts",
        ("offers.afterLastNo", "coordinator") => "a coordinator looks",
        ("offers.afterLastNo", "patient") => "the patient is asked",
        ("approval.flags", _) => text.Replace('-', ' ').Replace(",", ", ", StringComparison.Ordinal).Replace("  ", " ",
            StringComparison.Ordinal),
        _ => text,
    };
}
