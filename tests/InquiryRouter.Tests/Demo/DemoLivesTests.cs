using InquiryRouter.Core.Demo;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Demo;

/// <summary>Invented inquiries: the same for the same seed, such as patients could send, and of nobody there is.</summary>
public sealed class DemoLivesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);
    private static readonly MatchIndex s_index = new(new NetworkSnapshot(1, Shipped.DemoNetwork.Clinics, Shipped.DemoRules), s_now);

    [Fact]
    public void The_same_seed_makes_the_same_inquiries_and_another_makes_others()
    {
        var (one, same, other) = (Lives(1), Lives(1), Lives(2));

        Assert.All(Enumerable.Range(0, 300), i => Assert.Equal(Said(one.Of(i)), Said(same.Of(i))));
        Assert.NotEqual(Enumerable.Range(0, 300).Select(i => Said(one.Of(i))), Enumerable.Range(0, 300).Select(i => Said(other.Of(i))));
    }

    [Fact]
    public void A_patient_could_send_each_of_them()
    {
        var lives = Lives(3);

        Assert.All(Enumerable.Range(0, 3000), i => Assert.Empty(Shipped.Validator.Validate(lives.Of(i).Form, "token", s_now).Errors));
    }

    [Fact]
    public void They_are_of_the_past_and_most_of_the_first_of_the_last_days()
    {
        var moments = Enumerable.Range(0, 2000).Select(i => Lives(1).Of(i).ReceivedAt).ToList();

        Assert.All(moments, m => Assert.InRange(m, s_now - DemoLives.Past, s_now));
        Assert.InRange(moments.Take(200).Count(m => m > s_now.AddDays(-10)), 80, 199);
    }

    [Fact]
    public void They_differ_in_what_they_are_about_as_people_do()
    {
        var lives = Enumerable.Range(0, 1000).Select(Lives(1).Of).ToList();

        Assert.InRange(lives.Select(l => l.Form.Condition).Distinct(StringComparer.Ordinal).Count(), 10, 30);
        Assert.InRange(lives.Select(l => l.Form.PatientCountry).Distinct(StringComparer.Ordinal).Count(), 15, 25);
        Assert.InRange(lives.Count(l => l.Form.InquirerRelation != "self"), 60, 200);
        Assert.InRange(lives.Count(l => l.Form.ShareWithClinics == false), 15, 80);
        Assert.InRange(lives.Count(l => l.Flags.Count > 0), 10, 60);
    }

    [Theory]
    [InlineData("US")]
    [InlineData("MX")]
    [InlineData("GB")]
    [InlineData("BR")]
    public void Nobody_has_the_name_the_address_or_the_phone_of_another(string country)
    {
        var people = Enumerable.Range(50_000, 100_000).Select(i => DemoPerson.Of(i, country, Relation.Self, hasPhone: true)).ToList();

        Assert.Equal(people.Count, people.Select(p => p.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(people.Count, people.Select(p => p.Mail).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(people.Count(p => p.Phone is not null), people.Select(p => p.Phone).OfType<string>().Distinct(
            StringComparer.Ordinal).Count());
        Assert.All(people.Take(100), p => Assert.EndsWith(".example", p.Mail, StringComparison.Ordinal));
    }

    private static DemoLives Lives(int seed) => new(seed, s_index, Policy.Shipped, s_now, TimeSpan.FromDays(182));

    private static string Said(DemoLife life) => string.Join(
        '|', typeof(InquiryForm).GetProperties().Select(p => p.GetValue(life.Form) is IEnumerable<string> list ? string.Join(',', list)
            : p.GetValue(life.Form))
            .Append(life.ReceivedAt).Append(life.Bounces).Append(string.Join(',', life.Flags)));
}
