using System.IO.Compression;

namespace InquiryRouter.Infrastructure.Users;

/// <summary>The 30,000 most used passwords (of zxcvbn 4.4.2, MIT), in small letters.</summary>
public sealed class CommonPasswords
{
    private readonly Lazy<HashSet<string>> _all = new(Load);

    public bool Has(string password) => _all.Value.Contains(password);

    private static HashSet<string> Load()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("users/common-passwords.txt.gz")!;
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
        return new HashSet<string>(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
    }
}
