using System.Net;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

public sealed class ScreeningTests : AppTests
{
    [Theory]
    [InlineData("Since this morning I have chest pain and cannot sleep.")]
    [InlineData("Desde ayer me duele el pecho.")]
    public async Task Words_of_an_emergency_are_held_urgently_and_answered_with_what_to_do_now(string message)
    {
        var inquiry = An.Inquiry().Saying(message);
        var submitted = await App.SubmitAsync(inquiry);

        var held = await App.ReachesAsync(submitted.Reference, InquiryState.Held);

        Assert.True(held.Urgent);
        Assert.Equal([HoldReason.Emergency], held.HoldReasons);
        var mail = await App.MailToAsync(inquiry.Email);
        Assert.Contains("may be an emergency", mail.TextBody!, StringComparison.Ordinal);
        Assert.Contains("call your local emergency number now", mail.HtmlBody!, StringComparison.Ordinal);
        AssertNoHealthData(mail.Subject!);
        Assert.StartsWith("URGENT", (await App.MailToAsync("coordinators@operator.example")).Subject!, StringComparison.Ordinal);
        Assert.Contains("If this is an emergency", (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
        await App.SettlesAsync();
        Assert.Empty(await App.ReferralsAsync(submitted.Reference));
    }

    [Fact]
    public async Task A_minor_waits_for_a_coordinator()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().BornIn(2015).AskedByParent("Paula Parent", "paula@parent.example"));

        var held = await App.ReachesAsync(submitted.Reference, InquiryState.Held);

        Assert.Equal([HoldReason.Minor], held.HoldReasons);
        Assert.False(held.Urgent);
        Assert.Equal("A coordinator is reading your inquiry", (await App.StatusPageAsync(submitted)).Headline);
        var mail = await App.MailToAsync("paula@parent.example");
        Assert.Contains("a coordinator", mail.TextBody!, StringComparison.Ordinal);
        Assert.DoesNotContain("emergency", mail.TextBody!, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Who_turns_eighteen_this_year_counts_as_a_minor_and_who_is_older_does_not()
    {
        var minor = await App.SubmitAsync(An.Inquiry().BornIn(Clocks.Start.Year - 18));
        var adult = await App.SubmitAsync(An.Inquiry().BornIn(Clocks.Start.Year - 19));

        await App.ReachesAsync(minor.Reference, InquiryState.Held);
        await App.ReachesAsync(adult.Reference, InquiryState.Referred);
    }

    [Fact]
    public async Task Every_reason_is_told_not_only_the_first()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().BornIn(2020).With("conditionType", "neonatal").WithoutConsentToShare());

        var held = await App.ReachesAsync(submitted.Reference, InquiryState.Held);

        Assert.Equal([HoldReason.NoConsentToShare, HoldReason.Minor, HoldReason.Neonatal], held.HoldReasons);
    }

    [Fact]
    public async Task What_a_robot_filled_in_is_kept_aside_and_nothing_is_mailed_to_the_address_in_it()
    {
        var inquiry = An.Inquiry();
        using var form = await FormVisit.OpenAsync(App);
        using var response = await form.SendAsync(inquiry, KeyValuePair.Create("extra", "https://spam.example"));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);

        await App.SettlesAsync();

        var reference = await App.Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<string>("SELECT Reference FROM Inquiry"));
        var kept = await App.InquiryAsync(reference!);
        Assert.Equal(InquiryState.Quarantined, kept.State);
        Assert.Equal([HoldReason.SuspectedSpam], kept.HoldReasons);
        Assert.Empty(App.MailsTo(inquiry.Email));
        Assert.Empty(await App.ReferralsAsync(reference!));
        Assert.Contains(reference!, (await App.RunCommandAsync("list", "--held")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MX", "es", "Desde anoche no puedo respirar", "Número de emergencias, México: 911.", "Siéntese erguido")]
    [InlineData("GB", "en", "My face is drooping since this morning", "Emergency number, United Kingdom: 999.", "Every minute counts")]
    [InlineData("FJ", "en", "I can't breathe", "If this is an emergency", "Sit upright")]
    public async Task The_page_says_what_matters_for_this_emergency_and_the_number_of_the_country(
        string country, string language, string message, params string[] says)
    {
        var submitted = await App.SubmitAsync(An.Inquiry().With("patient.country", country).With("patient.language", language).Saying(message));

        var page = (await App.StatusPageAsync(submitted)).Text;

        Assert.All(says, s => Assert.Contains(s, page, StringComparison.Ordinal));
        Assert.DoesNotContain("988", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("US", "988 Suicide & Crisis Lifeline, 988")]
    [InlineData("MX", "Línea de la Vida, 800 911 2000")]
    [InlineData("FJ", "findahelpline.com")]
    public async Task Who_writes_of_ending_their_life_reads_whom_to_call(string country, string line)
    {
        var submitted = await App.SubmitAsync(An.Inquiry().With("patient.country", country).Saying("I want to end my life."));

        Assert.Contains(line, (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("US", "tel:911", "tel:988")]
    [InlineData("BE", "tel:112", "tel:1813", "tel:080032123")]
    [InlineData("FJ")]
    public async Task The_numbers_are_dialled_with_one_press(string country, params string[] numbers)
    {
        var submitted = await App.SubmitAsync(An.Inquiry().With("patient.country", country).Saying("I want to end my life."));

        var html = (await App.StatusPageAsync(submitted)).Html;

        Assert.Equal(numbers, Regex.Matches(html, "href=\"(?<number>tel:[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Groups["number"].Value));
    }

    [Fact]
    public async Task Advertising_with_its_links_is_kept_aside_but_never_an_emergency()
    {
        const string links = "casino http://a.example http://b.example http://c.example http://d.example";
        var spam = await App.SubmitAsync(An.Inquiry().Saying(links));
        var urgent = await App.SubmitAsync(An.Inquiry().Saying($"I have chest pain {links}"));

        await App.ReachesAsync(spam.Reference, InquiryState.Quarantined);
        Assert.True((await App.ReachesAsync(urgent.Reference, InquiryState.Held)).Urgent);
    }

    [Fact]
    public async Task Who_was_taken_for_a_robot_hears_from_us_once_a_person_has_read_it()
    {
        var inquiry = An.Inquiry().Saying("See our casino http://a.example http://b.example http://c.example http://d.example");
        var submitted = await App.SubmitAsync(inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Quarantined);
        await App.SettlesAsync();
        Assert.Empty(App.MailsTo(inquiry.Email));

        var (exitCode, _) = await App.RunCommandAsync("release", submitted.Reference);

        Assert.Equal(0, exitCode);
        Assert.Contains(submitted.Reference, (await App.MailToAsync(inquiry.Email)).Subject!, StringComparison.Ordinal);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
    }
}
