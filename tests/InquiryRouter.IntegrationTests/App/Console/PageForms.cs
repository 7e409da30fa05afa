using System.Net;
using System.Text.RegularExpressions;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>The forms of a page as they would be sent.</summary>
internal static class PageForms
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    /// <summary>The form whose action ends so, with what it hides.</summary>
    public static (string Path, Dictionary<string, string> Fields) FormOf(this Page page, string action)
    {
        var form = Regex.Matches(
                page.Html, """<form\b[^>]*action="(?<path>[^"]*)"[^>]*>(?<inside>.*?)</form>""", RegexOptions.Singleline, s_limit)
            .First(m => WebUtility.HtmlDecode(m.Groups["path"].Value).Split('?')[0].EndsWith(action, StringComparison.Ordinal));
        var fields = Regex.Matches(
                form.Groups["inside"].Value, """<input type="hidden" name="(?<name>[^"]*)"(?: value="(?<value>[^"]*)")?""",
                RegexOptions.None, s_limit)
            .ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value), StringComparer.Ordinal);
        return (WebUtility.HtmlDecode(form.Groups["path"].Value), fields);
    }

    /// <summary>The same with some filled in.</summary>
    public static Dictionary<string, string> Filled(this Dictionary<string, string> fields, params (string Name, string Value)[] more)
    {
        var result = new Dictionary<string, string>(fields, StringComparer.Ordinal);
        foreach (var (name, value) in more)
        {
            result[name] = value;
        }

        return result;
    }
}
