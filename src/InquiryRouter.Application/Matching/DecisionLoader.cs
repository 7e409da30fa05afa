using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Matching;

/// <summary>Loads the four recorded inputs of decisions; the network of one is kept for the next.</summary>
public sealed class DecisionLoader(NetworkCache networks, PolicyCache policies)
{
    private MatchIndex? _index;

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

        var index = current?.Network.Version == match.NetworkVersion && current.IsOfDaysAt(match.At) ? current : _index;
        if (index is null || index.Network.Version != match.NetworkVersion || !index.IsOfDaysAt(match.At))
        {
            var network = index?.Network.Version == match.NetworkVersion ? index.Network
                : await networks.AtAsync(match.NetworkVersion, cancellation);
            if (network is null)
            {
                return new RecordedInputs.Missing("network", match.NetworkVersion);
            }

            _index = index = new MatchIndex(network, match.At);
        }

        return new RecordedInputs.Found(new DecisionInputs(inquiry.Facts, index, policy, match.Load, match.At));
    }
}
