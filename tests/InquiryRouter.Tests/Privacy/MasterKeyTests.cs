using InquiryRouter.Infrastructure;
using System.Security.Cryptography;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Tests.Privacy;

public sealed class MasterKeyTests : IDisposable
{
    private const string Base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("inquiryrouter-tests-");

    private string DefaultFile => Path.Combine(_directory.FullName, "keys", "master.key");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void What_was_wrapped_is_unwrapped()
    {
        var key = MasterKey.Parse(Base64, "the test");

        Assert.Equal([1, 2, 3], key.Unwrap(key.Wrap([1, 2, 3])));
    }

    [Fact]
    public void Another_key_unwraps_nothing()
    {
        var wrapped = MasterKey.Parse(Base64, "the test").Wrap([1, 2, 3]);

        Assert.ThrowsAny<CryptographicException>(() => MasterKey.Parse(Convert.ToBase64String(new byte[32]), "the test").Unwrap(wrapped));
    }

    [Fact]
    public void The_id_tells_keys_apart_and_says_nothing_about_them()
    {
        var key = MasterKey.Parse(Base64, "the test");

        Assert.Equal(key.Id, MasterKey.Parse($" {Base64}\n", "the test").Id);
        Assert.NotEqual(key.Id, MasterKey.Parse(Convert.ToBase64String(new byte[32]), "the test").Id);
        Assert.Matches("^[0-9a-f]{12}$", key.Id);
        Assert.DoesNotContain(key.Id, Convert.ToHexStringLower(Convert.FromBase64String(Base64)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2hvcnQ=")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8AAECAwQFBgcICQoLDA0O=")]
    [InlineData("this is not base 64 but a secret!")]
    public void A_key_of_the_wrong_form_is_refused_without_being_shown(string text)
    {
        var error = Assert.Throws<CannotStartException>(() => MasterKey.Parse(text, "Privacy:MasterKey"));

        Assert.StartsWith("Privacy:MasterKey must hold Base64 of exactly 32 bytes", error.Message, StringComparison.Ordinal);
        Assert.True(text.Length == 0 || !error.Message.Contains(text, StringComparison.Ordinal), "The message shows the secret.");
    }

    [Fact]
    public void A_first_start_makes_a_key_that_the_next_one_reads()
    {
        var made = MasterKeyRing.Load(new PrivacyOptions(), DefaultFile, mayCreate: true);

        Assert.Equal(made.Newest.Id, MasterKeyRing.Load(new PrivacyOptions(), DefaultFile, mayCreate: false).Newest.Id);
    }

    [Fact]
    public void Two_installations_have_different_keys() =>
        Assert.NotEqual(
            MasterKeyRing.Load(new PrivacyOptions(), DefaultFile, mayCreate: true).Newest.Id,
            MasterKeyRing.Load(new PrivacyOptions(), DefaultFile + ".other", mayCreate: true).Newest.Id);

    [Fact]
    public void Only_the_owner_may_read_the_file()
    {
        MasterKeyRing.Load(new PrivacyOptions(), DefaultFile, mayCreate: true);

        // Windows has no such mode; there the directory's rights count.
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(DefaultFile) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void Nothing_is_left_beside_the_file()
    {
        MasterKeyRing.Load(new PrivacyOptions(), DefaultFile, mayCreate: true);

        Assert.Equal([DefaultFile], Directory.GetFiles(Path.GetDirectoryName(DefaultFile)!));
    }

    [Fact]
    public void Where_none_may_be_made_a_missing_file_is_an_error_that_says_what_to_set()
    {
        var error = Assert.Throws<CannotStartException>(() => MasterKeyRing.Load(new PrivacyOptions(), DefaultFile, mayCreate: false));

        Assert.Contains("Privacy:MasterKeyFile", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(DefaultFile));
    }

    [Fact]
    public void A_file_that_was_named_is_never_made()
    {
        var options = new PrivacyOptions { MasterKeyFile = Path.Combine(_directory.FullName, "named.key") };

        Assert.Throws<CannotStartException>(() => MasterKeyRing.Load(options, DefaultFile, mayCreate: true));
        Assert.Empty(_directory.GetFiles());
    }

    [Fact]
    public void The_setting_beats_the_file()
    {
        MasterKeyRing.Load(new PrivacyOptions(), DefaultFile, mayCreate: true);

        var key = MasterKeyRing.Load(new PrivacyOptions { MasterKey = Base64, MasterKeyFile = DefaultFile }, DefaultFile, mayCreate: true);

        Assert.Equal(MasterKey.Parse(Base64, "the test").Id, key.Newest.Id);
    }

    [Fact]
    public void A_damaged_file_is_an_error_that_names_it()
    {
        var file = Path.Combine(_directory.FullName, "damaged.key");
        File.WriteAllText(file, Base64[..20]);

        var error = Assert.Throws<CannotStartException>(() => MasterKeyRing.Load(new PrivacyOptions { MasterKeyFile = file }, DefaultFile, mayCreate: true));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Base64[..20], error.Message, StringComparison.Ordinal);
    }
}
