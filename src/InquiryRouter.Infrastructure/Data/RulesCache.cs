using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>The rules of a version of the network. Most versions change clinics only: equal files are read and parsed once.</summary>
public sealed class RulesCache
{
    private const int Kept = 4;

    private readonly Lock _lock = new();
    private readonly List<(string Hash, MatchRules Rules)> _newestFirst = [];

    /// <summary>The rules in force at <paramref name="version"/>; the same instance while the files are the same.</summary>
    public async Task<MatchRules> RulesAsync(Session session, long version)
    {
        ArgumentNullException.ThrowIfNull(session);
        var hash = await ReferenceStore.HashAsync(session, version);
        if (Find(hash) is { } known)
        {
            return known;
        }

        var rules = ReferenceDataFiles.LoadRules(await ReferenceStore.LoadAsync(session, version));
        lock (_lock)
        {
            // Two that wanted it at once get one instance.
            if (FindLocked(hash) is { } other)
            {
                return other;
            }

            _newestFirst.Insert(0, (hash, rules));
            if (_newestFirst.Count > Kept)
            {
                _newestFirst.RemoveAt(Kept);
            }

            return rules;
        }
    }

    private MatchRules? Find(string hash)
    {
        lock (_lock)
        {
            return FindLocked(hash);
        }
    }

    private MatchRules? FindLocked(string hash)
    {
        var at = _newestFirst.FindIndex(r => r.Hash == hash);
        if (at < 0)
        {
            return null;
        }

        var found = _newestFirst[at];
        _newestFirst.RemoveAt(at);
        _newestFirst.Insert(0, found);
        return found.Rules;
    }
}
