using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Deploy;

/// <summary>The version is that of the newest tag, and the build works without tags and without git.</summary>
public sealed class VersionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("version-");

    [Fact]
    public async Task It_is_the_tag_s_with_how_many_commits_came_since()
    {
        await CopyAsync();
        Assert.Equal("0.1.0 ", await VersionAsync());
        if (!File.Exists("/usr/bin/git"))
        {
            Assert.Skip("git is not installed here.");
        }

        await GitAsync("init", "--quiet");
        await CommitAsync();
        Assert.Equal("0.1.0 ", await VersionAsync());
        await GitAsync("tag", "v2.3.4");
        await GitAsync("tag", "not-a-version");
        Assert.Equal("2.3.4 2.3.4", await VersionAsync());
        await CommitAsync();
        await CommitAsync();
        Assert.Equal("2.3.4 2.3.4+2", await VersionAsync());
        await GitAsync("tag", "v3.0.0-rc.1");
        Assert.Equal("3.0.0-rc.1 3.0.0-rc.1", await VersionAsync());
        Assert.Equal("9.8.7 ", await VersionAsync("-p:Version=9.8.7"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task CopyAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets"])
        {
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(_folder.FullName, file));
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "a.proj"), """
            <Project>
              <Import Project="Directory.Build.props" />
              <Import Project="Directory.Build.targets" />
              <Target Name="GetAssemblyVersion" />
            </Project>
            """, cancellation);
    }

    private async Task<string> VersionAsync(params string[] more)
    {
        var (code, said) = await DeployTests.RunAsync(
            "dotnet",
            ["msbuild", Path.Combine(_folder.FullName, "a.proj"), "-nodeReuse:false", "-t:GetAssemblyVersion", "-getProperty:Version,InformationalVersion", .. more]);
        Assert.True(code == 0, said);
        using var read = System.Text.Json.JsonDocument.Parse(said);
        var properties = read.RootElement.GetProperty("Properties");
        return $"{properties.GetProperty("Version").GetString()} {properties.GetProperty("InformationalVersion").GetString()}";
    }

    private Task CommitAsync() => GitAsync("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "--allow-empty", "-m", "x");

    private async Task GitAsync(params string[] arguments)
    {
        var (code, said) = await DeployTests.RunAsync("git", ["-C", _folder.FullName, .. arguments]);
        Assert.True(code == 0, said);
    }
}
