using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>The policy in force in memory, read again when another version is.</summary>
/// <param name="shipped">What is in force before any policy was stored.</param>
public sealed class PolicyCache(Database database, Policy shipped)
{
    private const string ShippedBy = "the program";

    private volatile Policy? _current;

    public Policy Shipped { get; } = shipped;

    public async Task<Policy> CurrentAsync(CancellationToken cancellation)
    {
        var version = await database.ReadAsync(PolicyStore.VersionAsync, cancellation);
        if (version == 0)
        {
            return Shipped;
        }

        return _current is { } known && known.Version == version ? known : _current = (await AtAsync(version, cancellation))!;
    }

    /// <summary>The policy a decision was made under; null: this database has never had it.</summary>
    public async Task<Policy?> AtAsync(int version, CancellationToken cancellation) =>
        await database.ReadAsync(session => PolicyStore.FindAsync(session, version), cancellation)
        ?? (version == Shipped.Version && await database.ReadAsync(PolicyStore.VersionAsync, cancellation) == 0 ? Shipped : null);

    /// <summary>
    /// Stores the shipped policy, as the settings make it, when there is none, or the one in force is an older shipped one: decisions under it can be made
    /// again when a later program ships another. A policy that a person activated stays in force.
    /// </summary>
    public async Task StoreShippedAsync(CancellationToken cancellation)
    {
        try
        {
            await database.WriteAsync(
                async tx =>
                {
                    var newest = await PolicyStore.ListAsync(tx) is [.., var last] ? last : null;
                    if (newest is null || (newest.ActivatedBy == ShippedBy && !await PolicyStore.IsSameAsync(tx, Shipped with { Version = newest.Version })))
                    {
                        await PolicyStore.ActivateAsync(tx, Shipped with { Version = (newest?.Version ?? 0) + 1 }, ShippedBy);
                    }
                },
                cancellation: cancellation);
        }
        catch (ConflictException)
        {
            // Another process was first.
        }
    }
}
