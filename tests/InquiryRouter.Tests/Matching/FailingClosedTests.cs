using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>A gate that cannot be asked is a no, of this clinic only, and says so.</summary>
public sealed class FailingClosedTests
{
    private const string Sentence = "Whether the clinic passes could not be found out (";

    /// <summary>Records no import lets through; what breaks the question is the clinic's own.</summary>
    public static TheoryData<Gate> Broken => new(s_broken.Keys);

    private static readonly Dictionary<Gate, Func<Clinic, Clinic>> s_broken = new()
    {
        [Gate.OnLeave] = c => c with { Leave = null! },
        [Gate.CellSource] = c => c with { Treatments = [A.Treatment() with { CellSources = null! }] },
        [Gate.Accreditation] = c => c with { Credentials = [A.Credential("jci", "hospital") with { Scope = null! }] },
        [Gate.Physician] = c => c with { Physicians = [A.Physician() with { Specialties = null! }] },
        [Gate.Language] = c => c with { Languages = null! },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_question_that_breaks_stops_the_clinic_at_its_gate_and_no_other_clinic(Gate gate)
    {
        var broken = s_broken[gate](A.CanadianClinic("CA-1"));

        var inquiry = An.Inquiry() with { Destinations = ["anywhere"], CellSource = "bone-marrow" };
        var decision = A.Decision(inquiry, A.Network(broken, A.CanadianClinic("CA-2")));

        Assert.Equal(["CA-2"], decision.Ranked.Select(r => r.Clinic));
        var no = Assert.Single(decision.Rejected);
        Assert.Equal(("CA-1", gate), (no.Clinic, no.Gate));
        Assert.StartsWith(Sentence, no.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_that_breaks_ends_an_open_offer_too()
    {
        var broken = A.CanadianClinic() with { Physicians = [A.Physician() with { Specialties = null! }] };

        Assert.Equal(Gate.Physician, Matcher.CheckLapse("CA-1", An.Inquiry(), A.Index(broken), Policy.Shipped, Moment.Now));
    }
}
