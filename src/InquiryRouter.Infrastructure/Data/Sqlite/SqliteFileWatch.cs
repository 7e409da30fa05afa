using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>
/// Whether the file that connections have open is still the one under its name. A file that was deleted or replaced takes every commit and is gone
/// with the process: nothing is accepted then.
/// </summary>
/// <param name="file">The full path of the database.</param>
/// <param name="clock">For how often it is said.</param>
/// <param name="log">Where it is said.</param>
internal sealed partial class SqliteFileWatch(string file, TimeProvider clock, ILogger log)
{
    // SQLITE_FCNTL_HAS_MOVED; a system on which an open file cannot be deleted does not know it.
    private const int HasMoved = 20;

    private readonly string _log = file + "-wal";
    private readonly EveryMinute _said = new(clock);
    private volatile bool _isGone;

    /// <summary>As it was when a connection last looked.</summary>
    public bool IsGone => _isGone;

    /// <summary>Looks through a connection that has read: the write-ahead log is there as long as anybody has the database open.</summary>
    /// <exception cref="DatabaseUnavailableException">It is gone: what was committed through this connection is lost with the process.</exception>
    public void Check(KeptConnection connection)
    {
        if (!Look(connection))
        {
            throw Gone();
        }
    }

    /// <summary>The same, and nothing is thrown.</summary>
    public bool Look(KeptConnection connection)
    {
        var moved = 0;
        _ = FileControl(connection.Inner.Handle!, "main", HasMoved, ref moved);
        _isGone = moved != 0 || !File.Exists(_log);
        Say();
        return !_isGone;
    }

    /// <exception cref="DatabaseUnavailableException">It was gone when a connection last looked.</exception>
    public void ThrowIfGone()
    {
        if (_isGone)
        {
            throw Gone();
        }
    }

    private DatabaseUnavailableException Gone() => new($"'{file}' was deleted or replaced while the program runs on it.");

    private void Say()
    {
        if (!_isGone)
        {
            if (_said.End())
            {
                LogBack(file);
            }
        }
        else if (_said.IsDue())
        {
            LogGone(file);
        }
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(SafeHandle database, string name, int operation, ref int result);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The database file '{File}' was deleted or replaced while the program runs on it. Nothing is accepted and nothing is sent until it "
        + "is back under its name, or the program is started again with the file that is to be used.")]
    private partial void LogGone(string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database file '{File}' is back under its name.")]
    private partial void LogBack(string file);
}
