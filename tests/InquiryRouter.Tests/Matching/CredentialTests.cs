using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>Which credentials open the accreditation gate. The clinic is in Canada, where nothing else is asked for.</summary>
public sealed class CredentialTests
{
    private static readonly Credential s_good = A.Credential("jci", "hospital");

    /// <summary>What does not count, and what a coordinator reads about it.</summary>
    private static readonly Dictionary<string, (Credential Credential, string Says)> s_useless = new(StringComparer.Ordinal)
    {
        ["ended yesterday"] = (s_good with { ValidTo = Moment.Today.AddDays(-1) }, "Hospital Accreditors ended on 2026-11-17"),
        ["begins tomorrow"] = (s_good with { ValidFrom = Moment.Today.AddDays(1) }, "Hospital Accreditors begins on 2026-11-19"),
        ["only claimed"] = (s_good with { VerifiedBy = null, VerifiedAt = null }, "Hospital Accreditors is claimed, not verified"),
        ["verified by nobody"] = (s_good with { VerifiedBy = null }, "Hospital Accreditors is claimed, not verified"),
        ["verified at no time"] = (s_good with { VerifiedAt = null }, "Hospital Accreditors is claimed, not verified"),
        ["conditional"] = (s_good with { Status = "conditional" }, "Hospital Accreditors is conditional"),
        ["suspended"] = (s_good with { Status = "suspended" }, "Hospital Accreditors is suspended"),
        ["withdrawn"] = (s_good with { Status = "withdrawn" }, "Hospital Accreditors is withdrawn"),
        ["denied"] = (s_good with { Status = "denied" }, "Hospital Accreditors is denied"),
        ["marked as expired"] = (s_good with { Status = "expired" }, "Hospital Accreditors is expired"),
        ["unknown"] = (s_good with { Status = "unknown" }, "Hospital Accreditors is unknown"),
        ["of a quality system"] = (A.Credential("iso-9001", "hospital"), "Quality Certifiers does not accredit clinical care"),
        ["of an accreditor of accreditors"] = (A.Credential("isqua", "hospital"), "Accreditors of Accreditors does not accredit clinical care"),
        ["a licence"] = (A.Credential("cofepris", "cell-therapy-clinical"), "the Mexican Licence Office does not accredit clinical care"),
        ["of a body nobody knows"] = (A.Credential("best-clinics", "hospital"), "best-clinics does not accredit clinical care"),
        ["of a body of another country"] = (A.Credential("nabh", "hospital"), "Indian Accreditors does not accredit in Canada"),
        ["without a scope"] = (A.Credential("jci"), "Hospital Accreditors states no scope"),
        ["for the laboratory"] = (A.Credential("jci", "laboratory"), "Hospital Accreditors covers laboratory only"),
        ["for processing and collection"] = (A.Credential("fact", "processing", "collection"), "Cell Therapy Accreditors covers processing, collection only"),
        ["claimed for more than the body accredits"] = (A.Credential("jci", "cell-therapy-clinical"), "Hospital Accreditors covers cell-therapy-clinical only"),
        ["for another site"] = (s_good with { Site = "south" }, "Hospital Accreditors is for the site south"),
    };

    public static TheoryData<string> Useless => new(s_useless.Keys);

    [Theory]
    [MemberData(nameof(Useless))]
    public void A_credential_does_not_open_the_gate_when_it_is(string what) =>
        Assert.Equal(Gate.Accreditation, Stopped(s_useless[what].Credential));

    [Theory]
    [MemberData(nameof(Useless))]
    public void The_sentence_says_why_when_the_credential_is(string what) =>
        Assert.Equal(
            $"No verified accreditation in force covers this treatment: {s_useless[what].Says}.",
            A.Answer(An.Inquiry() with { Destinations = ["CA"] }, Clinic(s_useless[what].Credential)).Sentence);

    [Fact]
    public void Each_credential_is_spoken_of() =>
        Assert.Equal(
            "No verified accreditation in force covers this treatment: Hospital Accreditors is suspended; Quality Certifiers does not accredit clinical care.",
            A.Answer(An.Inquiry() with { Destinations = ["CA"] }, Clinic(s_good with { Status = "suspended" }, A.Credential("iso-9001", "quality-system"))).Sentence);

    [Fact]
    public void All_useless_credentials_together_do_not_open_the_gate() =>
        Assert.Equal(Gate.Accreditation, Stopped([.. s_useless.Values.Select(u => u.Credential)]));

    [Fact]
    public void One_good_credential_among_them_does() =>
        Assert.Equal(Gate.None, Stopped([.. s_useless.Values.Select(u => u.Credential), s_good]));

    [Theory]
    [InlineData("jci", "hospital")]
    [InlineData("jci", "programme")]
    [InlineData("fact", "cell-therapy-clinical")]
    public void A_clinical_scope_opens_the_gate(string body, string scope) => Assert.Equal(Gate.None, Stopped(A.Credential(body, scope)));

    [Fact]
    public void A_clinical_scope_among_others_opens_the_gate() => Assert.Equal(Gate.None, Stopped(A.Credential("fact", "processing", "cell-therapy-clinical")));

    [Fact]
    public void The_first_and_the_last_day_count()
    {
        Assert.Equal(Gate.None, Stopped(s_good with { ValidFrom = Moment.Today }));
        Assert.Equal(Gate.None, Stopped(s_good with { ValidTo = Moment.Today }));
    }

    [Fact]
    public void A_national_body_counts_in_its_country()
    {
        var india = A.Clinic() with { Country = "IN", Credentials = [A.Credential("nabh", "hospital"), A.Credential("trials", "clinical-trial", "lupus", "msc-infusion")] };

        Assert.Equal(Gate.None, A.Answer(An.Inquiry() with { Destinations = ["IN"] }, india).Gate);
    }

    [Fact]
    public void A_credential_of_one_site_counts_for_what_is_done_there()
    {
        var clinic = Clinic(s_good with { Site = "south" }) with { Sites = [new Site("main", "Main", "Toronto"), new Site("south", "South", "Hamilton")] };

        Assert.Equal(Gate.Accreditation, A.Answer(An.Inquiry() with { Destinations = ["CA"] }, clinic).Gate);
        Assert.Equal(Gate.None, A.Answer(An.Inquiry() with { Destinations = ["CA"] }, clinic with { Treatments = [A.Treatment() with { Site = "south" }] }).Gate);
    }

    [Fact]
    public void What_is_done_at_no_named_site_is_done_at_the_first()
    {
        var clinic = Clinic(s_good with { Site = "main" }) with { Sites = [new Site("main", "Main", "Toronto"), new Site("south", "South", "Hamilton")] };

        Assert.Equal(Gate.None, A.Answer(An.Inquiry() with { Destinations = ["CA"] }, clinic).Gate);
    }

    private static Clinic Clinic(params Credential[] credentials) => A.CanadianClinic() with { Credentials = [.. credentials] };

    private static Gate Stopped(params Credential[] credentials) => A.Answer(An.Inquiry() with { Destinations = ["CA"] }, Clinic(credentials)).Gate;
}
