using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Tests.Mail;

public sealed class MailRelevanceTests
{
    private static readonly InquiryState[] s_inquiries = Enum.GetValues<InquiryState>();
    private static readonly ReferralState?[] s_referrals = [null, .. Enum.GetValues<ReferralState>()];

    [Theory]
    [InlineData(MailKind.ReferralOffer)]
    [InlineData(MailKind.OfferReminder)]
    [InlineData(MailKind.OfferResumed)]
    public void An_offer_that_was_answered_or_ended_is_not_sent_any_more(MailKind kind) => Assert.All(
        Enum.GetValues<ReferralState>(), state => Assert.Equal(state is ReferralState.Offered or ReferralState.Viewed, IsWanted(kind, InquiryState.Referred, state)));

    [Theory]
    [InlineData(InquiryState.Held)]
    [InlineData(InquiryState.Received)]
    [InlineData(InquiryState.Screened)]
    [InlineData(InquiryState.Matched)]
    public void A_clinic_that_cannot_answer_is_not_told_to_and_learns_of_its_offer_all_the_same(InquiryState state)
    {
        Assert.False(IsWanted(MailKind.OfferReminder, state, ReferralState.Viewed));
        Assert.False(IsWanted(MailKind.OfferResumed, state, ReferralState.Viewed));
        Assert.True(IsWanted(MailKind.ReferralOffer, state, ReferralState.Offered));
    }

    [Theory]
    [InlineData(MailKind.ClinicAccepted)]
    [InlineData(MailKind.AcceptanceConfirmed)]
    [InlineData(MailKind.IdentityShown)]
    [InlineData(MailKind.CheckIn)]
    public void A_yes_that_was_taken_back_is_not_told(MailKind kind)
    {
        Assert.True(IsWanted(kind, InquiryState.Accepted, ReferralState.Accepted));
        Assert.All([ReferralState.Viewed, ReferralState.Returned, ReferralState.Withdrawn], state => Assert.False(IsWanted(kind, InquiryState.Accepted, state)));
    }

    [Fact]
    public void How_it_is_going_is_asked_only_while_a_clinic_has_the_patient() => Assert.Equal(
        [InquiryState.Accepted, InquiryState.Booked], s_inquiries.Where(state => IsWanted(MailKind.CheckIn, state, ReferralState.Accepted)));

    [Fact]
    public void That_the_search_goes_on_is_told_only_while_it_does() => Assert.Equal(
        [InquiryState.Matched, InquiryState.Referred], s_inquiries.Where(state => IsWanted(MailKind.MovedOn, state, null)));

    [Fact]
    public void Of_an_erased_inquiry_nothing_goes_out_but_its_own_confirmation_and_what_lets_go_of_a_clinic() => Assert.Equal(
        [
            MailKind.OfferWithdrawn, MailKind.Erased, MailKind.DeleteRequest, MailKind.ClinicLink, MailKind.OperationsAlert, MailKind.WorkDigest,
            MailKind.AccountChanged,
        ],
        Enum.GetValues<MailKind>().Where(kind => s_referrals.Any(referral => IsWanted(kind, InquiryState.Erased, referral))));

    [Fact]
    public void Of_a_closed_inquiry_the_patient_gets_only_what_they_asked_for_and_that_their_address_was_changed() => Assert.Equal(
        [MailKind.Withdrawn, MailKind.Erased, MailKind.StatusLink, MailKind.AddressChanged, MailKind.AddressConfirmed, MailKind.InquiryClosed],
        Enum.GetValues<MailKind>().Where(kind => MailKinds.Audience(kind) == MailAudience.Patient
            && s_referrals.Any(referral => IsWanted(kind, InquiryState.Closed, referral))));

    [Fact]
    public void A_clinic_hears_of_a_closed_inquiry_only_that_it_is_let_go_and_what_it_has_to_delete() => Assert.Equal(
        [MailKind.OfferWithdrawn, MailKind.OfferPlaced, MailKind.DeleteRequest, MailKind.ClinicLink],
        Enum.GetValues<MailKind>().Where(kind => MailKinds.Audience(kind) == MailAudience.Clinic
            && s_referrals.Any(referral => IsWanted(kind, InquiryState.Closed, referral))));

    [Fact]
    public void A_clinic_is_not_asked_to_delete_what_it_may_see_again()
    {
        Assert.True(MailRelevance.IsWanted(MailKind.DeleteRequest, InquiryState.Accepted, ReferralState.Accepted, answered: false));
        Assert.False(MailRelevance.IsWanted(MailKind.DeleteRequest, InquiryState.Accepted, ReferralState.Accepted, answered: true));
        Assert.True(MailRelevance.IsWanted(MailKind.DeleteRequest, InquiryState.Erased, ReferralState.Withdrawn, answered: true));
    }

    [Fact]
    public void Every_kind_is_wanted_somewhere() => Assert.All(
        Enum.GetValues<MailKind>(), kind => Assert.Contains(s_inquiries, inquiry => s_referrals.Any(referral => IsWanted(kind, inquiry, referral))));

    [Theory]
    [InlineData(MailKind.QuoteReceived)]
    [InlineData(MailKind.NeedsInformation)]
    public void What_a_clinic_gave_or_asked_is_not_told_once_it_has_nothing_to_do_with_the_patient_any_more(MailKind kind)
    {
        Assert.True(IsWanted(kind, InquiryState.Referred, ReferralState.Quoted));
        Assert.All(
            [ReferralState.Declined, ReferralState.Expired, ReferralState.Returned, ReferralState.Withdrawn], state => Assert.False(IsWanted(kind, InquiryState.Referred, state)));
    }

    [Fact]
    public void That_a_clinic_took_its_yes_back_is_not_told_when_it_has_said_yes_again()
    {
        Assert.True(IsWanted(MailKind.AcceptanceUndone, InquiryState.Referred, ReferralState.Viewed));
        Assert.False(IsWanted(MailKind.AcceptanceUndone, InquiryState.Accepted, ReferralState.Accepted));
    }

    [Theory]
    [InlineData(MailKind.CheckIn)]
    [InlineData(MailKind.NeedsInformation)]
    public void Nobody_is_asked_what_they_have_answered(MailKind kind)
    {
        Assert.True(MailRelevance.IsWanted(kind, InquiryState.Accepted, ReferralState.Accepted, answered: false));
        Assert.False(MailRelevance.IsWanted(kind, InquiryState.Accepted, ReferralState.Accepted, answered: true));
    }

    private static bool IsWanted(MailKind kind, InquiryState inquiry, ReferralState? referral) => MailRelevance.IsWanted(kind, inquiry, referral, answered: false);
}
