using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>Which physicians open the gate: of a specialty that treats the condition, with a board's certificate that somebody verified.</summary>
public sealed class PhysicianTests
{
    private static readonly Physician s_good = A.Physician();

    private static readonly Dictionary<string, (Physician Physician, string Says)> s_useless = new(StringComparer.Ordinal)
    {
        ["left"] = (s_good with { Active = false }, "Dr Physician no longer works there"),
        ["of another specialty"] = (s_good with { Specialties = ["cardiology", "neurology"] }, "Dr Physician practises cardiology, neurology"),
        ["of no specialty"] = (s_good with { Specialties = [] }, "Dr Physician practises no stated specialty"),
        ["not certified"] = (s_good with { Certifications = [] }, "Dr Physician has no verified board certification in force"),
        ["certified until yesterday"] = (s_good with { Certifications = [A.Certification() with { ValidTo = Moment.Today.AddDays(-1) }] }, "Dr Physician has no verified board certification in force"),
        ["certified, they say"] = (s_good with { Certifications = [A.Certification() with { VerifiedBy = null, VerifiedAt = null }] }, "Dr Physician has no verified board certification in force"),
    };

    public static TheoryData<string> Useless => new(s_useless.Keys);

    [Theory]
    [MemberData(nameof(Useless))]
    public void A_physician_does_not_open_the_gate_who_is(string what) =>
        Assert.Equal(
            (Gate.Physician, $"No certified physician of rheumatology or dermatology: {s_useless[what].Says}."),
            A.Answer(An.Inquiry(), A.Clinic() with { Physicians = [s_useless[what].Physician] }));

    [Fact]
    public void All_of_them_together_do_not_and_one_good_one_among_them_does()
    {
        Physician[] useless = [.. s_useless.Values.Select(u => u.Physician)];

        Assert.Equal(Gate.Physician, Stopped(useless));
        Assert.Equal(Gate.None, Stopped([.. useless, s_good]));
    }

    [Fact]
    public void Any_specialty_that_treats_the_condition_will_do() =>
        Assert.Equal(Gate.None, Stopped(s_good with { Specialties = ["cardiology", "dermatology"] }));

    [Fact]
    public void A_certificate_counts_on_its_last_day_and_for_ever_without_one()
    {
        Assert.Equal(Gate.None, Stopped(s_good with { Certifications = [A.Certification() with { ValidTo = Moment.Today }] }));
        Assert.Equal(Gate.None, Stopped(s_good with { Certifications = [A.Certification() with { ValidTo = null }] }));
    }

    [Fact]
    public void Nobody_qualifies_for_a_condition_whose_specialties_are_not_known()
    {
        var clinic = A.Clinic() with { Treatments = [A.Treatment() with { Condition = "other", ConditionType = null }] };

        Assert.Equal(Gate.Physician, A.Answer(An.Inquiry() with { Condition = "other", ConditionType = null }, clinic).Gate);
    }

    private static Gate Stopped(params Physician[] physicians) => A.Answer(An.Inquiry(), A.Clinic() with { Physicians = [.. physicians] }).Gate;
}
