namespace InquiryRouter.TestSupport;

/// <summary>Files that others are writing.</summary>
internal static class SharedFile
{
    /// <summary>What is in it now, to its end: it may become shorter meanwhile.</summary>
    public static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
