using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Referral;

namespace InquiryRouter.Application.Coordination;

/// <summary>What is to be verified again, has ended or ends soon, and accepted inquiries whose clinic no longer meets a requirement.</summary>
public sealed class ListCredentials(Work work, NetworkCache networks)
{
    public async Task<CredentialList> RunAsync(CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        return new CredentialList(
            network,
            CredentialCalendar.Due(network, DateOnly.FromDateTime(work.Now.UtcDateTime)),
            await work.ReadAsync(ReferralStore.ListLapsedAsync, cancellation));
    }
}

/// <param name="Due">Soonest first.</param>
/// <param name="Lapsed">A person decides with clinic and patient what follows.</param>
public sealed record CredentialList(NetworkSnapshot Network, IReadOnlyList<DueCredential> Due, IReadOnlyList<LapsedAcceptance> Lapsed);
