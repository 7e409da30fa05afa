using System.Net;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Application.Screening;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.History;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>Finding somebody by what is known of them, and nothing of it in an address, a log or the access log.</summary>
public sealed class SearchTests : AppTests
{
    private const string Ana = "Ana Beatriz García López";

    [Theory]
    [InlineData("Ana Beatriz García López")]
    [InlineData("garcia")]
    [InlineData("GARCIA Ana")]
    [InlineData("Garcia, Anna")]
    [InlineData("Dr. Ana García")]
    [InlineData("A. García")]
    [InlineData("García 1984")]
    public async Task Somebody_is_found_by_some_words_of_their_name_however_they_are_written(string term)
    {
        var submitted = await SubmitAsync(An.Inquiry().From(Ana, "ana@patient.example").With("patient.birthYear", 1984));
        await SubmitAsync(An.Inquiry().From("Luis Pérez", "luis@patient.example"));
        using var coordinator = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var found = await SearchAsync(coordinator, term);

        Assert.Contains(submitted.Reference, found.Text, StringComparison.Ordinal);
        Assert.Contains("1 found", found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Ana, found.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ana Pérez")]
    [InlineData("García 1990")]
    [InlineData("Ana Beatriz García López Ruiz")]
    [InlineData("734250")]
    public async Task Whoever_has_only_some_of_it_is_not_found(string term)
    {
        await SubmitAsync(An.Inquiry().From(Ana, "ana@patient.example").With("patient.birthYear", 1984).With("patient.phone", "+12133734253"));
        await SubmitAsync(An.Inquiry().From("Luis Pérez", "luis@patient.example"));
        using var coordinator = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        Assert.Contains("Nothing was found", (await SearchAsync(coordinator, term)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_a_patient_is_found_and_the_page_says_that_it_is_not_the_patient()
    {
        var submitted = await SubmitAsync(An.Inquiry().From("Leo Example", "leo@patient.example")
            .With("inquirer.relation", "parent").With("inquirer.name", "Zoe Castellanos").With("inquirer.email", "zoe@patient.example"));
        using var coordinator = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var found = await SearchAsync(coordinator, "castellanos");

        Assert.Contains(submitted.Reference, found.Text, StringComparison.Ordinal);
        Assert.Contains("the person you searched for asks for them", found.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing was found", (await SearchAsync(coordinator, "Leo Castellanos")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("734253")]
    [InlineData("373-4253")]
    [InlineData("(213) 373 4253")]
    [InlineData("0213/3734253")]
    [InlineData("+1 213 373 4253")]
    public async Task The_end_of_a_phone_number_is_enough(string term)
    {
        var submitted = await SubmitAsync(An.Inquiry().With("patient.phone", "+12133734253"));
        using var coordinator = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        Assert.Contains(submitted.Reference, (await SearchAsync(coordinator, term)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_is_found_whole_or_by_its_beginning_and_who_may_see_no_identity_finds_by_nothing_else()
    {
        var submitted = await SubmitAsync(An.Inquiry().From(Ana, "ana@patient.example"));
        using var coordinator = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        using var auditor = await ConsoleBrowser.SignedInAsync(App, UserRoles.Auditor);
        var path = $"/console/inquiries/{submitted.Reference}";

        foreach (var typed in new[] { submitted.Reference, submitted.Reference[3..], submitted.Reference.ToLowerInvariant(), submitted.Reference[..8] })
        {
            foreach (var browser in new[] { coordinator, auditor })
            {
                var answer = await browser.PostAsync("/console/search", new() { ["term"] = typed });
                Assert.Equal(path, await LandsAtAsync(browser, answer, submitted.Reference) ? path : answer.Text);
            }
        }

        var refused = await auditor.PostAsync("/console/search", new() { ["term"] = Ana });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("by their reference only", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_searched_for_stands_nowhere_only_that_it_was()
    {
        await SubmitAsync(An.Inquiry().From(Ana, "ana@patient.example"));
        using var coordinator = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var answer = await coordinator.PostAsync("/console/search", new() { ["term"] = "Garcia" });

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.DoesNotContain("garcia", answer.Response.Headers.Location!.OriginalString, StringComparison.OrdinalIgnoreCase);
        var line = Assert.Single(
            await App.Database.ReadAsync(session => SystemAuditStore.NewestAsync(session, null, null, 20)), e => e.Action == "searched");
        Assert.Equal("name 1", line.Detail);
        Assert.DoesNotContain("garcia", await App.DumpAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Of_more_than_can_be_opened_somebody_must_say_more()
    {
        var first = await SubmitAsync(An.Inquiry().From("Maria Nguyen", "first@patient.example").With("patient.birthYear", 1961));
        await App.Database.WriteAsync(async tx =>
        {
            // As many with her name as there are words for; what they open to does not matter.
            for (var i = 0; i < SearchInquiries.MostOpened; i++)
            {
                await tx.ExecuteAsync(
                    """
                    INSERT INTO Inquiry (Id, Reference, State, Version, ReceivedAt, ChangedAt, Relation, Country, Language, TimeZone, BirthYear, ConditionCode, TreatmentCode,
                        CellSource, Destinations, Timeframe, IntakeFlags, HoldReasons, Urgent, AuditHash, AuditCount)
                    SELECT @id, @reference, State, Version, ReceivedAt, ChangedAt, Relation, Country, Language, TimeZone, 1990, ConditionCode, TreatmentCode,
                        CellSource, Destinations, Timeframe, IntakeFlags, HoldReasons, Urgent, AuditHash, AuditCount FROM Inquiry WHERE Reference = @first
                    """,
                    new { id = InquiryId.New(), reference = Reference.New(), first = first.Reference });
            }

            await tx.ExecuteAsync(
                """
                INSERT INTO InquiryPatient (InquiryId, MasterKeyId, WrappedKey, Sealed)
                SELECT I.Id, P.MasterKeyId, P.WrappedKey, P.Sealed FROM Inquiry I CROSS JOIN InquiryPatient P WHERE I.BirthYear = 1990
                """);
            await tx.ExecuteAsync(
                "INSERT INTO NameToken (Token, Seq) SELECT T.Token, I.Seq FROM Inquiry I CROSS JOIN NameToken T WHERE I.BirthYear = 1990 AND T.Seq = 1");
        });
        using var coordinator = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var refused = await coordinator.PostAsync("/console/search", new() { ["term"] = "Maria Nguyen" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("More than 200 have this name", refused.Text, StringComparison.Ordinal);

        var found = await SearchAsync(coordinator, "Maria Nguyen", ("born", "1961"));
        Assert.Contains(first.Reference, found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_searches_without_end()
    {
        using var coordinator = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        using var other = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "other@operator.example");
        for (var i = 0; i < FoundSearches.Most; i++)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await coordinator.PostAsync("/console/search", new() { ["term"] = "Nobody Here" })).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await coordinator.PostAsync("/console/search", new() { ["term"] = "Nobody Here" })).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await other.PostAsync("/console/search", new() { ["term"] = "Nobody Here" })).Status);
        App.Clock.Advance(FoundSearches.Within);
        Assert.Equal(HttpStatusCode.SeeOther, (await coordinator.PostAsync("/console/search", new() { ["term"] = "Nobody Here" })).Status);
    }

    [Fact]
    public async Task What_was_found_and_how_often_was_searched_is_the_same_in_every_process()
    {
        await SubmitAsync(An.Inquiry().From(Ana, "ana@patient.example"));
        using var coordinator = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        await using var second = await InquiryApp.StartAsync(Setup with { Directory = App.Settings.Data.Directory, Clock = App.Clock });
        using var there = new ConsoleBrowser(second);
        there.Http.DefaultRequestHeaders.Add("Cookie", $"console={coordinator.Cookies.Single(c => c.Name == "console").Value}");
        var found = (await coordinator.PostAsync("/console/search",
            new() { ["term"] = "García" })).Response.Headers.Location!.OriginalString;

        Assert.Equal((await coordinator.GetAsync(found)).Text, (await there.GetAsync(found)).Text);
        Assert.DoesNotContain("arc", found, StringComparison.Ordinal);
        for (var i = 1; i < FoundSearches.Most; i++)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await (i % 2 == 0 ? coordinator : there).PostAsync("/console/search",
                new() { ["term"] = "Nobody Here" })).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await there.PostAsync("/console/search", new() { ["term"] = "Nobody Here" })).Status);
    }

    [Fact]
    public async Task What_is_corrected_is_found_by_the_new_name_only_and_what_is_erased_by_none()
    {
        var submitted = await SubmitAsync(An.Inquiry().From(Ana, "ana@patient.example"));
        using var coordinator = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        await App.Services.GetRequiredService<CorrectForPatient>().RunAsync(
            new Seen(submitted.Reference), Core.Coordination.CoordinatorAction.CorrectContact, form => form.PatientName = "Ana Beatriz Ruiz",
            Actor.Coordinator("test"), CancellationToken.None);

        Assert.Contains("Nothing was found", (await SearchAsync(coordinator, "García")).Text, StringComparison.Ordinal);
        Assert.Contains(submitted.Reference, (await SearchAsync(coordinator, "Ruiz")).Text, StringComparison.Ordinal);

        await App.Services.GetRequiredService<EraseInquiry>().RunAsync((await App.InquiryAsync(submitted.Reference)).Id, Actor.Patient);
        Assert.Contains("Nothing was found", (await SearchAsync(coordinator, "Ruiz")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM NameToken"));
    }

    [Fact]
    public async Task Inquiries_from_before_there_was_a_search_are_made_searchable_once()
    {
        var submitted = await SubmitAsync(An.Inquiry().From(Ana, "ana@patient.example"));
        await App.Database.WriteAsync(async tx =>
        {
            await tx.ExecuteAsync("DELETE FROM NameToken");
            await tx.ExecuteAsync("DELETE FROM Backfill");
            await tx.ExecuteAsync("INSERT INTO Backfill (Name, Seq) VALUES ('name-tokens', 0)");
        });
        using var coordinator = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        Assert.Contains("Nothing was found", (await SearchAsync(coordinator, "García")).Text, StringComparison.Ordinal);

        await App.Services.GetRequiredService<FillNameTokens>().RunAsync(CancellationToken.None);

        Assert.Contains(submitted.Reference, (await SearchAsync(coordinator, "García")).Text, StringComparison.Ordinal);
        Assert.Null(await App.Database.ReadAsync(NameTokenStore.FindBackfillAsync));
    }

    private static async Task<Page> SearchAsync(ConsoleBrowser browser, string term, params (string Name, string Value)[] more)
    {
        var fields = more.ToDictionary(m => m.Name, m => m.Value);
        fields["term"] = term;
        var answer = await browser.PostAsync("/console/search", fields);
        return answer.Response.Headers.Location is { } found ? await browser.GetAsync(found.OriginalString) : answer;
    }

    private static async Task<bool> LandsAtAsync(ConsoleBrowser browser, Page answer, string reference) =>
        answer.Response.Headers.Location is { } to
        && (to.OriginalString.EndsWith(reference, StringComparison.Ordinal)
            || (await browser.GetAsync(to.OriginalString)).Text.Contains(reference, StringComparison.Ordinal));

    private async Task<Submitted> SubmitAsync(InquiryBuilder inquiry)
    {
        var submitted = await App.SubmitAsync(inquiry);
        await App.SettlesAsync();
        return submitted;
    }
}
