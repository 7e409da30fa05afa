using InquiryRouter.Core.Referral;

namespace InquiryRouter.Tests.Referral;

public sealed class MoreOffersTests
{
    [Fact]
    public void Without_a_coordinators_word_every_offer_counts() => Assert.Equal(0, MoreOffers.After([null, "place-at MX-1", "not-a-duplicate", "more-offers-after"]));

    [Fact]
    public void The_last_word_counts() => Assert.Equal(7, MoreOffers.After([MoreOffers.Detail(7), null, MoreOffers.Detail(3)]));
}
