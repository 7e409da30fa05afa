using System.Net;
using System.Text;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.History;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>The pages of the clinics: found, looked at, edited, verified, suspended with the effect shown first, and imported.</summary>
public sealed class ClinicPagesTests : AppTests
{
    internal override AppSetup Setup => new()
    {
        Clinics =
        [
            A.Clinic("MX-A"), A.Clinic("MX-B") with { Languages = ["es", "en"] },
            A.Clinic("MX-C") with { Credentials = [.. A.Clinic("MX-C").Credentials.Select(c => c with { VerifiedBy = null, VerifiedAt = null })] },
            A.Clinic("MX-OUT") with { Active = false },
        ],
    };

    [Theory]
    [InlineData("", "MX-A MX-B MX-C MX-OUT")]
    [InlineData("q=mx-b", "MX-B")]
    [InlineData("q=CL%C3%8DNICA", "MX-A MX-B MX-C MX-OUT")]
    [InlineData("q=nobody", "")]
    [InlineData("country=mx", "MX-A MX-B MX-C MX-OUT")]
    [InlineData("country=US", "")]
    [InlineData("show=suspended", "MX-OUT")]
    [InlineData("show=paused", "")]
    [InlineData("show=nonsense", "MX-A MX-B MX-C MX-OUT")]
    [InlineData("after=MX-B", "MX-C MX-OUT")]
    public async Task The_list_finds_by_name_code_country_and_state(string query, string codes)
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var page = await ana.GetAsync($"/console/clinics?{query}");

        var shown = new[] { "MX-A", "MX-B", "MX-C", "MX-OUT" }
            .Where(c => page.Html.Contains($"href=\"/console/clinics/{c}\"", StringComparison.Ordinal));
        Assert.Equal(codes, string.Join(' ', shown));
    }

    [Fact]
    public async Task However_many_clinics_there_are_fifty_are_shown_and_the_page_stays_small()
    {
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [.. Enumerable.Range(1, 120).Select(n => A.Clinic($"US-{n:000}"))], "many"));
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var first = await ana.GetAsync("/console/clinics");
        Assert.InRange(Encoding.UTF8.GetByteCount(first.Html), 1, 60_000);
        Assert.Contains("after=US-046", first.Html, StringComparison.Ordinal);
        var next = await ana.GetAsync("/console/clinics?after=US-046");
        Assert.Contains("US-047", next.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("US-046<", next.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", (await ana.GetAsync("/console/clinics?after=US-090")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_clinic_shows_what_it_offers_its_credentials_with_evidence_and_who_may_only_look_has_no_form()
    {
        using var auditor = await ConsoleBrowser.SignedInAsync(App, UserRoles.Auditor);
        var page = await auditor.GetAsync("/console/clinics/mx-a");

        Assert.Equal("MX-A Clínica MX-A", page.Headline);
        foreach (var said in new[] { "14,500.5 USD", "N-jci", "verified by coordinator, 1 Oct 2026", "Dra. Íñiguez", "0 offered, of at most 1000 a week", "in force" })
        {
            Assert.Contains(said, page.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("/edit\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.PostAsync("/console/clinics/MX-A/edit", new() { ["name"] = "x" })).Status);
        Assert.Contains("claimed, not verified", (await auditor.GetAsync("/console/clinics/MX-C")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.GetAsync("/console/clinics/MX-9")).Status);
    }

    [Fact]
    public async Task What_is_edited_is_a_new_version_and_stands_in_the_access_log_with_its_fields()
    {
        using var max = await ManagerAsync();
        var (path, fields) = (await max.GetAsync("/console/clinics/MX-A")).Form("/edit");

        Assert.Equal(HttpStatusCode.SeeOther, (await max.PostAsync(path, fields.With(("weeklyCap", "7"), ("languages", "es, en ,fr")))).Status);

        var clinic = (await FindAsync("MX-A"))!.Clinic;
        Assert.Equal((7, "es en fr"), (clinic.WeeklyCap, string.Join(' ', clinic.Languages)));
        Assert.Equal(A.Package().PriceAmount, clinic.Packages[0].PriceAmount);
        Assert.Equal(A.Clinic("MX-A").Credentials.Select(c => c.Number), clinic.Credentials.Select(c => c.Number));
        Assert.Contains(("clinics-changed", "edited MX-A languages,weeklyCap"), await LogAsync());
        var again = await max.PostAsync(path, (await max.GetAsync("/console/clinics/MX-A")).Form("/edit").Fields);
        Assert.Contains("done=unchanged", again.Response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weeklyCap", "lots", "A whole number from 0 to 1,000,000,000")]
    [InlineData("email", "nothing", "An e-mail address that mail can be sent to")]
    [InlineData("languages", "xx", "ISO 639-1")]
    [InlineData("name", "", "text")]
    [InlineData("opens", "25:00", "HH:mm")]
    [InlineData("leave", "2027-01-05/2027-01-01", "2027-01-05")]
    public async Task What_an_import_would_refuse_an_edit_refuses_and_what_was_typed_stays(string field, string typed, string says)
    {
        using var max = await ManagerAsync();
        var (path, fields) = (await max.GetAsync("/console/clinics/MX-A")).Form("/edit");

        var refused = await max.PostAsync(path, fields.With((field, typed), ("city", "Typed City")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(says, refused.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("value=\"Typed City\"", refused.Html, StringComparison.Ordinal);
        Assert.Equal("Mérida", (await FindAsync("MX-A"))!.Clinic.City);
    }

    [Fact]
    public async Task A_stale_form_is_refused_with_the_fields_that_differ_and_another_field_is_no_conflict()
    {
        using var max = await ManagerAsync();
        var page = await max.GetAsync("/console/clinics/MX-A");
        var (path, fields) = page.Form("/edit");
        var (pause, pauseFields) = page.Form("/pause");
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-A") with { WeeklyCap = 12 }], "ben"));

        var stale = await max.PostAsync(path, fields.With(("weeklyCap", "9")));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("Referrals a week, at most 1000 12", stale.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"9\"", stale.Html, StringComparison.Ordinal);
        Assert.Equal(12, (await FindAsync("MX-A"))!.Clinic.WeeklyCap);

        Assert.Equal(HttpStatusCode.SeeOther, (await max.PostAsync(pause, pauseFields.With(("until", "2026-12-24")))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await max.PostAsync(pause, pauseFields.With(("until", "2026-12-20")))).Status);
        var (again, againFields) = stale.Form("/edit");
        Assert.Equal(HttpStatusCode.SeeOther, (await max.PostAsync(again, againFields.With(("weeklyCap", "9")))).Status);
        Assert.Equal((9, new DateOnly(2026, 12, 24)), ((await FindAsync("MX-A"))!.Clinic.WeeklyCap, (await FindAsync("MX-A"))!.Clinic.PausedUntil));
    }

    [Fact]
    public async Task A_pause_is_made_and_ended_and_both_are_on_record()
    {
        using var max = await ManagerAsync();
        var (path, fields) = (await max.GetAsync("/console/clinics/MX-A")).Form("/pause");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await max.PostAsync(path, fields.With(("until", "soon")))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await max.PostAsync(path, fields.With(("until", "2030-01-01")))).Status);
        await max.PostAsync(path, fields.With(("until", "2026-12-24")));
        Assert.Contains("MX-A", (await max.GetAsync("/console/clinics?show=paused")).Html, StringComparison.Ordinal);
        var (resume, resumeFields) = (await max.GetAsync("/console/clinics/MX-A")).Form("/resume");
        await max.PostAsync(resume, resumeFields);

        Assert.Null((await FindAsync("MX-A"))!.Clinic.PausedUntil);
        var log = await LogAsync();
        Assert.Contains(("clinics-changed", "paused MX-A"), log);
        Assert.Contains(("clinics-changed", "resumed MX-A"), log);
    }

    [Fact]
    public async Task An_address_that_bounces_is_shown_and_confirmed_and_another_address_mends_it()
    {
        await App.Database.WriteAsync(tx => NetworkStore.SetMailFailsAsync(tx, "MX-A", App.Now, "test"));
        await App.Database.WriteAsync(tx => NetworkStore.SetMailFailsAsync(tx, "MX-B", App.Now, "test"));
        using var max = await ManagerAsync();
        Assert.Contains("href=\"/console/clinics/MX-A\"", (await max.GetAsync("/console/clinics?show=attention")).Html, StringComparison.Ordinal);

        var (path, fields) = (await max.GetAsync("/console/clinics/MX-A")).Form("/mail-works");
        await max.PostAsync(path, fields);
        var (edit, editFields) = (await max.GetAsync("/console/clinics/MX-B")).Form("/edit");
        await max.PostAsync(edit, editFields.With(("email", "new@mx-b.clinic.example")));

        Assert.Null((await FindAsync("MX-A"))!.Clinic.MailFailsSince);
        Assert.Null((await FindAsync("MX-B"))!.Clinic.MailFailsSince);
        Assert.Contains(("clinics-changed", "mail-works MX-A"), await LogAsync());
        Assert.Contains("There are none.", (await max.GetAsync("/console/clinics?show=attention")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_a_clinic_is_suspended_its_open_offers_are_shown_and_who_could_be_asked_after()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        using var max = await ManagerAsync();
        var referrals = await Task.WhenAll(new[] { "MX-A", "MX-B" }.Select(c => max.GetAsync($"/console/clinics/{c}/referrals")));
        var asked = referrals[0].Text.Contains(submitted.Reference, StringComparison.Ordinal) ? "MX-A" : "MX-B";
        var other = asked == "MX-A" ? "MX-B" : "MX-A";

        var effect = await max.GetAsync($"/console/clinics/{asked}/change?what=EndCredential&n=1");
        Assert.Contains("1 open offer or quote would be taken back", effect.Text, StringComparison.Ordinal);
        Assert.Contains($"accreditation {other}", effect.Text, StringComparison.Ordinal);
        var suspend = await max.GetAsync($"/console/clinics/{asked}/change?what=Suspend");
        Assert.Contains(submitted.Reference, suspend.Text, StringComparison.Ordinal);
        Assert.True((await FindAsync(asked))!.Clinic.Active);

        var (path, fields) = suspend.Form("/change");
        Assert.Equal(HttpStatusCode.SeeOther, (await max.PostAsync(path, fields)).Status);
        Assert.False((await FindAsync(asked))!.Clinic.Active);
        Assert.Contains(("clinics-changed", $"suspended {asked} suspended"), await LogAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await max.GetAsync($"/console/clinics/{asked}/change?what=EndCredential&n=99")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await max.GetAsync($"/console/clinics/{asked}/change?what=nonsense")).Status);
    }

    [Fact]
    public async Task A_credential_is_verified_with_its_evidence_and_the_held_inquiries_it_opens_are_shown_first()
    {
        foreach (var code in new[] { "MX-A", "MX-B" })
        {
            await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic(code) with { Active = false }], "out"));
        }

        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        using var max = await ManagerAsync();
        var n = await VerifyAllButOneAsync(max);

        var page = await max.GetAsync($"/console/clinics/MX-C/change?what=Verify&n={n}");
        Assert.Contains("1 held inquiry could be offered to it", page.Text, StringComparison.Ordinal);
        Assert.Contains(submitted.Reference, page.Text, StringComparison.Ordinal);
        var (path, fields) = page.Form("/change");
        var bad = await max.PostAsync(path, fields.With(("sourceUrl", "not an address"), ("validTo", "2090-12-31")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.Status);
        Assert.Contains("value=\"not an address\"", bad.Html, StringComparison.Ordinal);
        await max.PostAsync(path, fields.With(("sourceUrl", "https://register.example/2"), ("validTo", "2090-12-31"), ("nextCheck", "")));

        var credential = (await FindAsync("MX-C"))!.Clinic.Credentials[n - 1];
        Assert.True(credential.IsVerified);
        Assert.Equal("https://register.example/2", credential.SourceUrl);
        Assert.Contains(("clinics-changed", $"verified MX-C {credential.Body}"), await LogAsync());
    }

    [Fact]
    public async Task A_file_is_shown_line_by_line_and_then_imported()
    {
        using var max = await ManagerAsync();
        var location = await UploadAsync(max, "clinics.json", FileOf(A.Clinic("MX-A") with { WeeklyCap = 5 }, A.Clinic("MX-B") with { Languages = ["es", "en"] }, A.Clinic("MX-NEW")));

        var preview = await max.GetAsync(location);
        Assert.Contains("would add 1, change 1, and leave 1 as they are", preview.Text, StringComparison.Ordinal);
        Assert.Contains("MX-A Referrals a week, at most 1000 5", preview.Text, StringComparison.Ordinal);
        Assert.Null(await FindAsync("MX-NEW"));
        using var other = await ConsoleBrowser.SignedInAsync(App, UserRoles.Manager, "other@operator.example");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(location)).Status);

        var (path, fields) = preview.Form(location);
        var done = await max.PostAsync(path, fields);
        Assert.Contains("1 clinics added, 1 changed, 1 unchanged.", done.Text, StringComparison.Ordinal);
        Assert.Equal(5, (await FindAsync("MX-A"))!.Clinic.WeeklyCap);
        Assert.Contains(("clinics-changed", "imported 2"), await LogAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await max.PostAsync(path, fields)).Status);
    }

    [Fact]
    public async Task A_preview_that_is_stale_is_shown_anew_and_imports_nothing()
    {
        using var max = await ManagerAsync();
        var location = await UploadAsync(max, "clinics.json", FileOf(A.Clinic("MX-A") with { WeeklyCap = 5 }));
        var (path, fields) = (await max.GetAsync(location)).Form(location);
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-A") with { WeeklyCap = 6 }], "ben"));

        var stale = await max.PostAsync(path, fields);
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("at most 6 5", stale.Text, StringComparison.Ordinal);
        Assert.Equal(6, (await FindAsync("MX-A"))!.Clinic.WeeklyCap);
        Assert.Equal(HttpStatusCode.OK, (await max.PostAsync(path, stale.Form(location).Fields)).Status);
        Assert.Equal(5, (await FindAsync("MX-A"))!.Clinic.WeeklyCap);
    }

    [Fact]
    public async Task A_bad_file_is_refused_line_by_line_and_other_files_at_once()
    {
        using var max = await ManagerAsync();
        var text = Encoding.UTF8.GetString(FileOf(A.Clinic("MX-A"))).Replace("\"weeklyCap\": 1000", "\"weeklyCap\": \"lots\"", StringComparison.Ordinal);
        var line = text.Split('\n').Index().First(l => l.Item.Contains("weeklyCap", StringComparison.Ordinal)).Index + 1;
        var location = await UploadAsync(max, "bad.json", Encoding.UTF8.GetBytes(text));

        Assert.Contains($"{line} MX-A weeklyCap lots A whole number", (await max.GetAsync(location)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await max.PostAsync(location, new() { ["seen"] = "1" })).Status);
        Assert.Contains("ends in .csv or .json", await UploadAsync(max, "clinics.xlsx", [1, 2, 3]), StringComparison.Ordinal);
        Assert.Contains("Choose a file", await UploadAsync(max, "clinics.json", []), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clinics_open_work_leads_to_its_page()
    {
        await App.Database.WriteAsync(tx => NetworkStore.SetMailFailsAsync(tx, "MX-A", App.Now, "test"));
        await App.Services.GetRequiredService<ReckonWork>().MendAsync(CancellationToken.None);
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        Assert.Contains("href=\"/console/clinics/MX-A\"", (await ana.GetAsync("/console?kind=clinic-unreachable")).Html, StringComparison.Ordinal);
    }

    private Task<ConsoleBrowser> ManagerAsync() => ConsoleBrowser.SignedInAsync(App, UserRoles.Manager);

    private Task<ClinicSince?> FindAsync(string code) => App.Database.ReadAsync(s => NetworkStore.FindAsync(s, code));

    private async Task<IReadOnlyList<(string Action, string? Detail)>> LogAsync() =>
        [.. (await App.Database.ReadAsync(s => SystemAuditStore.NewestAsync(s, null, null, 50))).Select(e => (e.Action, e.Detail))];

    // Every credential of MX-C but the one that opens the gate of accreditation.
    private async Task<int> VerifyAllButOneAsync(ConsoleBrowser max)
    {
        var credentials = (await FindAsync("MX-C"))!.Clinic.Credentials;
        for (var i = 2; i <= credentials.Length; i++)
        {
            var (path, fields) = (await max.GetAsync($"/console/clinics/MX-C/change?what=Verify&n={i}")).Form("/change");
            Assert.Equal(HttpStatusCode.SeeOther, (await max.PostAsync(path, fields.With(("validTo", "2090-12-31")))).Status);
        }

        return 1;
    }

    private static byte[] FileOf(params Clinic[] clinics)
    {
        using var file = new MemoryStream();
        ClinicExport.Write(file, "test", new DateOnly(2026, 11, 30), clinics);
        return file.ToArray();
    }

    // Where the preview is, or the page that says why there is none.
    private static async Task<string> UploadAsync(ConsoleBrowser browser, string name, byte[] body)
    {
        using var file = new ByteArrayContent(body);
        using var form = new MultipartFormDataContent { { file, "file", name } };
        using var answer = await browser.Http.PostAsync(new Uri("/console/clinic-file", UriKind.Relative), form);
        return answer.Headers.Location?.OriginalString ?? WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
