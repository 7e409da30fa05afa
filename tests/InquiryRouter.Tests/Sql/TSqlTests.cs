namespace InquiryRouter.Tests.Sql;

/// <summary>SQL Server is not at hand on every machine; its parser is.</summary>
public sealed class TSqlTests
{
    private const int FewestTexts = 40;

    [Fact]
    public void Every_script_for_SQL_Server_is_T_SQL() => AssertNoProblems(SqlTexts.Scripts("sqlserver"));

    [Fact]
    public void Every_text_beside_a_method_is_T_SQL() => AssertNoProblems(SqlTexts.Inline());

    [Fact]
    public void Everything_the_dialect_puts_together_is_T_SQL() => AssertNoProblems(SqlTexts.OfDialect());

    [Fact]
    public void The_search_finds_the_texts_of_the_product()
    {
        var (inline, dialect) = (SqlTexts.Inline(), SqlTexts.OfDialect());

        Assert.True(inline.Count + dialect.Count >= FewestTexts, $"Only {inline.Count} texts and {dialect.Count} calls were found.");
        Assert.Contains(inline, t => t.Sql.Contains("INSERT INTO InquiryPatient", StringComparison.Ordinal));
        Assert.Contains(inline, t => t.Sql.Contains("sp_getapplock", StringComparison.Ordinal));
        Assert.Contains(inline, t => t.Sql.StartsWith("SELECT Id, InquiryId, N, ClinicCode", StringComparison.Ordinal));
        Assert.Contains(dialect, t => t.Sql.StartsWith("UPDATE Outbox WITH (READPAST, READCOMMITTEDLOCK, ROWLOCK) SET LeaseOwner", StringComparison.Ordinal));
        Assert.Contains(dialect, t => t.Sql.StartsWith("UPDATE Mail WITH (READPAST, READCOMMITTEDLOCK, ROWLOCK) SET LeaseOwner", StringComparison.Ordinal));
        Assert.Contains(dialect, t => t.Sql.StartsWith("SELECT TOP (@take) Id, Reference", StringComparison.Ordinal));
        Assert.Contains(dialect, t => t.Sql.StartsWith("DELETE FROM Inbox", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_call_of_the_dialect_is_found()
    {
        // A second, cruder count of the same calls: all but the declarations.
        var calls = Support.Repository.CSharpFiles("src")
            .Where(f => !f.Path.EndsWith("Dialect.cs", StringComparison.Ordinal))
            .Sum(f => new[] { ".Claim(", ".DeleteSome(" }.Sum(c => f.Text.Split(c).Length - 1));

        Assert.Equal(calls, SqlTexts.OfDialect().Count(t => !t.Sql.StartsWith("SELECT TOP", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("SELECT Id FORM Inquiry")]
    [InlineData("UPDATE Inquiry SET State = WHERE Id = @Id")]
    [InlineData("INSERT INTO Inbox (Consumer, MessageId VALUES (@a, @b)")]
    [InlineData("DELETE FROM Outbox WHERE (a, b) IN (SELECT a, b FROM Outbox)")]
    [InlineData("CREATE TABLE A (Id BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID")]
    public void A_broken_text_is_found(string sql) => Assert.NotEmpty(TSql.Problems(sql));

    [Theory]
    [InlineData("MERGE INTO A USING B ON A.Id = B.Id WHEN MATCHED THEN DELETE;", "MERGE is forbidden")]
    [InlineData("WITH due AS (SELECT TOP (5) * FROM Outbox) UPDATE due SET State = 1", "update through a common table expression")]
    [InlineData("WITH due AS (SELECT TOP (5) * FROM Outbox) DELETE FROM due", "delete through a common table expression")]
    [InlineData("ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON", "ALTER DATABASE is forbidden")]
    [InlineData("ALTER DATABASE InquiryRouter ADD FILEGROUP Old", "ALTER DATABASE is forbidden")]
    [InlineData("SELECT Id FROM Outbox LIMIT", "LIMIT is SQLite's")]
    [InlineData("SELECT Id FROM Outbox RETURNING", "RETURNING is SQLite's")]
    public void What_is_forbidden_is_found(string sql, string problem) =>
        Assert.Contains(problem, Assert.Single(TSql.Problems(sql)), StringComparison.Ordinal);

    [Theory]
    [InlineData("SELECT Id FROM Outbox LIMIT 5")]
    [InlineData("INSERT INTO Inbox (Id) VALUES (1) ON CONFLICT DO NOTHING")]
    [InlineData("UPDATE Outbox SET State = 1 RETURNING Id")]
    public void What_only_SQLite_understands_is_found(string sql) => Assert.NotEmpty(TSql.Problems(sql));

    [Theory]
    [InlineData("UPDATE Outbox SET State = 1 OUTPUT inserted.Seq WHERE Seq IN (SELECT TOP (@take) Seq FROM Outbox WITH (UPDLOCK, READPAST, ROWLOCK) ORDER BY Seq)")]
    [InlineData("WITH due AS (SELECT 1 AS Seq) UPDATE Outbox SET State = 1 WHERE Seq IN (SELECT Seq FROM due)")]
    [InlineData("SELECT 'MERGE, LIMIT and RETURNING' AS Words -- ALTER DATABASE")]
    public void What_is_allowed_is_not(string sql) => Assert.Empty(TSql.Problems(sql));

    private static void AssertNoProblems(IReadOnlyList<SqlText> texts)
    {
        Assert.NotEmpty(texts);
        var problems = texts.SelectMany(t => TSql.Problems(t.Sql), (t, problem) => $"{t.Place}, {problem}\n{t.Sql}").ToList();
        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }
}
