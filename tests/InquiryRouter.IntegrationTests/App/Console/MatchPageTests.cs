using System.Net;
using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>The page that says why: then and now, relaxed, compared, clinic by clinic.</summary>
public sealed class MatchPageTests
{
    private static readonly Package s_dear = A.Package() with { PriceAmount = 90_000 };

    private static readonly Clinic[] s_clinics =
    [
        A.Clinic("MX-A"), A.Clinic("MX-B") with { Languages = ["es", "en"] }, A.Clinic("MX-D") with { Packages = [s_dear] },
        A.Clinic("MX-F") with { Languages = ["fr"] }, A.Clinic("MX-FD") with { Languages = ["fr"], Packages = [s_dear] },
        A.Clinic("MX-P") with { Physicians = [] }, A.Clinic("MX-W") with { WeeklyCap = 0 },
        A.Clinic("MX-X") with { Treatments = [A.Treatment() with { Condition = "crohn" }] },
    ];

    [Fact]
    public async Task It_counts_who_may_be_asked_who_is_stopped_and_by_what_kind_of_gate()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = s_clinics });
        var page = await OpenAsync(app, await ReferredAsync(app));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("2 clinics may be asked", page.Text, StringComparison.Ordinal);
        Assert.Contains("0 lack only a place · 5 treat Lupus", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("1 treats something else", page.Text, StringComparison.Ordinal);
        Assert.Contains("Made again from these inputs, it is the same decision, clinic by clinic.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Money paid by a clinic is no input of this decision.", page.Text, StringComparison.Ordinal);
        Assert.Equal(["language", "budget"], page.Tag("input", "relax").Select(t => TestSupport.Page.Attribute(t, "value")));
        Assert.DoesNotContain(" style=", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wishes_are_relaxed_together_and_a_requirement_never_whatever_the_address_says()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = s_clinics });
        var reference = await ReferredAsync(app);
        foreach (var (relax, clinics) in new[]
        {
            ("relax=language", 3), ("relax=budget", 3), ("relax=language,budget", 5), ("relax=language&relax=budget", 5),
            ("relax=language,budget,physician,weekly-cap,condition", 5),
        })
        {
            var page = await OpenAsync(app, reference, relax);
            Assert.Contains($"Together: {clinics} clinics could be asked.", page.Text, StringComparison.Ordinal);
            Assert.Contains("Nothing has been changed.", page.Text, StringComparison.Ordinal);
        }

        var both = await OpenAsync(app, reference, "relax=language,budget");
        Assert.Contains("relaxes: language, budget", both.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Together:", (await OpenAsync(app, reference, "relax=physician")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_differs_after_an_import_is_said_clinic_by_clinic_and_then_stays_what_it_was()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = s_clinics });
        var reference = await HeldAsync(app);
        Assert.Contains("Now: the same", (await OpenAsync(app, reference)).Text, StringComparison.Ordinal);

        await app.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(
            tx, [A.Clinic("MX-P"), A.Clinic("MX-A") with { Credentials = [] }], "later"));
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        var then = await OpenAsync(app, reference);
        var now = await OpenAsync(app, reference, "view=now");

        Assert.Contains("Now: 2 clinics differ", then.Text, StringComparison.Ordinal);
        Assert.Contains("MX-P physician: The clinic names no physician", then.Text, StringComparison.Ordinal);
        Assert.Contains("Network version", then.Text, StringComparison.Ordinal);
        Assert.Contains("2 clinics may be asked", then.Text, StringComparison.Ordinal);
        Assert.Contains("MX-B", Ranked(now), StringComparison.Ordinal);
        Assert.Contains("MX-P", Ranked(now), StringComparison.Ordinal);
        Assert.DoesNotContain("MX-A<", Ranked(now), StringComparison.Ordinal);
        Assert.Contains("it is the same decision", then.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clinics_of_a_gate_are_shown_with_their_reason_and_found_by_name_and_country()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = s_clinics });
        var reference = await ReferredAsync(app);

        var language = await OpenAsync(app, reference, "gate=language");
        Assert.Contains("Stopped by language", language.Text, StringComparison.Ordinal);
        Assert.Contains("Nobody at the clinic speaks the patient's language (English).", language.Text, StringComparison.Ordinal);
        foreach (var filter in new[] { "q=nobody", "country=CA" })
        {
            var none = await OpenAsync(app, reference, $"gate=language&{filter}");
            Assert.Contains("None that was looked for.", none.Text, StringComparison.Ordinal);
        }

        Assert.Contains("MX-FD", (await OpenAsync(app, reference, "gate=language&q=mx-fd&country=mx")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Stopped by", (await OpenAsync(app, reference, "gate=nothing")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_clinics_are_compared_part_by_part_and_one_that_is_stopped_says_why()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = s_clinics });
        var reference = await ReferredAsync(app);

        var two = await OpenAsync(app, reference, "compare=MX-A,MX-B");
        Assert.Contains("MX-B against MX-A: language −0.010, the rest equal.", two.Text, StringComparison.Ordinal);
        foreach (var (compare, says) in new[]
        {
            ("MX-A,MX-P", "MX-P is stopped by physician: The clinic names no physician"), ("MX-A,XX", "One of them is not in this version"),
            ("MX-A", "Choose the other one in the list below"),
        })
        {
            Assert.Contains(says, (await OpenAsync(app, reference, $"compare={compare}")).Text, StringComparison.Ordinal);
        }

        Assert.Contains("compare=MX-A,MX-B", (await OpenAsync(app, reference, "compare=MX-A")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_clinic_shows_each_gate_with_its_fact_and_its_source_and_each_part_as_value_and_weight()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = s_clinics });
        var reference = await ReferredAsync(app);

        var page = await OpenAsync(app, reference, "clinic=MX-A");
        Assert.Contains(
            "N-jci (hospital), 2020-01-01 to 2090-12-31, verified by coordinator on 2026-10-01.", page.Text, StringComparison.Ordinal);
        Assert.Contains("https://register.example/1", page.Text, StringComparison.Ordinal);
        Assert.Contains("Value times weight is points", page.Text, StringComparison.Ordinal);
        Assert.Contains("The clinic does not treat", (await OpenAsync(app, reference, "clinic=MX-X")).Text, StringComparison.Ordinal);
        Assert.Contains("There is no clinic of that code", (await OpenAsync(app, reference, "clinic=XX")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inputs_are_there_for_programs_without_who_the_patient_is()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = s_clinics });
        var inquiry = An.Inquiry();
        var submitted = await app.SubmitAsync(inquiry);
        await app.ReachesAsync(submitted.Reference, InquiryState.Referred);
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Auditor);

        var answer = await ana.GetAsync($"/console/inquiries/{submitted.Reference}/match.json");
        using var json = JsonDocument.Parse(answer.Html);

        Assert.Equal("lupus", json.RootElement.GetProperty("facts").GetProperty("condition").GetString());
        Assert.Equal(json.RootElement.GetProperty("storedDigest").GetString(), json.RootElement.GetProperty("digest").GetString());
        var page = await ana.GetAsync($"/console/inquiries/{submitted.Reference}/match?relax=budget&clinic=MX-A&compare=MX-A,MX-B");
        Assert.All([answer.Html, page.Html], text => Assert.DoesNotContain(inquiry.Name, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_an_administrator_may_not_look()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = s_clinics });
        var reference = await ReferredAsync(app);
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var admin = await ConsoleBrowser.SignedInAsync(app, UserRoles.Admin);

        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync($"/console/inquiries/{reference.ToLowerInvariant()}/match")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ana.GetAsync("/console/inquiries/IR-0000-0000/match")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ana.GetAsync($"/console/inquiries/{Reference.New()}/match.json")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ana.GetAsync("/console/inquiries/nothing/match")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync($"/console/inquiries/{reference}/match")).Status);
    }

    [Fact]
    public async Task However_many_clinics_there_are_fifty_are_shown_and_the_page_stays_small()
    {
        Clinic[] many =
        [
            .. Enumerable.Range(1, 240).Select(n => A.Clinic($"MX-{n:000}") with { Physicians = n > 120 ? [] : [A.Physician()] }),
        ];
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = many });
        var reference = await ReferredAsync(app);

        var first = await OpenAsync(app, reference, "gate=physician&clinic=MX-001&compare=MX-001,MX-002");
        Assert.Contains("1 to 50 of 120", first.Text, StringComparison.Ordinal);
        Assert.Equal(51, first.Html.Split("The clinic names no physician").Length);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(first.Html), 1, 100_000);
        Assert.Contains("101 to 120 of 120", (await OpenAsync(app, reference, "gate=physician&place=3")).Text, StringComparison.Ordinal);
        Assert.Contains("101 to 120 of 120", (await OpenAsync(app, reference, "gate=physician&place=999")).Text, StringComparison.Ordinal);
        Assert.Contains("51 to 100 of 120", (await OpenAsync(app, reference, "place=2")).Text, StringComparison.Ordinal);
    }

    private static string Ranked(Page page) => page.Html.Split("aria-label=\"Ranked clinics\"")[1].Split("</table>")[0];

    private static async Task<string> ReferredAsync(InquiryApp app)
    {
        var submitted = await app.SubmitAsync(An.Inquiry());
        await app.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await app.SettlesAsync();
        return submitted.Reference;
    }

    // Held for a yes, so that no offer changes what would be decided now.
    private static async Task<string> HeldAsync(InquiryApp app)
    {
        await app.Database.WriteAsync(tx => PolicyStore.ActivateAsync(
            tx, Policy.Shipped with { Version = 9, MostTied = 1, Approval = Approval.Never with { Mode = ApprovalMode.Always } }, "test"));
        var submitted = await app.SubmitAsync(An.Inquiry());
        await app.ReachesAsync(submitted.Reference, InquiryState.Held);
        await app.SettlesAsync();
        return submitted.Reference;
    }

    private static async Task<Page> OpenAsync(InquiryApp app, string reference, string query = "")
    {
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator, $"{Guid.NewGuid():N}@operator.example");
        return await ana.GetAsync($"/console/inquiries/{reference}/match?{query}");
    }
}
