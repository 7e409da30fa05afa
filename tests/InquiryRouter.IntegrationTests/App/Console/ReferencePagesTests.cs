using System.Net;
using System.Text;
using InquiryRouter.Application.Network;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.History;
using InquiryRouter.Infrastructure.ReferenceData;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>The reference files: read with their source, and reviewed by name.</summary>
public sealed class ReferencePagesTests : AppTests
{
    [Fact]
    public async Task Every_file_is_listed_with_how_many_of_its_rows_nobody_has_reviewed()
    {
        using var auditor = await ConsoleBrowser.SignedInAsync(App, UserRoles.Auditor);
        var list = await auditor.GetAsync("/console/reference");
        var file = await auditor.GetAsync("/console/reference/country-rules");

        Assert.All(ReferenceFiles.Names, n => Assert.Contains($"href=\"/console/reference/{n}\"", list.Html, StringComparison.Ordinal));
        Assert.Contains("/console/reference/conditions?show=unreviewed", list.Html, StringComparison.Ordinal);
        Assert.Contains("Source", file.Text, StringComparison.Ordinal);
        Assert.Contains("As of 2026-11-29", file.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/review\"", file.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", file.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.PostAsync("/console/reference/country-rules/review", new() { ["row"] = "x" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.GetAsync("/console/reference/nothing")).Status);
    }

    [Fact]
    public async Task A_review_is_in_force_at_once_and_kept_with_who_and_when_and_can_be_taken_back()
    {
        using var max = await ConsoleBrowser.SignedInAsync(App, UserRoles.Manager);
        var before = await UnreviewedAsync();
        var (path, fields) = (await max.GetAsync("/console/reference/conditions?show=unreviewed")).Form("/review");

        Assert.Equal(HttpStatusCode.SeeOther, (await max.PostAsync(path, fields.With(("remark", "Compared with the guideline.")))).Status);

        Assert.Equal(before - 1, await UnreviewedAsync());
        var page = await max.GetAsync("/console/reference/conditions");
        Assert.Contains("Compared with the guideline.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Reviewed by", page.Text, StringComparison.Ordinal);
        Assert.Contains(await LogAsync(), l => l.Action == "rules-changed" && l.Detail == $"reviewed conditions {fields["row"][..12]}");
        Assert.Equal("true", fields["reviewed"]);

        await max.PostAsync(path, fields.With(("reviewed", "false")));
        Assert.Equal(before, await UnreviewedAsync());
        Assert.Contains("Taken back by", (await max.GetAsync("/console/reference/conditions")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_text_of_the_file_only_the_mark_is_changed()
    {
        using var max = await ConsoleBrowser.SignedInAsync(App, UserRoles.Manager);
        var was = await TextAsync("conditions");
        var (path, fields) = (await max.GetAsync("/console/reference/conditions?show=unreviewed")).Form("/review");
        await max.PostAsync(path, fields);
        var now = await TextAsync("conditions");

        Assert.Equal(was.Length - 1, now.Length);
        Assert.Single(was.Split('\n').Zip(now.Split('\n')), l => l.First != l.Second);
    }

    [Fact]
    public async Task A_row_that_says_something_else_now_is_not_reviewed_and_what_was_typed_stays()
    {
        using var max = await ConsoleBrowser.SignedInAsync(App, UserRoles.Manager);
        var (path, fields) = (await max.GetAsync("/console/reference/conditions?show=unreviewed")).Form("/review");
        var before = await UnreviewedAsync();

        var stale = await max.PostAsync(path, fields.With(("row", new string('a', 64)), ("remark", "typed")));

        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("This row says something else now", stale.Text, StringComparison.Ordinal);
        Assert.Equal(before, await UnreviewedAsync());
    }

    [Fact]
    public async Task Rows_are_found_by_what_they_say_and_come_a_page_at_a_time()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var found = await ana.GetAsync("/console/reference/countries?q=Costa%20Rica");
        Assert.Contains("Costa Rica", found.Text, StringComparison.Ordinal);
        Assert.Contains("There are none.", (await ana.GetAsync("/console/reference/countries?q=Atlantis")).Text, StringComparison.Ordinal);
        var first = await ana.GetAsync("/console/reference/countries");
        Assert.Contains("after=25", first.Html, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(first.Html), 1, 60_000);
    }

    private async Task<int> UnreviewedAsync() =>
        (await App.Services.GetRequiredService<ReadReviews>().ListAsync(CancellationToken.None)).Single(f => f.Name == "conditions").Unreviewed ?? 0;

    private async Task<string> TextAsync(string name) => Encoding.UTF8.GetString(
        (await App.Services.GetRequiredService<ReadReference>().RunAsync(null, CancellationToken.None))[name].Body);

    private async Task<IReadOnlyList<(string Action, string? Detail)>> LogAsync() =>
        [.. (await App.Database.ReadAsync(s => SystemAuditStore.NewestAsync(s, null, null, 50))).Select(e => (e.Action, e.Detail))];
}
