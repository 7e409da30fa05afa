using System.Globalization;
using System.Text;
using System.Text.Json;
using InquiryRouter.Commands;
using InquiryRouter.Core.Matching;
using InquiryRouter.Settings;

namespace InquiryRouter.Tests.Documents;

/// <summary>What the program has that a document must tell of, asked of the program itself.</summary>
internal static class ProgramNames
{
    /// <summary>Every property of every options class.</summary>
    public static IReadOnlyList<DocumentedSetting> Settings() =>
    [
        new("Urls", SettingsLoader.DefaultUrls, []),
        .. typeof(AppSettings).GetProperties()
            .Select(area => area.PropertyType)
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(Settings),
    ];

    /// <summary>Every command that does something, with those it stands under, and every option of each.</summary>
    public static async Task<IReadOnlyList<string>> CommandsAsync(CancellationToken cancellation, params string[] under)
    {
        using var help = new StringWriter();
        await CommandLine.RunAsync([.. under, "--help"], help, TextWriter.Null, TimeProvider.System, cancellation);
        var names = new List<string>();
        var children = new List<string>();
        var section = string.Empty;
        foreach (var line in help.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var word = line.Split(' ', 2)[0];
            if (line.EndsWith(':'))
            {
                section = line;
            }
            else if (section == "Commands:" && word.All(c => char.IsAsciiLetterLower(c) || c == '-'))
            {
                children.Add(word);
            }
            else if (section == "Options:" && word.StartsWith("--", StringComparison.Ordinal))
            {
                names.Add(word);
            }
        }

        if (children.Count == 0)
        {
            names.Add(string.Join(' ', under));
        }

        foreach (var child in children)
        {
            names.AddRange(await CommandsAsync(cancellation, [.. under, child]));
        }

        return names;
    }

    /// <summary>Every member of a policy's file, with the object it stands in.</summary>
    public static IEnumerable<string> PolicyMembers()
    {
        using var policy = JsonDocument.Parse(PolicyFile.Write(Policy.Shipped));
        return
        [
            .. policy.RootElement.EnumerateObject().SelectMany(member => member.Value.ValueKind == JsonValueKind.Object
                ? member.Value.EnumerateObject().Select(inner => $"{member.Name}.{inner.Name}")
                : [member.Name]),
        ];
    }

    /// <summary>A piece of indented code, from the line that begins with a text up to its end (or that of a here-document).</summary>
    public static string Example(string document, string beginning)
    {
        var lines = document.Split('\n').SkipWhile(l => !l.StartsWith("    " + beginning, StringComparison.Ordinal));
        var code = lines.TakeWhile(l => l.StartsWith("    ", StringComparison.Ordinal) && l != "    JSON");
        return string.Join('\n', code.Select(l => l[4..]));
    }

    /// <summary>The example of the clinic file as CSV: a line is a name and its value, an indented one goes on with the value.</summary>
    public static byte[] ClinicCsv(string example)
    {
        var columns = new List<(string Name, string Value)>();
        foreach (var line in example.Split('\n'))
        {
            if (line.StartsWith(' '))
            {
                columns[^1] = (columns[^1].Name, columns[^1].Value + line.Trim());
            }
            else
            {
                var parts = line.Split(' ', 2, StringSplitOptions.TrimEntries);
                columns.Add((parts[0], parts[1]));
            }
        }

        var (names, values) = (columns.Select(c => c.Name), columns.Select(c => c.Value));
        return Encoding.UTF8.GetBytes($"{string.Join(',', names)}\n{string.Join(',', values)}\n");
    }

    private static IEnumerable<DocumentedSetting> Settings(Type options)
    {
        var section = (string)options.GetField("Section")!.GetRawConstantValue()!;
        var shipped = Activator.CreateInstance(options);
        foreach (var property in options.GetProperties().Where(p => p.CanWrite))
        {
            var value = Convert.ToString(property.GetValue(shipped), CultureInfo.InvariantCulture);
            var values = property.PropertyType.IsEnum ? Enum.GetNames(property.PropertyType) : [];
            yield return new($"{section}:{property.Name}", string.IsNullOrEmpty(value) ? null : value, values);
        }
    }
}
