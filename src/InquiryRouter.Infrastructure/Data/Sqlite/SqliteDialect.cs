using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

public sealed class SqliteDialect : Dialect
{
    private const int Constraint = 19;
    private const int ConstraintPrimaryKey = 1555;
    private const int ConstraintUnique = 2067;
    private const int ConstraintRowId = 2579;

    public override string Scripts => "sqlite";

    public override string Claim(string table, string set, string due, string order, params ReadOnlySpan<string> columns) =>
        $"UPDATE {table} SET {set} WHERE Seq IN (SELECT Seq FROM {table} WHERE {due} ORDER BY {order} LIMIT @take) RETURNING {string.Join(", ", columns)}";

    public override string First(string columns, string rest) => $"SELECT {columns} {rest} LIMIT @take";

    // There is one writer at a time.
    public override string FirstSettled(string table, string columns, string rest) => $"SELECT {columns} FROM {table} {rest} LIMIT @take";

    public override string? Hold => null;

    public override int? MostParameters => null;

    public override string DeleteSome(string table, string key, string where) =>
        $"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {where} LIMIT @take)";

    public override bool IsDuplicateKey(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: ConstraintPrimaryKey or ConstraintUnique or ConstraintRowId };

    public override bool IsUnavailable(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: 5 or 6 or 7 or 8 or 9 or 10 or 11 or 13 or 14 or 15 or 26 };
}
