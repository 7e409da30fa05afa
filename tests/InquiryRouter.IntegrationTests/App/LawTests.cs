using System.Text.Json.Nodes;
using InquiryRouter.Application.Referral;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What law, authorities and accreditation come to for the people concerned.</summary>
public sealed class LawTests : AppTests
{
    [Fact]
    public async Task A_suspension_of_the_cell_processor_takes_the_open_offer_back_and_asks_another_clinic()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.MailToAsync(ClinicAddress("MX-A"));
        await App.SettlesAsync();
        var today = DateOnly.FromDateTime(App.Now.UtcDateTime);
        var suspended = A.Clinic("MX-A") with { Suspensions = [new Suspension("processor", "COFEPRIS", today.AddDays(-1), null, "its page")] };
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [suspended], "the authority's page"));

        await App.Services.GetRequiredService<RecallOffers>().RunAsync(CancellationToken.None);

        await App.MailToAsync(ClinicAddress("MX-B"));
        var referrals = await App.ReferralsAsync(submitted.Reference);
        Assert.Equal([ReferralState.Withdrawn, ReferralState.Offered], referrals.Select(r => r.State));
        Assert.Equal("suspended", referrals[0].Reason);
    }

    [Fact]
    public async Task Under_a_rule_nobody_has_reviewed_an_inquiry_waits_and_the_coordinator_reads_which_and_how_to_review_it()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = [A.Clinic("MX-A")] });
        await app.Database.WriteAsync(
            tx => ReferenceStore.ImportAsync(tx, ReferenceFiles.Shipped["country-rules"], "the program's own"));
        var file = Path.Combine(app.Settings.Data.Directory, "inquiry.json");
        await File.WriteAllTextAsync(file, An.Inquiry().Json);

        var submitted = await app.SubmitAsync(An.Inquiry());
        var held = await app.ReachesAsync(submitted.Reference, InquiryState.Held);

        Assert.Equal([HoldReason.ApprovalNeeded], held.HoldReasons);
        var listed = (await app.RunCommandAsync("list", "--held")).Output;
        var tried = (await app.RunCommandAsync("match", file)).Output;
        Assert.Contains("a country's rule that nobody has reviewed", listed, StringComparison.Ordinal);
        Assert.All([listed, tried], text =>
        {
            Assert.Contains("not reviewed: MX msc-infusion: COFEPRIS said in 2020", text, StringComparison.Ordinal);
            Assert.Contains("Source: plenilunia.com 38817", text, StringComparison.Ordinal);
            Assert.Contains("set \"reviewed\": true in its row", text, StringComparison.Ordinal);
        });

        Assert.Equal(0, (await app.RunCommandAsync("release", submitted.Reference)).ExitCode);
        await app.ReachesAsync(submitted.Reference, InquiryState.Referred);
    }

    [Theory]
    [InlineData("acute-myeloid", true)]
    [InlineData("acute-lymphoblastic", true)]
    [InlineData(null, true)]
    [InlineData("chronic-lymphocytic", false)]
    public async Task Acute_leukaemia_waits_for_a_coordinator_and_the_patient_reads_not_to_wait(string? type, bool waits)
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Clinics = [TransplantCentre() with { TransplantsPerYear = 3 }] });
        var inquiry = An.Inquiry().With("condition", "leukaemia").With("treatment", "autologous-hsct").With("destinations", new JsonArray("IN"))
            .Without("conditionType");
        inquiry = type is null ? inquiry : inquiry.With("conditionType", type);

        var submitted = await app.SubmitAsync(inquiry);

        if (waits)
        {
            var held = await app.ReachesAsync(submitted.Reference, InquiryState.Held);
            Assert.Equal([HoldReason.TreatedAtOnce, HoldReason.ApprovalNeeded], held.HoldReasons);
            Assert.Contains("do not wait for a journey", (await app.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
            Assert.Contains("Speak with the patient today", (await app.RunCommandAsync("list", "--held")).Output, StringComparison.Ordinal);
            Assert.Equal(0, (await app.RunCommandAsync("release", submitted.Reference)).ExitCode);
        }

        await app.ReachesAsync(submitted.Reference, InquiryState.Referred);
        var page = (await app.StatusPageAsync(submitted)).Text;
        Assert.Contains("3. In a study, more patients died in centres with fewer than five a year", page, StringComparison.Ordinal);
        Assert.Contains("into a vein", page, StringComparison.Ordinal);
    }

    private static Clinic TransplantCentre() => A.Clinic("IN-A") with
    {
        Country = "IN",
        TimeZone = "Asia/Kolkata",
        Treatments =
        [
            A.Treatment() with { Condition = "leukaemia", Treatment = "autologous-hsct", CellSources = ["bone-marrow"], Route = "vein" },
        ],
        Credentials = [A.Credential("fact", "cell-therapy-clinical")],
        Physicians = [A.Physician() with { Specialties = ["haematology"] }],
    };
}
