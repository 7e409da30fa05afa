using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>
/// Keeps processes apart that must not share a database file: the in-process bus is alone on it. Locks of a file beside it, which is there before
/// the database is, and of the database itself, which has them under each of its names. The system releases them when a process dies, however it dies.
/// </summary>
public static class SqliteFileLock
{
    // EWOULDBLOCK on Linux and on the BSDs, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] s_inUse = [11, 35, unchecked((int)0x80070020)];

    /// <param name="connectionString">Names the file.</param>
    /// <param name="alone">The process has the in-process bus, and must be the only one.</param>
    /// <exception cref="CannotStartException">Another process uses the file in a way that does not go with this one, or its directory cannot be used.</exception>
    public static FileStream Take(string connectionString, bool alone)
    {
        var database = FileOf(connectionString);
        var path = database + ".lock";
        return Held(database, alone, () =>
        {
            OwnDirectory.Create(Path.GetDirectoryName(database)!);
            if (!File.Exists(path))
            {
                using var created = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            }

            return Open(path, alone);
        });
    }

    /// <summary>
    /// The same of the database itself, once it is there. To be released when nothing of this process has it open any more: the system then forgets
    /// the locks that SQLite has on it.
    /// </summary>
    /// <returns>Null where a file that is open cannot be deleted: the lock beside it is enough there, and this one would keep SQLite out.</returns>
    /// <exception cref="CannotStartException">Another process uses it, perhaps under another name.</exception>
    public static FileStream? TakeFile(string connectionString, bool alone)
    {
        var database = FileOf(connectionString);
        return OperatingSystem.IsWindows() ? null : Held(database, alone, () => Open(database, alone));
    }

    /// <summary>The full path of the file a connection string names.</summary>
    public static string FileOf(string connectionString) => Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);

    private static FileStream Open(string path, bool alone) => alone
        ? new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)
        : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    private static FileStream Held(string database, bool alone, Func<FileStream> open)
    {
        try
        {
            return open();
        }
        catch (IOException exception) when (s_inUse.Contains(exception.HResult))
        {
            throw new CannotStartException(
                alone
                    ? $"Another process runs on '{database}'. With Broker:Transport=InMemory only one may: stop it, set Data:Directory or Database:ConnectionString to another place, or set Broker:Transport to RabbitMq for all of them."
                    : $"A process with Broker:Transport=InMemory runs on '{database}'. Stop it and start it with Broker:Transport=RabbitMq, or set Data:Directory or Database:ConnectionString to another place.",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException(
                $"'{Path.GetDirectoryName(database)}' cannot be used for the database: {exception.Message} Set Data:Directory or Database:ConnectionString to a place this user may write to.", exception);
        }
    }
}
