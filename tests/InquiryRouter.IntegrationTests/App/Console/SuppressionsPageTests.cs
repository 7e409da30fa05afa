using System.Net;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.History;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>Addresses nothing is sent to: whose they are is shown to who may see it, and on record; one is lifted, and on record as well.</summary>
public sealed class SuppressionsPageTests : BesideAMailServer
{
    private const string Path = "/console/operations/suppressions";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_address_of_a_patient_or_of_a_clinic_is_shown_once_and_on_record(bool ofClinic)
    {
        var inquiry = ofClinic ? An.Inquiry() : An.Inquiry().WithoutConsentToShare();
        var address = ofClinic ? A.Clinic("MX-A").Email : inquiry.Email;
        await SuppressAsync(inquiry, address);
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);
        var list = await admin.GetAsync(Path);
        Assert.DoesNotContain(address, list.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("no-such-mailbox", list.Text, StringComparison.Ordinal);

        var shown = await admin.PostAsync(Path + "/address", new() { ["hash"] = list.Hidden("hash")! });

        Assert.Equal((HttpStatusCode.OK, "The address"), (shown.Status, shown.Headline));
        Assert.Contains(address, shown.Text, StringComparison.Ordinal);
        Assert.Equal([$"{list.Hidden("hash")![..16]} address"], await LinesAsync("revealed"));
    }

    [Fact]
    public async Task A_mail_that_stands_still_shows_its_address_on_record_and_not_before()
    {
        var inquiry = An.Inquiry().WithoutConsentToShare();
        var submitted = await SuppressAsync(inquiry, inquiry.Email);
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);
        var group = await admin.GetAsync("/console/operations/group?cause=no-such-mailbox&type=mail%20Failed");
        Assert.Contains("Mail AcknowledgementHeld", group.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(inquiry.Email, group.Html, StringComparison.OrdinalIgnoreCase);

        var shown = await admin.PostAsync("/console/operations/mail-address", new() { ["id"] = group.Hidden("id")! });

        Assert.Contains(inquiry.Email, shown.Text, StringComparison.Ordinal);
        Assert.Equal([$"{submitted.Reference} address"], await LinesAsync("revealed"));
    }

    [Fact]
    public async Task One_that_is_lifted_is_written_to_again_and_the_mail_says_what_came_of_it()
    {
        var inquiry = An.Inquiry().WithoutConsentToShare();
        await SuppressAsync(inquiry, inquiry.Email);
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);
        var hash = (await admin.GetAsync(Path)).Hidden("hash")!;
        Server.Accept(inquiry.Email);

        Assert.Equal(HttpStatusCode.SeeOther, (await admin.PostAsync(Path + "/lift", new() { ["hash"] = hash })).Status);

        Assert.Contains("No address is suppressed.", (await admin.GetAsync(Path)).Text, StringComparison.Ordinal);
        Assert.Equal([$"suppression-lifted {hash[..16]}"], await LinesAsync("operations-done"));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync(Path + "/lift", new() { ["hash"] = hash })).Status);
        var group = await admin.GetAsync("/console/operations/group?cause=no-such-mailbox&type=mail%20Failed");
        var answer = await admin.PostAsync("/console/operations/requeue", new() { ["id"] = group.Hidden("id")! });
        await App.UntilAsync(
            async () => (await admin.GetAsync(answer.Response.Headers.Location!.OriginalString)).Html.Contains(">Done<", StringComparison.Ordinal), "it is sent");
        Assert.Single(Server.Received, m => m.Recipient == inquiry.Email);
    }

    [Fact]
    public async Task Lifted_on_the_command_line_it_stands_in_the_access_log()
    {
        var inquiry = An.Inquiry().WithoutConsentToShare();
        await SuppressAsync(inquiry, inquiry.Email);

        await App.RunCommandAsync("suppressed", "remove", inquiry.Email);

        var name = Convert.ToHexStringLower(App.Services.GetRequiredService<KeyedHash>().OfAddress(inquiry.Email))[..16];
        Assert.Equal([$"suppression-lifted {name}"], await LinesAsync("operations-done"));
    }

    [Theory]
    [InlineData("/lift", "")]
    [InlineData("/lift", "zz")]
    [InlineData("/address", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public async Task What_is_no_hash_is_nothing_here(string action, string hash)
    {
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);

        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync(Path + action, new() { ["hash"] = hash })).Status);
    }

    private async Task<Submitted> SuppressAsync(InquiryBuilder inquiry, string address)
    {
        Server.Refuse(address, "550 5.1.1 no such user");
        var submitted = await App.SubmitAsync(inquiry);
        await App.SettlesAsync();
        await App.UntilAsync(async () => await App.NumberAsync("SELECT COUNT(*) FROM Suppression") == 1, "the address is suppressed");
        return submitted;
    }

    private async Task<IReadOnlyList<string>> LinesAsync(string action) =>
        [.. (await App.Database.ReadAsync(session => SystemAuditStore.ListAsync(session, 0, 100))).Where(l => l.Action == action).Select(l => l.Detail!)];
}
