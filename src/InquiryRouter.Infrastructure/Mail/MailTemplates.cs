using HandlebarsDotNet;
using InquiryRouter.Core.Mail;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>
/// The templates shipped with the program, compiled at the start. Each mail has a text template, whose first line is the subject, and an
/// HTML one inside the layout. A field the model lacks is an error, not an empty string.
/// </summary>
public sealed class MailTemplates
{
    private readonly Dictionary<MailKind, HandlebarsTemplate<object, object>> _text = [];
    private readonly Dictionary<MailKind, HandlebarsTemplate<object, object>> _html = [];

    public MailTemplates()
    {
        var text = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true });
        var html = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true });
        html.RegisterTemplate("layout", Read("Layout.html"));
        foreach (var kind in Enum.GetValues<MailKind>())
        {
            _text[kind] = text.Compile(Read($"{kind}.txt"));
            _html[kind] = html.Compile(Read($"{kind}.html"));
        }
    }

    /// <summary>Fills both parts of a mail.</summary>
    public MailContent Render(MailKind kind, string toName, string toAddress, object model)
    {
        var text = _text[kind](model).ReplaceLineEndings("\n");
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return new MailContent
        {
            ToName = toName,
            ToAddress = toAddress,
            Subject = text[..end].Trim(),
            Text = text[end..].TrimStart('\n'),
            Html = _html[kind](model),
        };
    }

    private static string Read(string name)
    {
        using var stream = typeof(MailTemplates).Assembly.GetManifestResourceStream($"mail/{name}.hbs")
            ?? throw new InvalidOperationException($"The mail template {name}.hbs is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
