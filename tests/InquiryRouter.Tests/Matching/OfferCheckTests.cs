using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>What stands against offering an inquiry to a clinic of one's choice, and what of it bends.</summary>
public sealed class OfferCheckTests
{
    private static readonly Dictionary<Gate, (Clinic Clinic, bool Bends)> s_stopped = new()
    {
        [Gate.Inactive] = (A.Clinic() with { Active = false }, false),
        [Gate.OnLeave] = (A.Clinic() with { Leave = [new Leave(Moment.Today, Moment.Today)] }, false),
        [Gate.MailUnreachable] = (A.Clinic() with { MailFailsSince = Moment.Now }, false),
        [Gate.ConditionType] = (A.Clinic() with { Treatments = [A.Treatment() with { ConditionType = "discoid" }] }, false),
        [Gate.CountryRuleUnknown] = (A.Clinic() with { Country = "PA" }, false),
        [Gate.Accreditation] = (A.Clinic() with { Credentials = [A.Credential("cofepris", "cell-therapy-clinical")] }, false),
        [Gate.Physician] = (A.Clinic() with { Physicians = [] }, false),
        [Gate.AgeGroup] = (A.Clinic() with { AgeGroups = ["child"] }, false),
        [Gate.Language] = (A.Clinic() with { Languages = ["es"] }, true),
    };

    public static TheoryData<Gate> Stopped => new(s_stopped.Keys);

    [Theory]
    [MemberData(nameof(Stopped))]
    public void Each_gate_says_its_sentence_and_only_a_wish_bends(Gate gate)
    {
        var standing = Check(s_stopped[gate].Clinic).Single(s => s.Gate == gate);

        Assert.Equal(s_stopped[gate].Bends, standing.Bends);
        Assert.NotEmpty(standing.Sentence);
    }

    [Fact]
    public void Nothing_stands_against_a_clinic_that_fits() => Assert.Empty(Check(A.Clinic()));

    [Fact]
    public void Everything_that_stands_against_it_is_named_not_only_the_first() =>
        Assert.Equal([Gate.Physician, Gate.Language], Check(A.Clinic() with { Physicians = [], Languages = ["es"] }).Select(s => s.Gate));

    [Fact]
    public void A_full_week_bends_and_a_clinic_that_takes_nobody_does_not()
    {
        Assert.True(Assert.Single(Check(A.Clinic(), A.Load(full: ["MX-1"]))).Bends);
        Assert.False(Assert.Single(Check(A.Clinic() with { WeeklyCap = 0 })).Bends);
    }

    [Fact]
    public void Who_was_asked_before_is_not_asked_again() =>
        Assert.Equal((Gate.AlreadyTried, false), Check(A.Clinic(), A.Load(tried: ["MX-1"])).Select(s => (s.Gate, s.Bends)).Single());

    [Fact]
    public void A_clinic_that_left_the_network_is_offered_nothing() => Assert.False(
        Assert.Single(OfferCheck.Of("MX-9", An.Inquiry(), A.Index(A.Clinic()), Policy.Shipped, MatchLoad.None, Moment.Now)).Bends);

    [Theory]
    [InlineData(OfferReason.PatientAgrees, GateKind.Wish, true)]
    [InlineData(OfferReason.PatientAgrees, GateKind.Moment, false)]
    [InlineData(OfferReason.ClinicAgrees, GateKind.Wish, false)]
    [InlineData(OfferReason.ClinicAgrees, GateKind.Moment, true)]
    [InlineData(OfferReason.BothAgree, GateKind.Wish, true)]
    public void A_wish_is_bent_by_the_patient_and_a_cap_by_the_clinic(string reason, GateKind kind, bool covers) =>
        Assert.Equal(covers, OfferReason.Covers(reason, kind));

    private static IReadOnlyList<Standing> Check(Clinic clinic, MatchLoad? load = null) =>
        OfferCheck.Of(clinic.Code, An.Inquiry(), A.Index(clinic), Policy.Shipped, load ?? MatchLoad.None, Moment.Now);
}
