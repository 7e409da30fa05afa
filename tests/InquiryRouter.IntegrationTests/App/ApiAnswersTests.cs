using System.Net;
using System.Text.Json;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

public sealed class ApiAnswersTests : AppTests
{
    [Fact]
    public async Task Every_wrong_field_is_named_with_a_sentence_and_nothing_is_stored()
    {
        var inquiry = An.Inquiry().Without("patient.name").With("patient.email", "nobody@localhost").With("patient.birthYear", 1700)
            .With("patient.country", "XX").With("condition", "nonsense").With("treatment", "magic").With("budget.amount", -5)
            .With("timeframe", "yesterday").With("consent.contact", false).With("source.page", "javascript:alert(1)");

        var errors = await ErrorsAsync(inquiry.Json);

        string[] wrong =
        [
            "budget.amount", "condition", "consent.contact", "patient.birthYear", "patient.country", "patient.email", "patient.name", "source.page",
            "timeframe", "treatment",
        ];
        Assert.Equal(wrong, errors.Keys.Order(StringComparer.Ordinal));
        Assert.All(errors.Values, e => Assert.EndsWith(".", e, StringComparison.Ordinal));
        Assert.All(errors.Values, e => Assert.DoesNotContain("nobody@localhost", e, StringComparison.Ordinal));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Unknown_fields_and_wrong_kinds_are_named()
    {
        var inquiry = An.Inquiry().With("patient.nmae", "x").With("hobby", "chess").With("patient.birthYear", "1984").With("destinations", "MX")
            .With("consent.shareWithClinics", "yes").With("message", 5).With("timeframe", "yesterday");

        var errors = await ErrorsAsync(inquiry.Json);

        string[] wrong = ["consent.shareWithClinics", "destinations", "hobby", "message", "patient.birthYear", "patient.nmae", "timeframe"];
        Assert.Equal(wrong, errors.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("not known", errors["hobby"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"secret-canary\"")]
    [InlineData("{\"message\":\"secret-canary\",}")]
    [InlineData("{\"message\":\"\\ud800\"}")]
    [InlineData("{\"patient\":7}")]
    [InlineData("{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{\"h\":{\"i\":1}}}}}}}}}")]
    public async Task What_is_no_inquiry_at_all_is_a_400_that_repeats_nothing_of_it(string body)
    {
        using var response = await App.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("secret-canary", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Text_in_another_encoding_is_told_as_that()
    {
        using var content = new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(
            An.Inquiry().From("Jose", "jose@patient.example").Json.Replace("Jose", "José", StringComparison.Ordinal)));
        content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/json");
        using var response = await App.Http.PostAsync("/api/inquiries", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("not in UTF-8", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync());
    }

    [Theory]
    [InlineData("\"shareWithClinics\":false", "consent.shareWithClinics")]
    [InlineData("\"contact\":true", "consent.contact")]
    public async Task A_field_that_stands_twice_is_named_and_nothing_is_stored(string field, string name)
    {
        var json = An.Inquiry().Json;
        var at = json.IndexOf('{', json.IndexOf("\"consent\"", StringComparison.Ordinal)) + 1;

        var errors = await ErrorsAsync(json.Insert(at, field + ","));

        Assert.Equal([name], errors.Keys);
        Assert.Contains("twice", errors[name], StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_byte_order_mark_in_front_is_taken()
    {
        using var content = new ByteArrayContent([.. System.Text.Encoding.UTF8.Preamble, .. System.Text.Encoding.UTF8.GetBytes(An.Inquiry().Json)]);
        content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/json");
        using var response = await App.Http.PostAsync("/api/inquiries", content);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_than_64_KB_is_too_much_whether_announced_or_not(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/inquiries")
        {
            Content = new StringContent(An.Inquiry().Saying(new string('x', 66_000)).Json, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await App.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(0, await CountAsync());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Anything_but_JSON_is_refused(string? contentType)
    {
        using var response = await App.PostAsync(An.Inquiry().Json, contentType: contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Too_many_from_one_address_are_asked_to_wait_and_the_form_keeps_what_was_typed()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup().With("Intake:PermitsPerMinute", "5"));
        for (var i = 0; i < 5; i++)
        {
            await app.SubmitAsync(An.Inquiry());
        }

        using var response = await app.PostAsync(An.Inquiry().Json);
        using var form = await FormVisit.OpenAsync(app);
        using var sent = await form.SendAsync(An.Inquiry().From("Ana Patiently", "ana@patient.example"));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.TooManyRequests, sent.StatusCode);
        Assert.NotNull(sent.Headers.RetryAfter);
        Assert.Equal("Ana Patiently", (await Page.OfAsync(sent)).Hidden("patient.name"));
        Assert.Equal(5, await app.NumberAsync("SELECT COUNT(*) FROM Inquiry"));
    }

    [Fact]
    public async Task What_cannot_be_committed_is_never_accepted_and_can_be_sent_again()
    {
        var inquiry = An.Inquiry();
        using var form = await FormVisit.OpenAsync(App);
        await App.SettlesAsync();
        await using (await App.HoldInquiriesAsync())
        {
            var asked = TimeProvider.System.GetTimestamp();

            var responses = await Task.WhenAll(App.PostAsync(inquiry.Json, "key-1"), form.SendAsync(inquiry.Saying("By the form.")));

            // SQLite waits 5 s for the lock, and twice that for whoever came second; SQL Server half a minute.
            Assert.InRange(TimeProvider.System.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(60));
            Assert.All(responses, r => Assert.Equal(HttpStatusCode.ServiceUnavailable, r.StatusCode));
            Assert.All(responses, r => Assert.InRange(r.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60));
            Assert.Equal("application/problem+json", responses[0].Content.Headers.ContentType?.MediaType);
            Assert.Contains("By the form.", (await Page.OfAsync(responses[1])).Html, StringComparison.Ordinal);
            Assert.Equal(0, await CountAsync());
        }

        await App.SubmitAsync(inquiry, "key-1");
        using var again = await form.SendAsync(inquiry);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal(2, await CountAsync());
    }

    [Theory]
    [InlineData("es-MX,es;q=0.9,en;q=0.8", "es", "La solicitud no está completa.", "Escriba el nombre del paciente.")]
    [InlineData("fr, ar;q=0.5", "ar", "الطلب غير مكتمل.", "اكتب اسم المريض.")]
    [InlineData("de", "en", "The inquiry is not complete.", "Enter the patient's name.")]
    [InlineData(null, "en", "The inquiry is not complete.", "Enter the patient's name.")]
    public async Task What_is_wrong_is_said_in_a_language_the_sender_accepts(string? accepts, string language, string title, string sentence)
    {
        using var response = await App.PostAsync(An.Inquiry().Without("patient.name").Json, accepts: accepts);

        Assert.Equal([language], response.Content.Headers.ContentLanguage);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(title, json.RootElement.GetProperty("title").GetString());
        Assert.Equal(sentence, json.RootElement.GetProperty("errors").GetProperty("patient.name")[0].GetString());
        Assert.Equal(400, json.RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Every_refusal_has_its_title_and_its_sentence_in_the_language()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup().With("Intake:PermitsPerMinute", "5"));
        await app.SubmitAsync(An.Inquiry(), "key-1");
        using var reused = await app.PostAsync(An.Inquiry().Json, "key-1", accepts: "es");
        using var kind = await app.PostAsync("{}", contentType: "text/plain", accepts: "es");
        using var size = await app.PostAsync(An.Inquiry().Saying(new string('x', 66_000)).Json, accepts: "es");
        using var broken = await app.PostAsync("{", new string('k', 200), accepts: "es");
        using var tooMany = await app.PostAsync("{}", accepts: "es");

        Assert.Equal("422 Contenido que no se puede procesar", await SaidAsync(reused, "Esta Idempotency-Key ya se usó"));
        Assert.Equal("415 Tipo de contenido no admitido", await SaidAsync(kind, "Envíe JSON"));
        Assert.Equal("413 Contenido demasiado grande", await SaidAsync(size, "La solicitud es demasiado larga"));
        Assert.Equal("400 Solicitud incorrecta", await SaidAsync(broken, "No es JSON válido; mire la línea 1"));
        Assert.Equal("429 Demasiadas solicitudes", await SaidAsync(tooMany, "Demasiadas solicitudes desde su dirección."));

        static async Task<string> SaidAsync(HttpResponseMessage response, string detail)
        {
            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.StartsWith(detail, json.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.Equal(["es"], response.Content.Headers.ContentLanguage);
            return $"{(int)response.StatusCode} {json.RootElement.GetProperty("title").GetString()}";
        }
    }

    [Fact]
    public async Task It_says_whether_it_is_alive_and_ready()
    {
        Assert.Equal(HttpStatusCode.OK, (await App.Http.GetAsync("/health/live")).StatusCode);

        using var ready = await App.Http.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Contains("\"ready\"", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<Dictionary<string, string>> ErrorsAsync(string body)
    {
        using var response = await App.PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("errors").EnumerateObject().ToDictionary(
            e => e.Name, e => Assert.Single(e.Value.EnumerateArray()).GetString()!, StringComparer.Ordinal);
    }

    private Task<long> CountAsync() => App.NumberAsync("SELECT COUNT(*) FROM Inquiry");
}
