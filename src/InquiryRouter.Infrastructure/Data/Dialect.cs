namespace InquiryRouter.Infrastructure.Data;

/// <summary>What the two databases say differently. Everything else is written once and runs on both.</summary>
public abstract class Dialect
{
    /// <summary>The folder of this database's scripts under sql/.</summary>
    public abstract string Scripts { get; }

    /// <summary>
    /// A statement that changes up to @take rows and returns them, skipping rows another worker is claiming.
    /// </summary>
    /// <param name="table">Table with a key column Seq.</param>
    /// <param name="set">The assignments.</param>
    /// <param name="due">The condition that makes a row claimable.</param>
    /// <param name="order">What comes first.</param>
    /// <param name="columns">The columns to return, as they are after the change.</param>
    public abstract string Claim(string table, string set, string due, string order, params ReadOnlySpan<string> columns);

    /// <summary>A query limited to its first @take rows. <paramref name="rest"/> is everything after the columns and has an ORDER BY.</summary>
    public abstract string First(string columns, string rest);

    /// <summary>
    /// The same of one table, waiting for rows that others have written and not yet committed instead of passing over them: of two units that write
    /// first and ask then, at least one sees the other.
    /// </summary>
    /// <param name="table">Its only table.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rest">What follows the table; its condition has an index.</param>
    public abstract string FirstSettled(string table, string columns, string rest);

    /// <summary>
    /// Waits for the units of work that hold @name, and holds it until the end of this one; a negative number: in vain. Null: only one unit of work
    /// writes at a time anyway.
    /// </summary>
    public abstract string? Hold { get; }

    /// <summary>
    /// How many parameters a statement may have that inserts many rows; null: one statement for each row, since none goes over a network.
    /// </summary>
    public abstract int? MostParameters { get; }

    /// <summary>Deletes up to @take rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">Its primary key on SQLite; on SQL Server every swept table has a growing Seq.</param>
    /// <param name="where">Which rows.</param>
    public abstract string DeleteSome(string table, string key, string where);

    /// <summary>The statement broke a unique key: what it wanted to insert is there.</summary>
    public abstract bool IsDuplicateKey(Exception exception);

    /// <summary>The database was not reached, was locked or full, or ended the transaction: the work may succeed later, unchanged.</summary>
    public abstract bool IsUnavailable(Exception exception);
}
