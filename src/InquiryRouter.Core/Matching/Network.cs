using System.Collections.Frozen;

namespace InquiryRouter.Core.Matching;

/// <summary>All clinics at one version, and the rules they are held to at that version. Immutable: a change makes a new snapshot.</summary>
public sealed class NetworkSnapshot
{
    public NetworkSnapshot(long version, IReadOnlyList<Clinic> clinics, MatchRules rules)
    {
        Version = version;
        Rules = rules;
        Clinics = [.. clinics.OrderBy(c => c.Code, StringComparer.Ordinal)];
        ByCode = Clinics.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);
    }

    public long Version { get; }

    public MatchRules Rules { get; }

    /// <summary>Ordered by code, so that a decision does not depend on how they were read.</summary>
    public IReadOnlyList<Clinic> Clinics { get; }

    public FrozenDictionary<string, Clinic> ByCode { get; }
}
