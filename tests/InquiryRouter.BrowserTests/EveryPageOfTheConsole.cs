using System.Text;
using System.Text.RegularExpressions;
using InquiryRouter.Application.Reports;
using InquiryRouter.BrowserTests.Support;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Web.Console;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>
/// Every page of the console, by the program's own table of routes: axe finds nothing at 1280 and 390 px, in light and in dark, nothing
/// breaks the policy for
/// content, no page is wider than its screen. A page that is new is named here, or the test fails.
/// </summary>
public sealed class EveryPageOfTheConsole(Chromium chromium) : BrowserTest(chromium)
{
    private const string NamelessTable =
        "table:not(:has(caption)):not(:is([aria-label], [aria-labelledby], [aria-label] *, [aria-labelledby] *))";

    private readonly Chromium _chromium = chromium;

    // What a script or a program asks for, and what needs a provider or Development.
    private static readonly string[] s_noPages =
    [
        "/console/assets/{name}", "/console/clinic-names", "/console/live", "/console/live/new", "/console/inquiries/{reference}/changes",
        "/console/inquiries/{reference}/match.json",
        "/console/unfinished/{id:guid}", "/console/unfinished/ready", "/console/operations/tries/part", "/console/sign-in/provider",
        "/console/sign-in/provider/answer", "/console/demo", "/console/policy/proposals/{id:guid}/trials",
    ];

    // Where anything of the kind will do, or an example of the query.
    private static readonly Dictionary<string, string> s_examples = new(StringComparer.Ordinal)
    {
        ["/console/clinics/{code}"] = "/console/clinics/MX-A",
        ["/console/clinics/{code}/referrals"] = "/console/clinics/MX-A/referrals",
        ["/console/clinics/{code}/change"] = "/console/clinics/MX-A/change?what=Verify&n=1",
        ["/console/reports/clinics/{code}"] = "/console/reports/clinics/MX-A",
        ["/console/reference/{name}"] = "/console/reference/country-rules",
        ["/console/policy/compare"] = "/console/policy/compare?from=1&to=1",
        ["/console/operations/group"] = "/console/operations/group?cause=refused&type=mail",
        ["/console/invitation"] = "/console/invitation",
    };

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Is_clean(int width)
    {
        var app = await StartAsync("en");
        var held = await app.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        var referred = await app.SubmitAsync(An.Inquiry());
        await app.ReachesAsync(held.Reference, InquiryState.Held);
        await app.ReachesAsync(referred.Reference, InquiryState.Referred);
        await app.SettlesAsync();
        await app.Services.GetRequiredService<CountFigures>().RunAsync(CancellationToken.None);
        var ana = await ArriveAsync(app, new Screen("en", width), scripts: true);
        var errors = new List<string>();
        ana.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                errors.Add($"{ana.Page.Url}: {message.Text}");
            }
        };
        ana.Page.PageError += (_, error) => errors.Add(error);
        var problems = new List<string>();

        // Before anybody is signed in.
        await LookAsync("/console/sign-in");
        await ana.AcceptInvitationAsync(app, UserRoles.Manager | UserRoles.Admin | UserRoles.Auditor);
        var codes = PathOf(ana);
        var addresses = new Dictionary<string, string>(s_examples, StringComparer.Ordinal)
        {
            ["/console/account/recovery-codes"] = codes,
            ["/console/users/{id:guid}"] = await FollowAsync("/console/users", "tbody a"),
            ["/console/users/invited"] = await InviteAsync(ana),
            ["/console/found/{id:guid}"] = await FindAsync(ana),
            ["/console/clinic-file/{id:guid}"] = await UploadAsync(ana),
            ["/console/policy/proposals/{id:guid}"] = await ProposeAsync(ana),
            ["/console/inquiries/{reference}/mails/{mail:guid}"] =
                await FollowAsync($"/console/inquiries/{referred.Reference}/conversation", "[aria-label='List of mails'] a"),
            ["/console/inquiries/{reference}/pair"] = $"/console/inquiries/{held.Reference}/pair?other={referred.Reference}",
        };
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ConsoleEntry>() is not null
                && e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET"))
            .Select(e => e.RoutePattern.RawText!).Distinct(StringComparer.Ordinal).ToList();
        Assert.All(s_noPages, path => Assert.Contains(path, routes));
        foreach (var route in routes.Except(s_noPages, StringComparer.Ordinal).Where(r => r is not "/console/sign-in"))
        {
            foreach (var of in route.Contains("{reference}", StringComparison.Ordinal) ? new[] { held.Reference, referred.Reference }
                : [string.Empty])
            {
                var address = addresses.GetValueOrDefault(route) ?? route.Replace("{reference}", of, StringComparison.Ordinal);
                Assert.False(address.Contains('{', StringComparison.Ordinal), $"{route} is new: say which address of it is looked at.");
                await LookAsync(address);
            }
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
        Assert.DoesNotContain(errors, e => !e.Contains("404", StringComparison.Ordinal));

        async Task<string> FollowAsync(string from, string link)
        {
            await ana.OpenAsync(from);
            return await ana.Page.Locator(link).First.GetAttributeAsync("href") ?? from;
        }

        async Task LookAsync(string address)
        {
            await ana.OpenAsync(address);
            if (await ana.Page.Locator("style, [style], [onclick], [onsubmit]").CountAsync() > 0)
            {
                problems.Add($"{address}: has a style or a handler of its own");
            }

            if (await ana.Page.Locator("h1").CountAsync() != 1)
            {
                problems.Add($"{address}: has not one headline");
            }

            if (await ana.Page.Locator(NamelessTable).CountAsync() > 0)
            {
                problems.Add($"{address}: a table says nowhere what it is of");
            }

            if (!await ana.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
            {
                problems.Add($"{address}: is wider than {width} px");
            }

            await using var inspector = await Inspector.CreateAsync(_chromium);
            var name = "every" + Regex.Replace(
                address.Split('?')[0].Replace(held.Reference, "held", StringComparison.Ordinal).Replace(referred.Reference, "referred",
                    StringComparison.Ordinal),
                "[^a-zA-Z]+", "-", RegexOptions.None, TimeSpan.FromSeconds(1));
            problems.AddRange((await inspector.InspectAsync(name, "en", ana.Page.Url, await ana.Page.ContentAsync()))
                .Where(p => !p.Contains($"smaller than {Inspector.SmallestTarget} px", StringComparison.Ordinal)).Select(p =>
                    $"{address}: {p}"));
        }
    }

    private static async Task<string> InviteAsync(Visitor ana)
    {
        await ana.OpenAsync("/console/users");
        await ana.TypeAsync("mail", "new@operator.example");
        await ana.TypeAsync("name", "New One");
        await ana.Page.Locator("input[name=role][value=auditor]").CheckAsync();
        await ana.Page.Locator("form.stacked button.primary").ClickAsync();
        await ana.Page.WaitForURLAsync("**/invited?shown=*");
        return PathOf(ana);
    }

    private static async Task<string> FindAsync(Visitor ana)
    {
        await ana.OpenAsync("/console/search");
        await ana.TypeAsync("term", "Example");
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.Page.WaitForURLAsync("**/console/found/*");
        return PathOf(ana);
    }

    private static async Task<string> UploadAsync(Visitor ana)
    {
        await ana.OpenAsync("/console/clinic-file");
        await ana.Page.Locator("#file").SetInputFilesAsync(
            new FilePayload { Name = "clinics.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("code,name\nMX-Z,\n") });
        await ana.Page.Locator("form.stacked button.primary").ClickAsync();
        await ana.Page.WaitForURLAsync("**/console/clinic-file/*");
        return PathOf(ana);
    }

    private static async Task<string> ProposeAsync(Visitor ana)
    {
        await ana.OpenAsync("/console/policy/edit");
        await ana.Page.Locator("[name='weights.price']").FillAsync("0.3");
        await ana.Page.Locator("[name=name]").FillAsync("cheaper");
        await ana.Page.Locator("form[action$='/proposals'] button.primary").ClickAsync();
        await ana.Page.WaitForURLAsync("**/console/policy/proposals/*");
        return PathOf(ana);
    }

    private static string PathOf(Visitor ana) => new Uri(ana.Page.Url).PathAndQuery;
}
