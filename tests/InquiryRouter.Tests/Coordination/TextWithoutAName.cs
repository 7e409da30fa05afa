using InquiryRouter.Core.Coordination;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Tests.Coordination;

/// <summary>What patients and clinics write, for who may not know yet who they are.</summary>
public sealed class TextWithoutAName
{
    private static readonly AnonymousText s_text = new(new FieldRules());

    [Theory]
    [InlineData("Write to ana.example+x@mail.example.org, please.", "Write to […], please.")]
    [InlineData("Write to ana.x@mail.example. Yours, Ana", "Write to […]. Yours, […]")]
    [InlineData("ana (at) mail (dot) com", "[…]")]
    [InlineData("Me llamo Ana Example y vivo en Boston.", "Me llamo […] y vivo en Boston.")]
    [InlineData("I'm Ana. Ana's knees hurt.", "I'm […]. […] knees hurt.")]
    [InlineData("My number: +1 213 373 4253", "My number: […]")]
    [InlineData("213-373-4253 in the evening", "[…] in the evening")]
    [InlineData("Call me on 555 12 34 56, please", "Call me on […], please")]
    [InlineData("واتساب ٠١٢٣٤٥٦٧٨٩", "واتساب […]")]
    [InlineData("See https://files.example/ana?x=1 and www.ana.example", "See […] and […]")]
    [InlineData("wa.me/12133734253 or t.me/ana", "[…] or […]")]
    [InlineData("facebook.com/ana.e and @ana_e there", "[…] and […] there")]
    public void Who_they_are_and_how_to_reach_them_is_left_out(string typed, string read) =>
        Assert.Equal(read, s_text.Without(typed, "US", "[…]", "Ana Example"));

    [Theory]
    [InlineData("ANA 1:1280, anti-dsDNA 300-400 IU/ml, CRP 4.5; GFR 78 on 12/03/2026.")]
    [InlineData("Hydroxychloroquine 200 mg twice a day since 2019-05-12; 3 x 10^6 cells per kg, 100 000 000 in all.")]
    [InlineData("Blood 120/80, weight 71.5 kg. T-cell count 1234567.")]
    [InlineData("Tengo dolor.Me duele la rodilla desde 2015, 10-15 minutos.")]
    [InlineData("أُصبت بالمرض عام 2015، والكرياتينين 1.2")]
    public void What_a_report_says_stays(string typed)
    {
        Assert.False(s_text.Hides(typed, "US", "Rosa Example"));
        Assert.Equal(typed, s_text.Without(typed, "US", "[…]", "Rosa Example"));
    }

    [Theory]
    [InlineData("Ana has ANA 1:1280, ANA: positive.", "[…] has ANA 1:1280, ANA: positive.")]
    [InlineData("MY NAME IS ANA EXAMPLE", "MY NAME IS […]")]
    [InlineData("my name is ANA, ANA positive", "my name is […], ANA positive")]
    public void A_blood_test_is_no_name(string typed, string read) =>
        Assert.Equal(read, s_text.Without(typed, "US", "[…]", "Ana Example"));

    [Fact]
    public void Nothing_hides_nothing()
    {
        Assert.False(s_text.Hides(null, null));
        Assert.Equal(string.Empty, s_text.Without(string.Empty, null, "[…]", (string?)null));
    }
}
