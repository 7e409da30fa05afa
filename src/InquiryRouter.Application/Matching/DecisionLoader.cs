using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Matching;

/// <summary>Loads the four recorded inputs of decisions; the networks of the last few days that were asked for are kept for the next.</summary>
public sealed class DecisionLoader(NetworkCache networks, PolicyCache policies)
{
    // Who goes through a list meets the same days again and again.
    private const int Kept = 4;

    private readonly Lock _lock = new();
    private readonly LinkedList<MatchIndex> _indexes = [];

    /// <param name="match">As it was stored.</param>
    /// <param name="inquiry">What it was about; null: it is not there.</param>
    /// <param name="cancellation">Ends the questions.</param>
    /// <param name="current">The network in force, where it is at hand: it is as good as another one of its version and days.</param>
    public async Task<RecordedInputs> LoadAsync(
        StoredMatch match, InquiryRecord? inquiry, CancellationToken cancellation, MatchIndex? current = null)
    {
        if (inquiry is null)
        {
            return new RecordedInputs.Missing("inquiry", 0);
        }

        if (await policies.AtAsync(match.PolicyVersion, cancellation) is not { } policy)
        {
            return new RecordedInputs.Missing("policy", match.PolicyVersion);
        }

        var index = Fits(current, match) ? current : Find(match);
        if (index is null)
        {
            if (await networks.AtAsync(match.NetworkVersion, cancellation) is not { } network)
            {
                return new RecordedInputs.Missing("network", match.NetworkVersion);
            }

            Keep(index = new MatchIndex(network, match.At));
        }

        return new RecordedInputs.Found(new DecisionInputs(inquiry.Facts, index, policy, match.Load, match.At));
    }

    private static bool Fits(MatchIndex? index, StoredMatch match) =>
        index?.Network.Version == match.NetworkVersion && index.IsOfDaysAt(match.At);

    private MatchIndex? Find(StoredMatch match)
    {
        lock (_lock)
        {
            var found = _indexes.FirstOrDefault(i => Fits(i, match));
            if (found is not null)
            {
                _indexes.Remove(found);
                _indexes.AddFirst(found);
            }

            return found;
        }
    }

    private void Keep(MatchIndex index)
    {
        lock (_lock)
        {
            _indexes.AddFirst(index);
            if (_indexes.Count > Kept)
            {
                _indexes.RemoveLast();
            }
        }
    }
}
