namespace InquiryRouter.Infrastructure;

/// <summary>Files of patients' data and keys: only this user may read them, also those an earlier version made.</summary>
public static class OwnFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Takes the rights of others away. One that belongs to somebody else stays as it is.</summary>
    /// <param name="path">Of a file; one that is not there is none.</param>
    public static void Protect(string path)
    {
        if (OperatingSystem.IsWindows() || !IsOpenToOthers(path))
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & ~Others);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever gave it these rights has to take them; 'doctor' says so.
        }
    }

    /// <summary>Whether somebody else on this machine may read or write it.</summary>
    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;
}
