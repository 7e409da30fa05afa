using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.SqlServer;

namespace InquiryRouter.Tests.Sql;

/// <summary>An INSERT of one row made into one of many, for a server to which each statement is a way over a network.</summary>
public sealed class ManyRowsTests
{
    private const string Insert = "INSERT INTO ClinicSite (ClinicSeq, N, Name) VALUES (@ClinicSeq, @N, @Name)";

    [Fact]
    public void Each_row_has_values_of_its_own()
    {
        var insert = new ManyRows<Row>(Insert);

        var (sql, parameters) = (insert.Sql(2), insert.Parameters([new Row(7, 0, "A"), new Row(8, 1, null)]));

        Assert.Equal(
            "INSERT INTO ClinicSite (ClinicSeq, N, Name) VALUES (@ClinicSeq_0, @N_0, @Name_0),\n(@ClinicSeq_1, @N_1, @Name_1)", sql);
        Assert.Equal(
            ["ClinicSeq_0=7", "ClinicSeq_1=8", "N_0=0", "N_1=1", "Name_0=A", "Name_1="],
            parameters.ParameterNames.Order(StringComparer.Ordinal).Select(n => $"{n}={parameters.Get<object?>(n)}"));
        Assert.Empty(TSql.Problems(sql));
    }

    [Theory]
    [InlineData(2_000, 666)]
    [InlineData(30_000, 1_000)]
    [InlineData(2, 1)]
    public void No_statement_has_more_than_the_server_takes(int parameters, int rows) =>
        Assert.Equal(rows, new ManyRows<Row>(Insert).RowsWithin(parameters));

    [Fact]
    public void SQL_Server_is_sent_many_rows_at_once_and_fewer_parameters_than_it_takes() =>
        Assert.InRange(new SqlServerDialect().MostParameters!.Value, 1_000, 2_099);

    [Theory]
    [InlineData("INSERT INTO ClinicSite (N) SELECT @N")]
    [InlineData("UPDATE ClinicSite SET N = @N")]
    [InlineData("INSERT INTO ClinicSite (N, City) VALUES (@N, @City)")]
    public void What_is_no_insert_of_the_row_is_refused(string sql) => Assert.Throws<ArgumentException>(() => new ManyRows<Row>(sql));

    private sealed record Row(long ClinicSeq, int N, string? Name);
}
