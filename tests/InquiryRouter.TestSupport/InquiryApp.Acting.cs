using System.Data.Common;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using InquiryRouter.Application.FollowUp;
using InquiryRouter.Application.Mail;
using InquiryRouter.Commands;
using InquiryRouter.Infrastructure.Data;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Xunit;

namespace InquiryRouter.TestSupport;

/// <summary>An inquiry that was accepted with 202.</summary>
internal sealed record Submitted(string Reference, string StatusUrl);

/// <summary>What people do.</summary>
internal sealed partial class InquiryApp
{
    /// <summary>Sends an inquiry to the API as it is.</summary>
    public async Task<HttpResponseMessage> PostAsync(string body, string? key = null, string? contentType = "application/json", string? accepts = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/inquiries") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (accepts is not null)
        {
            request.Headers.Add("Accept-Language", accepts);
        }

        return await Http.SendAsync(request);
    }

    /// <summary>Sends an inquiry that must be accepted.</summary>
    public async Task<Submitted> SubmitAsync(InquiryBuilder inquiry, string? key = null)
    {
        using var response = await PostAsync(inquiry.Json, key);
        return await AcceptedAsync(response);
    }

    public static async Task<Submitted> AcceptedAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
        using var json = JsonDocument.Parse(body);
        return new Submitted(json.RootElement.GetProperty("reference").GetString()!, json.RootElement.GetProperty("statusUrl").GetString()!);
    }

    /// <summary>The page behind the patient's link, in a browser of its own.</summary>
    public async Task<Page> StatusPageAsync(Submitted submitted)
    {
        using var browser = NewBrowser();
        using var response = await browser.GetAsync(new Uri(submitted.StatusUrl));
        return await Page.OfAsync(response);
    }

    /// <summary>Opens the link of a referral mail in a browser of its own.</summary>
    public Task<ReferralVisit> OpenReferralAsync(MimeMessage mail) => ReferralVisit.OpenAsync(NewBrowser(), LinkIn(mail));

    public static Uri LinkIn(MimeMessage mail) =>
        new(Regex.Match(mail.TextBody!, "https?://\\S+", RegexOptions.None, TimeSpan.FromSeconds(5)).Value);

    /// <summary>Moves the clock to a moment and fires what is due then.</summary>
    public async Task AdvanceToAsync(DateTimeOffset moment)
    {
        Clock.Advance(moment - Now);
        await new FireDueFollowUps(Database).RunAsync(CancellationToken.None);
    }

    /// <summary>Tells the coordinators what is new, as the clock does a quarter of an hour later.</summary>
    public async Task SendDigestAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Clock.RunningAsync(Services.GetRequiredService<SendDigest>().RunAsync(CancellationToken.None));
        await SettlesAsync();
    }

    /// <summary>Somebody else holds the table of inquiries, and whatever a lock on it holds up, until they are disposed of.</summary>
    public async Task<IAsyncDisposable> HoldInquiriesAsync()
    {
        var isFile = Settings.Database.Provider == DatabaseProvider.Sqlite;
        DbConnection other = isFile ? new SqliteConnection(Settings.ConnectionString + ";Pooling=False") : new SqlConnection(Settings.ConnectionString);
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = isFile ? "BEGIN IMMEDIATE" : "BEGIN TRANSACTION; SELECT COUNT(*) FROM Inquiry WITH (TABLOCKX, HOLDLOCK)";
        await command.ExecuteNonQueryAsync();
        return other;
    }

    /// <summary>Runs a command on this data, as a coordinator does beside the running program.</summary>
    public async Task<(int ExitCode, string Output)> RunCommandAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        var exitCode = await Clock.RunningAsync(CommandLine.RunAsync(
            [.. arguments, $"--Data:Directory={Settings.Data.Directory}", .. _stored.Arguments], output, output, Clock, CancellationToken.None));
        return (exitCode, output.ToString());
    }
}

/// <summary>A clinic before the page of its referral.</summary>
internal sealed class ReferralVisit : IDisposable
{
    private readonly HttpClient _browser;

    private ReferralVisit(HttpClient browser, Page page)
    {
        _browser = browser;
        Page = page;
    }

    /// <summary>The page that is open now.</summary>
    public Page Page { get; private set; }

    public static async Task<ReferralVisit> OpenAsync(HttpClient browser, Uri link)
    {
        using var response = await browser.GetAsync(link);
        return new ReferralVisit(browser, await Page.OfAsync(response));
    }

    /// <summary>Presses the button of the page that is open; another page may have been opened elsewhere since.</summary>
    public Task<Page> AcceptAsync() => PressAsync("/referral/accept");

    public Task<Page> DeclineAsync(string reason = "no-capacity") => PressAsync("/referral/decline", KeyValuePair.Create("reason", reason));

    public async Task<Page> PressAsync(string action, params KeyValuePair<string, string>[] fields)
    {
        var link = Link ?? throw new InvalidOperationException($"The page '{Page.Headline}' has no button.");
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("link", link), .. fields]);
        using var response = await _browser.PostAsync(action, content);
        return Page = await Page.OfAsync(response);
    }

    public async Task<Page> LookAgainAsync()
    {
        using var response = await _browser.GetAsync($"/referral?link={Link}");
        return Page = await Page.OfAsync(response);
    }

    public void Dispose() => _browser.Dispose();

    // The first page has it; later ones may not.
    private string? Link => _link ??= Page.Hidden("link");

    private string? _link;
}
