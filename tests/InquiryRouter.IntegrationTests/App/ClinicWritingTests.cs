using System.Net;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What a clinic writes behind its link: sent twice, too long, refused, and still there.</summary>
public sealed class ClinicWritingTests : AppTests
{
    [Fact]
    public async Task A_quote_sent_twice_is_one_and_a_new_one_stands_beside_it()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        var id = KeyValuePair.Create("id", Guid.CreateVersion7().ToString());

        await visit.PressAsync("/referral/quote", [id, .. ClinicPageTests.Quote]);
        await visit.PressAsync("/referral/quote", [id, .. ClinicPageTests.Quote]);
        await visit.PressAsync("/referral/quote", [.. ClinicPageTests.Quote]);

        var inquiry = await App.InquiryAsync(submitted.Reference);
        Assert.Equal([1, 2], (await App.Database.ReadAsync(session => QuoteStore.ListAsync(session, inquiry.Id))).Select(q => q.N));
    }

    [Fact]
    public async Task Who_goes_back_and_types_something_else_has_sent_both_quotes_and_both_questions()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        var id = KeyValuePair.Create("id", Guid.CreateVersion7().ToString());
        var cheaper = ClinicPageTests.Quote.Select(f => f.Key == "amount.treatment" ? KeyValuePair.Create(f.Key, "11,000") : f).ToList();

        foreach (var quote in new[] { ClinicPageTests.Quote, cheaper, ClinicPageTests.Quote })
        {
            await visit.PressAsync("/referral/quote", [id, .. quote]);
        }

        foreach (var question in new[] { "Which medication?", "Since when?", "Which medication?" })
        {
            await visit.PressAsync("/referral/ask", id, KeyValuePair.Create("question", question));
        }

        var inquiry = await App.InquiryAsync(submitted.Reference);
        Assert.Equal([12_450.50m, 11_450.50m], (await App.Database.ReadAsync(session => QuoteStore.ListAsync(session, inquiry.Id))).Select(q => q.Total));
        Assert.Equal(2, (await App.Database.ReadAsync(session => NoteStore.ListAsync(session, inquiry.Id))).Count);
    }

    [Fact]
    public async Task Too_much_text_is_said_to_be_too_much()
    {
        await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        foreach (var action in new[] { "/referral/decline", "/referral/quote", "/referral/ask", "/referral/pause" })
        {
            await visit.PressAsync(action, KeyValuePair.Create("remark", new string('x', 100_000)));
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, visit.Page.Status);
            Assert.Equal("That was too long", visit.Page.Headline);
        }
    }

    [Theory]
    [InlineData("/referral/decline", "remark", 0)]
    [InlineData("/referral/return", "remark", 1)]
    [InlineData("/referral/ask", "question", 1)]
    public async Task What_was_written_is_still_there_when_an_answer_is_refused_and_changes_nothing(string action, string field, int folded)
    {
        await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        if (action == "/referral/return")
        {
            await visit.AcceptAsync();
        }

        await App.SettlesAsync();
        var before = await App.DumpAsync();

        // Too long, or without a reason.
        var text = action == "/referral/ask" ? new string('x', 2001) : "Our ward is closed <until> May.";
        await visit.PressAsync(action, KeyValuePair.Create(field, text));

        Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
        Assert.Contains(text, visit.Page.Text, StringComparison.Ordinal);
        Assert.Equal(folded, visit.Page.Html.Split("<details class=\"card\" open").Length - 1);
        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task A_reason_is_still_chosen_when_the_remark_beside_it_is_too_long()
    {
        await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");

        await visit.PressAsync("/referral/decline", KeyValuePair.Create("reason", "no-capacity"), KeyValuePair.Create("remark", new string('x', 2001)));

        Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
        Assert.Contains("<option value=\"no-capacity\" selected", visit.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_much_as_the_page_lets_a_clinic_write_is_taken_with_all_its_lines()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");

        // A browser counts 2,000 characters, and sends two for each line break.
        await visit.PressAsync("/referral/ask", KeyValuePair.Create("question", string.Concat(Enumerable.Repeat("x\r\n", 999)) + "xx"));

        Assert.Equal(HttpStatusCode.OK, visit.Page.Status);
        var inquiry = await App.InquiryAsync(submitted.Reference);
        Assert.Single(await App.Database.ReadAsync(session => NoteStore.ListAsync(session, inquiry.Id)));
    }

    [Fact]
    public async Task A_quote_that_cannot_stand_comes_back_with_what_was_typed_and_changes_nothing()
    {
        await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await App.SettlesAsync();
        var before = await App.DumpAsync();

        await visit.PressAsync(
            "/referral/quote", KeyValuePair.Create("amount.treatment", "a lot"), KeyValuePair.Create("currency", "XXX"), KeyValuePair.Create("validUntil", "2026-01-01"),
            KeyValuePair.Create("remark", "We look forward"));

        Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
        Assert.Contains("Write each amount as a number", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Choose a currency", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Choose the last day", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("a lot", visit.Page.Html, StringComparison.Ordinal);
        Assert.Contains("We look forward", visit.Page.Html, StringComparison.Ordinal);
        Assert.Equal(before, await App.DumpAsync());
    }
}
