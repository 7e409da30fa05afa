using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Referral;

/// <summary>What a clinic can do, where its referral stands.</summary>
public sealed class ClinicActionsTests
{
    // Open until tomorrow, the yes half an hour old, the patient agrees, the clinic may treat them and has colleagues.
    private static readonly ClinicFacts s_offered = new()
    {
        Inquiry = InquiryState.Referred, Referral = ReferralState.Offered, OfferUntil = Moment.Now.AddDays(1), AcceptedAt = null,
        Shares = true, Lapsed = false, HasColleagues = true,
    };

    // Ten minutes ago; a week ago.
    private static readonly ClinicFacts s_declined = s_offered with
    {
        Referral = ReferralState.Declined, AnsweredAt = Moment.Now.AddMinutes(-10), IsUnplaced = true,
    };

    private static readonly ClinicFacts s_expired = s_declined with { Referral = ReferralState.Expired, AnsweredAt = Moment.Now.AddDays(-7) };

    private static readonly ClinicFacts s_accepted = s_offered with
    {
        Inquiry = InquiryState.Accepted, Referral = ReferralState.Accepted, AcceptedAt = Moment.Now.AddMinutes(-30),
    };

    private static readonly ClinicFacts s_quoted = s_offered with { Referral = ReferralState.Quoted };
    private static readonly ClinicFacts s_chosen = s_accepted with { Referral = ReferralState.Quoted };
    private static readonly ClinicFacts s_completed = s_accepted with { Inquiry = InquiryState.Closed, Referral = ReferralState.Completed };
    private static readonly ClinicFacts s_booked = s_accepted with { Inquiry = InquiryState.Booked, Referral = ReferralState.Booked };

    /// <summary>Where it stands, and the buttons.</summary>
    public static TheoryData<string, ClinicFacts, string> Buttons => new()
    {
        { "offered", s_offered, "Accept Decline Quote Ask Forward" },
        { "seen", s_offered with { Referral = ReferralState.Viewed }, "Accept Decline Quote Ask Forward" },
        { "accepted", s_accepted, "Undo Quote Ask Book Complete Return Forward" },
        { "accepted an hour ago", s_accepted with { AcceptedAt = Moment.Now.AddHours(-1) }, "Quote Ask Book Complete Return Forward" },
        { "quoted on the summary", s_quoted, "Quote Ask Return Forward" },
        { "quoted, another clinic has the patient", s_quoted with { Inquiry = InquiryState.Accepted }, "Quote Ask Return Forward" },
        { "its quote chosen", s_chosen, "Quote Ask Book Complete Return Forward" },
        { "booked", s_booked, "Ask Complete Return Forward" },
        { "declined", s_declined, "Reopen" },
        { "declined an hour ago", s_declined with { AnsweredAt = Moment.Now.AddHours(-1) }, "" },
        { "declined, another clinic has the patient", s_declined with { IsUnplaced = false }, "" },
        { "expired", s_expired, "Reopen" },
        { "expired, another clinic has the patient", s_expired with { IsUnplaced = false }, "" },
        { "expired, the patient does not agree", s_expired with { Shares = false }, "" },
        { "expired, the clinic has lapsed", s_expired with { Lapsed = true }, "" },
        { "offered, the patient has asked something", s_offered with { WasAsked = true }, "Accept Decline Quote Ask Forward Reply" },
        { "accepted, the patient has asked something", s_accepted with { WasAsked = true }, "Undo Quote Ask Book Complete Return Forward Reply" },
        { "withdrawn", s_offered with { Referral = ReferralState.Withdrawn }, "" },
        { "returned", s_accepted with { Referral = ReferralState.Returned }, "" },
        { "completed", s_completed, "" },
        { "offered until now", s_offered with { OfferUntil = Moment.Now }, "" },
        { "offered, another clinic was first", s_offered with { Inquiry = InquiryState.Accepted }, "" },
        { "offered, now held", s_offered with { Inquiry = InquiryState.Held }, "" },
        { "accepted, now held", s_accepted with { Inquiry = InquiryState.Held }, "Undo Quote Ask Book Complete Return Forward" },
        { "accepted, the inquiry has ended", s_accepted with { Inquiry = InquiryState.Closed }, "" },
        { "accepted, the patient is erased", s_accepted with { Inquiry = InquiryState.Erased }, "" },
        { "offered, the patient does not agree", s_offered with { Shares = false }, "Decline Forward" },
        { "accepted, the patient does not agree any more", s_accepted with { Shares = false }, "Undo Book Complete Return Forward" },
        { "offered, the clinic has lapsed", s_offered with { Lapsed = true }, "Decline Ask Forward" },
        { "quoted, the clinic has lapsed", s_quoted with { Lapsed = true }, "Ask Return Forward" },
        { "accepted, the clinic has lapsed", s_accepted with { Lapsed = true }, "Undo Quote Ask Book Complete Return Forward" },
        { "offered to a clinic of one person", s_offered with { HasColleagues = false }, "Accept Decline Quote Ask" },
    };

    /// <summary>Where it stands, what cannot be done, and why.</summary>
    public static TheoryData<ClinicFacts, ClinicAction, Refusal> Refusals => new()
    {
        { s_accepted, ClinicAction.Accept, Refusal.AlreadyDone },
        { s_chosen, ClinicAction.Accept, Refusal.AlreadyDone },
        { s_offered with { Referral = ReferralState.Declined }, ClinicAction.Decline, Refusal.AlreadyDone },
        { s_offered with { Referral = ReferralState.Viewed }, ClinicAction.Undo, Refusal.AlreadyDone },
        { s_accepted with { Referral = ReferralState.Returned }, ClinicAction.Return, Refusal.AlreadyDone },
        { s_booked, ClinicAction.Book, Refusal.AlreadyDone },
        { s_completed, ClinicAction.Complete, Refusal.AlreadyDone },
        { s_quoted, ClinicAction.Accept, Refusal.Ended },
        { s_accepted, ClinicAction.Decline, Refusal.Ended },
        { s_accepted with { AcceptedAt = Moment.Now.AddHours(-1) }, ClinicAction.Undo, Refusal.Ended },
        { s_booked, ClinicAction.Quote, Refusal.Ended },
        { s_quoted, ClinicAction.Complete, Refusal.Ended },
        { s_offered with { OfferUntil = Moment.Now, Shares = false }, ClinicAction.Accept, Refusal.Ended },
        { s_offered with { Lapsed = true }, ClinicAction.Accept, Refusal.Ended },
        { s_offered with { Shares = false, Lapsed = true }, ClinicAction.Accept, Refusal.NoConsent },
        { s_accepted with { Shares = false }, ClinicAction.Quote, Refusal.NoConsent },
        { s_accepted with { Shares = false }, ClinicAction.Ask, Refusal.NoConsent },
    };

    [Theory]
    [MemberData(nameof(Buttons))]
    public void A_clinic_has_the_buttons_for_what_it_can_do(string where, ClinicFacts facts, string buttons)
    {
        Assert.NotEmpty(where);
        Assert.Equal(
            buttons.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            ClinicActions.Possible(facts, Moment.Now).Select(a => a.ToString()).Order());
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_it_cannot_do_has_a_reason(ClinicFacts facts, ClinicAction action, Refusal why) =>
        Assert.Equal(why, ClinicActions.WhyNot(action, facts, Moment.Now));
}
