using System.Net;
using System.Text.RegularExpressions;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Policies;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.History;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>The policy: read, compared, proposed by one person, tried on past decisions, and put in force by another.</summary>
public sealed class PolicyPagesTests : AppTests
{
    private static readonly Package s_dear = A.Package() with { PriceAmount = 14_900 };

    // Equal but for what each is good at: the price for one, the language for the other.
    internal override AppSetup Setup => new()
    {
        Clinics = [A.Clinic("MX-A") with { Packages = [s_dear] }, A.Clinic("MX-B") with { Languages = ["es", "en"], Packages = [A.Package() with { PriceAmount = 5_000 }] }],
    };

    [Fact]
    public async Task The_policy_in_force_is_read_setting_by_setting_and_who_only_looks_has_no_form()
    {
        using var auditor = await ConsoleBrowser.SignedInAsync(App, UserRoles.Auditor);
        var page = await auditor.GetAsync("/console/policy");

        Assert.StartsWith("Policy 1", page.Headline, StringComparison.Ordinal);
        foreach (var said in new[] { "Price 0.2", "Weeks that are counted back 4", "When when one of these is so",
            "Flags unreviewed rule", "Shared by their capacity", "Clinics asked at the same time 1" })
        {
            Assert.Contains(said, page.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("/console/policy/edit", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync("/console/policy/edit")).Status);
    }

    [Fact]
    public async Task The_form_has_every_setting_and_sent_as_it_is_it_is_the_policy_in_force()
    {
        using var max = await ManagerAsync("max");
        var (path, fields) = (await max.GetAsync("/console/policy/edit")).Form("/proposals");

        Assert.All(PolicyTexts.Of(Policy.Shipped).Keys, k => Assert.Contains(k, fields.Keys));
        var same = await max.PostAsync(path, fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, same.Status);
        Assert.Contains("This is the policy in force already.", same.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weights.price", "much", "A number from 0 to 100.")]
    [InlineData("weights.price", "", "A number from 0 to 100.")]
    [InlineData("approval.flags", "carer, nonsense", "Any of")]
    [InlineData("approval.countries", "XX", "ISO 3166-1")]
    [InlineData("approval.mode", "perhaps", "One of never, always, when.")]
    [InlineData("offers.parallel", "9", "At most offers.most.")]
    [InlineData("name", "", "A text of 1 to 80 characters.")]
    public async Task What_cannot_be_is_said_beside_its_setting_and_what_was_typed_stays(string field, string typed, string says)
    {
        using var max = await ManagerAsync("max");
        var (path, fields) = (await max.GetAsync("/console/policy/edit")).Form("/proposals");

        var refused = await max.PostAsync(path, fields.With((field, typed), ("nearTies.weeks", "7"), ("remark", "What I had to say.")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(says, refused.Text, StringComparison.Ordinal);
        Assert.Contains("What I had to say.", refused.Html, StringComparison.Ordinal);
        Assert.Equal("7", refused.Form("/proposals").Fields["nearTies.weeks"]);
        Assert.Empty(await App.Database.ReadAsync(s => PolicyProposalStore.NewestAsync(s, 5)));
    }

    [Fact]
    public async Task Who_proposes_a_policy_never_puts_it_in_force_and_somebody_else_does()
    {
        using var max = await ManagerAsync("max");
        using var eva = await ManagerAsync("eva");
        var location = await ProposeAsync(max, ("weights.price", "0.9"), ("name", "cheap"));

        var own = await max.GetAsync(location);
        Assert.Contains("What counts, in proportion: Price 0.2 0.9", own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/activate", own.Html, StringComparison.Ordinal);
        var tried = await max.PostAsync($"{location}/activate", new() { ["proposal"] = "x" });
        Assert.Equal(HttpStatusCode.Conflict, tried.Status);
        Assert.Contains("somebody else puts it in force", tried.Text, StringComparison.Ordinal);
        Assert.Equal("shipped", (await InForceAsync()).Name);
        Assert.Contains("Policy proposed", (await eva.GetAsync("/console")).Text, StringComparison.Ordinal);

        var (path, fields) = (await eva.GetAsync(location)).Form("/activate");
        Assert.Equal(HttpStatusCode.SeeOther, (await eva.PostAsync(path, fields)).Status);

        Assert.Equal(("cheap", 0.9), ((await InForceAsync()).Name, (await InForceAsync()).Weights.Price));
        Assert.DoesNotContain("Policy proposed", (await eva.GetAsync("/console")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await eva.PostAsync(path, fields)).Status);
        var log = await LogAsync();
        Assert.Contains(log, l => l.Action == "policy-proposed");
        Assert.Contains(("policy-activated", $"{(await InForceAsync()).Version}"), log);
        Assert.Contains("0.2 0.9", (await eva.GetAsync("/console/policy/compare?from=1&to=2")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await eva.GetAsync("/console/policy/compare?from=1&to=99")).Status);
    }

    [Fact]
    public async Task A_proposal_made_from_an_older_policy_is_refused_before_and_after_it_is_made()
    {
        using var max = await ManagerAsync("max");
        using var eva = await ManagerAsync("eva");
        var (path, fields) = (await max.GetAsync("/console/policy/edit")).Form("/proposals");
        var location = await ProposeAsync(max, ("weights.price", "0.9"));
        var first = (await InForceAsync()).Version;
        await App.Database.WriteAsync(tx => PolicyStore.ActivateAsync(tx, Policy.Shipped with { Version = first + 1, Name = "other", FairnessWeeks = 9 }, "ben"));

        var stale = await max.PostAsync(path, fields.With(("weights.price", "0.7")));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("Weeks that are counted back 4 9", stale.Text, StringComparison.Ordinal);
        Assert.Equal("0.7", stale.Form("/proposals").Fields["weights.price"]);
        Assert.Equal(HttpStatusCode.Conflict, (await eva.PostAsync($"{location}/activate", new() { ["proposal"] = "x" })).Status);
        Assert.Equal("other", (await InForceAsync()).Name);
    }

    [Fact]
    public async Task What_is_withdrawn_waits_for_nobody()
    {
        using var max = await ManagerAsync("max");
        var location = await ProposeAsync(max, ("weights.price", "0.9"));
        var (path, fields) = (await max.GetAsync(location)).Form("/withdraw");

        Assert.Equal(HttpStatusCode.SeeOther, (await max.PostAsync(path, fields)).Status);
        Assert.Contains("withdrawn by", (await max.GetAsync("/console/policy")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Policy proposed", (await max.GetAsync("/console")).Text, StringComparison.Ordinal);
        Assert.Empty(await App.Services.GetRequiredService<ReckonWork>().RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Past_decisions_are_made_again_under_it_and_it_says_whom_they_would_have_offered_the_inquiry()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        using var max = await ManagerAsync("max");
        var location = await ProposeAsync(max, ("offers.parallel", "2"));
        var (path, fields) = (await max.GetAsync(location)).Form("/trial");

        Assert.Equal(HttpStatusCode.SeeOther, (await max.PostAsync(path, fields.With(("days", "7")))).Status);
        var page = await DoneAsync(max, location);

        Assert.Contains("1 of 1 decisions would have offered the inquiry otherwise.", page.Text, StringComparison.Ordinal);
        Assert.Matches(new Regex($"{submitted.Reference} .* MX-[AB] MX-[AB], MX-[AB]", RegexOptions.None, TimeSpan.FromSeconds(5)), page.Text);
        Assert.Contains("lupus 1", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_whose_process_ended_says_so_and_can_be_started_again()
    {
        using var max = await ManagerAsync("max");
        var location = await ProposeAsync(max, ("offers.parallel", "2"));
        var proposal = Guid.Parse(location[(location.LastIndexOf('/') + 1)..]);
        var row = new PolicyTrialRow { Id = Guid.CreateVersion7(), ProposalId = proposal, Since = App.Now, StartedBy = "ben" };
        await App.Database.WriteAsync(tx => PolicyProposalStore.StartTrialAsync(tx, row));
        var (path, fields) = (await max.GetAsync(location)).Form("/trial");
        fields["days"] = "30";

        Assert.Equal(HttpStatusCode.Conflict, (await max.PostAsync(path, fields)).Status);
        var (end, endFields) = (await max.GetAsync(location)).Form("/trial-end");
        await max.PostAsync(end, endFields);
        Assert.Contains("It was ended before it was done.", (await max.GetAsync(location)).Text, StringComparison.Ordinal);

        await App.Database.WriteAsync(tx => PolicyProposalStore.StartTrialAsync(tx, row with { Id = Guid.CreateVersion7() }));
        App.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Contains("The program was stopped in the middle of it.", (await max.GetAsync(location)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await max.PostAsync(path, fields)).Status);
        Assert.Contains("0 of 0", (await DoneAsync(max, location)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_processes_that_start_a_trial_at_once_one_does()
    {
        using var max = await ManagerAsync("max");
        var id = Guid.Parse((await ProposeAsync(max, ("weights.price", "0.3"))).Split('/')[^1]);
        await using var second = ActivatorUtilities.CreateInstance<PolicyTrials>(App.Services);
        var first = App.Services.GetRequiredService<PolicyTrials>();

        var started = await Task.WhenAll(new[] { first, second, first, second }.Select(
            t => t.StartAsync(id, App.Now.AddDays(-1), Actor.Coordinator("Max"), CancellationToken.None)));

        Assert.Single(started, s => s);
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM PolicyTrial"));
    }

    private static async Task<Page> DoneAsync(ConsoleBrowser browser, string location)
    {
        for (var tries = 0; ; tries++)
        {
            var page = await browser.GetAsync($"{location}/trials");
            if (page.Text.Contains("would have offered", StringComparison.Ordinal) || tries > 2000)
            {
                return page;
            }

            await Task.Delay(50);
        }
    }

    private static async Task<string> ProposeAsync(ConsoleBrowser browser, params (string Name, string Value)[] changes)
    {
        var (path, fields) = (await browser.GetAsync("/console/policy/edit")).Form("/proposals");
        var answer = await browser.PostAsync(path, fields.With(changes));
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        return answer.Response.Headers.Location!.OriginalString.Split('?')[0];
    }

    private Task<ConsoleBrowser> ManagerAsync(string name) => ConsoleBrowser.SignedInAsync(App, UserRoles.Manager, $"{name}@operator.example");

    private Task<Policy> InForceAsync() => App.Services.GetRequiredService<PolicyCache>().CurrentAsync(CancellationToken.None);

    private async Task<IReadOnlyList<(string Action, string? Detail)>> LogAsync() =>
        [.. (await App.Database.ReadAsync(s => SystemAuditStore.NewestAsync(s, null, null, 50))).Select(e => (e.Action, e.Detail))];
}
