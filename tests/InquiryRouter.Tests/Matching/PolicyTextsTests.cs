using System.Collections.Frozen;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Tests.Matching;

public sealed class PolicyTextsTests
{
    private static readonly Policy s_other = Policy.Shipped with
    {
        BudgetCeiling = null,
        Approval = new Approval(
            ApprovalMode.When, new[] { "lupus" }.ToFrozenSet(StringComparer.Ordinal), new[] { "MX", "CR" }.ToFrozenSet(StringComparer.Ordinal), FrozenSet<string>.Empty, 0.05),
        AfterLastNo = AfterLastNo.Patient,
        ShareBy = ShareBy.Equal,
    };

    [Fact]
    public void The_texts_of_a_policy_make_the_same_policy()
    {
        foreach (var policy in new[] { Policy.Shipped, s_other })
        {
            var (read, problems) = PolicyFile.Read(PolicyTexts.File(PolicyTexts.Of(policy)), policy.Version, lists: null);
            Assert.Empty(problems);
            Assert.Equal(PolicyFile.Write(policy), PolicyFile.Write(read!));
        }
    }

    [Fact]
    public void What_differs_is_said_by_its_name_in_the_file()
    {
        Assert.Empty(PolicyTexts.Differences(Policy.Shipped, Policy.Shipped with { Version = 9 }));
        Assert.Equal(
            ["nearTies.by", "budgetCeiling", "approval.conditions", "approval.countries", "approval.flags", "approval.scoreGapBelow", "offers.afterLastNo"],
            PolicyTexts.Differences(Policy.Shipped, s_other).Select(d => d.Field));
        Assert.Contains(new PolicyDifference("budgetCeiling", "2", string.Empty), PolicyTexts.Differences(Policy.Shipped, s_other));
    }

    [Theory]
    [InlineData("weights.price", "\"", "weights.price")]
    [InlineData("weights.price", "1e999999", "weights.price")]
    [InlineData("weights.price", "NaN", "weights.price")]
    [InlineData("approval.flags", "\"],\"x\":[\"", "approval.flags")]
    [InlineData("name", "\",\"weights\":{}", null)]
    public void Whatever_is_typed_is_a_value_of_its_own_setting_and_nothing_else(string field, string typed, string? problem)
    {
        var texts = new Dictionary<string, string>(PolicyTexts.Of(Policy.Shipped), StringComparer.Ordinal) { [field] = typed };

        var (_, problems) = PolicyFile.Read(PolicyTexts.File(texts), 1, lists: null);

        Assert.Equal(problem is null ? [] : [problem], problems.Select(p => p.Field).Take(1));
    }
}
