using InquiryRouter.BrowserTests.Support;
using InquiryRouter.Core.Users;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>What all pages of the console share: the line at the top, and tables that are wider than their place.</summary>
public sealed class TheFrameOfTheConsole(Chromium chromium) : BrowserTest(chromium)
{
    // Of what scrolls sideways: whether it can be reached by keyboard, and whether something shows that there is more.
    private const string Unsigned =
        """
        () => [...document.querySelectorAll('main *, .top nav')].filter(e => {
          const style = getComputedStyle(e);
          return style.overflowX !== 'visible' && style.clip === 'auto' && style.position !== 'absolute' && e.scrollWidth > e.clientWidth + 1
            && !e.closest('svg, textarea, input, select, .live') && !style.backgroundImage.includes('gradient');
        }).map(e => `${location.pathname} ${e.className || e.tagName}: ${e.scrollWidth} in ${e.clientWidth}`)
        """;

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Nothing_is_cut_off_without_a_sign_and_the_line_at_the_top_is_one_line(int width)
    {
        var app = await StartAsync("en");
        await app.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        await app.SettlesAsync();
        var ana = await ArriveAsync(app, new Screen("en", width), scripts: true);
        await ana.AcceptInvitationAsync(app, UserRoles.Manager | UserRoles.Admin | UserRoles.Auditor);
        foreach (var path in new[] { "/console", "/console/list", "/console/reports/clinics", "/console/clinics", "/console/users", "/console/operations" })
        {
            await ana.OpenAsync(path);

            Assert.Empty(await ana.Page.EvaluateAsync<string[]>(Unsigned));
            if (width != Screen.Phone)
            {
                continue;
            }

            Assert.InRange(await ana.Page.EvaluateAsync<double>("() => document.querySelector('.top').getBoundingClientRect().height"), 30, 60);
            Assert.True(
                await ana.Page.EvaluateAsync<bool>(
                    """
                    () => {
                      const menu = document.querySelector('.top nav').getBoundingClientRect();
                      const here = document.querySelector('.top nav [aria-current]').getBoundingClientRect();
                      return here.left >= menu.left - 1 && here.right <= menu.right + 1;
                    }
                    """),
                $"{path}: the menu does not show where they are");
        }
    }
}
