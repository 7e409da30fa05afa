using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Steps;

/// <summary>
/// One change, decided on and rendered before the transaction that makes it. A list of steps is what a use case comes to: it can be read, and
/// asserted in a test, without a database.
/// </summary>
public abstract record Step
{
    /// <exception cref="ConflictException">What it was decided on has changed.</exception>
    internal abstract Task ApplyAsync(Tx tx, Applied applied);

    /// <summary>It is committed: says so to who watches the program, by codes and ids.</summary>
    internal virtual void Tell(ILogger log)
    {
    }

    /// <summary>It is committed: says so to who watches over security, where that is their concern.</summary>
    internal virtual void Tell(SecurityLog log)
    {
    }
}

/// <summary>A change that only one use case makes.</summary>
/// <param name="What">Names it, for who reads the steps.</param>
/// <param name="Run">Database work only.</param>
public sealed record Store(string What, Func<Tx, Task> Run) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => Run(tx);
}

/// <summary>What the steps before came to, for those behind them.</summary>
internal sealed class Applied
{
    private readonly Dictionary<InquiryId, int> _inquiries = [];
    private readonly Dictionary<ReferralId, int> _referrals = [];
    private readonly Dictionary<InquiryId, Actor?> _toLookAt = [];

    /// <summary>The version a move has led to; what was loaded when it was not moved.</summary>
    public int VersionOf(InquiryId id, int loaded) => _inquiries.GetValueOrDefault(id, loaded);

    /// <inheritdoc cref="VersionOf(InquiryId, int)"/>
    public int VersionOf(ReferralId id, int loaded) => _referrals.GetValueOrDefault(id, loaded);

    public void Moved(InquiryId id, int version) => _inquiries[id] = version;

    public void Moved(ReferralId id, int version) => _referrals[id] = version;

    /// <summary>Places and shares of clinics. They are counted once everything else is written: other units wait for their rows until the commit.</summary>
    public LoadChanges Load { get; } = new();

    /// <summary>Inquiries whose work is to be looked at anew once all steps are applied, and who has changed them.</summary>
    public IReadOnlyDictionary<InquiryId, Actor?> ToLookAt => _toLookAt;

    public void LooksAgain(InquiryId id, Actor? who) => _toLookAt[id] = _toLookAt.GetValueOrDefault(id) ?? who;
}
