using System.Net;
using System.Text.RegularExpressions;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>The forms of a page of the console, as a browser would send them.</summary>
internal static class TypedForms
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    extension(Page page)
    {
        /// <summary>The form whose action ends so, with what its fields hold.</summary>
        public (string Path, Dictionary<string, string> Fields) Form(string action)
        {
            var form = Regex.Matches(page.Html, """<form\b[^>]*action="(?<path>[^"]*)"[^>]*>(?<inside>.*?)</form>""", RegexOptions.Singleline, s_longest)
                .First(m => WebUtility.HtmlDecode(m.Groups["path"].Value).Split('?')[0].EndsWith(action, StringComparison.Ordinal));
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (Match input in Regex.Matches(form.Groups["inside"].Value, "<input\\b[^>]*>", RegexOptions.None, s_longest))
            {
                var isBox = input.Value.Contains("type=\"checkbox\"", StringComparison.Ordinal);
                if (Page.Attribute(input.Value, "name") is { } name && (!isBox || input.Value.Contains(" checked", StringComparison.Ordinal)))
                {
                    fields[name] = Page.Attribute(input.Value, "value") ?? string.Empty;
                }
            }

            return (WebUtility.HtmlDecode(form.Groups["path"].Value), fields);
        }
    }

    public static Dictionary<string, string> With(this Dictionary<string, string> fields, params (string Name, string Value)[] more)
    {
        var result = new Dictionary<string, string>(fields, StringComparer.Ordinal);
        foreach (var (name, value) in more)
        {
            result[name] = value;
        }

        return result;
    }
}
