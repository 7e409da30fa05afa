using InquiryRouter.Core.Referral;

namespace InquiryRouter.Tests.Referral;

public sealed class IdentityRuleTests
{
    [Fact]
    public void Nobody_sees_who_the_patient_is_before_it_was_disclosed_and_no_clinic_that_has_not_the_patient_in_hand()
    {
        foreach (var state in Enum.GetValues<ReferralState>())
        {
            var inHand = ReferralTransitions.IsInHand(state) || state == ReferralState.Completed;

            Assert.Equal(inHand, IdentityRule.MaySee(state, disclosed: true, consents: true, choice: null));
            Assert.Equal(inHand, IdentityRule.MaySee(state, disclosed: true, consents: true, choice: true));
            Assert.False(IdentityRule.MaySee(state, disclosed: false, consents: true, choice: true));
            Assert.False(IdentityRule.MaySee(state, disclosed: true, consents: false, choice: true));
            Assert.False(IdentityRule.MaySee(state, disclosed: true, consents: true, choice: false));
        }
    }
}
