using System.Security.Cryptography;
using System.Text;

namespace InquiryRouter.Infrastructure.Privacy;

/// <summary>A master key in a file, and the older ones beside it in the folder <c>old</c>. Nothing is ever written over but by a whole new file.</summary>
public static class MasterKeyFile
{
    private const string Suffix = ".key";

    /// <summary>Where keys are kept that wrap nothing new.</summary>
    public static string OldFolder(string file) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "old");

    /// <exception cref="CannotStartException">It cannot be read, or holds no key.</exception>
    public static MasterKey Read(string file)
    {
        try
        {
            return MasterKey.Parse(File.ReadAllText(file), $"The master key file '{file}'");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"The master key file '{file}' cannot be read: {exception.Message} Let this user read it, or set Privacy:MasterKeyFile to another file.", exception);
        }
    }

    /// <summary>The older keys beside a master key's file.</summary>
    /// <exception cref="CannotStartException">One cannot be read.</exception>
    public static IEnumerable<MasterKey> ReadOld(string file) =>
        Directory.Exists(OldFolder(file)) ? Directory.GetFiles(OldFolder(file), "*" + Suffix).Order(StringComparer.Ordinal).Select(Read) : [];

    /// <summary>Makes the key of a new installation; of two processes that do at once, one wins and both read the same.</summary>
    /// <exception cref="CannotStartException">It cannot be written.</exception>
    public static void Make(string file) => Writing(file, () =>
    {
        OwnDirectory.Create(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var aside = WriteAside(file, NewText());
        try
        {
            File.Move(aside, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(aside);
        }
    });

    /// <summary>
    /// Puts a new key in the place of the one there, which stays in the folder <c>old</c>: written there first, so that at no moment a key is in no file.
    /// </summary>
    /// <param name="file">The file of the key that wraps.</param>
    /// <param name="expected">The id of the key that is to be replaced.</param>
    /// <returns>False when somebody else has replaced it meanwhile.</returns>
    /// <exception cref="CannotStartException">A file cannot be written.</exception>
    public static bool Replace(string file, string expected)
    {
        var replaced = false;
        Writing(file, () =>
        {
            using var alone = new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var before = Read(file);
            if (before.Id != expected)
            {
                return;
            }

            OwnDirectory.Create(OldFolder(file));
            var old = Path.Combine(OldFolder(file), before.Id + Suffix);
            Put(old, File.ReadAllText(file));
            if (Read(old).Id != before.Id)
            {
                throw new IOException($"What was written to '{old}' is not what is there.");
            }

            Put(file, NewText());
            replaced = true;
        });
        return replaced;
    }

    /// <summary>Copies the key of a file, and the older ones beside it, to another directory as <c>master.key</c> and <c>old</c>; writes over nothing.</summary>
    /// <exception cref="IOException">One is there already, or cannot be written.</exception>
    public static void CopyAll(string file, string directory)
    {
        OwnDirectory.Create(directory);
        var copy = Path.Combine(directory, "master.key");
        CopyNew(file, copy);
        if (Directory.Exists(OldFolder(file)))
        {
            OwnDirectory.Create(OldFolder(copy));
            foreach (var old in Directory.GetFiles(OldFolder(file), "*" + Suffix))
            {
                CopyNew(old, Path.Combine(OldFolder(copy), Path.GetFileName(old)));
            }
        }
    }

    private static void CopyNew(string from, string to)
    {
        var aside = WriteAside(to, File.ReadAllText(from));
        try
        {
            File.Move(aside, to, overwrite: false);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    private static string NewText() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.Length)) + "\n";

    private static void Put(string file, string text)
    {
        File.Move(WriteAside(file, text), file, overwrite: true);

        // The new name must be on the disk before anything is wrapped by what it names.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    // Written aside and moved into place: nobody reads half a key.
    private static string WriteAside(string file, string text)
    {
        var aside = $"{file}.{Environment.ProcessId}";
        using var stream = OwnFile.Open(aside, FileMode.Create);
        stream.Write(Encoding.ASCII.GetBytes(text));
        stream.Flush(flushToDisk: true);
        return aside;
    }

    private static void Writing(string file, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"The master key file '{file}' cannot be made: {exception.Message} Set Data:Directory or Privacy:MasterKeyFile to a place this user may write to.", exception);
        }
    }
}
