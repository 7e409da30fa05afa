using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
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
                return await PolicyStore.IsSameAsync(tx, policy with { Version = inForce })
                    ? new Activation.Unchanged(inForce)
                    : await ApplyAsync(tx, policy, who);
            },
            cancellation);
    }

    internal static async Task<Activation> ApplyAsync(Tx tx, Policy policy, Actor who)
    {
        var version = await PolicyStore.VersionAsync(tx) + 1;
        await PolicyStore.ActivateAsync(tx, policy with { Version = version }, who.Name);
        await new RecordSystem(SystemEvent.PolicyActivated(version), who).ApplyAsync(tx, new Applied());
        return new Activation.InForce(version);
    }
}

/// <summary>What an activation came to.</summary>
/// <param name="Version">The version in force now.</param>
public abstract record Activation(int Version)
{
    public sealed record InForce(int Version) : Activation(Version);

    public sealed record Unchanged(int Version) : Activation(Version);
}
