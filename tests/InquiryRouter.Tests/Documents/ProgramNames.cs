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

    /// <summary>The lines of a document that are indented as code, from the one that begins with a text up to the end of the code, or of what a shell reads from it.</summary>
    public static string Example(string document, string beginning)
    {
        var lines = document.Split('\n').SkipWhile(l => !l.StartsWith("    " + beginning, StringComparison.Ordinal));
        return string.Join('\n', lines.TakeWhile(l => l.StartsWith("    ", StringComparison.Ordinal) && l != "    JSON").Select(l => l[4..]));
    }

    /// <summary>The example of the clinic file, where a name and its value stand on a line and a further line goes on with the value, as the CSV it stands for.</summary>
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

        return Encoding.UTF8.GetBytes($"{string.Join(',', columns.Select(c => c.Name))}\n{string.Join(',', columns.Select(c => c.Value))}\n");
    }

    private static IEnumerable<DocumentedSetting> Settings(Type options)
    {
        var section = (string)options.GetField("Section")!.GetRawConstantValue()!;
        var shipped = Activator.CreateInstance(options);
        foreach (var property in options.GetProperties().Where(p => p.CanWrite))
        {
            var value = Convert.ToString(property.GetValue(shipped), CultureInfo.InvariantCulture);
            yield return new($"{section}:{property.Name}", string.IsNullOrEmpty(value) ? null : value, property.PropertyType.IsEnum ? Enum.GetNames(property.PropertyType) : []);
        }
    }
}
