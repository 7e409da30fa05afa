using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

public sealed class DecisionDigestTests
{
    private static readonly (string, double)[] s_ranked = [("MX-1", 0.8), ("MX-2", 0.7)];
    private static readonly (string, string)[] s_rejected = [("CA-1", "language"), ("CA-2", "condition")];

    private static readonly string s_digest = DecisionDigest.Of(s_ranked, s_rejected);

    [Fact]
    public void The_same_has_the_same_in_every_process() => Assert.Equal("d64369fa10d627da", s_digest);

    [Fact]
    public void Whatever_is_different_makes_another()
    {
        string[] others =
        [
            DecisionDigest.Of([("MX-2", 0.7), ("MX-1", 0.8)], s_rejected),
            DecisionDigest.Of([("MX-1", 0.8), ("MX-2", 0.700001)], s_rejected),
            DecisionDigest.Of([("MX-1", 0.8)], s_rejected),
            DecisionDigest.Of(s_ranked, [("CA-1", "budget"), ("CA-2", "condition")]),
            DecisionDigest.Of(s_ranked, [("CA-1", "condition"), ("CA-2", "language")]),
            DecisionDigest.Of(s_ranked, [("CA-1", "language")]),
            DecisionDigest.Of(s_ranked, [("CA-1l", "anguage"), ("CA-2", "condition")]),
        ];

        Assert.Distinct(others.Append(s_digest), StringComparer.Ordinal);
    }

    [Fact]
    public void That_of_a_decision_is_of_both_of_its_lists()
    {
        var decision = A.Decision(An.Inquiry(), A.Network(A.Clinic("MX-1"), A.Clinic("MX-2") with { Languages = ["es"] }));

        Assert.Equal(DecisionDigest.Of([("MX-1", decision.Ranked[0].Score)], [("MX-2", "language")]), DecisionDigest.Of(decision));
    }
}
