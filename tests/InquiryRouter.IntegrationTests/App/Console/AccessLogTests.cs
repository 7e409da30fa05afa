using System.Net;
using InquiryRouter.Application.Operations;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.History;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

public sealed class AccessLogTests
{
    [Fact]
    public async Task Signing_in_well_and_badly_signing_out_and_every_change_of_a_person_stand_there()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        await ana.GetAsync("/console/users");
        await ana.PostAsync("/console/sign-out");
        await ana.SignInAsync(password: "something else entirely");
        await ana.SignInAsync(mail: "nobody@operator.example");
        var manage = app.Services.GetRequiredService<ManageUsers>();
        var user = (await manage.FindAsync(ana.Mail, CancellationToken.None))!;
        await manage.GiveRolesAsync(user.Id, null, UserRoles.Manager, Actor.Coordinator("test"), CancellationToken.None);
        await manage.DisableAsync(user.Id, null, Actor.Coordinator("test"), CancellationToken.None);

        var lines = await LinesAsync(app);
        Assert.Equal(
            [
                "user-added", "factor-changed", "signed-in", "access-refused", "signed-out", "sign-in-refused", "sign-in-refused",
                "roles-changed", "user-disabled",
            ],
            lines.Select(l => l.Action));
        Assert.Equal($"{user.Id} password,totp", lines[2].Detail);
        Assert.Equal($"{user.Id} ManageUsers", lines[3].Detail);
        Assert.Equal([$"{user.Id} password", "nobody unknown"], lines.Where(l => l.Action == "sign-in-refused").Select(l => l.Detail));
        Assert.Equal($"{user.Id} coordinator>manager", lines[7].Detail);
        Assert.DoesNotContain(lines, l => $"{l.Detail}{l.ActorName}".Contains('@', StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_seen_searched_and_taken_out_is_put_on_record_without_names_or_terms()
    {
        await using var app = await InquiryApp.StartAsync();
        var record = app.Services.GetRequiredService<RecordAccess>();
        foreach (var what in new[]
        {
            SystemEvent.Revealed("IR-7K3M-9Q2P", "identity"), SystemEvent.Searched("name", 3), SystemEvent.Exported("inquiries", 40, true),
            SystemEvent.PolicyActivated(
                8), SystemEvent.ClinicsChanged("suspended", "MX-A"), SystemEvent.RulesChanged("reviewed", "country-rules"),
            SystemEvent.OperationsDone("requeued", "mail 12"),
        })
        {
            await record.RunAsync(what, Actor.Coordinator("Ana"), CancellationToken.None);
        }

        Assert.Equal(
            [
                ("revealed", "IR-7K3M-9Q2P identity"), ("searched", "name 3"), ("exported", "inquiries 40 identities"),
                ("policy-activated", "8"), ("clinics-changed", "suspended MX-A"), ("rules-changed", "reviewed country-rules"),
                ("operations-done", "requeued mail 12"),
            ],
            (await LinesAsync(app)).Select(l => (l.Action, l.Detail!)));
        Assert.Null((await VerifyAsync(app)).FirstBroken);
    }

    [Fact]
    public async Task A_wrong_code_shown_again_and_a_search_by_reference_stand_there()
    {
        await using var app = await InquiryApp.StartAsync();
        var submitted = await app.SubmitAsync(An.Inquiry());
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);

        await ana.PostAsync("/console/account/proof", new() { ["code"] = "000000" });
        await ana.PostAsync("/console/account/password", new() { ["current"] = "no", ["password"] = "four other words entirely",
            ["again"] = "four other words entirely" });
        var found = await ana.PostAsync("/console/search", new() { ["term"] = submitted.Reference });

        Assert.Equal($"/console/inquiries/{submitted.Reference}", found.Response.Headers.Location!.OriginalString);
        var lines = await LinesAsync(app);
        Assert.Equal(["code", "password"], lines.Where(l => l.Action == "proof-refused").Select(l => l.Detail!.Split(' ')[1]));
        Assert.Equal("reference 1", lines.Single(l => l.Action == "searched").Detail);
    }

    [Theory]
    [InlineData("UPDATE SystemAudit SET Detail = 'x' WHERE Line = 2", 2)]
    [InlineData("DELETE FROM SystemAudit WHERE Line = 2", 2)]
    [InlineData("DELETE FROM SystemAudit WHERE Line = 3", 3)]
    [InlineData("UPDATE SystemAuditHead SET Lines = 2", 3)]
    [InlineData("DELETE FROM SystemAuditHead", 1)]
    [InlineData("UPDATE SystemAudit SET ActorName = 'Bea' WHERE Line = 1", 1)]
    public async Task A_change_from_outside_is_found_at_its_line_every_night_too(string change, int line)
    {
        await using var app = await InquiryApp.StartAsync();
        var record = app.Services.GetRequiredService<RecordAccess>();
        for (var i = 0; i < 3; i++)
        {
            await record.RunAsync(SystemEvent.Searched("name", i), Actor.Coordinator("Ana"), CancellationToken.None);
        }

        Assert.Equal((3, null), ((await VerifyAsync(app)).Lines, (await VerifyAsync(app)).FirstBroken));
        await app.Database.WriteAsync(tx => tx.ExecuteAsync(change));

        Assert.Equal(line, (await VerifyAsync(app)).FirstBroken);
        await app.Services.GetRequiredService<WatchHistory>().RunAsync(CancellationToken.None);
        Assert.Contains(app.Logs.Lines, l => l.Contains($"The access log is broken at line {line}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_auditor_reads_it_by_page_and_by_kind_with_names_and_the_proof()
    {
        await using var app = await InquiryApp.StartAsync();
        using var auditor = await ConsoleBrowser.SignedInAsync(app, UserRoles.Auditor);
        var record = app.Services.GetRequiredService<RecordAccess>();
        for (var i = 0; i < ReadAccessLog.PageSize; i++)
        {
            await record.RunAsync(SystemEvent.Searched("name", i), Actor.Coordinator("Ana"), CancellationToken.None);
        }

        var first = await auditor.GetAsync("/console/access-log");
        Assert.DoesNotContain("signed in auditor", first.Text, StringComparison.OrdinalIgnoreCase);
        var older = await auditor.GetAsync($"/console/access-log?before={(await VerifyAsync(app)).Lines - ReadAccessLog.PageSize + 1}");
        Assert.Contains("signed in auditor password,totp", older.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("signed in auditor", (await auditor.GetAsync("/console/access-log?action=signed-in")).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "lines are as this program wrote them", (await auditor.PostAsync("/console/access-log/proof")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await auditor.GetAsync("/console/access-log?action=no-such-thing")).Status);
    }

    private static Task<AccessLogVerdict> VerifyAsync(InquiryApp app) =>
        app.Services.GetRequiredService<VerifyAccessLog>().RunAsync(CancellationToken.None);

    private static Task<IReadOnlyList<AuditEntry>> LinesAsync(InquiryApp app) =>
        app.Database.ReadAsync(session => SystemAuditStore.ListAsync(session, 0, 500));
}
