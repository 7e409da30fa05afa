namespace InquiryRouter.Benchmarks.Server;

/// <summary>A fresh directory for the server's data, removed at the end unless it is to be kept.</summary>
internal sealed class WorkDirectory : IDisposable
{
    private readonly bool _keep;

    /// <param name="parent">Null: the first usual place that is on a disk. Commits to memory (tmpfs) would flatter the server.</param>
    public WorkDirectory(string? parent, bool keep)
    {
        _keep = keep;
        var place = parent ?? new[] { System.IO.Path.GetTempPath(), "/var/tmp", Environment.CurrentDirectory }.FirstOrDefault(p => Directory.Exists(p) && !IsMemory(p))
            ?? throw new ServerFailedException("No temporary directory is on a disk; name one with --work-dir.");
        if (IsMemory(place))
        {
            throw new ServerFailedException($"{place} is in memory (tmpfs), not on a disk; name another with --work-dir.");
        }

        Path = Directory.CreateDirectory(System.IO.Path.Combine(place, "inquiryrouter-load-" + Guid.NewGuid().ToString("N")[..8])).FullName;
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (!_keep)
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static bool IsMemory(string path) => new DriveInfo(path).DriveFormat is "tmpfs" or "ramfs";
}
