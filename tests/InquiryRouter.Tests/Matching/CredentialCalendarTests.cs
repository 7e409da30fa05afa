using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

public sealed class CredentialCalendarTests
{
    private static readonly Credential s_long = A.Credential("jci", "hospital");

    [Fact]
    public void A_credential_is_verified_again_after_ninety_days_and_a_licence_after_thirty()
    {
        Assert.Equal(s_long.VerifiedAt!.Value.AddDays(90), CredentialCalendar.NextCheck(s_long, A.MatchRules));
        Assert.Equal(s_long.VerifiedAt!.Value.AddDays(30), CredentialCalendar.NextCheck(A.Credential("cofepris", "cell-therapy-clinical"), A.MatchRules));
    }

    [Fact]
    public void A_day_that_was_set_counts_before_the_rule() =>
        Assert.Equal(new DateOnly(2027, 1, 2), CredentialCalendar.NextCheck(s_long with { NextCheck = new DateOnly(2027, 1, 2) }, A.MatchRules));

    [Fact]
    public void What_was_never_verified_is_not_verified_again() =>
        Assert.Null(CredentialCalendar.NextCheck(s_long with { VerifiedBy = null, VerifiedAt = null }, A.MatchRules));

    [Fact]
    public void Nothing_is_due_of_what_was_just_verified_and_lasts() => Assert.Empty(Due(s_long));

    [Theory]
    [InlineData(-1, "ended on 2026-11-17; it no longer counts")]
    [InlineData(0, "ends on 2026-11-18; ask for the renewal")]
    [InlineData(60, "ends on 2027-01-17; ask for the renewal")]
    public void What_ends_within_sixty_days_or_has_ended_is_named(int days, string sentence)
    {
        var due = Assert.Single(Due(s_long with { ValidTo = Moment.Today.AddDays(days) }));

        Assert.Equal(("MX-1", Moment.Today.AddDays(days), sentence), (due.Clinic, due.On, due.Sentence));
    }

    [Fact]
    public void What_ends_later_is_not_named_yet() => Assert.Empty(Due(s_long with { ValidTo = Moment.Today.AddDays(61) }));

    [Fact]
    public void A_check_is_due_on_its_day_and_not_before()
    {
        Assert.Empty(Due(s_long with { NextCheck = Moment.Today.AddDays(1) }));
        Assert.Equal(
            "was to be verified again by 2026-11-18; ask the issuer, or take it down",
            Assert.Single(Due(s_long with { NextCheck = Moment.Today })).Sentence);
    }

    [Fact]
    public void What_has_ended_is_not_to_be_checked_as_well() =>
        Assert.Single(Due(s_long with { ValidTo = Moment.Today.AddDays(-1), NextCheck = Moment.Today.AddDays(-5) }));

    [Theory]
    [InlineData("suspended")]
    [InlineData("withdrawn")]
    public void What_is_not_in_force_anyway_is_not_due(string status)
    {
        Assert.Empty(Due(s_long with { Status = status, ValidTo = Moment.Today }));
        Assert.Empty(Due(s_long with { VerifiedBy = null, ValidTo = Moment.Today }));
    }

    [Fact]
    public void Clinics_that_are_not_active_are_left_alone_and_the_soonest_comes_first()
    {
        var network = A.Network(
            Holding("MX-3", 5), Holding("MX-1", 20), Holding("MX-2", 5), Holding("MX-4", 1) with { Active = false });

        Assert.Equal(["MX-2", "MX-3", "MX-1"], CredentialCalendar.Due(network, Moment.Today).Select(d => d.Clinic));

        static Clinic Holding(string code, int days) => A.Clinic(code) with { Credentials = [s_long with { ValidTo = Moment.Today.AddDays(days) }] };
    }

    private static IReadOnlyList<DueCredential> Due(params Credential[] credentials) =>
        CredentialCalendar.Due(A.Network(A.Clinic() with { Credentials = [.. credentials] }), Moment.Today);
}
