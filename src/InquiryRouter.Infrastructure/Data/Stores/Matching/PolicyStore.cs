using System.Text;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching;

/// <param name="ActivatedBy">Who made it the policy in force.</param>
public sealed record PolicyVersion(int Version, string Name, DateTimeOffset ActivatedAt, string ActivatedBy);

/// <summary>Policies by version; the newest is in force. A version is written once and never changed, so that every decision can be made again.</summary>
public static class PolicyStore
{
    /// <summary>The version in force; 0 before the first was stored.</summary>
    public static Task<int> VersionAsync(Session session) =>
        session.QuerySingleOrDefaultAsync<int>("SELECT COALESCE(MAX(Version), 0) FROM Policy");

    public static async Task<Policy?> FindAsync(Session session, int version)
    {
        var row = await session.QuerySingleOrDefaultAsync<BodyRow>("SELECT Body FROM Policy WHERE Version = @version", new { version });
        if (row is null)
        {
            return null;
        }

        // Checked when it was activated; a condition that has left the lists since must not stop the routing.
        var (policy, problems) = PolicyFile.Read(Encoding.UTF8.GetBytes(row.Body), version, lists: null);
        return policy ?? throw new InvalidOperationException(
            $"Policy {version} cannot be read: {problems[0].Field} is {problems[0].Value}; {problems[0].Allowed}");
    }

    /// <summary>Whether a stored version is this policy.</summary>
    public static async Task<bool> IsSameAsync(Session session, Policy policy) =>
        (await session.QuerySingleOrDefaultAsync<BodyRow>("SELECT Body FROM Policy WHERE Version = @Version", new { policy.Version }))?.Body
        == Encoding.UTF8.GetString(PolicyFile.Write(policy));

    public static async Task<IReadOnlyList<PolicyVersion>> ListAsync(Session session) =>
        [.. (await session.QueryAsync<VersionRow>("SELECT Version, Name, ActivatedAt, ActivatedBy FROM Policy ORDER BY Version"))
            .Select(r => new PolicyVersion(r.Version, r.Name, r.ActivatedAt, r.ActivatedBy))];

    /// <summary>Puts a policy in force under its version.</summary>
    /// <exception cref="ConflictException">Somebody else has stored this version at the same moment.</exception>
    public static async Task ActivateAsync(Tx tx, Policy policy, string by)
    {
        try
        {
            await tx.ExecuteAsync(
                "INSERT INTO Policy (Version, Name, Body, ActivatedAt, ActivatedBy) VALUES (@Version, @Name, @Body, @Now, @by)",
                new { policy.Version, policy.Name, Body = Encoding.UTF8.GetString(PolicyFile.Write(policy)), tx.Now, by });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException($"Policy version {policy.Version} was stored at the same moment.", exception);
        }
    }

    private sealed class BodyRow
    {
        public string Body { get; init; } = string.Empty;
    }

    private sealed class VersionRow
    {
        public int Version { get; init; }

        public string Name { get; init; } = string.Empty;

        public DateTimeOffset ActivatedAt { get; init; }

        public string ActivatedBy { get; init; } = string.Empty;
    }
}
