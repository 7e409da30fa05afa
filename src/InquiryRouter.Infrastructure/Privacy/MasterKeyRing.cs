using System.Diagnostics;
using System.Security.Cryptography;

namespace InquiryRouter.Infrastructure.Privacy;

/// <summary>
/// The master keys of an installation: the newest wraps, all of them unwrap. Keys in files are looked at again while the program runs, so that a key
/// that was replaced meanwhile is taken up by itself.
/// </summary>
public sealed class MasterKeyRing
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(1);

    private readonly Func<IReadOnlyList<MasterKey>>? _read;
    private volatile IReadOnlyList<MasterKey> _keys;
    private long _lookedAt = Stopwatch.GetTimestamp();

    private MasterKeyRing(IReadOnlyList<MasterKey> keys, string? file, Func<IReadOnlyList<MasterKey>>? read)
    {
        _keys = keys;
        _read = read;
        File = file;
    }

    /// <summary>The file of the newest key; null: it came as text, and only who sets it can replace it.</summary>
    public string? File { get; }

    /// <summary>The key that wraps.</summary>
    public MasterKey Newest => Look()[0];

    /// <summary>Newest first; each once.</summary>
    public IReadOnlyList<MasterKey> Keys => Look();

    /// <summary>A key that never changes.</summary>
    public static implicit operator MasterKeyRing(MasterKey key) => FromMasterKey(key);

    /// <summary>A key that never changes.</summary>
    public static MasterKeyRing FromMasterKey(MasterKey key) => new([key], null, null);

    /// <summary>Reads the keys from the settings or their files.</summary>
    /// <param name="options">Where they may be.</param>
    /// <param name="defaultFile">The file used when no setting names one.</param>
    /// <param name="mayCreate">True when a missing default file may be made: the first start of an installation on one machine.</param>
    /// <exception cref="CannotStartException">There is no usable key.</exception>
    public static MasterKeyRing Load(PrivacyOptions options, string defaultFile, bool mayCreate)
    {
        var file = string.IsNullOrWhiteSpace(options.MasterKey) ? options.MasterKeyFile ?? defaultFile : null;
        if (file is not null && !System.IO.File.Exists(file))
        {
            if (!mayCreate || options.MasterKeyFile is not null)
            {
                throw new CannotStartException(
                    $"The master key file '{file}' does not exist. Set Privacy:MasterKey or Privacy:MasterKeyFile to the same key on every machine; make one with: openssl rand -base64 {MasterKey.Length}");
            }

            MasterKeyFile.Make(file);
        }

        IReadOnlyList<MasterKey> Read() => [.. ReadAll(options, file).DistinctBy(k => k.Id, StringComparer.Ordinal)];
        return new MasterKeyRing(Read(), file, file is null && string.IsNullOrWhiteSpace(options.OldMasterKeyFiles) ? null : Read);
    }

    /// <summary>Opens a key that one of these wrapped.</summary>
    /// <exception cref="CryptographicException">None of them did.</exception>
    public byte[] Unwrap(byte[] wrapped) =>
        TryUnwrap(Look(), wrapped) ?? TryUnwrap(LookNow(), wrapped) ?? throw new CryptographicException("None of the master keys this process has opens it.");

    private static byte[]? TryUnwrap(IReadOnlyList<MasterKey> keys, byte[] wrapped)
    {
        // The tag of the sealing tells which: keys are few, and a row may just be on its way from one to the other.
        foreach (var key in keys)
        {
            try
            {
                return key.Unwrap(wrapped);
            }
            catch (AuthenticationTagMismatchException)
            {
                // Another one wrapped it.
            }
        }

        return null;
    }

    private static IEnumerable<MasterKey> ReadAll(PrivacyOptions options, string? file)
    {
        yield return file is null ? MasterKey.Parse(options.MasterKey!, "Privacy:MasterKey") : MasterKeyFile.Read(file);
        foreach (var text in Words(options.OldMasterKeys))
        {
            yield return MasterKey.Parse(text, "Each of Privacy:OldMasterKeys");
        }

        foreach (var key in Words(options.OldMasterKeyFiles).Select(MasterKeyFile.Read))
        {
            yield return key;
        }

        if (file is not null && string.IsNullOrWhiteSpace(options.OldMasterKeyFiles))
        {
            foreach (var key in MasterKeyFile.ReadOld(file))
            {
                yield return key;
            }
        }
    }

    private static string[] Words(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private IReadOnlyList<MasterKey> Look() =>
        _read is null || Stopwatch.GetElapsedTime(Interlocked.Read(ref _lookedAt)) < s_lookAgain ? _keys : LookNow();

    private IReadOnlyList<MasterKey> LookNow()
    {
        if (_read is not null)
        {
            Interlocked.Exchange(ref _lookedAt, Stopwatch.GetTimestamp());
            try
            {
                var read = _read();

                // A key that was there opens what it wrapped for as long as this process runs.
                _keys = [.. read, .. _keys.Where(k => read.All(r => r.Id != k.Id))];
            }
            catch (Exception exception) when (exception is CannotStartException or IOException or UnauthorizedAccessException)
            {
                // Those it has are good; 'doctor' and the next start say what is wrong with the files.
            }
        }

        return _keys;
    }
}
