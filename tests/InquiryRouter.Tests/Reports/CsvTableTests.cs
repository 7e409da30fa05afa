using System.Text;
using InquiryRouter.Infrastructure.Reports;

namespace InquiryRouter.Tests.Reports;

/// <summary>Files that a spreadsheet may open.</summary>
public sealed class CsvTableTests
{
    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@sum", "\"'@sum\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("autumn", "autumn")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("Côte d’Ivoire", "Côte d’Ivoire")]
    [InlineData("", "")]
    public void Text_never_runs_as_a_formula(string text, string written) => Assert.Equal($"{written},x\r\n", Text([text, "x"]));

    [Fact]
    public void Numbers_stay_numbers_and_rows_may_differ_in_length() =>
        Assert.Equal("a\r\nb,-5,0.5\r\n", Text(["a"], ["b", -5.0, 0.5]));

    [Fact]
    public void A_mark_says_that_it_is_UTF_8() => Assert.Equal(Encoding.UTF8.GetPreamble(), CsvTable.Write([["a"]])[..3]);

    private static string Text(params IReadOnlyList<object>[] rows) => Encoding.UTF8.GetString(CsvTable.Write(rows).AsSpan(3));
}
