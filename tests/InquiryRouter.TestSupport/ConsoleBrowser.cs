using System.Net;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.TestSupport;

/// <summary>
/// A browser at the console: keeps cookies, follows no redirect, and says of each press that it comes from the same site.
/// </summary>
internal sealed class ConsoleBrowser : IDisposable
{
    public const string Password = "correct horse battery staple";
    private readonly InquiryApp _app;
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;

    public ConsoleBrowser(InquiryApp app)
    {
        _app = app;
        _http = new HttpClient(
            new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Settings.Urls) };
        _http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
    }

    public string Mail { get; init; } = string.Empty;

    public byte[] Secret { get; private set; } = [];

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public HttpClient Http => _http;

    public IEnumerable<Cookie> Cookies => _cookies.GetAllCookies();

    /// <summary>A person with these roles, invited, set up and signed in.</summary>
    public static async Task<ConsoleBrowser> SignedInAsync(InquiryApp app, UserRoles roles, string? mail = null)
    {
        var browser = new ConsoleBrowser(app) { Mail = mail ?? $"{UserRoleNames.Write(roles).Replace(',', '-')}@operator.example" };
        var invited = await app.Services.GetRequiredService<InviteUsers>()
            .AddAsync(browser.Mail, name: null, roles, Actor.Coordinator("test"), CancellationToken.None);
        await browser.AcceptAsync(((Invited.Link)invited).Token);
        return browser;
    }

    /// <summary>Follows an invitation's link, and sets everything up.</summary>
    public async Task<Page> AcceptAsync(string token, string password = Password)
    {
        var page = await OpenInvitationAsync(token);
        if (page.Hidden("secret") is { } secret)
        {
            Secret = Base32.Read(secret)!;
        }

        var welcome = await FollowAsync(await AcceptAsync(page, password, NextCode()), "/recovery-codes");
        RecoveryCodes = [.. welcome.Html.Split("<code>").Skip(1).Select(part => part.Split('<')[0])];
        return welcome;
    }

    public async Task<Page> OpenInvitationAsync(string token)
    {
        var exchanged = await GetAsync($"/console/invitation?t={token}");
        return exchanged.Response.Headers.Location is { } location ? await GetAsync(location.OriginalString) : exchanged;
    }

    public Task<Page> AcceptAsync(Page invitation, string password, string code) => PostAsync("/console/invitation", new()
    {
        ["link"] = invitation.Hidden("link") ?? string.Empty,
        ["secret"] = invitation.Hidden("secret") ?? string.Empty,
        ["proof"] = invitation.Hidden("proof") ?? string.Empty,
        ["password"] = password,
        ["again"] = password,
        ["code"] = code,
    });

    /// <summary>The page an answer leads to, where it leads there.</summary>
    public async Task<Page> FollowAsync(Page answer, string part) =>
        answer.Response.Headers.Location is { } location && location.OriginalString.Contains(part, StringComparison.Ordinal)
            ? await GetAsync(location.OriginalString)
            : answer;

    /// <summary>What the app shows now.</summary>
    public string Code() => Totp.Code(Secret, Totp.StepAt(_app.Now));

    /// <summary>What it shows next: a code that was not used.</summary>
    public string NextCode()
    {
        _app.Clock.Advance(TimeSpan.FromSeconds(30));
        return Code();
    }

    public async Task<Page> SignInAsync(string? password = null, string? code = null, string? mail = null, string? to = null) =>
        await PostAsync(
        "/console/sign-in",
        new() { ["mail"] = mail ?? Mail, ["password"] = password ?? Password, ["code"] = code ?? NextCode(), ["to"] = to ?? string.Empty });

    public async Task<Page> GetAsync(string path) => await Page.OfAsync(await _http.GetAsync(new Uri(path, UriKind.Relative)));

    public async Task<Page> PostAsync(string path, Dictionary<string, string>? fields = null)
    {
        using var form = new FormUrlEncodedContent(fields ?? []);
        return await Page.OfAsync(await _http.PostAsync(new Uri(path, UriKind.Relative), form));
    }

    /// <summary>Another browser of the same person, where nobody has signed in.</summary>
    public ConsoleBrowser Elsewhere() => new(_app) { Mail = Mail, Secret = Secret, RecoveryCodes = RecoveryCodes };

    public void Dispose() => _http.Dispose();
}
