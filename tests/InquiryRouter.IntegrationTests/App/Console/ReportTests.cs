using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Application.Reports;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Reports;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.History;
using InquiryRouter.Web.Console.Reports;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>Numbers that follow what happens, and lead to what they count.</summary>
public sealed partial class ReportTests : AppTests
{
    private static readonly string[] s_reports = ["", "/times", "/clinics", "/no-match", "/promises"];

    private CountFigures Figures => App.Services.GetRequiredService<CountFigures>();

    [Fact]
    public async Task An_inquiry_is_in_the_numbers_from_its_receipt_to_its_booking()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().With("source.campaign", "autumn"));
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        using var ana = await SignInAsync();
        Assert.Equal("1", await NumberAsync(ana, "", "funnel", "Offered to a clinic"));
        Assert.Equal("0", await NumberAsync(ana, "", "funnel", "Accepted by one"));

        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.AcceptAsync();
        await App.ReachesAsync(submitted.Reference, InquiryState.Accepted);
        await App.SettlesAsync();

        Assert.Equal("1", await NumberAsync(ana, "", "funnel", "Accepted by one"));
        Assert.Equal("1", await NumberAsync(ana, "?by=campaign", "by", "autumn"));
        Assert.Equal("1", await NumberAsync(ana, "?campaign=autumn", "funnel", "Received"));
        Assert.Equal("0", await NumberAsync(ana, "?campaign=spring", "funnel", "Received"));
        Assert.Equal("1", await NumberAsync(ana, "/times", "steps", "First yes", column: 2));
        Assert.Equal("1", await NumberAsync(ana, "/clinics", "clinics", "MX-A", column: 2));
        Assert.Equal("1", await NumberAsync(ana, "/promises", "promises", "Clinics answer in time", column: 2));
    }

    [Fact]
    public async Task What_nobody_could_take_says_where_a_clinic_is_wanted()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().With("destinations", new JsonArray("JP")));
        await App.UntilAsync(
            async () => (await App.InquiryAsync(submitted.Reference)).State is InquiryState.Held or InquiryState.AwaitingPatient, "nobody fits");
        using var ana = await SignInAsync();

        Assert.Equal("1", await NumberAsync(ana, "/no-match", "wanted", "Japan"));
        Assert.Equal("1", await NumberAsync(ana, "/no-match", "gates", "destination"));
    }

    [Fact]
    public async Task Each_number_leads_to_a_list_with_that_many()
    {
        var first = await App.SubmitAsync(An.Inquiry().With("source.campaign", "=autumn"));
        await App.ReachesAsync(first.Reference, InquiryState.Referred);
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.AcceptAsync();
        await App.SubmitAsync(An.Inquiry().With("destinations", new JsonArray("JP")));
        var minor = await App.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        await App.ReachesAsync(minor.Reference, InquiryState.Held);
        await App.SettlesAsync();
        App.Clock.Advance(TimeSpan.FromDays(2));
        using var ana = await SignInAsync();
        await CountAsync();

        var numbers = 0;
        foreach (var report in s_reports.Append("?by=country").Append("?by=page").Append("?by=campaign").Append("/times?step=first-yes"))
        {
            var page = await ana.GetAsync(ReportEndpoints.Path + report);
            foreach (Match link in NumberLink().Matches(page.Html))
            {
                var list = await ana.GetAsync(WebUtility.HtmlDecode(link.Groups["url"].Value));
                Assert.Equal(HttpStatusCode.OK, list.Status);
                Assert.True(
                    link.Groups["number"].Value == $"{list.Html.Split("data-row>").Length - 1}",
                    $"{report}: {link.Groups["number"].Value} stands there, and behind {link.Groups["url"].Value} are {list.Html.Split("data-row>").Length - 1}.");
                numbers++;
            }
        }

        Assert.True(numbers > 60, $"{numbers}");
    }

    [Theory]
    [InlineData("/times", "steps", "Acknowledged", 2)]
    [InlineData("/promises", "promises", "Patient told we have it", 2)]
    [InlineData("/promises", "promises", "Answered by us in time", 4)]
    [InlineData("/no-match", "gates", "destination", 1)]
    public async Task A_number_that_only_histories_and_mails_tell_leads_to_its_list_too(string report, string table, string row, int column)
    {
        await App.SubmitAsync(An.Inquiry().With("destinations", new JsonArray("JP")));
        var minor = await App.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        await App.ReachesAsync(minor.Reference, InquiryState.Held);
        await App.SettlesAsync();
        using var ana = await SignInAsync();
        await CountAsync();

        var cell = RowOf((await ana.GetAsync(ReportEndpoints.Path + report)).Html, table, row).Split("<td")[column];
        var link = NumberLink().Match("<td" + cell);

        Assert.True(link.Success, cell);
        var list = await ana.GetAsync(WebUtility.HtmlDecode(link.Groups["url"].Value));
        Assert.Equal(link.Groups["number"].Value, $"{list.Html.Split("data-row>").Length - 1}");
        Assert.Contains("Only: ", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_narrowed_by_condition_country_days_and_state_together()
    {
        var held = await App.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        var referred = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(held.Reference, InquiryState.Held);
        await App.ReachesAsync(referred.Reference, InquiryState.Referred);
        using var ana = await SignInAsync();
        var day = ReportPeriod.Write(DateOnly.FromDateTime(App.Now.UtcDateTime));

        var list = await ana.GetAsync($"/console/list?state=Held&condition=lupus&country=US&from={day}&to={day}");

        Assert.Contains(held.Reference, list.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(referred.Reference, list.Html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"lupus\" selected", list.Html, StringComparison.Ordinal);
        Assert.Contains("<input type=\"hidden\" name=\"state\" value=\"Held\"", list.Html, StringComparison.Ordinal);
        var other = await ana.GetAsync($"/console/list?state=Held&condition=lupus&country=CA&from={day}&to={day}");
        Assert.DoesNotContain(held.Reference, other.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=2026-11-20&to=2026-11-10", "The first day is after the last.")]
    [InlineData("from=2026-11-20&to=", "Choose both days")]
    [InlineData("from=1990-01-01&to=2026-11-20", "from the year 2000 on")]
    [InlineData("from=2010-01-01&to=2026-11-20", "That is too long")]
    public async Task Days_that_cannot_be_shown_are_named_in_a_report_and_in_the_list(string days, string says)
    {
        using var ana = await SignInAsync();

        foreach (var page in new[] { ReportEndpoints.Path, "/console/list" })
        {
            var answer = await ana.GetAsync($"{page}?{days}");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Contains(says, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Counted_again_and_again_while_it_happens_or_once_from_nothing_the_numbers_are_the_same()
    {
        var one = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(one.Reference, InquiryState.Referred);
        await CountAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.DeclineAsync();
        await App.SubmitAsync(An.Inquiry().With("destinations", new JsonArray("JP")));
        await App.SettlesAsync();
        await CountAsync();
        App.Clock.Advance(TimeSpan.FromDays(8));
        var two = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(two.Reference, InquiryState.Referred);
        await App.Services.GetRequiredService<EraseInquiry>().RunAsync((await App.InquiryAsync(one.Reference)).Id, Actor.Patient);
        await App.SettlesAsync();
        await CountAsync();
        await CountAsync();
        var counted = await NumbersAsync();
        Assert.Contains("StatWeek", counted, StringComparison.Ordinal);

        await App.Database.WriteAsync(async tx =>
        {
            await tx.ExecuteAsync("DELETE FROM StatWeek WHERE Kept = 0");
            await tx.ExecuteAsync("DELETE FROM StatTime WHERE Kept = 0");
            await tx.ExecuteAsync("DELETE FROM StatClinicMonth");
            await tx.ExecuteAsync("DELETE FROM StatRun");
        });
        var (exitCode, output) = await App.RunCommandAsync("reports", "rebuild");

        Assert.Equal(0, exitCode);
        Assert.Contains("are right now", output, StringComparison.Ordinal);
        Assert.Equal(counted, await NumbersAsync());
        Assert.Contains("All numbers were right", (await App.RunCommandAsync("reports", "rebuild")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_leaves_the_numbers_and_no_word_of_the_person_at_once()
    {
        var inquiry = An.Inquiry().With("source.campaign", "Canarycampaign").With("source.page", "https://www.example.org/canarypage");
        var submitted = await App.SubmitAsync(inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        await CountAsync();
        Assert.Contains("Canarycampaign", await NumbersAsync(), StringComparison.Ordinal);

        await App.Services.GetRequiredService<EraseInquiry>().RunAsync((await App.InquiryAsync(submitted.Reference)).Id, Actor.Patient);

        var numbers = await NumbersAsync();
        Assert.DoesNotContain("canary", numbers, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("lupus", numbers, StringComparison.OrdinalIgnoreCase);
        using var ana = await SignInAsync();
        Assert.Equal("1", await NumberAsync(ana, "", "funnel", "Received"));
        Assert.Equal("1", await NumberAsync(ana, "", "funnel", "Offered to a clinic"));
    }

    [Fact]
    public async Task A_file_has_the_numbers_of_the_page_no_formula_and_is_put_on_record()
    {
        await App.SubmitAsync(An.Inquiry().With("source.campaign", "=HYPERLINK(\"https://evil.example\")"));
        await App.SubmitAsync(An.Inquiry().With("source.campaign", "@sum"));
        await App.SettlesAsync();
        using var ana = await SignInAsync();
        await CountAsync();

        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["report"] = "Leads", ["query"] = "?by=campaign" });
        using var answer = await ana.Http.PostAsync(new Uri(ReportEndpoints.Path + "/csv", UriKind.Relative), form);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("'=HYPERLINK", text, StringComparison.Ordinal);
        Assert.Contains("'@sum", text, StringComparison.Ordinal);
        Assert.Contains("Received,2,100", text, StringComparison.Ordinal);
        Assert.All(text.TrimStart('\uFEFF').Split("\r\n"), line => Assert.DoesNotMatch("^[=+@\\t\"]?[=+@\\t]", line));
        var log = await App.Database.ReadAsync(session => SystemAuditStore.NewestAsync(session, null, "exported", 5));
        Assert.StartsWith("report-leads ", Assert.Single(log).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?from=2026-13-45&to=x&by=zz&weeks=9999999999")]
    [InlineData("?from=0001-01-01&to=9999-12-31")]
    [InlineData("?country=%00%27;DROP&page=")]
    [InlineData("/times?step=none")]
    [InlineData("/clinics?order=77&clinic=%20")]
    [InlineData("/clinics/NO-SUCH?became=x&before=-1")]
    public async Task An_address_that_makes_no_sense_is_answered_with_a_page(string address)
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Auditor);

        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync(ReportEndpoints.Path + address)).Status);
    }

    [Fact]
    public async Task Every_report_is_light_has_its_table_and_no_style_or_script_in_it()
    {
        for (var i = 0; i < 5; i++)
        {
            await App.SubmitAsync(An.Inquiry().With("source.campaign", $"campaign {i}"));
        }

        await App.SubmitAsync(An.Inquiry().With("destinations", new JsonArray("JP")));
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.AcceptAsync();
        await App.SettlesAsync();
        using var ana = await SignInAsync();
        await CountAsync();
        foreach (var report in s_reports)
        {
            var page = await ana.GetAsync($"{ReportEndpoints.Path}{report}?weeks=52");
            Assert.True(page.Html.Length < 100_000, $"{report}: {page.Html.Length}");
            Assert.DoesNotContain("style=", page.Html, StringComparison.Ordinal);
            Assert.DoesNotMatch(" on[a-z]+=", page.Html);
            Assert.Contains("<table data-wide", page.Html, StringComparison.Ordinal);
            Assert.Contains("<svg class=\"chart\"", page.Html, StringComparison.Ordinal);
        }
    }

    private Task<ConsoleBrowser> SignInAsync() => ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "reports@operator.example");

    private async Task CountAsync()
    {
        await App.Clock.RunningAsync(Figures.RebuildAsync(new Progress<(string, DateOnly, int)>(), CancellationToken.None));
    }

    // The text of a cell in the row whose head begins with a word.
    private async Task<string> NumberAsync(ConsoleBrowser browser, string report, string table, string row, int column = 1)
    {
        await CountAsync();
        var cells = RowOf((await browser.GetAsync(ReportEndpoints.Path + report)).Html, table, row).Split("<td");
        return Regex.Replace(cells[column], "^[^>]*>|<[^>]+>|\\s", string.Empty, RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    private static string RowOf(string html, string table, string row)
    {
        var section = html.Split($"<section class=\"report\" aria-labelledby=\"{table}\"")[1].Split("</section>")[0];
        return section.Split("<tbody>")[1].Split("<tr>").First(r => WebUtility.HtmlDecode(r).Contains(row, StringComparison.Ordinal));
    }

    private Task<string> NumbersAsync() => App.Database.ReadAsync(async session =>
    {
        var rows = (await session.QueryAsync<string>(
            "SELECT CONCAT('StatWeek ', Dimension, ' ', Week, ' ', Value, ' ', Measure, ' ', Kept, ' ', N) FROM StatWeek"))
            .Concat(await session.QueryAsync<string>("SELECT CONCAT('StatTime ', Step, ' ', Week, ' ', Bucket, ' ', Kept, ' ', N) FROM StatTime"))
            .Concat(await session.QueryAsync<string>(
                "SELECT CONCAT('StatClinicMonth ', ClinicCode, ' ', Month, ' ', Offered, ' ', Accepted, ' ', Declined) FROM StatClinicMonth"));
        return string.Join('\n', rows.Order(StringComparer.Ordinal));
    });

    [GeneratedRegex("<td class=\"number\">\\s*<a href=\"(?<url>[^\"]+)\">\\s*(?<number>[0-9]+)\\s*</a>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberLink();
}
