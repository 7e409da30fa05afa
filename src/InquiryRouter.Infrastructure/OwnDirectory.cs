using System.Runtime.InteropServices;

namespace InquiryRouter.Infrastructure;

/// <summary>Directories for patients' data and keys: only this user may look into those made here.</summary>
public static class OwnDirectory
{
    private const int MayWriteAndEnter = 2 | 1;

    /// <summary>Makes the directory when it is not there; one that is keeps its rights.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Whether this user could write into it, or make it where it is not there; nothing is written to find out.</summary>
    public static bool MayWrite(string path) =>
        Existing(path) is { } existing

        // Windows has no such question: the first mail and the first commit answer it.
        && (OperatingSystem.IsWindows() || Access(existing, MayWriteAndEnter) == 0);

    /// <summary>The directory itself, or the one in which it, and those above it, would be made; null: there is none.</summary>
    public static string? Existing(string path)
    {
        for (var existing = Path.GetFullPath(path); existing is not null; existing = Path.GetDirectoryName(existing))
        {
            if (Directory.Exists(existing))
            {
                return existing;
            }

            if (File.Exists(existing))
            {
                return null;
            }
        }

        return null;
    }

    [DllImport("libc", EntryPoint = "access", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access(string path, int mode);
}
