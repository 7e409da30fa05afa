using System.Text;
using InquiryRouter.Application.Clinics;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.History;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>Whoever changes clinics, policy or rules, or takes data out, stands in the access log, whichever way they come.</summary>
public sealed class ChangesOnRecordTests : AppTests
{
    private string File(string name) => Path.Combine(App.Settings.Data.Directory, name);

    [Fact]
    public async Task Commands_are_on_record_once_each_and_what_changes_nothing_is_not()
    {
        await App.Database.WriteAsync(tx => NetworkStore.SetMailFailsAsync(tx, "MX-A", App.Now, "test"));
        await System.IO.File.WriteAllBytesAsync(File("policy.json"), PolicyFile.Write(Policy.Shipped with { Name = "other" }));
        await System.IO.File.WriteAllBytesAsync(File("clinics.json"), ClinicsFile());
        var rules = Encoding.UTF8.GetString(ReferenceFiles.Shipped["baseline-prices"].Body).Replace("\"reviewed\": false", "\"reviewed\": true", StringComparison.Ordinal);
        await System.IO.File.WriteAllTextAsync(File("prices.json"), rules);
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.SettlesAsync();
        var user = Environment.UserName;

        foreach (var (command, line) in new (string[], (string, string?))[]
        {
            (["policy", "activate", File("policy.json")], ("policy-activated", "2")),
            (["import", "clinics", File("clinics.json")], ("clinics-changed", "imported 1")),
            (["import", "reference", File("prices.json")], ("rules-changed", "imported baseline-prices")),
            (["clinics", "mail-works", "MX-A"], ("clinics-changed", "mail-works MX-A")),
        })
        {
            await App.RunCommandAsync(command);
            await App.RunCommandAsync(command);
            Assert.Equal([(line.Item1, line.Item2, user)], (await LogAsync()).Where(l => l.Action == line.Item1 && l.Detail == line.Item2));
        }

        await App.RunCommandAsync("export", "clinics", "-");
        await App.RunCommandAsync("export", "inquiry", submitted.Reference);
        var log = await LogAsync();
        Assert.Contains(log, l => l.Action == "exported" && l.Detail!.StartsWith("clinics ", StringComparison.Ordinal) && l.Name == user);
        Assert.Contains(("exported", $"patient 1 identities {submitted.Reference}", user), log);
    }

    [Fact]
    public async Task A_clinic_that_pauses_itself_is_on_record_under_its_code()
    {
        var (pause, resume) = (App.Services.GetRequiredService<PauseClinic>(), App.Services.GetRequiredService<ResumeClinic>());
        var who = Actor.Clinic("MX-A");
        var until = DateOnly.FromDateTime(App.Now.UtcDateTime).AddDays(10);
        await pause.RunAsync("MX-A", until, who, CancellationToken.None);
        await pause.RunAsync("MX-A", until, who, CancellationToken.None);
        await resume.RunAsync("MX-A", who, CancellationToken.None);

        Assert.Equal(
            [("clinics-changed", "resumed MX-A", "MX-A"), ("clinics-changed", "paused MX-A", "MX-A")],
            (await LogAsync()).Where(l => l.Action == "clinics-changed"));
    }

    private static byte[] ClinicsFile()
    {
        using var file = new MemoryStream();
        ClinicExport.Write(file, "test", new DateOnly(2026, 11, 30), [A.Clinic("MX-NEW")]);
        return file.ToArray();
    }

    private async Task<IReadOnlyList<(string Action, string? Detail, string Name)>> LogAsync() =>
        [.. (await App.Database.ReadAsync(s => SystemAuditStore.NewestAsync(s, null, null, 50))).Select(e => (e.Action, e.Detail, e.ActorName))];
}
