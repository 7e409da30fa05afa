using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;

namespace InquiryRouter.Application.Network;

/// <summary>The clinics and rules of now, or of any version there was.</summary>
public sealed class ReadNetwork(NetworkCache networks)
{
    /// <returns>Null: there is no such version, or what it was is not known.</returns>
    public async Task<NetworkSnapshot?> RunAsync(long? version, CancellationToken cancellation) =>
        version is { } asked ? await networks.AtAsync(asked, cancellation) : await networks.CurrentAsync(cancellation);
}
