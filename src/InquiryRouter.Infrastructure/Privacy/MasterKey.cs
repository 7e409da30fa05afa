using System.Security.Cryptography;

namespace InquiryRouter.Infrastructure.Privacy;

/// <summary>Settings under <c>Privacy</c>.</summary>
public sealed class PrivacyOptions
{
    public const string Section = "Privacy";

    /// <summary>Base64 of 32 bytes; beats the file. For environments that hand secrets over as variables.</summary>
    public string? MasterKey { get; set; }

    /// <summary>A file with Base64 of 32 bytes; default <c>keys/master.key</c> under Data:Directory, made on the first start of a SQLite installation.</summary>
    public string? MasterKeyFile { get; set; }
}

/// <summary>The key that wraps all others. Losing it is losing every patient's data; so is publishing it.</summary>
public sealed class MasterKey
{
    public const int Length = 32;
    private readonly byte[] _key;

    private MasterKey(byte[] key)
    {
        _key = key;
        // Names the key without saying anything about it.
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(key, "inquiryrouter master key id"u8))[..12];
    }

    public string Id { get; }

    public byte[] Wrap(byte[] key) => Sealing.Seal(_key, key);

    /// <exception cref="CryptographicException">The key was wrapped by another master key.</exception>
    public byte[] Unwrap(byte[] wrapped) => Sealing.Open(_key, wrapped);

    /// <exception cref="CannotStartException">The text is not such a key.</exception>
    public static MasterKey Parse(string base64, string origin)
    {
        var key = new byte[Length];
        return Convert.TryFromBase64String(base64.Trim(), key, out var written) && written == Length
            ? new MasterKey(key)
            : throw new CannotStartException($"{origin} must hold Base64 of exactly {Length} bytes. Make one with: openssl rand -base64 {Length}");
    }

    /// <summary>Reads the key from the settings or its file.</summary>
    /// <param name="options">Where it may be.</param>
    /// <param name="defaultFile">The file used when no setting names one.</param>
    /// <param name="mayCreate">True when a missing default file may be made: the first start of an installation on one machine.</param>
    /// <exception cref="CannotStartException">There is no usable key.</exception>
    public static MasterKey Load(PrivacyOptions options, string defaultFile, bool mayCreate)
    {
        if (!string.IsNullOrWhiteSpace(options.MasterKey))
        {
            return Parse(options.MasterKey, "Privacy:MasterKey");
        }

        var file = options.MasterKeyFile ?? defaultFile;
        if (!File.Exists(file))
        {
            if (!mayCreate || options.MasterKeyFile is not null)
            {
                throw new CannotStartException(
                    $"The master key file '{file}' does not exist. Set Privacy:MasterKey or Privacy:MasterKeyFile to the same key on every machine; make one with: openssl rand -base64 {Length}");
            }

            Make(file);
        }

        try
        {
            return Parse(File.ReadAllText(file), $"The master key file '{file}'");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"The master key file '{file}' cannot be read: {exception.Message} Let this user read it, or set Privacy:MasterKeyFile to another file.", exception);
        }
    }

    private static void Make(string file)
    {
        try
        {
            Create(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"The master key file '{file}' cannot be made: {exception.Message} Set Data:Directory or Privacy:MasterKeyFile to a place this user may write to.", exception);
        }
    }

    private static void Create(string file)
    {
        OwnDirectory.Create(Path.GetDirectoryName(Path.GetFullPath(file))!);
        // Written aside and linked into place, so that of two starting processes one wins and neither reads half a key.
        var aside = $"{file}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(aside, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)) + "\n"));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(aside, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(aside);
        }
    }
}
