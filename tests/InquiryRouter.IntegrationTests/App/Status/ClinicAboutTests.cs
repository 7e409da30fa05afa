using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Status;

/// <summary>Who a clinic is, on the page of a patient whom it is to treat.</summary>
public sealed class ClinicAboutTests : AppTests
{
    private static readonly Clinic s_clinic = A.Clinic("MX-A") with
    {
        Phone = "+526641234567",
        Sites = [new Site("SUR", "Torre Sur", "Campeche")],
        Treatments = [A.Treatment() with { Site = "SUR" }],
        Credentials =
        [
            A.Credential("jci", "hospital") with { Programme = "Hospital, 8th edition", ValidFrom = new DateOnly(2025, 2, 1), ValidTo = new DateOnly(2028, 1, 31) },
            A.Protocol() with { Site = "SUR" },
            A.Credential("fact", "cell-therapy-clinical") with { VerifiedBy = null, VerifiedAt = null },
            A.Credential("aabb", "cell-therapy-clinical") with { Status = "suspended" },
        ],
        Physicians = [A.Physician() with { Name = "Dr. Gone", Active = false }, A.Physician() with { Name = "Dra. Other", Experience = [] }, A.Physician()],
    };

    internal override AppSetup Setup => new() { Clinics = [s_clinic] };

    [Fact]
    public async Task What_is_confirmed_is_told_with_dates_and_where_to_look_it_up_and_what_is_claimed_apart()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);

        var page = await App.StatusPageAsync(submitted);

        var (confirmed, rest) = (page.Text.Split("Accreditations and licences")[1].Split("The clinic says that it also has these")[0], page.Text);
        Assert.Contains("Joint Commission International Hospital, 8th edition From 1 February 2025 to 31 January 2028. We checked it on 1 October 2026.", confirmed, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://register.example/1\" rel=\"noopener noreferrer\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("For this place: Torre Sur, Campeche", confirmed, StringComparison.Ordinal);
        Assert.DoesNotContain("FACT", confirmed, StringComparison.Ordinal);
        Assert.Contains("we have not confirmed them: Foundation for the Accreditation of Cellular Therapy (FACT)", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("AABB", rest, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Languages English, Spanish", rest, StringComparison.Ordinal);
        Assert.Contains("Where you would be treated Torre Sur, Campeche", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Physicians_are_named_with_what_was_checked_those_with_experience_first()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);

        var text = (await App.StatusPageAsync(submitted)).Text.Split("Physicians")[1];

        Assert.StartsWith(
            " Dra. Íñiguez Rheumatology Certified, which we checked on 1 October 2026: Consejo Mexicano de Reumatología Has treated 120 people with cells for lupus, as the clinic says. We checked references on 1 October 2026. Dra. Other",
            text, StringComparison.Ordinal);
        Assert.DoesNotContain("Dr. Gone", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_to_reach_it_is_told_after_its_yes_and_not_before()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var referral = await OpenReferralOfAsync("MX-A");
        var asked = await App.StatusPageAsync(submitted);
        Assert.DoesNotContain("tel:", asked.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(s_clinic.Email, asked.Html, StringComparison.Ordinal);

        await referral.AcceptAsync();
        var accepted = await App.StatusPageAsync(submitted);

        Assert.Contains($"Ask for {s_clinic.ContactName}", accepted.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"tel:+526641234567\"", WebUtility.HtmlDecode(accepted.Html), StringComparison.Ordinal);
        Assert.Contains($"href=\"mailto:{s_clinic.Email}?subject={submitted.Reference}\"", accepted.Html, StringComparison.Ordinal);
        Assert.Contains($"When you write or call, give your reference: {submitted.Reference}", accepted.Text, StringComparison.Ordinal);
    }
}
