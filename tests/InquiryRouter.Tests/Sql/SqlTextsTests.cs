namespace InquiryRouter.Tests.Sql;

/// <summary>The search itself, on sources made for it.</summary>
public sealed class SqlTextsTests
{
    private const string Quotes = "\"\"\"";

    [Fact]
    public void A_text_in_three_quotation_marks_is_found_with_its_line()
    {
        var text = Assert.Single(Inline($"class A\n{{\n    const int N = 1;\n    string Sql =\n        {Quotes}\n        SELECT 1\n        {Quotes};\n}}"));

        Assert.Equal("File.cs:5", text.Place);
        Assert.Equal("SELECT 1", text.Sql.Trim());
    }

    [Theory]
    [InlineData("x.Query(\"SELECT 1\")", "SELECT 1")]
    [InlineData("x.Query(\"DELETE FROM A WHERE B = 'it''s'\")", "DELETE FROM A WHERE B = 'it''s'")]
    [InlineData("x.Query(\"UPDATE A \" +\n    \"SET B = 1\")", "UPDATE A SET B = 1")]
    [InlineData("const string Columns = \"A, B\"; x.Query($\"SELECT {Columns} FROM C\")", "SELECT A, B FROM C")]
    [InlineData("x.Query(\"SELECT 1 WHERE A IN @codes AND B IN (2)\")", "SELECT 1 WHERE A IN (@codes) AND B IN (2)")]
    public void A_text_is_found_as_SQL_Server_gets_it(string source, string sql) => Assert.Equal(sql, Assert.Single(Inline(source)).Sql);

    [Theory]
    [InlineData("// \"SELECT 1\"")]
    [InlineData("/* x.Query(\"SELECT 1\") */")]
    [InlineData("var a = \"Selected\" + '\"';")]
    [InlineData("throw new Exception(\"DELETED\");")]
    public void Comments_and_other_texts_are_not(string source) => Assert.Empty(Inline(source));

    [Fact]
    public void A_hole_nobody_can_fill_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() => Inline("x.Query($\"SELECT {columns} FROM C\")").ToList());

    [Fact]
    public void A_call_of_the_dialect_is_evaluated()
    {
        const string source = "const string Mail = \"Mail\";\nawait tx.Dialect.Claim(\n    Mail, \"State = 1, At = COALESCE(At, @now)\",\n    \"State = 0\", \"Seq\", \"Seq\", \"Id\");";

        var text = Assert.Single(SqlTexts.OfDialect("File.cs", source));

        Assert.Equal("File.cs:2", text.Place);
        Assert.StartsWith("UPDATE Mail WITH (READPAST, READCOMMITTEDLOCK, ROWLOCK) SET State = 1, At = COALESCE(At, @now) OUTPUT inserted.Seq, inserted.Id WHERE State = 0 AND Seq IN", text.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_with_an_argument_that_is_no_literal_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() => SqlTexts.OfDialect("File.cs", "dialect.DeleteSome(\"A\", key, \"B = 1\")").ToList());

    private static IEnumerable<SqlText> Inline(string source) => SqlTexts.Inline("File.cs", source);
}
