using System.Buffers;
using System.Globalization;
using System.Text.Json;
using InquiryRouter.Application.Intake;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reading;
using InquiryRouter.Infrastructure.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Intake;

/// <summary><c>POST /api/inquiries</c>: for sites and partners.</summary>
public static class ApiEndpoint
{
    public const int BodyLimit = 64 * 1024;
    private const int LongestKey = 200;
    private const string RetryWhenDown = "5";
    private const string Source = "api";

    public static void MapIntakeApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/inquiries", PostAsync).WithMetadata(new RequestSizeLimitAttribute(BodyLimit));

    private static async Task PostAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var limits = (IntakeLimits)services.GetService(typeof(IntakeLimits))!;
        var submit = (SubmitInquiry)services.GetService(typeof(SubmitInquiry))!;
        if (limits.SecondsToWait(context) is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await ProblemAsync(context, StatusCodes.Status429TooManyRequests, "api.tooMany");
            return;
        }

        if (!IsJson(context.Request.ContentType))
        {
            await ProblemAsync(context, StatusCodes.Status415UnsupportedMediaType, "api.notJson");
            return;
        }

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > LongestKey)
        {
            await ProblemAsync(context, StatusCodes.Status400BadRequest, "api.longKey", ("most", LongestKey));
            return;
        }

        byte[] body;
        InquiryForm form;
        List<FieldError> errors;
        try
        {
            body = await ReadBodyAsync(context);
            (form, errors) = InquiryJson.Read(body);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await ProblemAsync(context, StatusCodes.Status413PayloadTooLarge, "api.tooLong");
            return;
        }
        catch (NotUtf8Exception exception)
        {
            await ProblemAsync(
                context, StatusCodes.Status400BadRequest, "api.notUtf8",
                ("line", exception.LineNumber + 1), ("byte", exception.BytePositionInLine + 1));
            return;
        }
        catch (JsonException exception)
        {
            // The exception's text quotes the input; the place is enough.
            await ProblemAsync(
                context, StatusCodes.Status400BadRequest, "api.brokenJson", ("line", exception.LineNumber + 1), ("byte", exception.BytePositionInLine + 1));
            return;
        }

        var request = key.Length == 0 ? null : new IdempotentRequest(key, body);
        var outcome = await submit.RunAsync(new Submission { Form = form, Misread = errors, ConsentSource = Source, Request = request, Asker = limits.AskerOf(context) }, context.RequestAborted);
        await AnswerAsync(context, (MailLinks)services.GetService(typeof(MailLinks))!, outcome);
    }

    private static async Task AnswerAsync(HttpContext context, MailLinks links, SubmitOutcome outcome)
    {
        switch (outcome)
        {
            case SubmitOutcome.Accepted accepted:
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                context.Response.ContentType = "application/json; charset=utf-8";
                Write(context.Response.BodyWriter, accepted.Reference, links.Status(accepted.StatusToken));
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
                break;
            case SubmitOutcome.Invalid invalid:
                await InvalidAsync(context, invalid.Errors);
                break;
            case SubmitOutcome.KeyReused:
                await ProblemAsync(context, StatusCodes.Status422UnprocessableEntity, "api.keyReused");
                break;
            default:
                context.Response.Headers.RetryAfter = RetryWhenDown;
                await ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, "api.unavailable");
                break;
        }
    }

    private static bool IsJson(string? contentType) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static void Write(IBufferWriter<byte> output, string reference, string statusUrl)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("reference", reference);
        json.WriteString("statusUrl", statusUrl);
        json.WriteEndObject();
    }

    private static Task InvalidAsync(HttpContext context, IReadOnlyList<FieldError> errors)
    {
        var words = ApiProblem.WordsFor(context);
        return Results.ValidationProblem(
            errors.GroupBy(e => e.Field, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(e => words.Error(e)).ToArray(), StringComparer.Ordinal),
            detail: words["api.invalid.detail"],
            title: words["api.invalid.title"]).ExecuteAsync(context);
    }

    private static Task ProblemAsync(HttpContext context, int status, string key, params ReadOnlySpan<(string Place, object? Value)> values) =>
        ApiProblem.Of(context, status, key, values).ExecuteAsync(context);
}
