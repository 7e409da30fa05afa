using System.Security.Cryptography;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Tests.Privacy;

/// <summary>More than one master key: the newest wraps, all open, and a key that is put in place is taken up.</summary>
public sealed class MasterKeyRingTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("inquiryrouter-tests-");

    private string File => Path.Combine(_directory.FullName, "keys", "master.key");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void After_it_was_replaced_the_new_key_wraps_and_the_old_one_opens()
    {
        var before = Load();
        var wrapped = before.Newest.Wrap([1, 2, 3]);

        Assert.True(MasterKeyFile.Replace(File, before.Newest.Id));

        var after = Load();
        Assert.Equal([after.Newest.Id, before.Keys[0].Id], after.Keys.Select(k => k.Id));
        Assert.NotEqual(before.Keys[0].Id, after.Newest.Id);
        Assert.Equal([1, 2, 3], after.Unwrap(wrapped));
        Assert.Equal([1, 2, 3], after.Unwrap(after.Newest.Wrap([1, 2, 3])));
    }

    [Fact]
    public void A_process_that_has_only_the_old_key_opens_at_once_what_the_new_one_wrapped()
    {
        var running = Load();
        MasterKeyFile.Replace(File, running.Newest.Id);
        var wrapped = MasterKeyFile.Read(File).Wrap([4, 5, 6]);

        Assert.Equal([4, 5, 6], running.Unwrap(wrapped));
        Assert.Equal(MasterKeyFile.Read(File).Id, running.Newest.Id);
    }

    [Fact]
    public void A_process_keeps_the_keys_it_had_when_their_files_go()
    {
        var running = Load();
        var wrapped = running.Newest.Wrap([7]);
        MasterKeyFile.Replace(File, running.Newest.Id);
        Directory.Delete(MasterKeyFile.OldFolder(File), recursive: true);
        _ = running.Unwrap(MasterKeyFile.Read(File).Wrap([8]));

        Assert.Equal([7], running.Unwrap(wrapped));
    }

    [Fact]
    public void Of_two_replacements_of_one_key_one_is_refused_and_no_key_is_lost()
    {
        var first = Load().Newest.Id;
        Assert.True(MasterKeyFile.Replace(File, first));
        var second = MasterKeyFile.Read(File).Id;

        Assert.False(MasterKeyFile.Replace(File, first));

        Assert.Equal([second, first], Load().Keys.Select(k => k.Id));
    }

    [Fact]
    public void Only_the_owner_may_read_an_old_key()
    {
        MasterKeyFile.Replace(File, Load().Newest.Id);

        var old = Assert.Single(Directory.GetFiles(MasterKeyFile.OldFolder(File)));
        Assert.True(OperatingSystem.IsWindows() || System.IO.File.GetUnixFileMode(old) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void Old_keys_come_as_text_too_and_as_files_that_are_named()
    {
        var (newest, text, named) = (NewText(), NewText(), NewText());
        var file = Path.Combine(_directory.FullName, "named.key");
        System.IO.File.WriteAllText(file, named);

        var ring = MasterKeyRing.Load(new PrivacyOptions { MasterKey = newest, OldMasterKeys = $"{text} , {newest}", OldMasterKeyFiles = file }, File, mayCreate: false);

        Assert.Equal(new[] { newest, text, named }.Select(t => MasterKey.Parse(t, "the test").Id), ring.Keys.Select(k => k.Id));
        Assert.Null(ring.File);
    }

    [Fact]
    public void An_old_key_that_is_none_stops_the_start_without_being_shown()
    {
        var error = Assert.Throws<CannotStartException>(() => MasterKeyRing.Load(new PrivacyOptions { MasterKey = NewText(), OldMasterKeys = "secret-that-is-no-key" }, File, mayCreate: false));

        Assert.Contains("Privacy:OldMasterKeys", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-that-is-no-key", error.Message, StringComparison.Ordinal);
        Assert.Throws<CannotStartException>(() => MasterKeyRing.Load(new PrivacyOptions { MasterKey = NewText(), OldMasterKeyFiles = "/does/not/exist.key" }, File, mayCreate: false));
    }

    [Fact]
    public void What_none_of_them_wrapped_none_opens() =>
        Assert.ThrowsAny<CryptographicException>(() => Load().Unwrap(MasterKey.Parse(NewText(), "the test").Wrap([1])));

    private static string NewText() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.Length));

    private MasterKeyRing Load() => MasterKeyRing.Load(new PrivacyOptions(), File, mayCreate: true);
}
