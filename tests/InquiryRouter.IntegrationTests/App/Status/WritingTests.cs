using System.Net;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Status;

/// <summary>What a patient writes on the page.</summary>
public sealed class WritingTests : StatusTests
{
    [Fact]
    public async Task Information_is_added_once_however_often_the_button_is_pressed()
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);
        var once = visit.Page.Hidden("once")!;
        var version = (await App.InquiryAsync(submitted.Reference)).Version;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var other = await OpenAsync(submitted);
            await other.PressAsync("/status/add", ("information", "My new blood test:\r\nCRP 4"), ("once", once));
            Assert.Contains("Thank you. It was added.", other.Page.Text, StringComparison.Ordinal);
        }));

        Assert.Equal([(NoteKind.Information, "My new blood test:\nCRP 4")], await NotesAsync(submitted));
        Assert.Equal(version, (await App.InquiryAsync(submitted.Reference)).Version);
        Assert.Contains("CRP 4", (await visit.LookAsync()).Page.Text, StringComparison.Ordinal);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task Who_goes_back_and_types_something_else_has_written_both()
    {
        var submitted = await AskedAsync();
        var question = await AskAsync(submitted, "MX-A", "Which medication?");
        using var visit = await OpenAsync(submitted);

        foreach (var text in new[] { "First", "Second", "First" })
        {
            await visit.PressStaleAsync("/status/add", ("information", text), ("once", "1"));
            await visit.PressStaleAsync("/status/answer", ("question", question.Id.ToString()), ("answer", "Answer: " + text));
        }

        Assert.Equal(
            ["Answer: First", "Answer: Second", "First", "Second", "Which medication?"], (await NotesAsync(submitted)).Select(n => n.Text).Order(StringComparer.Ordinal));
        await visit.LookAsync();
        Assert.All(["Answer: First", "Answer: Second"], text => Assert.Contains(text, visit.Page.Text, StringComparison.Ordinal));
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task A_clinic_that_considers_it_is_mailed_about_what_is_added()
    {
        var submitted = await AskedAsync();
        await QuoteAsync(submitted, "MX-A", 9_000);
        using var visit = await OpenAsync(submitted);
        var mails = App.MailsTo(ClinicAddress("MX-A")).Count;

        await visit.PressAsync("/status/add", ("information", "My blood test"), ("once", "1"));

        await App.SettlesAsync();
        Assert.Equal(mails + 1, App.MailsTo(ClinicAddress("MX-A")).Count);
    }

    [Theory]
    [InlineData("", "Please write something first")]
    [InlineData("  \r\n ", "Please write something first")]
    [InlineData("long", "Your text is too long")]
    public async Task What_cannot_be_added_is_said_and_nothing_typed_is_lost(string typed, string said)
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);
        var text = typed == "long" ? new string('x', 4001) : typed;

        await visit.PressAsync("/status/add", ("information", text), ("once", "1"));

        Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
        Assert.Contains(said, visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains($"\n{text}".ReplaceLineEndings("\n"), WebUtility.HtmlDecode(visit.Page.Html).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Empty(await NotesAsync(submitted));
    }

    [Fact]
    public async Task Words_of_an_emergency_show_the_notice_hold_the_inquiry_and_alert_the_coordinators()
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);
        Assert.DoesNotContain("If this is an emergency", visit.Page.Text, StringComparison.Ordinal);

        await visit.PressAsync("/status/add", ("information", "Since this morning I have chest pain."), ("once", "1"));

        Assert.Contains("If this is an emergency", visit.Page.Text, StringComparison.Ordinal);
        var held = await App.InquiryAsync(submitted.Reference);
        Assert.Equal((InquiryState.Held, true), (held.State, held.Urgent));
        await App.MailToAsync("coordinators@operator.example");
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task Held_for_an_emergency_and_sent_on_by_a_coordinator_the_clinic_that_was_asked_can_answer_again()
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);
        await visit.PressAsync("/status/add", ("information", "I have chest pain."), ("once", "1"));
        await App.SettlesAsync();

        Assert.Equal(0, (await App.RunCommandAsync("release", submitted.Reference)).ExitCode);

        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.AcceptAsync();
        await App.ReachesAsync(submitted.Reference, InquiryState.Accepted);
        Assert.Single(await App.ReferralsAsync(submitted.Reference));
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task Where_a_clinic_has_the_patient_an_emergency_alerts_without_taking_them_away_from_there()
    {
        var submitted = await AcceptedAsync();
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/add", ("information", "I have chest pain."), ("once", "1"));

        Assert.Contains("If this is an emergency", visit.Page.Text, StringComparison.Ordinal);
        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
        await App.MailToAsync("coordinators@operator.example");
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task A_question_of_a_clinic_is_answered_on_the_page_once()
    {
        var submitted = await AcceptedAsync();
        var question = await AskAsync(submitted, "MX-A", "Which medication do you take?");
        using var visit = await OpenAsync(submitted);
        Assert.Contains("Clínica MX-A asks", visit.Page.Text, StringComparison.Ordinal);

        await visit.PressAsync("/status/answer", ("question", question.Id.ToString()), ("answer", "Hydroxychloroquine"));
        await visit.PressStaleAsync("/status/answer", ("question", question.Id.ToString()), ("answer", "Hydroxychloroquine"));

        Assert.Contains("You have answered: Hydroxychloroquine", visit.Page.Text, StringComparison.Ordinal);
        Assert.Equal([NoteKind.Question, NoteKind.Information], (await NotesAsync(submitted)).Select(n => n.Kind));
        await visit.PressStaleAsync("/status/answer", ("question", Guid.NewGuid().ToString()), ("answer", "To nobody"));
        Assert.Contains("Nothing was changed", visit.Page.Text, StringComparison.Ordinal);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task An_inquiry_that_waits_for_its_patient_goes_on_when_they_answer()
    {
        var submitted = await AskedAsync();
        using (var no = await OpenReferralOfAsync("MX-A"))
        {
            await no.DeclineAsync();
        }

        await App.MailToAsync(ClinicAddress("MX-B"));
        await App.SettlesAsync();
        var inquiry = await App.InquiryAsync(submitted.Reference);
        await App.Database.WriteAsync(tx => InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.AskPatient, Core.Privacy.Actor.Coordinator("test"))));
        await App.LookAgainAsync(inquiry.Id);
        using var visit = await OpenAsync(submitted);
        Assert.Equal("We need your answer", visit.Page.Headline);

        await visit.PressAsync("/status/add", ("information", "I could also travel in May."), ("once", "1"));

        // The clinic that was asked before can answer again; its time ends as before.
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await AssertWholeAsync(submitted);
        await App.AdvanceToAsync((await ReferralAsync(submitted, "MX-B")).OfferUntil);
        await App.MailToAsync(ClinicAddress("MX-C"));
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task When_the_clinics_had_come_to_an_end_a_coordinator_reads_the_answer_instead_of_the_same_question_being_asked_again()
    {
        await App.Database.WriteAsync(tx => PolicyStore.ActivateAsync(tx, Policy.Shipped with { Version = 2, AfterLastNo = AfterLastNo.Patient, MostOffers = 1 }, "test"));
        var submitted = await AskedAsync();
        using (var no = await OpenReferralOfAsync("MX-A"))
        {
            await no.DeclineAsync();
        }

        await App.ReachesAsync(submitted.Reference, InquiryState.AwaitingPatient);
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/add", ("information", "I could also travel to Colombia."), ("once", "1"));

        Assert.Equal("We are still looking", visit.Page.Headline);
        Assert.Equal(InquiryState.Held, (await App.InquiryAsync(submitted.Reference)).State);
        await AssertWholeAsync(submitted);
        var work = await App.Services.GetRequiredService<ListWork>().RunAsync(new WorkFilter { Kinds = [WorkKind.Held] }, null, 10, CancellationToken.None);
        Assert.Contains(work, w => w.Work.Reference == submitted.Reference);
    }

    [Theory]
    [InlineData("in-touch", "The clinic is in touch with me", 0)]
    [InlineData("no-contact", "Nobody has been in touch", 1)]
    [InlineData("booked", "I have booked", 0)]
    [InlineData("treated", "I was treated", 0)]
    [InlineData("stop", "Please stop asking", 1)]
    public async Task A_check_in_is_answered_with_one_press(string answer, string said, int alerts)
    {
        var submitted = await AcceptedAsync();
        using var visit = await OpenAsync(submitted);
        var once = visit.Page.Hidden("once")!;

        await visit.PressAsync("/status/check-in", ("answer", answer), ("once", once));
        await visit.PressStaleAsync("/status/check-in", ("answer", answer), ("once", once));

        Assert.Contains($"You told us: “{said}”", visit.Page.Text, StringComparison.Ordinal);
        Assert.Equal([(NoteKind.CheckIn, answer)], await NotesAsync(submitted));
        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
        await AssertWholeAsync(submitted);
        Assert.Equal(alerts, App.MailsTo("coordinators@operator.example").Count);
    }

    [Fact]
    public async Task Before_a_clinic_has_the_inquiry_nobody_asks_how_it_is_going()
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);

        Assert.DoesNotContain("/status/check-in", visit.Page.Html, StringComparison.Ordinal);
        await visit.PressStaleAsync("/status/check-in", ("answer", "booked"), ("once", "1"));

        Assert.Empty(await NotesAsync(submitted));
    }

    [Fact]
    public async Task A_message_on_its_way_is_not_made_stale_by_what_the_patient_writes()
    {
        var submitted = await AskedAsync();
        using var no = await OpenReferralOfAsync("MX-A");
        await no.DeclineAsync();
        using var visit = await OpenAsync(submitted);
        await visit.PressAsync("/status/add", ("information", "Something more."), ("once", "1"));

        await App.MailToAsync(ClinicAddress("MX-B"));

        await AssertWholeAsync(submitted);
    }
}
