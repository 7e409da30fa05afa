using System.Security.Cryptography;
using System.Text;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Infrastructure.Data;

namespace InquiryRouter.Application.Coordination;

/// <summary>Who can take work, and whether they are there.</summary>
public interface IOwners
{
    /// <summary>Who is meant by what somebody typed; null: nobody.</summary>
    Task<Guid?> FindAsync(Session session, string typed);

    /// <summary>What is known of some of them; one who is missing is not there.</summary>
    Task<IReadOnlyDictionary<Guid, OwnerState>> LoadAsync(Session session, IReadOnlyCollection<Guid> ids);
}

/// <summary>
/// The people of the command line: whoever may run it may take work under their name. Nobody says when they are away, so that what they have taken
/// is everyone's again once half of its time has passed.
/// </summary>
public sealed class MachineUsers : IOwners
{
    private static readonly OwnerState s_there = new(Active: true, AwayFrom: null, AwayUntil: null, LastSeenAt: null);

    public Task<Guid?> FindAsync(Session session, string typed) =>
        Task.FromResult<Guid?>(string.IsNullOrWhiteSpace(typed) ? null : IdOf(typed.Trim()));

    public Task<IReadOnlyDictionary<Guid, OwnerState>> LoadAsync(Session session, IReadOnlyCollection<Guid> ids) =>
        Task.FromResult<IReadOnlyDictionary<Guid, OwnerState>>(ids.Distinct().ToDictionary(id => id, _ => s_there));

    // The same name is the same person on every machine.
    private static Guid IdOf(string name) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes("machine user " + name)).AsSpan(0, 16), bigEndian: true);
}
