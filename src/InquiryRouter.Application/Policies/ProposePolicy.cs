using System.Text;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Policies;

/// <summary>What became of a proposal.</summary>
public abstract record ProposalOutcome
{
    private ProposalOutcome()
    {
    }

    /// <param name="Id">Of the proposal.</param>
    public sealed record Done(Guid Id) : ProposalOutcome;

    public sealed record NotFound : ProposalOutcome
    {
        public static readonly NotFound It = new();
    }

    /// <summary>It waits no longer: somebody has decided on it.</summary>
    public sealed record Decided : ProposalOutcome
    {
        public static readonly Decided It = new();
    }

    /// <summary>Who wrote it puts it not in force.</summary>
    public sealed record OwnWork : ProposalOutcome
    {
        public static readonly OwnWork It = new();
    }

    /// <summary>It is the policy in force.</summary>
    public sealed record Unchanged : ProposalOutcome
    {
        public static readonly Unchanged It = new();
    }

    /// <summary>Another policy is in force than the one it was made from.</summary>
    /// <param name="InForce">That one.</param>
    /// <param name="Differences">Between the two.</param>
    public sealed record Stale(Policy InForce, IReadOnlyList<PolicyDifference> Differences) : ProposalOutcome;

    /// <summary>It cannot be a policy.</summary>
    public sealed record Invalid(IReadOnlyList<PolicyProblem> Problems) : ProposalOutcome;
}

/// <summary>Somebody proposes a policy. It is in force when somebody else has put it in force (<see cref="DecidePolicy"/>).</summary>
public sealed class ProposePolicy(Work work, PolicyCache policies, NetworkCache networks)
{
    private const int LongestRemark = 1000;

    /// <param name="file">As JSON.</param>
    /// <param name="seen">The version of the policy that the form was made from.</param>
    /// <param name="remark">Why; null: nothing is said.</param>
    /// <param name="author">Who proposes it.</param>
    /// <param name="who">The same, as the access log says it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ProposalOutcome> RunAsync(
        ReadOnlyMemory<byte> file, int seen, string? remark, UserId author, Actor who, CancellationToken cancellation)
    {
        var (policy, problems) = PolicyFile.Read(file, version: 0, (await networks.CurrentAsync(cancellation)).Rules.Lists);
        if (policy is null)
        {
            return new ProposalOutcome.Invalid(problems);
        }

        await policies.StoreShippedAsync(cancellation);
        var inForce = await policies.CurrentAsync(cancellation);
        if (inForce.Version != seen)
        {
            return await policies.MovedAsync(seen, cancellation);
        }

        if (PolicyTexts.Differences(inForce, policy).Count == 0)
        {
            return ProposalOutcome.Unchanged.It;
        }

        var said = Typed.Lines(remark)?.Trim() ?? string.Empty;
        var proposal = new PolicyProposal
        {
            Id = Guid.CreateVersion7(), Name = policy.Name, Body = Encoding.UTF8.GetString(PolicyFile.Write(policy)), BasedOn = seen, Author = author,
            AuthorName = who.Name, Remark = said.Length <= LongestRemark ? said : said[..LongestRemark],
        };
        var done = await work.WriteAsync<ProposalOutcome?>(
            async tx =>
            {
                // Somebody may have put another one in force since it was looked at.
                if (await PolicyStore.VersionAsync(tx) != seen)
                {
                    return null;
                }

                await PolicyProposalStore.AddAsync(tx, proposal);
                await WorkLedger.LookAtProposalAsync(tx, proposal.Id, who);
                await new RecordSystem(SystemEvent.PolicyProposed("proposed", proposal.Id), who).ApplyAsync(tx, new Applied());
                return new ProposalOutcome.Done(proposal.Id);
            },
            cancellation);
        return done ?? await policies.MovedAsync(seen, cancellation);
    }
}

/// <summary>A second person puts a proposed policy in force; or it is withdrawn, by whoever may propose.</summary>
public sealed class DecidePolicy(Work work, PolicyCache policies, NetworkCache networks)
{
    /// <summary>Puts it in force, while the policy it was made from still is.</summary>
    public async Task<ProposalOutcome> ActivateAsync(Guid id, UserId by, Actor who, CancellationToken cancellation)
    {
        if (await work.ReadAsync(session => PolicyProposalStore.FindAsync(session, id), cancellation) is not { } proposal)
        {
            return ProposalOutcome.NotFound.It;
        }

        if (proposal.State != ProposalState.Open)
        {
            return ProposalOutcome.Decided.It;
        }

        if (proposal.Author == by)
        {
            return ProposalOutcome.OwnWork.It;
        }

        var (policy, problems) = PolicyFile.Read(
            Encoding.UTF8.GetBytes(proposal.Body), version: 0, (await networks.CurrentAsync(cancellation)).Rules.Lists);
        if (policy is null)
        {
            return new ProposalOutcome.Invalid(problems);
        }

        var inForce = await policies.CurrentAsync(cancellation);
        if (inForce.Version != proposal.BasedOn)
        {
            return await policies.MovedAsync(proposal.BasedOn, cancellation);
        }

        try
        {
            return await work.WriteAsync<ProposalOutcome>(
                async tx =>
                {
                    await PolicyProposalStore.DecideAsync(tx, id, ProposalState.Activated, who.Name);
                    await WorkLedger.LookAtProposalAsync(tx, id, who);
                    if (await PolicyStore.VersionAsync(tx) != proposal.BasedOn)
                    {
                        throw new ConflictException($"Policy {proposal.BasedOn} is in force no more.");
                    }

                    await ActivatePolicy.ApplyAsync(tx, policy, who);
                    return new ProposalOutcome.Done(id);
                },
                cancellation);
        }
        catch (ConflictException)
        {
            // Somebody decided on this one, or put another policy in force.
            return await work.ReadAsync(session => PolicyProposalStore.FindAsync(session, id), cancellation) is { State: ProposalState.Open }
                ? await policies.MovedAsync(proposal.BasedOn, cancellation)
                : ProposalOutcome.Decided.It;
        }
    }

    public async Task<ProposalOutcome> WithdrawAsync(Guid id, Actor who, CancellationToken cancellation)
    {
        if (await work.ReadAsync(session => PolicyProposalStore.FindAsync(session, id), cancellation) is not { } proposal)
        {
            return ProposalOutcome.NotFound.It;
        }

        if (proposal.State != ProposalState.Open)
        {
            return ProposalOutcome.Decided.It;
        }

        try
        {
            return await work.WriteAsync<ProposalOutcome>(
                async tx =>
                {
                    await PolicyProposalStore.DecideAsync(tx, id, ProposalState.Withdrawn, who.Name);
                    await WorkLedger.LookAtProposalAsync(tx, id, who);
                    await new RecordSystem(SystemEvent.PolicyProposed("withdrawn", id), who).ApplyAsync(tx, new Applied());
                    return new ProposalOutcome.Done(id);
                },
                cancellation);
        }
        catch (ConflictException)
        {
            return ProposalOutcome.Decided.It;
        }
    }
}

internal static class PolicyMoves
{
    /// <summary>Another policy is in force than the one that was seen: which, and how they differ.</summary>
    public static async Task<ProposalOutcome> MovedAsync(this PolicyCache policies, int seen, CancellationToken cancellation)
    {
        var inForce = await policies.CurrentAsync(cancellation);
        var was = await policies.AtAsync(seen, cancellation);
        return new ProposalOutcome.Stale(inForce, was is null ? [] : PolicyTexts.Differences(was, inForce));
    }
}

/// <summary>The policy in force, all there were, and what is proposed.</summary>
/// <param name="Versions">Newest first.</param>
/// <param name="Proposals">The newest, whatever became of them.</param>
public sealed record PolicyDesk(Policy InForce, IReadOnlyList<PolicyVersion> Versions, IReadOnlyList<PolicyProposal> Proposals);

/// <summary>What is looked at about policies.</summary>
public sealed class ReadPolicies(Work work, PolicyCache policies)
{
    private const int ProposalsShown = 20;
    private const int TrialsShown = 5;

    public async Task<PolicyDesk> RunAsync(CancellationToken cancellation)
    {
        var inForce = await policies.CurrentAsync(cancellation);
        return await work.ReadAsync(
            async session => new PolicyDesk(
                inForce, [.. (await PolicyStore.ListAsync(session)).Reverse()], await PolicyProposalStore.NewestAsync(session, ProposalsShown)),
            cancellation);
    }

    /// <returns>Null: there is no such version.</returns>
    public Task<Policy?> AtAsync(int version, CancellationToken cancellation) => policies.AtAsync(version, cancellation);

    /// <returns>Null: there is no such proposal.</returns>
    public Task<(PolicyProposal Proposal, Policy Policy, IReadOnlyList<PolicyTrialRow> Trials)?> FindAsync(Guid id, CancellationToken cancellation) =>
        work.ReadAsync(
            async session => await PolicyProposalStore.FindAsync(session, id) is { } proposal
                && PolicyFile.Read(Encoding.UTF8.GetBytes(proposal.Body), version: 0, lists: null).Policy is { } policy
                ? ((PolicyProposal, Policy, IReadOnlyList<PolicyTrialRow>)?)(
                    proposal, policy, await PolicyProposalStore.TrialsAsync(session, id, TrialsShown))
                : null,
            cancellation);
}
