using Microsoft.Data.SqlClient;

namespace InquiryRouter.Infrastructure.Data.SqlServer;

public sealed class SqlServerDialect : Dialect
{
    // What a server says that is shut down, fails over, has no room or no time, or cannot be reached; what hosted ones say while they move.
    private static readonly HashSet<int> s_unavailable =
    [
        // The connection: not made, cut, closed, timed out.
        -2, -1, 0, 2, 20, 53, 64, 121, 233, 997, 10053, 10054, 10060, 10061, 18401, 18456, 4060, 4221,

        // Locks and versions: a victim, too long, too many.
        1204, 1205, 1222, 3960,

        // Room: memory, disk, log.
        701, 802, 845, 1105, 8645, 8651, 9002,

        // The database or the server is going down, coming up or moving to another replica.
        921, 922, 927, 976, 983, 3906, 6005,

        // Hosted servers, while they move, throttle or wake up.
        10928, 10929, 40143, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919, 49920,
    ];

    public override string Scripts => "sqlserver";

    public override string Claim(string table, string set, string due, string order, params ReadOnlySpan<string> columns)
    {
        var output = string.Join(", ", columns.ToArray().Select(c => "inserted." + c));

        // Outside, too, a row that another worker is claiming is passed over. The condition is repeated for engines that take the hints and ignore them:
        // whoever waited for the row looks at it again. Where readers are shown versions (READ_COMMITTED_SNAPSHOT), passing over asks for the hint of locks.
        return $"UPDATE {table} WITH (READPAST, READCOMMITTEDLOCK, ROWLOCK) SET {set} OUTPUT {output} WHERE {due} AND Seq IN "
            + $"(SELECT TOP (@take) Seq FROM {table} WITH (UPDLOCK, READPAST, READCOMMITTEDLOCK, ROWLOCK) WHERE {due} ORDER BY {order})";
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

    // The server takes 2,100, of which what runs the statement needs some.
    public override int? MostParameters => 2_000;

    public override string DeleteSome(string table, string key, string where) =>
        $"DELETE FROM {table} WHERE Seq IN (SELECT TOP (@take) Seq FROM {table} WHERE {where})";

    public override bool IsDuplicateKey(Exception exception) => exception is SqlException { Number: 2601 or 2627 };

    /// <summary>The server is away or cannot do it now, by severity (20 and up ends the connection) or by number.</summary>
    public override bool IsUnavailable(Exception exception) =>
        (exception is SqlException sql && (sql.Class >= 20 || s_unavailable.Contains(sql.Number))) || exception is ConnectionPoolException;

    /// <summary>A statement took longer than it may; of a connection that is open.</summary>
    internal static bool IsTimeout(Exception exception) => exception is SqlException { Number: -2 };

    internal static bool IsDeadlock(Exception exception) => exception is SqlException { Number: 1205 };
}
