using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Brands;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Settings;
using InquiryRouter.Web.Pages.Face;
using InquiryRouter.Web.Intake;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace InquiryRouter.Hosting;

/// <summary>
/// What patients see of a brand, as files: the pages and mails of the program itself, which runs for it for some seconds, with invented
/// clinics and an invented patient in a directory of its own. No setting but those of the brand is used, and nobody is written to.
/// </summary>
internal sealed class BrandPreview(AppSettings settings, string directory)
{
    private const string Inquiry =
        """
        { "patient": {"name":"Ana Example","email":"ana@patient.example","country":"US","language":"en","timeZone":"America/New_York",
                      "birthYear":1984},
          "condition": "lupus", "conditionType": "sle", "treatment": "stem-cell-therapy", "destinations": ["MX"],
          "consent": {"shareWithClinics": true, "contact": true, "marketing": false, "textVersion": "preview"} }
        """;

    private static readonly (string Name, string Path)[] s_pages =
    [
        ("treatments", "/treatments"), ("treatment", "/treatments/stem-cell-therapy/lupus"), ("form", "/inquiry"),
        ("lost-link", "/status/link"),
    ];

    private static readonly MailKind[] s_mails = [MailKind.Acknowledgement, MailKind.ClinicAccepted, MailKind.ReferralOffer];

    // Clinics are asked within a second.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(200);

    private readonly Brand _brand = settings.Face;
    private readonly LanguageSet _languages = new();

    /// <summary>What has been written, by what it is called.</summary>
    private readonly List<(string Language, string Name, string File)> _files = [];

    /// <returns>How many files there are.</returns>
    public async Task<int> WriteAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory);
        var data = Directory.CreateTempSubdirectory("inquiryrouter-brand-").FullName;
        try
        {
            await WritePagesAsync(Stage(data), cancellation);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }

        await WriteMailsAsync(cancellation);
        await File.WriteAllTextAsync(Path.Combine(directory, "index.html"), Index(), cancellation);
        return _files.Count;
    }

    private AppSettings Stage(string data) => settings with
    {
        Environment = "Development", Roles = Roles.Both, Urls = "http://127.0.0.1:0", UrlsAreSet = true,
        UrlsSetting = nameof(AppSettings.Urls), Data = new DataOptions { Directory = data, DemoInquiries = 0 },
        Database = new DatabaseOptions(), Broker = new BrokerOptions(), Mail = new MailOptions(), Privacy = new PrivacyOptions(),
        Intake = new IntakeOptions { PermitsPerMinute = 0 }, Telemetry = new TelemetryOptions(),
    };

    private async Task WritePagesAsync(AppSettings stage, CancellationToken cancellation)
    {
        Startup.PrepareSchema(stage);
        await using var host = Server.Build(
            stage, Composition.LoadMasterKeys(stage), ["--Logging:LogLevel:Default=None"],
            services => services.AddSingleton(TimeProvider.System));
        await Startup.PrepareDataAsync(host.Services, stage);
        await host.StartAsync(cancellation);
        try
        {
            var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            using var browser = new HttpClient { BaseAddress = new Uri(address) };
            await WritePagesAsync(browser, host.Services.GetRequiredService<SiteStyle>(), cancellation);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private async Task WritePagesAsync(HttpClient browser, SiteStyle style, CancellationToken cancellation)
    {
        var own = new[]
            {
                (Name: "imprint", Path: FaceEndpoints.ImprintPath, Text: _brand.Imprint),
                (Name: "privacy", Path: FaceEndpoints.PrivacyPath, Text: _brand.Privacy),
            }
            .Where(p => p.Text is { Link: null }).Select(p => (p.Name, p.Path));
        var pages = s_pages.Concat(own).Append((Name: "status", Path: await AskAsync(browser, cancellation))).ToList();
        var links = pages.SelectMany(p => _languages.All, (p, words) => (Page: p, Words: words, Address: In(p.Path, words)))
            .ToDictionary(p => p.Address, p => (p.Page.Name, p.Words.Code, File: $"{p.Page.Name}.{p.Words.Code}.html"), StringComparer.Ordinal);
        foreach (var (address, page) in links)
        {
            var html = new StringBuilder(await browser.GetStringAsync(address, cancellation)).Replace(style.Address, "site.css");
            if (_brand.Logo is { } logo)
            {
                html.Replace(FaceEndpoints.AddressOf(logo), "logo" + logo.Extension);
            }

            foreach (var (other, to) in links)
            {
                html.Replace($"href=\"{WebUtility.HtmlEncode(other)}\"", $"href=\"{to.File}\"");
            }

            await File.WriteAllTextAsync(Path.Combine(directory, page.File), html.ToString(), cancellation);
            _files.Add((page.Code, page.Name, page.File));
        }

        await File.WriteAllBytesAsync(Path.Combine(directory, "site.css"), style.Bytes, cancellation);
        if (_brand.Logo is { } shown)
        {
            await File.WriteAllBytesAsync(Path.Combine(directory, "logo" + shown.Extension), shown.Bytes, cancellation);
        }
    }

    /// <summary>Sends an inquiry, and waits until clinics stand on its page.</summary>
    /// <returns>The address of the page, which the browser may open.</returns>
    private static async Task<string> AskAsync(HttpClient browser, CancellationToken cancellation)
    {
        using var inquiry = new StringContent(Inquiry, Encoding.UTF8, "application/json");
        using var sent = await browser.PostAsync("/api/inquiries", inquiry, cancellation);
        var answer = await sent.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellation);
        using var opened = await browser.GetAsync(new Uri(answer.GetProperty("statusUrl").GetString()!).PathAndQuery, cancellation);
        var page = opened.RequestMessage!.RequestUri!.PathAndQuery;
        for (var waited = TimeSpan.Zero; waited < s_longest; waited += s_between)
        {
            if ((await browser.GetStringAsync(page, cancellation)).Contains("id=\"now\"", StringComparison.Ordinal))
            {
                break;
            }

            await Task.Delay(s_between, cancellation);
        }

        return page;
    }

    private async Task WriteMailsAsync(CancellationToken cancellation)
    {
        var samples = new MailSamples(
            _languages, new MailLinks(settings.PublicUrl, settings.Mail.CoordinatorAddress), ReferenceDataFiles.LoadTreatmentFacts(ReferenceFiles.Shipped),
            _brand);

        // Samples are not signed: they are no mails of the operator.
        var factory = new MimeFactory(new MailOptions { From = settings.Mail.From }, _brand);
        foreach (var (kind, words) in s_mails.SelectMany(_ => _languages.All, (kind, words) => (kind, words)))
        {
            foreach (var file in await MailPreview.WriteAsync(samples, factory, kind, words, directory, cancellation))
            {
                _files.Add((words.Code, $"{kind}{Path.GetExtension(file)}", Path.GetFileName(file)));
            }
        }
    }

    private string Index()
    {
        var html = new StringBuilder(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encoded(_brand.Name)}: preview</title><link rel="stylesheet" href="site.css"></head>
            <body><main><h1>{Encoded(_brand.Name)}</h1>

            """);
        if (_brand.Logo is { } logo)
        {
            html.AppendLine(CultureInfo.InvariantCulture, $"<p><img src=\"logo{logo.Extension}\" alt=\"\" height=\"40\"></p>");
        }

        Row(html, "Address", _brand.Address);
        Row(html, "Phone", _brand.Phone?.Text);
        Row(html, "Answers to mails go to", _brand.ReplyAddress);
        Row(html, "Colour of links and buttons", Told(_brand.Colours.Action, _brand.Colours.DarkAction));
        Row(html, "Colour of lines", Told(_brand.Colours.Accent, _brand.Colours.DarkAccent));
        foreach (var unsaid in Oversights.Unsaid(settings))
        {
            Row(html, "Not yet", unsaid);
        }

        foreach (var language in _files.GroupBy(f => f.Language, StringComparer.Ordinal))
        {
            html.AppendLine(CultureInfo.InvariantCulture, $"<h2>{Encoded(_languages.For(language.Key).OwnName)}</h2><ul>");
            foreach (var (_, name, file) in language)
            {
                html.AppendLine(CultureInfo.InvariantCulture, $"<li><a href=\"{file}\">{name}</a></li>");
            }

            html.AppendLine("</ul>");
        }

        return html.AppendLine("</main></body></html>").ToString();
    }

    /// <summary>A colour, how well it can be told from what it stands on, and what it is on a dark screen.</summary>
    public static string Told(Colour day, Colour dark)
    {
        var (light, night) = (day.Contrast(BrandColours.Grounds), dark.Contrast(BrandColours.DarkGrounds));
        return string.Create(CultureInfo.InvariantCulture, $"{day.Hex} (contrast {light:0.0}); on a dark screen {dark.Hex} ({night:0.0})");
    }

    private static void Row(StringBuilder html, string label, string? text) =>
        html.AppendLine(CultureInfo.InvariantCulture, $"<p><strong>{label}:</strong> {(text is null ? "not set" : Encoded(text))}</p>");

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string In(string path, Words words) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={words.Code}";
}
