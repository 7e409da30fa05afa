using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What a clinic reads before it says yes, and what patient and clinic ask each other then: neither a name nor a way around us.</summary>
public sealed class BeforeAClinicDecidesTests : Status.StatusTests
{
    private const string Words = "It began in 2015. Call me: +1 213 373 4253 or ana.x@mail.example. Yours, ";

    private readonly InquiryBuilder _inquiry = An.Inquiry();

    [Fact]
    public async Task The_message_stands_in_the_summary_without_who_wrote_it_and_whole_after_the_yes()
    {
        var submitted = await AskedAsync(_inquiry.Saying(Words + _inquiry.Name));
        using var clinic = await OpenReferralOfAsync("MX-A");

        Assert.Contains("It began in 2015. Call me: [left out] or [left out]. Yours, [left out]", clinic.Page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("213 373", clinic.Page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Asked by", clinic.Page.Text, StringComparison.Ordinal);
        using var patient = await OpenAsync(submitted);
        Assert.Contains("Clinics that may not see that yet read the rest without it.", patient.Page.Text, StringComparison.Ordinal);

        await clinic.AcceptAsync();

        Assert.Contains(Words + _inquiry.Name, clinic.Page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("read the rest without it", (await patient.LookAsync("/status")).Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_and_what_a_coordinator_saw_of_it_stand_there()
    {
        var submitted = await App.SubmitAsync(_inquiry.AskedByParent("Pia Parent", _inquiry.Email).With("conditionType", "drug-induced"));
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.RunCommandAsync("release", submitted.Reference);

        using var clinic = await OpenReferralOfAsync("MX-A");

        Assert.Contains("A parent of the patient", clinic.Page.Text, StringComparison.Ordinal);
        Assert.Contains("often subsides when the medicine is stopped", clinic.Page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Pia", clinic.Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_added_reaches_a_clinic_that_can_answer_its_offer_and_a_mail_says_so()
    {
        var submitted = await AskedAsync(_inquiry);
        using var clinic = await OpenReferralOfAsync("MX-A");
        using var patient = await OpenAsync(submitted);

        await patient.PressAsync("/status/add", ("once", "1"), ("information", $"New: CRP 12. {_inquiry.Name}, {_inquiry.Email}"));

        AssertSaysNothingOfThePatient(await App.MailToAsync(ClinicAddress("MX-A"), 2), _inquiry);
        Assert.Contains("New: CRP 12. [left out]", (await clinic.LookAgainAsync()).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_inquiry.Email, clinic.Page.Text, StringComparison.Ordinal);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task An_emergency_that_is_added_is_read_by_us_first()
    {
        var submitted = await AskedAsync(_inquiry);
        using var patient = await OpenAsync(submitted);

        await patient.PressAsync("/status/add", ("once", "1"), ("information", "I have chest pain."));

        Assert.True((await App.ReachesAsync(submitted.Reference, InquiryState.Held)).Urgent);
        await AssertWholeAsync(submitted);
        Assert.Single(App.MailsTo(ClinicAddress("MX-A")));
    }

    [Fact]
    public async Task A_clinic_is_asked_without_a_name_and_answers_on_both_pages()
    {
        var submitted = await AskedAsync(_inquiry);
        using var clinic = await OpenReferralOfAsync("MX-A");
        using var patient = await OpenAsync(submitted);

        await patient.PressAsync("/status/ask", ("referral", "1"), ("once", "1"), ("question", $"How many sessions? {_inquiry.Name}"));
        await patient.PressStaleAsync("/status/ask", ("referral", "1"), ("once", "1"), ("question", $"How many sessions? {_inquiry.Name}"));

        Assert.Contains("Your question was sent to the clinic.", patient.Page.Text, StringComparison.Ordinal);
        AssertSaysNothingOfThePatient(await App.MailToAsync(ClinicAddress("MX-A"), 2), _inquiry);
        await clinic.LookAgainAsync();
        Assert.Contains("How many sessions? [left out]", clinic.Page.Text, StringComparison.Ordinal);
        var question = clinic.Page.Hidden("question")!;

        await clinic.PressAsync("/referral/reply", Field("question", question), Field("text", "Two. Ring us: +52 55 5555 5555"));
        await clinic.PressAsync("/referral/reply", Field("question", question), Field("text", "Three."));

        Assert.DoesNotContain("/referral/reply", clinic.Page.Html, StringComparison.Ordinal);
        var mail = await App.MailToAsync(_inquiry.Email, 2);
        Assert.Contains("has answered your question", mail.TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal);
        await patient.LookAsync("/status");
        Assert.Contains("Two. Ring us: [shown once you have chosen this clinic]", patient.Page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Three.", patient.Page.Text, StringComparison.Ordinal);
        await AssertWholeAsync(submitted);

        // Once the clinic has the patient, nothing of it is held back.
        await clinic.AcceptAsync();
        Assert.Contains("+52 55 5555 5555", (await patient.LookAsync("/status")).Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clinic_that_has_no_inquiry_any_more_is_not_asked()
    {
        var submitted = await AskedAsync(_inquiry);
        using var patient = await OpenAsync(submitted);
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.DeclineAsync();
        await App.MailToAsync(ClinicAddress("MX-B"));

        await patient.PressStaleAsync("/status/ask", ("referral", "1"), ("once", "1"), ("question", "Why?"));

        Assert.Contains("Nothing was changed", patient.Page.Text, StringComparison.Ordinal);
        Assert.Empty(await NotesAsync(submitted));
    }

    [Fact]
    public async Task Another_message_alone_takes_nothing_from_the_clinic_that_considers_it()
    {
        var submitted = await AskedAsync(_inquiry);
        var before = await ReferralAsync(submitted, "MX-A");
        using var patient = await OpenAsync(submitted);
        await patient.LookAsync("/status/correct");

        await patient.PressAsync("/status/correct/request", [.. Typed("It began in 2016, not before.")]);

        Assert.Contains("Clinics that have your inquiry keep it", patient.Page.Text, StringComparison.Ordinal);
        var referral = await ReferralAsync(submitted, "MX-A");
        Assert.Equal((before.State, before.OfferUntil, before.Version), (referral.State, referral.OfferUntil, referral.Version));
        AssertSaysNothingOfThePatient(await App.MailToAsync(ClinicAddress("MX-A"), 2), _inquiry);
        using var clinic = await OpenReferralOfAsync("MX-A", 2);
        Assert.Contains("It began in 2016, not before.", clinic.Page.Text, StringComparison.Ordinal);
        Assert.Single(await HistoryAsync(submitted), e => e.Action == "message-corrected");
        Assert.Empty(App.MailsTo(ClinicAddress("MX-B")));
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task Another_message_with_words_of_an_emergency_is_read_by_us_first_and_the_offer_goes_on_afterwards()
    {
        var submitted = await AskedAsync(_inquiry);
        using var patient = await OpenAsync(submitted);
        await patient.LookAsync("/status/correct");

        await patient.PressAsync("/status/correct/request", [.. Typed("I have chest pain.")]);

        Assert.True((await App.ReachesAsync(submitted.Reference, InquiryState.Held)).Urgent);
        Assert.True(ReferralTransitions.IsOpen((await ReferralAsync(submitted, "MX-A")).State));
        await App.RunCommandAsync("release", submitted.Reference);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        using var clinic = await OpenReferralOfAsync("MX-A", 2);
        Assert.Contains("The message has words that can mean an emergency", clinic.Page.Text, StringComparison.Ordinal);
        await AssertWholeAsync(submitted);
    }

    private static KeyValuePair<string, string> Field(string name, string value) => KeyValuePair.Create(name, value);

    private IEnumerable<(string, string)> Typed(string message) => _inquiry.Fields()
        .Where(f => f.Key != "message" && !f.Key.StartsWith("consent.", StringComparison.Ordinal))
        .Select(f => (f.Key, f.Value)).Append(("message", message));
}
