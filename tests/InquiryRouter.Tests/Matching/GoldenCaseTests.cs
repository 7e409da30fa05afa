using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>The table that a coordinator can read, line by line; and whether every gate and every sentence the program can say is in it.</summary>
public sealed class GoldenCaseTests
{
    public static TheoryData<string, string, string, string, string> Gated =>
        [.. GoldenCases.Rows("sentence").Select(r => (r[0], r[1], r[2], r[3], r[4]))];

    public static TheoryData<string, string, string, string> Ordered => [.. GoldenCases.Rows("because").Select(r => (r[0], r[1], r[2], r[3]))];

    [Theory]
    [MemberData(nameof(Gated))]
    public void The_matcher_answers_as_the_table_says(string asks, string clinic, string before, string answer, string sentence)
    {
        var described = GoldenCases.Clinic(clinic);

        var (gate, said) = A.Answer(GoldenCases.Inquiry(asks), described, GoldenCases.Load(before, described.Code));

        Assert.Equal((answer, sentence), (gate == Gate.None ? "ranked" : GateList.Code(gate), said));
    }

    [Theory]
    [MemberData(nameof(Ordered))]
    public void The_better_clinic_of_the_table_is_asked_first(string asks, string first, string then, string because)
    {
        Clinic[] clinics = [GoldenCases.Clinic(first, "C-2"), GoldenCases.Clinic(then, "C-1")];

        var ranked = A.Decision(GoldenCases.Inquiry(asks), A.Network(clinics), policy: Policy.Shipped with { MostTied = 1 }).Ranked;

        Assert.Equal(["C-2", "C-1"], ranked.Select(r => r.Clinic));
        var part = ScoreParts.Names.Index().Single(n => n.Item == because).Index;
        Assert.True(ranked[0].Parts[part] > ranked[1].Parts[part], $"It is not first because of its {because}.");
    }

    [Fact]
    public void The_table_has_every_gate()
    {
        var answers = GoldenCases.Rows("answer").Select(r => r[3]).ToList();

        Assert.Empty(GateList.All.Select(GateList.Code).Except(answers, StringComparer.Ordinal));
        Assert.InRange(answers.Count, 45, int.MaxValue);
    }

    [Fact]
    public void The_table_has_every_sentence_that_the_program_can_say()
    {
        var sentences = GoldenCases.Rows("sentence").Select(r => r[4]).ToList();

        // The facts a yes rests on stand at the end of each file; the table is about the noes.
        var forms = Repository.CSharpFiles("src/InquiryRouter.Core/Matching/Gates")
            .Where(f => f.Path.EndsWith("Gate.cs", StringComparison.Ordinal))
            .SelectMany(f => FormsIn(f.Text.Split("protected override Fact WhyYes")[0])).ToList();

        Assert.InRange(forms.Count, 30, 100);
        Assert.All(forms, f => Assert.Contains(sentences, s => Regex.IsMatch(s, f)));
    }

    [Fact]
    public void A_sentence_is_the_same_in_every_culture_of_the_machine()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // Its calendar counts from the Buddha's death.
            CultureInfo.CurrentCulture = new CultureInfo("th-TH");
            Assert.Equal(
                "The clinic takes no referrals until 2026-11-20.",
                A.Answer(An.Inquiry(), A.Clinic() with { Leave = [new Leave(Moment.Today, new DateOnly(2026, 11, 20))] }).Sentence);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_search_for_sentences_finds_whole_ones_those_with_holes_and_those_within_holes()
    {
        const string source = "var a = \"Nobody at all.\"; // \"not a comment\"\nvar b = $\"A hole {x.Y(\"one stands here\", z)} and one sentence.\"; var c = \", \";";

        Assert.Equal(["A hole .* and one sentence.", "Nobody at all.", "one stands here"], FormsIn(source).Select(f => f.Replace("\\", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>The texts of a source file that read like a part of a sentence, as patterns: what is filled in may be anything.</summary>
    private static List<string> FormsIn(string source)
    {
        var forms = new List<string>();
        var code = Regex.Replace(source, "//.*", string.Empty);
        for (var at = 0; at < code.Length; at++)
        {
            if (code[at] == '"')
            {
                Read(code, ref at, at > 0 && code[at - 1] == '$', forms);
            }
        }

        // Joints such as ", " and codes are no sentences.
        return [.. forms.Where(f => f.Count(char.IsLetter) >= 8 && f.Contains(@"\ ", StringComparison.Ordinal))];
    }

    /// <summary>Reads the text that begins at a quotation mark, and those inside its holes; leaves off at its end.</summary>
    private static void Read(string code, ref int at, bool hasHoles, List<string> forms)
    {
        var form = new StringBuilder();
        for (at++; code[at] != '"'; at++)
        {
            if (!hasHoles || code[at] != '{')
            {
                form.Append(Regex.Escape(code[at].ToString()));
                continue;
            }

            form.Append(".*");
            for (; code[at] != '}'; at++)
            {
                if (code[at] == '"')
                {
                    Read(code, ref at, code[at - 1] == '$', forms);
                }
            }
        }

        forms.Add(form.ToString());
    }
}
