using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Policies;

/// <summary>Puts a policy in force from the next decision on, as a new version; the one in force already makes none.</summary>
public sealed class ActivatePolicy(Work work, PolicyCache policies)
{
    /// <param name="policy">Checked; its version does not matter.</param>
    /// <param name="who">Stands beside the version.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<Activation> RunAsync(Policy policy, Actor who, CancellationToken cancellation)
    {
        await policies.StoreShippedAsync(cancellation);
        return await work.WriteAsync<Activation>(
            async tx =>
            {
                var inForce = await PolicyStore.VersionAsync(tx);
                if (await PolicyStore.IsSameAsync(tx, policy with { Version = inForce }))
                {
                    return new Activation.Unchanged(inForce);
                }

                await PolicyStore.ActivateAsync(tx, policy with { Version = inForce + 1 }, who.Name);
                return new Activation.InForce(inForce + 1);
            },
            cancellation);
    }
}

/// <summary>What an activation came to.</summary>
/// <param name="Version">The version in force now.</param>
public abstract record Activation(int Version)
{
    public sealed record InForce(int Version) : Activation(Version);

    public sealed record Unchanged(int Version) : Activation(Version);
}
