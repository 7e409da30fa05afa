using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

public sealed class PolicyFileTests
{
    /// <summary>One wrong value a setting: where, what, and what is said to be allowed.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "name", "\"\"", "A text of 1 to 80 characters." },
        { "name", "5", "A text of 1 to 80 characters." },
        { "weights.experience", "-0.1", "A number from 0 to 100." },
        { "weights.credential", "101", "A number from 0 to 100." },
        { "weights.response", "\"0.1\"", "A number from 0 to 100." },
        { "weights.acceptance", "null", "A number from 0 to 100." },
        { "weights.price", "true", "A number from 0 to 100." },
        { "weights.destination", "1e999", "A number from 0 to 100." },
        { "weights.language", "[]", "A number from 0 to 100." },
        { "weights.headroom", "{}", "A number from 0 to 100." },
        { "weights", "5", "An object { … }." },
        { "nearTies.within", "0.51", "A number from 0 to 0.5." },
        { "nearTies.most", "0", "A whole number from 1 to 50." },
        { "nearTies.weeks", "53", "A whole number from 1 to 52." },
        { "nearTies.by", "\"size\"", "One of capacity, equal." },
        { "budgetCeiling", "0.9", "A number from 1 to 100." },
        { "approval.mode", "\"sometimes\"", "One of never, always, when." },
        { "approval.mode", "\"when\"", "With \"when\", at least one of conditions, countries, flags and scoreGapBelow." },
        { "approval.conditions", "[\"lupsu\"]", "Codes of conditions of the reference data." },
        { "approval.conditions", "\"lupus\"", "A list [ … ]. Codes of conditions of the reference data." },
        { "approval.countries", "[\"mx\"]", "ISO 3166-1 codes of countries, in capitals." },
        { "approval.flags", "[\"rich\"]", "Any of carer, high-risk, minor, unknown-type, unreviewed-rule." },
        { "approval.scoreGapBelow", "1.1", "A number from 0 to 1." },
        { "offers.parallel", "11", "A whole number from 1 to 10." },
        { "offers.parallel", "6", "At most offers.most." },
        { "offers.most", "1.5", "A whole number from 1 to 100." },
        { "offers.windowHours", "0", "A number above 0, at most 2000." },
        { "offers.urgentWindowHours", "2001", "A number above 0, at most 2000." },
        { "offers.urgentWindowHours", "49", "At most offers.windowHours." },
        { "offers.afterLastNo", "\"nobody\"", "One of coordinator, patient." },
    };

    public static TheoryData<string> Settings => new(Wrong.Select(w => w.Data.Item1).Where(f => f != "weights").Distinct(StringComparer.Ordinal));

    [Fact]
    public void What_is_written_is_read_again()
    {
        var policy = Policy.Shipped with
        {
            Name = "Winter \"rush\" – ñ", BudgetCeiling = null, ShareBy = ShareBy.Equal, AfterLastNo = AfterLastNo.Patient, NearTie = 0.1, MostTied = 3, FairnessWeeks = 9,
            Weights = new ScoreWeights(1, 2, 3, 4, 5, 6, 7, 8.5), Parallel = 2, MostOffers = 7, WindowHours = 30, UrgentWindowHours = 9,
            Approval = new Approval(ApprovalMode.When, Set("lupus", "crohn"), Set("MX"), Set("minor", "carer"), 0.05),
        };

        AssertSame(policy, Read(PolicyFile.Write(policy)));
        AssertSame(Policy.Shipped, Read(PolicyFile.Write(Policy.Shipped)));
    }

    [Fact]
    public void The_version_is_the_one_it_is_given() => Assert.Equal(12, PolicyFile.Read(PolicyFile.Write(Policy.Shipped), 12, A.Lists).Policy!.Version);

    [Fact]
    public void Comments_and_trailing_commas_are_a_person_s_right()
    {
        var text = Encoding.UTF8.GetString(PolicyFile.Write(Policy.Shipped)).Replace("\"name\"", "// ours\n\"name\"", StringComparison.Ordinal);

        Assert.Empty(Problems(string.Concat(text.AsSpan(0, text.LastIndexOf('}')), ",}")));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_value_is_named_with_its_field_itself_and_what_is_allowed(string field, string value, string allowed)
    {
        var problem = Problems(Change(field, value))[0];

        Assert.Equal((field, allowed), (problem.Field, problem.Allowed));
        Assert.Equal(value.Trim('[', ']', '"'), problem.Value.Trim('[', ']', '"'));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_that_is_missing_is_named(string field)
    {
        var file = File();
        var (at, name) = Find(file, field);
        at.Remove(name);

        Assert.Equal((field, string.Empty), Problems(file.ToJsonString()).Select(p => (p.Field, p.Value)).Single());
    }

    [Fact]
    public void Every_setting_of_the_file_has_a_wrong_value_above()
    {
        var leaves = File().SelectMany(m => m.Value is JsonObject part ? part.Select(p => $"{m.Key}.{p.Key}") : [m.Key]);

        Assert.Empty(leaves.Except(Wrong.Select(w => w.Data.Item1), StringComparer.Ordinal));
    }

    [Fact]
    public void All_problems_are_named_at_once()
    {
        var file = File();
        file["name"] = "";
        file["weights"]!["price"] = -1;
        file["offers"]!["most"] = 0;

        Assert.Equal(["name", "weights.price", "offers.most"], Problems(file.ToJsonString()).Select(p => p.Field));
    }

    [Theory]
    [InlineData("weights.commission", "weights.commission")]
    [InlineData("commission", "commission")]
    [InlineData("approval.Mode", "approval.Mode")]
    public void A_member_nobody_knows_is_named_with_those_there_are(string member, string field)
    {
        var file = File();
        var (at, name) = Find(file, member);
        at[name] = 0.5;

        var problem = Assert.Single(Problems(file.ToJsonString()));

        Assert.Equal((field, "0.5"), (problem.Field, problem.Value));
        Assert.StartsWith("Not a setting here. The settings are: ", problem.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_is_there_twice_is_named() =>
        Assert.Equal(
            new PolicyProblem("name", $"\"{Policy.Shipped.Name}\"", "Once, not twice."),
            Assert.Single(Problems(File().ToJsonString().Replace("{\"name\"", "{\"name\":\"first\",\"name\"", StringComparison.Ordinal))));

    [Fact]
    public void Weights_of_nothing_weigh_nothing()
    {
        var file = File();
        foreach (var name in ScoreParts.Names)
        {
            file["weights"]![name] = 0;
        }

        Assert.Equal(new PolicyProblem("weights", "0 in all", "At least one weight above 0."), Assert.Single(Problems(file.ToJsonString())));
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{", "line 1")]
    [InlineData("{\n\"name\": what\n}", "line 2")]
    public void What_is_no_JSON_is_named_with_its_line(string text, string line) =>
        Assert.Equal(new PolicyProblem("file", line, "Valid JSON."), Assert.Single(Problems(text)));

    [Theory]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("null")]
    public void What_is_no_object_is_said_to_be_none(string text) =>
        Assert.Contains(new PolicyProblem("file", text, "An object { … }."), Problems(text));

    [Theory]
    [InlineData("{\"name\":\"\\ud800\"}")]
    [InlineData("{\"\\udfff\":1}")]
    [InlineData("{\"approval\":{\"flags\":[\"\\ud800\"]}}")]
    public void Half_a_character_is_a_problem_and_no_crash(string text) => Assert.NotEmpty(Problems(text));

    private static JsonObject File() => JsonNode.Parse(PolicyFile.Write(Policy.Shipped with { Approval = Approval.Never }))!.AsObject();

    private static (JsonObject At, string Name) Find(JsonObject file, string field) =>
        field.Split('.') is [var part, var name] ? (file[part]!.AsObject(), name) : (file, field);

    private static string Change(string field, string value)
    {
        var file = File();
        var (at, name) = Find(file, field);
        at[name] = "%";
        return file.ToJsonString().Replace("\"%\"", value, StringComparison.Ordinal);
    }

    private static IReadOnlyList<PolicyProblem> Problems(string text)
    {
        var (policy, problems) = PolicyFile.Read(Encoding.UTF8.GetBytes(text), 1, A.Lists);
        Assert.Equal(policy is null, problems.Count > 0);
        return problems;
    }

    private static Policy Read(byte[] utf8)
    {
        var (policy, problems) = PolicyFile.Read(utf8, 1, A.Lists);
        Assert.Empty(problems);
        return policy!;
    }

    private static void AssertSame(Policy one, Policy other)
    {
        Assert.Equal(one with { Approval = Approval.Never }, other with { Approval = Approval.Never });
        Assert.Equal((one.Approval.Mode, one.Approval.ScoreGapBelow), (other.Approval.Mode, other.Approval.ScoreGapBelow));
        Assert.Equal(Text(one.Approval), Text(other.Approval));

        static string Text(Approval approval) =>
            string.Join('|', new[] { approval.Conditions, approval.Countries, approval.Flags }.Select(s => string.Join(',', s.Order(StringComparer.Ordinal))));
    }

    private static FrozenSet<string> Set(params string[] codes) => codes.ToFrozenSet(StringComparer.Ordinal);
}
