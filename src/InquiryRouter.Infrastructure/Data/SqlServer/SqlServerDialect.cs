using Microsoft.Data.SqlClient;

namespace InquiryRouter.Infrastructure.Data.SqlServer;

public sealed class SqlServerDialect : Dialect
{
    public override string Scripts => "sqlserver";

    public override string Claim(string table, string set, string due, string order, params ReadOnlySpan<string> columns)
    {
        var output = string.Join(", ", columns.ToArray().Select(c => "inserted." + c));

        // Outside, too, a row that another worker is claiming is passed over. The condition is repeated for engines that take the hints and ignore them:
        // whoever waited for the row looks at it again.
        return $"UPDATE {table} WITH (READPAST, ROWLOCK) SET {set} OUTPUT {output} WHERE {due} AND Seq IN (SELECT TOP (@take) Seq FROM {table} WITH (UPDLOCK, READPAST, ROWLOCK) WHERE {due} ORDER BY {order})";
    }

    public override string First(string columns, string rest) => $"SELECT TOP (@take) {columns} {rest}";

    // Without the first hint, a database with READ_COMMITTED_SNAPSHOT on shows what was there before; without the second, a small table is read as a
    // whole, and units that have nothing to do with each other wait for each other.
    public override string FirstSettled(string table, string columns, string rest) => $"SELECT TOP (@take) {columns} FROM {table} WITH (READCOMMITTEDLOCK, FORCESEEK) {rest}";

    public override string? Hold =>
        """
        DECLARE @result INT;
        EXEC @result = sp_getapplock @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction';
        SELECT @result;
        """;

    public override string DeleteSome(string table, string key, string where) =>
        $"DELETE FROM {table} WHERE Seq IN (SELECT TOP (@take) Seq FROM {table} WHERE {where})";

    public override bool IsDuplicateKey(Exception exception) => exception is SqlException { Number: 2601 or 2627 };

    /// <summary>Connection failures (severity 20 and up, or a client-side number), time-outs, deadlocks, a full log, disk or memory, and the transient errors of hosted servers.</summary>
    public override bool IsUnavailable(Exception exception) =>
        exception is SqlException sql
            && (sql.Class >= 20
                || sql.Number is -2 or -1 or 2 or 53 or 121 or 233 or 1205 or 1222 or 701 or 802 or 845 or 1105 or 3960 or 4060 or 8645 or 8651 or 9002 or 10053 or 10054 or 10060 or 10061 or 10928 or 10929
                    or 18456 or 40197 or 40501 or 40613 or 49918 or 49919 or 49920
                || sql.Number == 0)
        || exception is ConnectionPoolException;

    internal static bool IsDeadlock(Exception exception) => exception is SqlException { Number: 1205 };
}
