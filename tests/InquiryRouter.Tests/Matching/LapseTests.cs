using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>What ends an offer that is open, and what does not.</summary>
public sealed class LapseTests
{
    private static readonly Dictionary<Gate, Clinic> s_lapsed = new()
    {
        [Gate.Inactive] = A.Clinic() with { Active = false },
        [Gate.Condition] = A.Clinic() with { Treatments = [A.Treatment() with { Condition = "crohn" }] },
        [Gate.ConditionType] = A.Clinic() with { Treatments = [A.Treatment() with { ConditionType = "discoid" }] },
        [Gate.Treatment] = A.Clinic() with { Treatments = [A.Treatment() with { Treatment = "autologous-hsct" }] },
        [Gate.CountryRuleCredential] = A.Clinic() with { Credentials = [A.Credential("jci", "hospital")] },
        [Gate.CountryRuleForbids] = A.Clinic() with { Country = "DE" },
        [Gate.CountryRuleUnknown] = A.Clinic() with { Country = "PA" },
        [Gate.FacilitatorPermission] = A.Clinic() with { Country = "KR" },
        [Gate.Accreditation] = A.Clinic() with { Credentials = [A.Credential("cofepris", "cell-therapy-clinical")] },
        [Gate.Physician] = A.Clinic() with { Physicians = [] },
        [Gate.AgeGroup] = A.Clinic() with { AgeGroups = ["child"] },
    };

    public static TheoryData<Gate> Lapsed => new(s_lapsed.Keys);

    [Theory]
    [MemberData(nameof(Lapsed))]
    public void What_a_clinic_must_be_for_any_patient_must_stay_true(Gate gate) => Assert.Equal(gate, Lapse(An.Inquiry(), s_lapsed[gate]));

    [Fact]
    public void A_clinic_that_left_the_network_is_not_active() =>
        Assert.Equal(Gate.Inactive, Matcher.CheckLapse("MX-9", An.Inquiry(), A.Index(A.Clinic()), Policy.Shipped, Moment.Now));

    [Fact]
    public void A_clinic_as_it_was_has_lapsed_in_nothing() => Assert.Equal(Gate.None, Lapse(An.Inquiry(), A.Clinic()));

    [Fact]
    public void Leave_mail_that_fails_language_wishes_price_and_full_weeks_end_no_offer()
    {
        Assert.Equal(Gate.None, Lapse(An.Inquiry(), A.Clinic() with { MailFailsSince = Moment.Now }));
        Assert.Equal(Gate.None, Lapse(An.Inquiry(), A.Clinic() with { Leave = [new Leave(Moment.Today, Moment.Today)] }));
        Assert.Equal(Gate.None, Lapse(An.Inquiry(), A.Clinic() with { Languages = ["es"] }));
        Assert.Equal(Gate.None, Lapse(An.Inquiry() with { Destinations = ["CA"] }, A.Clinic()));
        Assert.Equal(Gate.None, Lapse(An.Inquiry() with { BudgetAmount = 1 }, A.Clinic()));
        Assert.Equal(Gate.None, Lapse(An.Inquiry(), A.Clinic() with { WeeklyCap = 0 }));
    }

    [Fact]
    public void The_most_helpful_lapse_is_named_also_while_the_clinic_is_on_leave()
    {
        var clinic = A.Clinic() with
        {
            Leave = [new Leave(Moment.Today, Moment.Today)],
            Treatments = [A.Treatment() with { ConditionType = "discoid" }, A.Treatment()], Physicians = [],
        };

        Assert.Equal(Gate.Physician, Lapse(An.Inquiry(), clinic));
    }

    private static Gate Lapse(InquiryFacts inquiry, Clinic clinic) => Matcher.CheckLapse(clinic.Code, inquiry, A.Index(clinic), Policy.Shipped, Moment.Now);
}
