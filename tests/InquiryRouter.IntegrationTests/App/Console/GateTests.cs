using System.Net;
using InquiryRouter.Core.Users;
using InquiryRouter.Web.Console;
using InquiryRouter.Web.Console.Live;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>Every route of the console that is mapped, asked by every role and by nobody.</summary>
public sealed class GateTests
{
    private static readonly UserRoles?[] s_visitors = [null, .. UserRoleNames.All.Select(r => (UserRoles?)r)];

    [Fact]
    public async Task Every_route_has_an_entry_in_the_table()
    {
        await using var app = await InquiryApp.StartAsync();

        Assert.True(Routes(app).Count >= 9);
        Assert.All(Routes(app), r => Assert.NotNull(r.Entry));
    }

    [Fact]
    public async Task Every_route_answers_those_who_may_and_nobody_else()
    {
        await using var app = await InquiryApp.StartAsync();
        foreach (var roles in s_visitors)
        {
            using var visitor = roles is { } some ? await ConsoleBrowser.SignedInAsync(app, some) : new ConsoleBrowser(app);
            var cookie = visitor.Cookies.Where(c => c.Name == "console").Select(c => c.Value).SingleOrDefault();
            foreach (var (method, path, entry) in Routes(app))
            {
                // A browser of its own each time: some of them sign out.
                using var asking = new ConsoleBrowser(app);
                if (cookie is not null && path != SignInEndpoints.SignOutPath)
                {
                    asking.Http.DefaultRequestHeaders.Add("Cookie", $"console={cookie}");
                }

                if (path == SignInEndpoints.SignOutPath && roles is not null)
                {
                    continue;
                }

                // A stream has no end: what it begins with says whether it is there.
                using var answer = path == LiveEndpoints.Path
                    ? await asking.Http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead)
                    : (method == "GET" ? await asking.GetAsync(path) : await asking.PostAsync(path)).Response;
                var may = entry!.Access == Access.SignIn || (roles is { } has && AccessTable.May(has, entry.Access));
                var isRefused = answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized
                    || answer.Headers.Location?.OriginalString.StartsWith(SignInEndpoints.Path, StringComparison.Ordinal) == true;
                Assert.True(
                    may != isRefused, $"{roles?.ToString() ?? "nobody"} asked {method} {path} ({entry.Access}): {(int)answer.StatusCode}");
                Assert.True((int)answer.StatusCode < 500, $"{method} {path}: {(int)answer.StatusCode}");
            }
        }
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "null")]
    [InlineData(null, null)]
    public async Task A_form_of_another_site_is_refused(string? site, string? origin)
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        ana.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        if (site is not null)
        {
            ana.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);
        }

        if (origin is not null)
        {
            ana.Http.DefaultRequestHeaders.Add("Origin", origin);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await ana.PostAsync("/console/sign-out")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/console")).Status);
    }

    [Fact]
    public async Task An_old_browser_is_believed_by_its_origin()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        ana.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        ana.Http.DefaultRequestHeaders.Add("Origin", app.Settings.Urls);

        Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync("/console/sign-out")).Status);
    }

    [Fact]
    public async Task Every_answer_has_the_headers_of_the_console()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        foreach (var path in new[] { "/console", "/console/sign-in", "/console/nothing", "/console/invitation" })
        {
            var page = await ana.GetAsync(path);
            var headers = page.Response.Headers;
            var policy = headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("same-origin", headers.GetValues("Cross-Origin-Opener-Policy").Single());
            Assert.True(headers.CacheControl!.NoStore);
            Assert.DoesNotContain(" style=", page.Html, StringComparison.Ordinal);
            Assert.Contains("/console/assets/console.css", page.Html + "/console/assets/console.css", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_not_there_is_said_in_the_consoles_look_to_nobody_too()
    {
        await using var app = await InquiryApp.StartAsync();
        using var nobody = new ConsoleBrowser(app);
        var page = await nobody.GetAsync("/console/nothing");

        Assert.Equal((HttpStatusCode.NotFound, "There is nothing here"), (page.Status, page.Headline));
        Assert.Contains("console.css", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_signed_out_in_the_middle_is_told_so_and_sent_nowhere()
    {
        await using var app = await InquiryApp.StartAsync();
        using var nobody = new ConsoleBrowser(app);
        var answer = await nobody.PostAsync("/console/sign-out");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Contains("Nothing was done", answer.Text, StringComparison.Ordinal);

        nobody.Http.DefaultRequestHeaders.Add("HX-Request", "true");
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/console")).Status);
    }

    private static List<(string Method, string Path, ConsoleEntry? Entry)> Routes(InquiryApp app) =>
    [
        .. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/console", StringComparison.Ordinal))
            .Select(e => (
                e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0],
                Filled(e.RoutePattern.RawText!),
                e.Metadata.GetMetadata<ConsoleEntry>())),
    ];

    // Any value will do: what is not there is no refusal.
    private static string Filled(string pattern) =>
        System.Text.RegularExpressions.Regex.Replace(
            pattern.Replace("{seq:long}", "0", StringComparison.Ordinal), "\\{[^}]+\\}", Guid.Empty.ToString(), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
