using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace InquiryRouter.Core.Matching;

/// <summary>The members of one object; what is wrong with one becomes a problem, and a value nobody uses.</summary>
internal sealed class PolicyMembers
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly string _place;
    private readonly List<PolicyProblem> _problems;

    public PolicyMembers(JsonElement? element, string place, List<PolicyProblem> problems)
    {
        (_place, _problems) = (place, problems);
        if (element is { ValueKind: JsonValueKind.Object } found)
        {
            foreach (var member in found.EnumerateObject())
            {
                if (!_values.TryAdd(member.Name, member.Value))
                {
                    Add(member.Name, string.Empty, "Once, not twice.");
                }
            }
        }
        else if (element is not null || place.Length == 0)
        {
            Add(string.Empty, Show(element), "An object { … }.");
        }
    }

    public PolicyMembers Object(string name)
    {
        var found = Find(name);
        if (found is null)
        {
            Add(name, string.Empty, "An object { … }.");
        }

        return new PolicyMembers(found, $"{_place}{name}.", _problems);
    }

    public string Text(string name, int longest)
    {
        if (Find(name) is { ValueKind: JsonValueKind.String } value && value.GetString()!.Trim() is { Length: > 0 } text && text.Length <= longest)
        {
            return text;
        }

        Add(name, Show(Find(name)), string.Create(CultureInfo.InvariantCulture, $"A text of 1 to {longest} characters."));
        return string.Empty;
    }

    public double Number(string name, double least, double most)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Add(name, Show(Find(name)), string.Create(CultureInfo.InvariantCulture, $"A number from {least} to {most}."));
        return least;
    }

    public double Positive(string name, double most)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && number > 0 && number <= most)
        {
            return number;
        }

        Add(name, Show(Find(name)), string.Create(CultureInfo.InvariantCulture, $"A number above 0, at most {most}."));
        return most;
    }

    public double? OptionalNumber(string name, double least, double most) =>
        Find(name) is { ValueKind: JsonValueKind.Null } ? null : Number(name, least, most);

    public int Whole(string name, int least, int most)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Add(name, Show(Find(name)), string.Create(CultureInfo.InvariantCulture, $"A whole number from {least} to {most}."));
        return least;
    }

    public T Choice<T>(string name, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        var names = new List<string>();
        var text = Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        foreach (var choice in choices)
        {
            if (choice.Name == text)
            {
                return choice.Value;
            }

            names.Add(choice.Name);
        }

        Add(name, Show(Find(name)), $"One of {string.Join(", ", names)}.");
        return choices[0].Value;
    }

    public FrozenSet<string> Codes(string name, Func<string, bool> isKnown, string allowed)
    {
        if (Find(name) is not { ValueKind: JsonValueKind.Array } list)
        {
            Add(name, Show(Find(name)), $"A list [ … ]. {allowed}");
            return [];
        }

        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && item.GetString() is { } code && isKnown(code))
            {
                codes.Add(code);
            }
            else
            {
                Add(name, Show(item), allowed);
            }
        }

        return codes.ToFrozenSet(StringComparer.Ordinal);
    }

    public void AddUnknown()
    {
        foreach (var name in _values.Keys.Where(n => !_asked.Contains(n)))
        {
            Add(name, Show(_values[name]), $"Not a setting here. The settings are: {string.Join(", ", _asked)}.");
        }
    }

    private JsonElement? Find(string name)
    {
        _asked.Add(name);
        return _values.TryGetValue(name, out var value) ? value : null;
    }

    private void Add(string name, string value, string allowed) => _problems.Add(new PolicyProblem((_place + name).TrimEnd('.') is { Length: > 0 } field ? field : "file", value, allowed));

    private static string Show(JsonElement? value) => value is not { } found ? string.Empty : found.GetRawText() is { Length: > 60 } text ? string.Concat(text.AsSpan(0, 60), "…") : found.GetRawText();
}
