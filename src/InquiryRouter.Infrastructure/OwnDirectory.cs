namespace InquiryRouter.Infrastructure;

/// <summary>Directories for patients' data and keys: only this user may look into those made here.</summary>
public static class OwnDirectory
{
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
}
