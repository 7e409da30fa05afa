using System.Net;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

public sealed class IdempotencyTests : AppTests
{
    private readonly InquiryBuilder _inquiry = An.Inquiry();

    [Fact]
    public async Task The_same_request_under_one_key_is_one_inquiry_with_the_same_answer()
    {
        var first = await App.SubmitAsync(_inquiry, "key-1");
        await App.SettlesAsync();

        var second = await App.SubmitAsync(_inquiry, "key-1");

        Assert.Equal(first, second);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Another_body_under_a_used_key_is_refused()
    {
        await App.SubmitAsync(_inquiry, "key-1");

        using var response = await App.PostAsync(An.Inquiry().Json, "key-1");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Another_key_or_none_is_another_inquiry()
    {
        await App.SubmitAsync(_inquiry, "key-1");
        await App.SubmitAsync(_inquiry, "key-2");
        await App.SubmitAsync(_inquiry);
        await App.SubmitAsync(_inquiry);

        Assert.Equal(4, await CountAsync());
    }

    [Fact]
    public async Task Twenty_requests_at_once_under_one_key_are_one_inquiry_with_one_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => App.SubmitAsync(_inquiry, "key-1")));

        Assert.Single(answers.Distinct());
        Assert.Equal(1, await CountAsync());
        await App.SettlesAsync();
        Assert.Single(App.MailsTo(_inquiry.Email));
    }

    [Fact]
    public async Task A_key_counts_for_a_day()
    {
        await App.SubmitAsync(_inquiry, "key-1");

        App.Clock.Advance(IdempotencyStore.Lifetime);
        await App.SubmitAsync(_inquiry, "key-1");

        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused_and_nothing_is_stored()
    {
        using var response = await App.PostAsync(_inquiry.Json, new string('k', 201));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_inquiry_and_leads_to_the_same_page()
    {
        using var form = await FormVisit.OpenAsync(App);

        using var first = await form.SendAsync(_inquiry);
        await App.SettlesAsync();
        using var second = await form.SendAsync(_inquiry);

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task An_impatient_click_on_the_button_is_one_inquiry()
    {
        using var form = await FormVisit.OpenAsync(App);

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => form.SendAsync(_inquiry)));

        Assert.All(responses, r => Assert.Equal(HttpStatusCode.Redirect, r.StatusCode));
        Assert.Single(responses.Select(r => r.Headers.Location).Distinct());
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task The_same_page_sent_again_with_other_answers_is_another_inquiry()
    {
        using var form = await FormVisit.OpenAsync(App);

        using var first = await form.SendAsync(_inquiry);
        using var second = await form.SendAsync(_inquiry.Saying("For my sister this time."));

        Assert.NotEqual(first.Headers.Location, second.Headers.Location);
        Assert.Equal(2, await CountAsync());
    }

    private Task<long> CountAsync() => App.NumberAsync("SELECT COUNT(*) FROM Inquiry");
}
