using InquiryRouter.BrowserTests.Support;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using Microsoft.Playwright;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>The console with its scripts on: nothing breaks their policy, and axe finds nothing.</summary>
public sealed partial class InTheConsole(Chromium chromium) : BrowserTest(chromium)
{
    private readonly Chromium _chromium = chromium;

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Somebody_who_is_invited_sets_up_looks_around_and_signs_out(int width)
    {
        var app = await StartAsync("en");
        var ana = await ArriveAsync(app, new Screen("en", width), scripts: true);
        var errors = ErrorsOf(ana);
        await SignInAsync(ana, app, UserRoles.Manager | UserRoles.Admin | UserRoles.Auditor, look: true);

        await ana.OpenAsync("/console");
        await LookAsync(ana, "console-inbox");
        foreach (var (path, name) in new[]
        {
            ("/console/account", "console-account"), ("/console/users", "console-users"), ("/console/access-log", "console-access-log"),
            ("/console/operations", "console-operations"), ("/console/operations/set-aside", "console-set-aside"),
            ("/console/operations/suppressions", "console-suppressions"), ("/console/account/proof", "console-proof"), ("/console/nothing", "console-nothing"),
            ("/console/clinics", "console-clinics"), ("/console/clinics/MX-A", "console-clinic"),
            ("/console/clinics/MX-A/referrals", "console-clinic-referrals"), ("/console/clinics/MX-A/change?what=Suspend", "console-clinic-change"),
            ("/console/clinics/MX-A/change?what=Verify&n=1", "console-clinic-verify"), ("/console/clinic-file", "console-clinic-file"),
            ("/console/policy", "console-policy"), ("/console/policy/edit", "console-policy-edit"),
            ("/console/policy/compare?from=1&to=1", "console-policy-compare"), ("/console/reference", "console-reference"),
            ("/console/reference/country-rules", "console-reference-file"),
        })
        {
            await ana.OpenAsync(path);
            await LookAsync(ana, name);
        }

        await ana.OpenAsync("/console/users");
        await ana.Page.Locator("tbody a").First.ClickAsync();
        await ana.Page.WaitForURLAsync("**/console/users/*", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await LookAsync(ana, "console-user");

        // By keyboard: g, then a, leads to the access log.
        await PressUntilAsync(ana, "/console/access-log", "g", "a");
        await ana.OpenAsync("/console/account");
        await ana.Page.Locator("form.leave button").ClickAsync();
        await ana.Page.WaitForURLAsync("**/console/sign-in");
        await LookAsync(ana, "console-sign-in");

        // The browser itself says that a page was not there.
        Assert.DoesNotContain(errors, e => !e.Contains("404", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_coordinator_works_by_keyboard_from_the_inbox_on(int width)
    {
        var app = await StartAsync("en");
        var inquiry = An.Inquiry().With("patient.birthYear", 2015);
        var held = await app.SubmitAsync(inquiry);
        await app.ReachesAsync(held.Reference, InquiryState.Held);
        await app.SettlesAsync();
        var ana = await ArriveAsync(app, new Screen("en", width), scripts: true);
        var errors = ErrorsOf(ana);
        await SignInAsync(ana, app, UserRoles.Coordinator, look: false);

        await ana.OpenAsync("/console?kind=held");
        await LookAsync(ana, "console-inbox-held");
        await ana.Page.Keyboard.PressAsync("j");
        await ana.Page.WaitForSelectorAsync("tr.current");
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.Page.WaitForURLAsync($"**/console/inquiries/{held.Reference}*");
        await LookAsync(ana, "console-inquiry");
        await ana.Page.Keyboard.PressAsync("a");
        await ana.Page.WaitForURLAsync("**done=take*");
        await ana.Page.Keyboard.PressAsync("w");
        await ana.Page.WaitForSelectorAsync(".identity");
        Assert.Contains(inquiry.Name, await ana.Page.TextContentAsync(".identity"), StringComparison.Ordinal);
        await LookAsync(ana, "console-identity");

        // A key is a letter where somebody writes.
        await ana.OpenAsync($"/console/inquiries/{held.Reference}");
        await ana.Page.Locator("#note summary").ClickAsync();
        await ana.Page.Locator("#note-text").FillAsync("Rang: rang off. ");
        await ana.Page.Keyboard.TypeAsync("wagj");
        await LookAsync(ana, "console-note");
        await ana.Page.Locator("#note button").ClickAsync();
        await ana.Page.WaitForURLAsync("**done=note*");
        foreach (var tab in new[] { "match", "referrals", "conversation", "history" })
        {
            await ana.OpenAsync($"/console/inquiries/{held.Reference}/{tab}");
            await LookAsync(ana, $"console-{tab}");
        }

        await ana.OpenAsync($"/console/inquiries/{held.Reference}/conversation");
        Assert.Contains("Rang: rang off. wagj", await ana.Page.TextContentAsync(".note"), StringComparison.Ordinal);
        await ana.OpenAsync("/console/list");
        await LookAsync(ana, "console-list");
        await ana.Page.Keyboard.PressAsync("/");
        await ana.Page.WaitForURLAsync("**/console/search");
        await ana.Page.Locator("#term").FillAsync(inquiry.Email);
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.Page.WaitForURLAsync("**/console/found/*");
        await LookAsync(ana, "console-found");
        Assert.Contains(held.Reference, await ana.Page.TextContentAsync("main"), StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Board_pair_correction_and_erasure_are_clean_and_no_page_is_wider_than_the_screen(int width)
    {
        var app = await StartAsync("en");
        var held = await app.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        var other = await app.SubmitAsync(An.Inquiry());
        await app.ReachesAsync(held.Reference, InquiryState.Held);
        await app.ReachesAsync(other.Reference, InquiryState.Referred);
        await app.SettlesAsync();
        var ana = await ArriveAsync(app, new Screen("en", width), scripts: true);
        var errors = ErrorsOf(ana);
        await SignInAsync(ana, app, UserRoles.Manager | UserRoles.Admin | UserRoles.Auditor, look: false);

        var inquiry = $"/console/inquiries/{held.Reference}";
        foreach (var (path, name) in new[]
        {
            ("/console", "inbox"), ("/console/board", "board"), ($"/console/board/{held.Reference}", "board-menu"), ("/console/list", "list"),
            ("/console/search", "search"), (inquiry, "inquiry"), ($"{inquiry}?open=ask#ask", "ask"), ($"{inquiry}/match", "match"),
            ($"{inquiry}/match?view=now&gate=accreditation", "stopped"),
            ($"{inquiry}/pair?other={other.Reference}", "pair"), ($"{inquiry}/correct", "correct"), ($"{inquiry}/erase", "erase"),
            ($"/console/inquiries/{other.Reference}/referrals", "referrals"), ($"/console/inquiries/{other.Reference}/match", "ranked"),
            ($"/console/inquiries/{other.Reference}/conversation", "conversation"), ($"/console/inquiries/{other.Reference}/history", "history"),
            ("/console/account", "account"), ("/console/users", "users"), ("/console/access-log", "access-log"),
        })
        {
            await ana.OpenAsync(path);
            await LookAsync(ana, $"console-{name}");
            Assert.True(
                await ana.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                $"{path} is wider than a screen of {width} pixels.");
        }

        Assert.Empty(errors);
    }

    [Fact]
    public async Task On_a_phone_a_table_is_a_list_of_cards_that_say_what_each_cell_is_and_a_table_still_to_who_listens()
    {
        var app = await StartAsync("en");
        var inquiry = await app.SubmitAsync(An.Inquiry());
        await app.ReachesAsync(inquiry.Reference, InquiryState.Referred);
        await app.SettlesAsync();
        var ana = await ArriveAsync(app, new Screen("en", Screen.Phone), scripts: true);
        await SignInAsync(ana, app, UserRoles.Coordinator, look: false);

        await ana.OpenAsync("/console/list");

        var table = ana.Page.Locator("table.cards");
        Assert.Equal("table", await table.GetAttributeAsync("role"));
        Assert.Equal("State", await table.Locator("tbody td").First.GetAttributeAsync("data-label"));
        Assert.Equal("block", await table.Locator("tbody tr").First.EvaluateAsync<string>("row => getComputedStyle(row).display"));
        Assert.Contains(
            "State", await table.Locator("tbody td").First.EvaluateAsync<string>("cell => getComputedStyle(cell, '::before').content"), StringComparison.Ordinal);
        Assert.True(await ana.Page.GetByRole(AriaRole.Cell).CountAsync() > 3);
    }

    [Fact]
    public async Task The_menu_of_a_card_opens_in_its_place_by_keyboard_and_leads_to_the_form()
    {
        var app = await StartAsync("en");
        var held = await app.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        await app.ReachesAsync(held.Reference, InquiryState.Held);
        await app.SettlesAsync();
        var ana = await ArriveAsync(app, new Screen("en", Screen.Desktop), scripts: true);
        await SignInAsync(ana, app, UserRoles.Coordinator, look: false);
        await ana.OpenAsync("/console/board");

        await ana.Page.Locator(".card summary").First.FocusAsync();
        await ana.Page.Keyboard.PressAsync("Enter");
        var ask = ana.Page.Locator(".card .menu a", new PageLocatorOptions { HasText = "Ask the patient" });
        await ask.WaitForAsync();
        await LookAsync(ana, "console-board-open");
        await ask.ClickAsync();

        await ana.Page.WaitForURLAsync($"**/console/inquiries/{held.Reference}?open=ask*");
        Assert.True(await ana.Page.Locator("#ask-text").IsVisibleAsync());
    }

    // Two keys are one command only when little time is between them, which a busy machine may not manage at once.
    private static async Task PressUntilAsync(Visitor visitor, string path, params IReadOnlyList<string> keys)
    {
        for (var attempt = 0; attempt < 20 && !visitor.Page.Url.EndsWith(path, StringComparison.Ordinal); attempt++)
        {
            foreach (var key in keys)
            {
                await visitor.Page.Keyboard.PressAsync(key);
            }

            try
            {
                await visitor.Page.WaitForURLAsync($"**{path}", new PageWaitForURLOptions { Timeout = 3000 });
            }
            catch (TimeoutException)
            {
                // Once more.
            }
        }

        Assert.EndsWith(path, visitor.Page.Url, StringComparison.Ordinal);
    }

    private static List<string> ErrorsOf(Visitor visitor)
    {
        var errors = new List<string>();
        visitor.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                errors.Add(message.Text);
            }
        };
        visitor.Page.PageError += (_, error) => errors.Add(error);
        return errors;
    }

    private async Task SignInAsync(Visitor ana, InquiryApp app, UserRoles roles, bool look, string at = "")
    {
        await ana.AcceptInvitationAsync(app, roles, at, look ? () => LookAsync(ana, "console-invitation") : null);
        await (look ? LookAsync(ana, "console-recovery-codes") : Task.CompletedTask);
    }

    private async Task LookAsync(Visitor ana, string name)
    {
        Assert.Equal(0, await ana.Page.Locator("style, [style], [onclick], [onsubmit]").CountAsync());
        Assert.Equal(1, await ana.Page.Locator("h1").CountAsync());
        await using var inspector = await Inspector.CreateAsync(_chromium);
        var problems = await inspector.InspectAsync(name, "en", ana.Page.Url, await ana.Page.ContentAsync());

        // Dense on purpose: 24 pixels, which axe measures, and not the 44 of the public pages.
        var rest = problems.Where(p => !p.Contains($"smaller than {Inspector.SmallestTarget} px", StringComparison.Ordinal));
        Assert.Equal(string.Empty, string.Join(Environment.NewLine, rest));
    }
}
