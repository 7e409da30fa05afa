using System.Globalization;
using System.Text;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Core.Matching;

/// <summary>A setting that differs between two policies.</summary>
/// <param name="Field">As the policy file has it (<c>weights.price</c>).</param>
public sealed record PolicyDifference(string Field, string Was, string Is);

/// <summary>A policy setting by setting, as texts: for forms, and to say what differs.</summary>
public static class PolicyTexts
{
    /// <summary>Every setting, in the order of the file; empty: it is switched off, or a list without anything in it.</summary>
    public static IReadOnlyDictionary<string, string> Of(Policy policy)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(texts, string.Empty, RawJson.Read(PolicyFile.Write(policy)));
        return texts;
    }

    public static IReadOnlyList<PolicyDifference> Differences(Policy was, Policy now)
    {
        var (before, after) = (Of(was), Of(now));
        return [.. before.Select(b => new PolicyDifference(b.Key, b.Value, after[b.Key])).Where(d => d.Was != d.Is)];
    }

    /// <summary>The file that these texts make, as they were typed: what is wrong with it <see cref="PolicyFile"/> says.</summary>
    /// <param name="typed">By the names of the settings.</param>
    public static byte[] File(IReadOnlyDictionary<string, string> typed)
    {
        var sections = Of(Policy.Shipped).Keys.GroupBy(
            k => k.Contains('.', StringComparison.Ordinal) ? k[..k.IndexOf('.', StringComparison.Ordinal)] : k, StringComparer.Ordinal);
        var json = new StringBuilder("{");
        foreach (var section in sections)
        {
            json.Append(json.Length > 1 ? "," : string.Empty).Append(Quoted(section.Key)).Append(':');
            json.Append(section.Key == section.First()
                ? Value(section.Key, typed)
                : "{" + string.Join(',', section.Select(k => Quoted(k[(section.Key.Length + 1)..]) + ":" + Value(k, typed))) + "}");
        }

        return Encoding.UTF8.GetBytes(json.Append('}').ToString());
    }

    private static string Value(string field, IReadOnlyDictionary<string, string> typed)
    {
        var text = typed.GetValueOrDefault(field, string.Empty).Trim();
        return field switch
        {
            "name" or "nearTies.by" or "approval.mode" or "offers.afterLastNo" => Quoted(text),
            "approval.conditions" or "approval.countries" or "approval.flags" =>
                $"[{string.Join(',', text.Split([',', ' ', '\n', '\r', ';'], StringSplitOptions.RemoveEmptyEntries).Select(Quoted))}]",
            _ when text.Length == 0 => "null",
            _ when decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                number.ToString(CultureInfo.InvariantCulture),
            _ => Quoted(text),
        };
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static void Add(Dictionary<string, string> texts, string field, RawValue value)
    {
        if (value.Kind == RawKind.Record)
        {
            foreach (var (name, inner) in value.Fields)
            {
                Add(texts, field.Length == 0 ? name : $"{field}.{name}", inner);
            }

            return;
        }

        texts[field] = value.Kind switch
        {
            RawKind.Null => string.Empty,
            RawKind.List => string.Join(", ", value.Items.Select(i => i.Text)),
            _ => value.Text,
        };
    }
}
