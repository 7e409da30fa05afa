using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Screening.Duplicates;

public sealed class DuplicateRuleTests
{
    private static readonly DateTimeOffset s_openSince = Moment.Now.AddDays(-180);
    private static readonly Person s_ana = A(An.Patient());

    [Fact]
    public void Mailbox_name_and_year_together_are_one_patient()
    {
        var finding = Compare(s_ana, Other(A(An.Patient() with { Email = "ANA+again@example.org", Phone = null })));

        Assert.True(finding!.Strong);
        Assert.Equal([PairReason.SameMail, PairReason.SameName, PairReason.SameBirthYear], finding.Reasons);
        Assert.Equal(70, finding.Score);
    }

    [Fact]
    public void Phone_name_and_year_together_are_too() =>
        AssertStrong(A(An.Patient() with { Email = "other@example.org", Name = "Anna M. Example" }), PairReason.SamePhone, PairReason.SimilarName, PairReason.SameBirthYear);

    [Fact]
    public void A_carers_two_patients_stay_two()
    {
        var carer = An.Patient() with { Phone = null, Email = null, InquirerName = "Zoe", InquirerEmail = "zoe@carer.example" };

        Assert.Null(Compare(A(carer), Other(A(carer with { Name = "Bea Example" }))));
        Assert.Null(Compare(A(carer), Other(A(carer with { Name = "Bea Example" }, 1990))));
    }

    [Theory]
    [InlineData("Maria Example", "Mario Example")]
    [InlineData("Ana Example", "Eva Example")]
    public void Twins_stay_two(string one, string other) =>
        Assert.Null(Compare(A(An.Patient() with { Name = one }), Other(A(An.Patient() with { Name = other }))));

    [Fact]
    public void A_carer_who_asks_twice_for_one_patient_is_noticed()
    {
        var carer = An.Patient() with { Phone = null, Email = null, InquirerName = "Zoe", InquirerEmail = "zoe@carer.example" };

        Assert.True(Compare(A(carer), Other(A(carer)))!.Strong);
    }

    [Fact]
    public void A_patient_whose_carer_has_asked_before_is_noticed() =>
        Assert.True(Compare(A(An.Patient()), Other(A(An.Patient() with { InquirerName = "Zoe", InquirerEmail = "zoe@carer.example", Phone = null })))!.Strong);

    [Fact]
    public void A_name_and_a_year_without_a_contact_in_common_are_pointed_out_only() =>
        AssertWeak(Other(A(An.Patient() with { Email = "other@example.org", Phone = null })), PairReason.SameName, PairReason.SameBirthYear);

    [Fact]
    public void Another_year_may_be_a_slip_or_a_mother_of_the_same_name() =>
        AssertWeak(
            Other(A(An.Patient(), 1948)), PairReason.SameMail, PairReason.SamePhone, PairReason.SameName, PairReason.OtherBirthYear);

    [Fact]
    public void Another_year_and_a_name_that_is_only_similar_are_two_people() =>
        Assert.Null(Compare(s_ana, Other(A(An.Patient() with { Name = "Ana Maria Example" }, 1948))));

    [Fact]
    public void Another_matter_of_the_same_patient_is_pointed_out_only() =>
        AssertWeak(Other(s_ana) with { Condition = "multiple-sclerosis" }, [.. s_all, PairReason.OtherCondition]);

    [Fact]
    public void What_is_closed_holds_nobody() => AssertWeak(Other(s_ana) with { State = InquiryState.Closed }, [.. s_all, PairReason.Closed]);

    [Fact]
    public void What_is_quarantined_holds_nobody() =>
        AssertWeak(Other(s_ana) with { State = InquiryState.Quarantined }, [.. s_all, PairReason.Quarantined]);

    [Fact]
    public void What_is_long_ago_holds_nobody() =>
        AssertWeak(Other(s_ana) with { ReceivedAt = s_openSince.AddSeconds(-1) }, [.. s_all, PairReason.LongAgo]);

    [Fact]
    public void Of_two_at_the_same_moment_only_the_later_waits() => AssertWeak(Other(s_ana) with { BlocksLater = false }, s_all);

    [Fact]
    public void What_was_erased_is_not_known_any_more() => Assert.Null(Compare(s_ana, Other(s_ana) with { State = InquiryState.Erased }));

    [Theory]
    [InlineData(InquiryState.Received)]
    [InlineData(InquiryState.Held)]
    [InlineData(InquiryState.AwaitingPatient)]
    [InlineData(InquiryState.Matched)]
    [InlineData(InquiryState.Referred)]
    [InlineData(InquiryState.Accepted)]
    [InlineData(InquiryState.Booked)]
    public void What_is_open_holds_the_next(InquiryState state) => Assert.True(Compare(s_ana, Other(s_ana) with { State = state })!.Strong);

    [Fact]
    public void Two_patients_without_a_phone_do_not_share_one() =>
        Assert.Null(Compare(A(An.Patient() with { Phone = null, Name = "Bea Other" }), Other(A(An.Patient() with { Phone = null, Email = "c@example.org" }))));

    [Fact]
    public void The_likeliest_come_first_and_not_all_namesakes()
    {
        var stranger = Other(A(An.Patient() with { Email = "x@example.org", Phone = null }));
        var others = Enumerable.Range(0, 10).Select(i => stranger with { Reference = $"IR-{i}" })
            .Append(Other(A(An.Patient(), 1948)) with { Reference = "IR-slip" })
            .Append(Other(s_ana) with { Reference = "IR-same" });

        var found = DuplicateRule.Find(s_ana, "lupus", others, s_openSince);

        Assert.Equal(["IR-same", "IR-slip", "IR-0", "IR-1", "IR-2"], found.Select(f => f.Other.Reference));
    }

    [Fact]
    public void Every_reason_has_words() =>
        Assert.All(
            typeof(PairReason).GetFields().Select(f => (string)f.GetRawConstantValue()!),
            code => Assert.NotEqual(code, PairReason.Text(code)));

    private static readonly string[] s_all = [PairReason.SameMail, PairReason.SamePhone, PairReason.SameName, PairReason.SameBirthYear];

    private static Person A(PatientData patient, int birthYear = 1984) => Person.Of(patient, An.Inquiry() with { BirthYear = birthYear });

    private static OtherInquiry Other(Person patient) =>
        new(InquiryId.New(), "IR-7K3M-9Q2P", InquiryState.Referred, Moment.Now.AddDays(-1), "lupus", patient, BlocksLater: true);

    private static DuplicateFinding? Compare(Person patient, OtherInquiry other) => DuplicateRule.Compare(patient, "lupus", other, s_openSince);

    private static void AssertStrong(Person other, params string[] reasons)
    {
        var finding = Compare(s_ana, Other(other));
        Assert.True(finding?.Strong);
        Assert.Equal(reasons, finding!.Reasons);
    }

    private static void AssertWeak(OtherInquiry other, params string[] reasons)
    {
        var finding = Compare(s_ana, other);
        Assert.False(finding?.Strong);
        Assert.Equal(reasons, finding!.Reasons);
        Assert.InRange(finding.Score, 1, 100);
    }
}
