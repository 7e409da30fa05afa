using System.Net;
using InquiryRouter.Core.Users;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>Moments on the clock of who reads them.</summary>
public sealed class TimeZoneTests : AppTests
{
    [Fact]
    public async Task Moments_are_shown_in_the_zone_somebody_has_chosen_and_a_program_reads_the_same_moment()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.SettlesAsync();
        var at = (await App.InquiryAsync(submitted.Reference)).ReceivedAt;
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        var path = $"/console/inquiries/{submitted.Reference}";
        Assert.Contains($"{at.UtcDateTime:HH:mm} UTC", (await ana.GetAsync(path)).Text, StringComparison.Ordinal);

        var saved = await ana.PostAsync("/console/account/time-zone", new() { ["zone"] = "Asia/Calcutta" });

        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        var page = await ana.GetAsync(path);
        Assert.Contains($"{at.ToOffset(new TimeSpan(5, 30, 0)):HH:mm}", page.Text, StringComparison.Ordinal);
        Assert.Contains($"datetime=\"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}Z\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("Asia/Kolkata", page.Text, StringComparison.Ordinal);
        Assert.Contains($"{at.UtcDateTime:HH:mm} UTC", (await ben.GetAsync(path)).Text, StringComparison.Ordinal);

        await ana.PostAsync("/console/account/time-zone", new() { ["zone"] = "" });
        Assert.Contains($"{at.UtcDateTime:HH:mm} UTC", (await ana.GetAsync(path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zone_that_is_none_is_refused()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var refused = await ana.PostAsync("/console/account/time-zone", new() { ["zone"] = "Mars/Olympus" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("There is no such time zone", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_of_a_clinic_that_is_asked_stands_beside_ones_own()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, Core.Intake.InquiryState.Referred);
        await App.SettlesAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        Assert.Matches("[0-9]{2}:[0-9]{2} there", (await ana.GetAsync($"/console/inquiries/{submitted.Reference}/referrals")).Text);
    }
}
