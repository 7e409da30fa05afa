using System.Net;
using InquiryRouter.Commands;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.IntegrationTests.App.Status;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Attacks;

/// <summary>A link is no better than who has it, and whoever it is about can end it.</summary>
public sealed class LinksOutliveNobodyTests : StatusTests
{
    private const string Colleague = "ward@mx-a.clinic.example";

    private static readonly Clinic s_clinic = A.Clinic("MX-A") with { Contacts = [new ContactPerson("Ward", "ward", Colleague)] };

    internal override AppSetup Setup => new() { Clinics = [s_clinic, A.Clinic("MX-B")] };

    [Theory]
    [InlineData("removed")]
    [InlineData("changed")]
    [InlineData("inactive")]
    public async Task A_forwarded_link_ends_with_its_person_and_with_its_clinic(string how)
    {
        var submitted = await AcceptedAsync();
        using var own = await OpenReferralOfAsync("MX-A", 2);
        await own.PressAsync("/referral/forward", KeyValuePair.Create("colleague", Colleague));
        using var visit = await App.OpenReferralAsync(await App.MailToAsync(Colleague));
        Assert.Equal(HttpStatusCode.OK, visit.Page.Status);
        await App.SettlesAsync();

        var changed = how switch
        {
            "removed" => s_clinic with { Contacts = [] },
            "changed" => s_clinic with { Contacts = [new ContactPerson("Ward", "ward", "other@mx-a.clinic.example")] },
            _ => s_clinic with { Active = false },
        };
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [changed, A.Clinic("MX-B")], "test"));

        Assert.Equal(HttpStatusCode.NotFound, (await visit.LookAgainAsync()).Status);
        Assert.DoesNotContain(submitted.Reference, visit.Page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visit.PressAsync("/referral/book")).Status);
        Assert.Equal(how == "inactive" ? HttpStatusCode.NotFound : HttpStatusCode.OK, (await own.LookAgainAsync()).Status);
        Assert.Equal("Accepted", (await ReferralAsync(submitted, "MX-A")).State.ToString());
        Assert.Contains(App.Logs.Lines, l => l.StartsWith("Information InquiryRouter.Security: A link was refused (Referral, no-longer-theirs)", StringComparison.Ordinal));

        // Opened only now, it is not even kept.
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var late = new HttpClient(handler);
        using var opened = await late.GetAsync(InquiryApp.LinkIn(await App.MailToAsync(Colleague)));
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        Assert.False(opened.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Links_are_listed_by_name_only_and_ended_one_by_one()
    {
        var submitted = await AskedAsync();
        var (_, ofInquiry) = await App.RunCommandAsync("links", "list", submitted.Reference);
        var (_, ofClinic) = await App.RunCommandAsync("links", "list", "MX-A");
        Assert.Contains("2 open.", ofInquiry, StringComparison.Ordinal);
        Assert.Contains("1 open.", ofClinic, StringComparison.Ordinal);
        Assert.DoesNotContain(new Uri(submitted.StatusUrl).Query[3..], ofInquiry, StringComparison.Ordinal);
        using var visit = await OpenReferralOfAsync("MX-A");

        var (code, _) = await App.RunCommandAsync("links", "revoke", ofClinic.Split(' ')[0]);

        Assert.Equal(0, code);
        Assert.Equal(HttpStatusCode.Gone, (await visit.LookAgainAsync()).Status);
        Assert.Equal(HttpStatusCode.OK, (await App.StatusPageAsync(submitted)).Status);
        foreach (var wrong in new[] { ofClinic.Split(' ')[0], "0123456789abcdef", "nothing", "%" })
        {
            Assert.Equal(CommandLine.Refused, (await App.RunCommandAsync("links", "revoke", wrong)).ExitCode);
        }

        Assert.Contains("No link opens anything", (await App.RunCommandAsync("links", "list", "MX-A")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patient_ends_every_other_link_and_keeps_the_page()
    {
        var inquiry = An.Inquiry();
        var submitted = await AskedAsync(inquiry);
        using var elsewhere = await OpenAsync(submitted);
        using var here = await OpenAsync(submitted);

        var page = await here.PressAsync("/status/links/end");

        Assert.Contains("All other links have ended.", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.LookAsync()).Page.Status);
        Assert.Equal("This link was replaced", elsewhere.Page.Headline);
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.PressStaleAsync("/status/links/end")).Status);
        var mail = await App.MailToAsync(inquiry.Email, 2);
        using var again = await OpenAsync(submitted with { StatusUrl = InquiryApp.LinkIn(mail).AbsoluteUri });
        Assert.Contains("You ended all other links to this page.", again.Page.Text, StringComparison.Ordinal);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task A_clinic_ends_every_other_link_from_its_list()
    {
        await AskedAsync();
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.PressAsync("/referral/list-link");
        var mail = await App.MailToAsync(ClinicAddress("MX-A"), "link");
        using var browser = App.NewBrowser();
        using var opened = await browser.GetAsync(InquiryApp.LinkIn(mail));
        var link = (await Page.OfAsync(opened)).Hidden("link")!;

        using var content = new FormUrlEncodedContent([KeyValuePair.Create("link", link)]);
        using var ended = await browser.PostAsync("/referral/links/end", content);

        Assert.Contains("All other links have ended.", (await Page.OfAsync(ended)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await visit.LookAgainAsync()).Status);
        Assert.Contains("1 open.", (await App.RunCommandAsync("links", "list", "MX-A")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_leaves_a_device_leaves_nothing_there()
    {
        var submitted = await AskedAsync();
        using var patient = await OpenAsync(submitted);
        Assert.Equal("This device has forgotten the page", (await patient.PressAsync("/status/leave")).Headline);
        Assert.Equal(HttpStatusCode.NotFound, (await patient.LookAsync()).Page.Status);

        using var clinic = await OpenReferralOfAsync("MX-A");
        Assert.Equal("This device has forgotten the page", (await clinic.PressAsync("/referral/leave")).Headline);
        Assert.Equal(HttpStatusCode.NotFound, (await clinic.LookAgainAsync()).Status);

        // The links themselves open the pages anew.
        Assert.Equal(HttpStatusCode.OK, (await App.StatusPageAsync(submitted)).Status);
    }
}
