using System.Collections;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace InquiryRouter.Core.Matching;

/// <summary>The load of many clinics with that of a few changed: what is shared stays shared, and is not copied for one inquiry.</summary>
public sealed class ChangedLoadDictionary(IReadOnlyDictionary<string, ClinicLoad> before, FrozenDictionary<string, ClinicLoad> changed) : IReadOnlyDictionary<string, ClinicLoad>
{
    public IReadOnlyDictionary<string, ClinicLoad> Before { get; } = before;

    public FrozenDictionary<string, ClinicLoad> Changed { get; } = changed;

    public IEnumerable<string> Keys => Before.Keys.Union(Changed.Keys, StringComparer.Ordinal);

    public IEnumerable<ClinicLoad> Values => Keys.Select(k => this[k]);

    public int Count => Before.Count + Changed.Keys.Count(k => !Before.ContainsKey(k));

    public ClinicLoad this[string key] => Changed.TryGetValue(key, out var load) ? load : Before[key];

    public bool ContainsKey(string key) => Changed.ContainsKey(key) || Before.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out ClinicLoad value) => Changed.TryGetValue(key, out value) || Before.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, ClinicLoad>> GetEnumerator() => Keys.Select(k => KeyValuePair.Create(k, this[k])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
