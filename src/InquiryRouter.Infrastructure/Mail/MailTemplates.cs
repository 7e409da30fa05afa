using System.Reflection;
using HandlebarsDotNet;
using HandlebarsDotNet.PathStructure;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Brands;
using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>The values that a template and the sentences of its mail may name, by the names of the places in the language files.</summary>
public sealed class MailFields : Dictionary<string, object>
{
    public MailFields()
        : base(StringComparer.Ordinal)
    {
    }
}

/// <summary>
/// The templates shipped with the program: one a kind, compiled with the HTML partials and again with the text ones. Sentences come from the
/// language files by <c>(t "key")</c>, their places from the fields. An unknown field, key or partial is an error, not an empty string.
/// </summary>
public static class MailTemplates
{
    private const string Prefix = "mail/";
    private const string Footer = "mail.footer.";

    // How the key of a sentence at the end of a mail ends that is said in place of another where an answer reaches somebody.
    private const string ReplySuffix = ".reply";

    private static readonly ChainSegment s_page = ChainSegment.Create("page");

    // They are the program's own and never change: compiled once a process, however many hosts it has.
    private static readonly Dictionary<MailKind, Lazy<HandlebarsTemplate<object, object>>> s_text = Compile("Text/", noEscape: true);
    private static readonly Dictionary<MailKind, Lazy<HandlebarsTemplate<object, object>>> s_html = Compile("Html/", noEscape: false);

    /// <summary>Fills both parts of a mail.</summary>
    /// <param name="kind">Which template.</param>
    /// <param name="words">The reader's language.</param>
    /// <param name="toName">The reader.</param>
    /// <param name="toAddress">Where to.</param>
    /// <param name="fields">What it says.</param>
    /// <param name="from">Who writes; null: nobody has said.</param>
    /// <exception cref="Exception">A field, a key or a partial that does not exist: a mistake in the template, found at the start by <see cref="MailSamples.Check"/>.</exception>
    public static MailContent Render(MailKind kind, Words words, string toName, string toAddress, MailFields fields, Brand? from = null)
    {
        var brand = from ?? Brand.Demo;
        var data = new
        {
            page = new Page(words, brand, [.. fields.Select(f => (f.Key, (object?)f.Value))]),
            lang = words.Code,
            dir = words.Direction,
            start = words.IsRightToLeft ? "right" : "left",
            brand = brand.Name,
            contact = brand.Contact(words),
            action = brand.Colours.Action.Hex,
            darkAction = brand.Colours.DarkAction.Hex,
        };
        var lines = s_text[kind].Value(fields, data).ReplaceLineEndings("\n").Split('\n');
        return new MailContent
        {
            ToName = toName,
            ToAddress = toAddress,
            Language = words.Code,

            // The text part begins with the subject.
            Subject = lines[0].Trim(),
            Text = OneEmptyLine(lines.Skip(1)),
            Html = s_html[kind].Value(fields, data),
        };
    }

    // Partials set empty lines around themselves: of several, one is left.
    private static string OneEmptyLine(IEnumerable<string> lines)
    {
        var kept = new List<string>();
        foreach (var line in lines.Select(l => l.TrimEnd()))
        {
            if (line.Length > 0 || (kept.Count > 0 && kept[^1].Length > 0))
            {
                kept.Add(line);
            }
        }

        return string.Join('\n', kept).TrimEnd() + "\n";
    }

    private static Dictionary<MailKind, Lazy<HandlebarsTemplate<object, object>>> Compile(string partials, bool noEscape)
    {
        var handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = noEscape, ThrowOnUnresolvedBindingExpression = true });
        handlebars.RegisterHelper("t", (in HelperOptions options, in Context _, in Arguments arguments) =>
            options.Data.Value<Page>(s_page)!.Text((string)arguments[0]!));
        var folder = Prefix + partials;
        foreach (var name in Assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)))
        {
            var partial = name[folder.Length..^".hbs".Length];
            handlebars.RegisterTemplate(char.ToLowerInvariant(partial[0]) + partial[1..], Read(name));
        }

        return Enum.GetValues<MailKind>().ToDictionary(
            kind => kind, kind => new Lazy<HandlebarsTemplate<object, object>>(() => handlebars.Compile(Read($"{Prefix}{kind}.hbs"))));
    }

    private static Assembly Assembly => typeof(MailTemplates).Assembly;

    private static string Read(string name)
    {
        using var stream = Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The mail template {name} is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private sealed record Page(Words Words, Brand Brand, (string Place, object? Value)[] Values)
    {
        public string Text(string key) => Brand.ReplyAddress is { } reply && key.StartsWith(Footer, StringComparison.Ordinal)
            ? Words.Text(key + ReplySuffix, ("reply", Words.LeftToRight(reply)))
            : Words.Text(key, Values);
    }
}
