using System.Net;
using System.Text.RegularExpressions;

namespace InquiryRouter.TestSupport;

/// <summary>An answer that a person reads.</summary>
internal sealed partial class Page
{
    private Page(HttpResponseMessage response, string html)
    {
        Response = response;
        Html = html;
    }

    public HttpResponseMessage Response { get; }

    public string Html { get; }

    public HttpStatusCode Status => Response.StatusCode;

    public string Headline => Heading().Match(Html) is { Success: true } match ? Plain(match.Groups["text"].Value) : string.Empty;

    /// <summary>What is read, in one line.</summary>
    public string Text => Plain(Html);

    public static async Task<Page> OfAsync(HttpResponseMessage response) => new(response, await response.Content.ReadAsStringAsync());

    /// <summary>The value of a hidden field, or null.</summary>
    public string? Hidden(string name) => Tag("input", name).FirstOrDefault() is { } tag ? Attribute(tag, "value") : null;

    /// <summary>Where its form is sent.</summary>
    public string FormAction => Attribute(Regex.Match(Html, "<form\\b[^>]*>", RegexOptions.None, TimeSpan.FromSeconds(5)).Value, "action")
        ?? throw new InvalidOperationException($"The page '{Headline}' has no form.");

    /// <summary>The language it says it is in.</summary>
    public string? Language => Attribute(Regex.Match(Html, "<html\\b[^>]*>", RegexOptions.None, TimeSpan.FromSeconds(5)).Value, "lang");

    /// <summary>The opening tags of a kind with this name.</summary>
    public IEnumerable<string> Tag(string kind, string name) =>
        Regex.Matches(Html, $"<{kind}\\b[^>]*\\bname=\"{Regex.Escape(name)}\"[^>]*>", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Value);

    public static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(5)) is { Success: true } match
            ? WebUtility.HtmlDecode(match.Groups[1].Value)
            : null;

    private static string Plain(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(html, " ")), " ").Trim();

    [GeneratedRegex("<h1[^>]*>(?<text>.*?)</h1>", RegexOptions.Singleline, 5000)]
    private static partial Regex Heading();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 5000)]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+", RegexOptions.None, 5000)]
    private static partial Regex Spaces();
}
