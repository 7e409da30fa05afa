using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>
/// Keeps processes apart that must not share a database file: the in-process bus is alone on it. A lock of a file beside it, which the system
/// releases when a process dies, however it dies.
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
        try
        {
            OwnDirectory.Create(Path.GetDirectoryName(database)!);
            if (!File.Exists(path))
            {
                using var created = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            }

            return alone
                ? new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
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

    /// <summary>The full path of the file a connection string names.</summary>
    public static string FileOf(string connectionString) => Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);
}
