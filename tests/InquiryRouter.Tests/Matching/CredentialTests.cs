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
        ["for the laboratory"] = (A.Credential("jci", "laboratory"), "Hospital Accreditors covers laboratory only"),
        ["for processing and collection"] = (A.Credential("fact", "processing", "collection"), "Cell Therapy Accreditors covers processing, collection only"),
        ["of a body nobody knows"] = (A.Credential("best-clinics", "hospital"), "best-clinics does not accredit clinical care"),
    };

    public static TheoryData<string> Useless => new(s_useless.Keys);

    [Theory]
    [MemberData(nameof(Useless))]
    public void A_credential_does_not_open_the_gate_when_it_is(string what) =>
        Assert.Equal(Gate.Accreditation, Stopped(s_useless[what].Credential));

    [Theory]
    [MemberData(nameof(Useless))]
    public void The_sentence_says_why_when_the_credential_is(string what)
    {
        var clinic = A.CanadianClinic() with { Credentials = [s_useless[what].Credential] };

        Assert.Equal(
            $"No verified accreditation in force covers this treatment: {s_useless[what].Says}.",
            Gates.Explain(Gate.Accreditation, An.Inquiry(), clinic, A.MatchRules, Moment.Now));
    }

    [Fact]
    public void A_credential_without_a_scope_covers_nothing() => Assert.Equal(Gate.Accreditation, Stopped(A.Credential("jci")));

    [Fact]
    public void All_useless_credentials_together_do_not_open_the_gate() =>
        Assert.Equal(Gate.Accreditation, Stopped([.. s_useless.Values.Select(u => u.Credential)]));

    [Fact]
    public void One_good_credential_among_them_does() =>
        Assert.Null(Stopped([.. s_useless.Values.Select(u => u.Credential), s_good]));

    [Theory]
    [InlineData("jci", "hospital")]
    [InlineData("jci", "programme")]
    [InlineData("fact", "cell-therapy-clinical")]
    public void A_clinical_scope_opens_the_gate(string body, string scope) => Assert.Null(Stopped(A.Credential(body, scope)));

    [Fact]
    public void A_clinical_scope_among_others_opens_the_gate() => Assert.Null(Stopped(A.Credential("fact", "processing", "cell-therapy-clinical")));

    [Fact]
    public void The_first_and_the_last_day_count()
    {
        Assert.Null(Stopped(s_good with { ValidFrom = Moment.Today }));
        Assert.Null(Stopped(s_good with { ValidTo = Moment.Today }));
    }

    [Fact]
    public void A_licence_that_is_only_claimed_does_not_satisfy_the_law()
    {
        var clinic = A.Clinic() with { Credentials = [s_good, A.Credential("cofepris", "cell-therapy-clinical") with { VerifiedBy = null, VerifiedAt = null }] };

        Assert.Equal(Gate.CountryRuleCredential, Gates.Check(An.Inquiry(), clinic, A.MatchRules, MatchLoad.None, Moment.Now, out _));
    }

    private static Gate? Stopped(params Credential[] credentials) =>
        Gates.Check(
            An.Inquiry() with { Destinations = ["CA"] }, A.CanadianClinic() with { Credentials = [.. credentials] }, A.MatchRules, MatchLoad.None, Moment.Now, out _);
}
