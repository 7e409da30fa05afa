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

    /// <summary>Where in <see cref="Clinics"/> a clinic is; below 0: nowhere.</summary>
    public int PositionOf(string code)
    {
        int low = 0, high = Clinics.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Clinics[middle].Code, code);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
