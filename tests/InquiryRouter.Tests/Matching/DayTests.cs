using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>Days are those of the clinic: in Tokyo midnight falls at 15:00 UTC.</summary>
public sealed class DayTests
{
    private static readonly DateTimeOffset s_midnightInTokyo = new(2026, 11, 18, 15, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_before = s_midnightInTokyo.AddSeconds(-1);
    private static readonly DateOnly s_lastDay = new(2026, 11, 18);

    [Fact]
    public void Leave_begins_and_ends_at_the_clinic_s_midnight()
    {
        var from = A.JapaneseClinic() with { Leave = [new Leave(s_lastDay.AddDays(1), s_lastDay.AddDays(9))] };
        var until = A.JapaneseClinic() with { Leave = [new Leave(s_lastDay.AddDays(-9), s_lastDay)] };

        Assert.Equal((Gate.None, Gate.OnLeave), (At(s_before, from), At(s_midnightInTokyo, from)));
        Assert.Equal((Gate.OnLeave, Gate.None), (At(s_before, until), At(s_midnightInTokyo, until)));
    }

    [Fact]
    public void A_credential_ends_at_the_clinic_s_midnight()
    {
        var clinic = A.JapaneseClinic() with { Credentials = [A.Credential("jci", "hospital") with { ValidTo = s_lastDay }] };

        Assert.Equal((Gate.None, Gate.Accreditation), (At(s_before, clinic), At(s_midnightInTokyo, clinic)));
    }

    [Fact]
    public void A_certificate_ends_at_the_clinic_s_midnight()
    {
        var clinic = A.JapaneseClinic() with { Physicians = [A.Physician() with { Certifications = [A.Certification() with { ValidTo = s_lastDay }] }] };

        Assert.Equal((Gate.None, Gate.Physician), (At(s_before, clinic), At(s_midnightInTokyo, clinic)));
    }

    [Fact]
    public void A_price_ends_at_the_clinic_s_midnight()
    {
        var clinic = A.JapaneseClinic() with { Packages = [A.Package() with { PriceAmount = 90_000, ValidTo = s_lastDay }] };

        Assert.Equal((Gate.Budget, Gate.None), (At(s_before, clinic), At(s_midnightInTokyo, clinic)));
    }

    [Fact]
    public void A_rule_begins_at_the_clinic_s_midnight()
    {
        var rules = new MatchRules(A.Bodies, [A.Rule("JP", "msc-infusion", RuleOutcome.Permitted) with { From = s_lastDay.AddDays(1) }], [], [], A.Lists);

        Assert.Equal((Gate.CountryRuleUnknown, Gate.None), (At(s_before, A.JapaneseClinic(), rules), At(s_midnightInTokyo, A.JapaneseClinic(), rules)));
    }

    [Fact]
    public void At_the_same_moment_it_is_another_day_in_Tijuana()
    {
        var leave = new Leave(s_lastDay.AddDays(1), s_lastDay.AddDays(9));

        Assert.Equal(Gate.OnLeave, At(s_midnightInTokyo, A.JapaneseClinic() with { Leave = [leave] }));
        Assert.Equal(Gate.None, At(s_midnightInTokyo, A.Clinic() with { Leave = [leave] }));
    }

    [Fact]
    public void An_index_holds_for_its_quarter_of_an_hour_only()
    {
        var index = new MatchIndex(A.Network(A.JapaneseClinic()), s_before);

        Assert.Equal(s_midnightInTokyo.AddMinutes(-15), index.From);
        Assert.True(index.HoldsAt(s_before));
        Assert.True(index.HoldsAt(index.From));
        Assert.False(index.HoldsAt(index.From.AddTicks(-1)));
        Assert.False(index.HoldsAt(s_midnightInTokyo));
    }

    [Fact]
    public void An_index_takes_over_clinics_of_another_only_where_their_day_goes_on()
    {
        var leave = new Leave(s_lastDay.AddDays(1), s_lastDay.AddDays(9));
        var (japanese, mexican) = (A.JapaneseClinic() with { Leave = [leave] }, A.Clinic() with { Leave = [leave] });
        var network = A.Network(japanese, mexican);
        var before = new MatchIndex(network, s_before);

        var after = new MatchIndex(network, s_midnightInTokyo, before);

        Assert.False(before.IsOfDaysAt(s_midnightInTokyo));
        Assert.True(after.IsOfDaysAt(s_midnightInTokyo));
        Assert.Equal((Gate.None, Gate.OnLeave), (Check(before, japanese, s_before), Check(after, japanese, s_midnightInTokyo)));
        Assert.Equal((Gate.None, Gate.None), (Check(before, mexican, s_before), Check(after, mexican, s_midnightInTokyo)));
    }

    [Fact]
    public void An_index_takes_over_nothing_of_another_network()
    {
        var clinic = A.JapaneseClinic();
        var near = new MatchIndex(A.Network(clinic), s_before);
        var index = new MatchIndex(A.Network(clinic with { Leave = [new Leave(s_lastDay, s_lastDay)] }), s_before, near);

        Assert.Equal((Gate.None, Gate.OnLeave), (Check(near, clinic, s_before), Check(index, clinic, s_before)));
    }

    private static Gate Check(MatchIndex index, Clinic clinic, DateTimeOffset at) =>
        Matcher.Check(clinic.Code, An.Inquiry() with { Destinations = ["anywhere"] }, index, Policy.Shipped, MatchLoad.None, at);

    private static Gate At(DateTimeOffset now, Clinic clinic, MatchRules? rules = null) =>
        Matcher.Check(
            clinic.Code, An.Inquiry() with { Destinations = ["anywhere"] }, new MatchIndex(new NetworkSnapshot(7, [clinic], rules ?? A.MatchRules), now), Policy.Shipped, MatchLoad.None, now);
}
