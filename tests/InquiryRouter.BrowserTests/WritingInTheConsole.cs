using System.Text.RegularExpressions;
using InquiryRouter.Application.Users;
using InquiryRouter.BrowserTests.Support;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>What only a browser shows of: nothing typed is lost, colleagues are seen, nothing moves, letters can be switched off.</summary>
public sealed class WritingInTheConsole(Chromium chromium) : BrowserTest(chromium)
{
    private const string Password = "correct horse battery staple";

    [Fact]
    public async Task What_is_typed_is_there_after_a_reload_and_on_another_device_and_gone_once_it_is_sent()
    {
        var (app, held) = await HeldAsync();
        var ana = await SignedInAsync(app, "ana");
        await ana.OpenAsync(PathOf(held));
        await TypeNoteAsync(ana, "Rang at ten, ");
        await SaysAsync(ana, "#note small", "Draft kept");

        // What was typed after the last pause goes with the page.
        await ana.Page.Locator("#note-text").PressSequentiallyAsync("no answer");
        await ana.OpenAsync("/console/list");
        await app.UntilAsync(
            async () =>
            {
                await ana.OpenAsync(PathOf(held));
                return await ana.Page.Locator("#note-text").InputValueAsync() == "Rang at ten, no answer";
            },
            "all of it is restored");
        await SaysAsync(ana, "#note", "is restored");

        var phone = await SignedInAsync(app, "ana");
        await phone.OpenAsync(PathOf(held));
        Assert.Equal("Rang at ten, no answer", await phone.Page.Locator("#note-text").InputValueAsync());
        await phone.Page.Locator("#note-text").PressAsync("Control+End");
        await phone.Page.Locator("#note-text").PressSequentiallyAsync("; again at noon");
        await phone.Page.Locator("#note form.stacked button").ClickAsync();
        await phone.Page.WaitForURLAsync("**done=note*");

        Assert.Equal(0, await app.NumberAsync("SELECT COUNT(*) FROM Draft"));
        await ana.OpenAsync($"{PathOf(held)}/conversation");
        Assert.Contains("Rang at ten, no answer; again at noon", await ana.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_written_on_two_pages_is_shown_field_by_field_and_whoever_wrote_it_says_what_stays()
    {
        var (app, held) = await HeldAsync();
        var ana = await SignedInAsync(app, "ana");
        var phone = await SignedInAsync(app, "ana");
        await ana.OpenAsync(PathOf(held));
        await phone.OpenAsync(PathOf(held));
        await TypeNoteAsync(phone, "From the phone");
        await SaysAsync(phone, "#note small", "Draft kept");

        await TypeNoteAsync(ana, "From the desk");
        await SaysAsync(ana, "#note [role=alert]", "Note: From the phone");
        await ana.Page.Locator("#note [role=alert] button").ClickAsync();
        await SaysAsync(ana, "#note small", "Draft kept");

        await phone.OpenAsync(PathOf(held));
        Assert.Equal("From the desk", await phone.Page.Locator("#note-text").InputValueAsync());
    }

    [Fact]
    public async Task Without_a_connection_the_text_stays_is_said_to_be_unkept_and_is_kept_when_it_is_back()
    {
        var (app, held) = await HeldAsync();
        var ana = await SignedInAsync(app, "ana");
        await ana.OpenAsync(PathOf(held));
        await ana.Page.Context.SetOfflineAsync(true);
        await TypeNoteAsync(ana, "In a tunnel");
        await SaysAsync(ana, "#note [role=alert]", "the connection is lost");

        // A press goes nowhere, and the page stays.
        await ana.Page.EvaluateAsync("""
            document.querySelector('#note form.stacked').addEventListener('submit', event => { window.pressed = event.defaultPrevented; })
            """);
        await ana.Page.Locator("#note form.stacked button").ClickAsync();
        await ana.Page.WaitForFunctionAsync("window.pressed === true");
        Assert.Equal("In a tunnel", await ana.Page.Locator("#note-text").InputValueAsync());
        await ana.Page.Context.SetOfflineAsync(false);

        await SaysAsync(ana, "#note small", "Draft kept");
        Assert.True(await ana.Page.Locator("#note [role=alert]").IsHiddenAsync());
        await ana.Page.Locator("#note form.stacked button").ClickAsync();
        await ana.Page.WaitForURLAsync("**done=note*");
    }

    [Fact]
    public async Task When_the_session_ends_the_page_is_covered_the_text_stays_and_it_goes_on_after_signing_in_elsewhere()
    {
        var (app, held) = await HeldAsync();
        var ana = await SignedInAsync(app, "ana");
        await ana.OpenAsync(PathOf(held));
        await TypeNoteAsync(ana, "Before the end");
        await SaysAsync(ana, "#note small", "Draft kept");

        await app.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE UserSession SET EndedAt = @Now", new { tx.Now }));
        await app.UntilAsync(() => ana.Page.Locator("dialog.cover[open]").IsVisibleAsync(), "the page is covered");
        await ana.Page.Keyboard.PressAsync("Escape");
        Assert.True(await ana.Page.Locator("dialog.cover[open]").IsVisibleAsync());

        await app.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE UserSession SET EndedAt = NULL"));
        await app.Clock.UntilAsync(
            async () => await ana.Page.Locator("dialog.cover[open]").CountAsync() == 0, () => "the cover goes");
        Assert.Equal("Before the end", await ana.Page.Locator("#note-text").InputValueAsync());
    }

    [Fact]
    public async Task Two_at_one_inquiry_see_each_other_and_are_told_of_what_changed_while_nothing_moves()
    {
        var (app, held) = await HeldAsync();
        var ana = await SignedInAsync(app, "ana");
        var ben = await SignedInAsync(app, "ben");
        await ana.OpenAsync(PathOf(held));
        await TypeNoteAsync(ana, "Half a sentence");
        await SaysAsync(ana, "#note small", "Draft kept");
        await ben.OpenAsync(PathOf(held));
        await SaysAsync(ben, "[data-presence]", "Ana is writing");
        await HearsAsync(app, ana, "[data-presence]", "Ben is reading");
        var before = await PlacesAsync(ana);

        await TypeNoteAsync(ben, "Ben's note");
        await ben.Page.Locator("#note form.stacked button").ClickAsync();
        await ben.Page.WaitForURLAsync("**done=note*");
        await HearsAsync(app, ana, "[data-hint]", "changed by Ben");

        Assert.Equal(before, await PlacesAsync(ana));
        Assert.Equal("Half a sentence", await ana.Page.Locator("#note-text").InputValueAsync());
        Assert.True(await ana.Page.Locator("#note-text").EvaluateAsync<bool>("e => e === document.activeElement"));
        await ana.Page.Locator("[data-hint] a").ClickAsync();
        await ana.Page.WaitForSelectorAsync("#note[open]");
        Assert.Equal("Half a sentence", await ana.Page.Locator("#note-text").InputValueAsync());
    }

    [Fact]
    public async Task In_the_inbox_what_is_new_is_announced_and_comes_when_it_is_asked_for()
    {
        var (app, _) = await HeldAsync();
        var ana = await SignedInAsync(app, "ana");
        await ana.OpenAsync("/console?kind=held");
        var rows = await ana.Page.Locator("[data-row]").CountAsync();

        var second = await app.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        await app.ReachesAsync(second.Reference, InquiryState.Held);
        await HearsAsync(app, ana, "[data-hint]", "1 new");

        Assert.Equal(rows, await ana.Page.Locator("[data-row]").CountAsync());
        Assert.StartsWith("(1) ", await ana.Page.TitleAsync(), StringComparison.Ordinal);
        await ana.Page.Locator("[data-hint] a").ClickAsync();
        await ana.Page.WaitForSelectorAsync($"text={second.Reference}");
    }

    [Fact]
    public async Task Switched_off_no_letter_is_a_command_and_everything_is_found_by_name()
    {
        var (app, held) = await HeldAsync();
        var ana = await SignedInAsync(app, "ana");
        await ana.OpenAsync("/console/account");
        await ana.Page.Locator("[name=single-keys]").UncheckAsync();
        await ana.Page.Locator("form[action$='/preferences'] button").ClickAsync();
        await ana.Page.WaitForURLAsync("**done=preferences");

        await ana.OpenAsync("/console?kind=held");
        foreach (var key in new[] { "j", "x", "?", "/", "g", "l", "a", "2" })
        {
            await ana.Page.Keyboard.PressAsync(key);
        }

        // What comes behind them is answered on the same page: none of them had led away from it.
        await ana.Page.Keyboard.PressAsync("Control+k");
        await ana.Page.WaitForSelectorAsync("#palette-input");
        Assert.EndsWith("/console?kind=held", ana.Page.Url, StringComparison.Ordinal);
        Assert.Equal(0, await ana.Page.Locator("tr.current, dialog[open]:not(:has(#palette-input)), [data-pick]:checked").CountAsync());
        await ana.Page.Locator("#palette-input").FillAsync(held.Reference);
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.Page.WaitForURLAsync($"**/console/inquiries/{held.Reference}");
    }

    [Fact]
    public async Task By_keyboard_rows_are_ticked_done_together_and_taken_back()
    {
        var (app, held) = await HeldAsync();
        var ana = await SignedInAsync(app, "ana");
        await ana.OpenAsync("/console?kind=held");
        await ana.Page.Keyboard.PressAsync("?");
        await SaysAsync(ana, "dialog[open]", "Tick");
        await ana.Page.Keyboard.PressAsync("Escape");
        await ana.Page.Keyboard.PressAsync("j");
        await ana.Page.WaitForSelectorAsync("tr.current");
        await ana.Page.Keyboard.PressAsync("x");
        await SaysAsync(ana, "[data-picked]", "With these 1:");
        await ana.Page.Locator("#bulk button[value=take]").FocusAsync();
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.Page.WaitForURLAsync("**bulk=*");
        await SaysAsync(ana, ".notice", "1 are yours.");
        await ana.Page.Keyboard.PressAsync("u");
        await SaysAsync(ana, ".notice", "1 of 1 are as they were before.");
        await ana.OpenAsync("/console?show=free");
        Assert.Contains(held.Reference, await ana.TextAsync(), StringComparison.Ordinal);
    }

    private static string PathOf(Submitted inquiry) => $"/console/inquiries/{inquiry.Reference}";

    private async Task<(InquiryApp App, Submitted Held)> HeldAsync()
    {
        var app = await StartAsync("en");
        var held = await app.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        await app.ReachesAsync(held.Reference, InquiryState.Held);
        await app.SettlesAsync();
        return (app, held);
    }

    // The first time they are invited; then they sign in again, in a browser of its own.
    private async Task<Visitor> SignedInAsync(InquiryApp app, string name)
    {
        var visitor = await ArriveAsync(app, new Screen("en", Screen.Desktop), scripts: true);
        var mail = $"{name}@operator.example";
        if (await app.Services.GetRequiredService<InviteUsers>().AddAsync(
            mail, char.ToUpperInvariant(name[0]) + name[1..], UserRoles.Coordinator, Actor.Coordinator("test"), CancellationToken.None)
            is Invited.Link invited)
        {
            await visitor.OpenAsync($"/console/invitation?t={invited.Token}");
            var secret = Base32.Read(await visitor.Page.Locator("[name=secret]").InputValueAsync())!;
            _secrets[mail] = secret;
            await visitor.TypeAsync("password", Password);
            await visitor.TypeAsync("again", Password);
            await visitor.TypeAsync("code", Totp.Code(secret, Totp.StepAt(app.Now)));
            await visitor.Page.Locator("main button.primary").ClickAsync();
            await visitor.Page.WaitForSelectorAsync(".codes");
            return visitor;
        }

        app.Clock.Advance(TimeSpan.FromSeconds(31));
        await visitor.OpenAsync("/console/sign-in");
        await visitor.TypeAsync("mail", mail);
        await visitor.TypeAsync("password", Password);
        await visitor.TypeAsync("code", Totp.Code(_secrets[mail], Totp.StepAt(app.Now)));
        await visitor.Page.Locator("main button.primary").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/console");
        return visitor;
    }

    private readonly Dictionary<string, byte[]> _secrets = new(StringComparer.Ordinal);

    private static async Task TypeNoteAsync(Visitor visitor, string text)
    {
        if (await visitor.Page.Locator("#note[open]").CountAsync() == 0)
        {
            await visitor.Page.Locator("#note summary").ClickAsync();
        }

        await visitor.Page.Locator("#note-text").PressSequentiallyAsync(text);
    }

    private static Task SaysAsync(Visitor visitor, string selector, string text) =>
        Assertions.Expect(visitor.Page.Locator(selector).First).ToContainTextAsync(
            new Regex(Regex.Escape(text), RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = 20_000 });

    // What the server tells by itself comes as its clock goes.
    private static Task HearsAsync(InquiryApp app, Visitor visitor, string selector, string text) => app.UntilAsync(
        async () => (await visitor.Page.Locator(selector).First.InnerTextAsync()).Contains(text, StringComparison.Ordinal),
        $"it says {text}");

    // Where everything one can press stands.
    // What is folded away has a place or none, as the browser likes.
    private static Task<string[]> PlacesAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('main a, main button, main summary, main textarea')]
        .filter(e => !e.closest('[data-hint]') && e.checkVisibility()).map(e => {
          const r = e.getBoundingClientRect();
          return `${e.tagName} ${e.textContent.trim().slice(0, 20)} ${[r.x, r.y, r.width, r.height].map(Math.round)}`;
        })
        """);
}
