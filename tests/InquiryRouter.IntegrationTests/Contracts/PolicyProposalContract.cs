using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class PolicyProposalOnSqlite() : PolicyProposalContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class PolicyProposalOnSqlServer() : PolicyProposalContract(DatabaseProvider.SqlServer);

public abstract class PolicyProposalContract(DatabaseProvider provider) : StoreContract(provider)
{
    [Contract]
    public async Task A_proposal_is_kept_whole_and_decided_once()
    {
        var proposal = await AddAsync();

        var found = await ReadAsync(s => PolicyProposalStore.FindAsync(s, proposal.Id));
        Assert.Equal(proposal with { At = found!.At }, found);
        Assert.Equal(proposal.Id, Assert.Single(await ReadAsync(PolicyProposalStore.OpenAsync)).Id);

        await WriteAsync(tx => PolicyProposalStore.DecideAsync(tx, proposal.Id, ProposalState.Activated, "Eva"));
        var decided = (await ReadAsync(s => PolicyProposalStore.FindAsync(s, proposal.Id)))!;
        Assert.Equal((ProposalState.Activated, "Eva", Now), (decided.State, decided.DecidedBy, decided.DecidedAt));
        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => PolicyProposalStore.DecideAsync(tx, proposal.Id, ProposalState.Withdrawn, "Max")));
        Assert.Empty(await ReadAsync(PolicyProposalStore.OpenAsync));
        Assert.Single(await ReadAsync(s => PolicyProposalStore.NewestAsync(s, 5)));
    }

    [Contract]
    public async Task A_trial_says_how_far_it_is_until_it_is_done_or_ended()
    {
        var proposal = await AddAsync();
        var (one, two) = (Trial(proposal.Id), Trial(proposal.Id));
        await WriteAsync(tx => PolicyProposalStore.StartTrialAsync(tx, one));
        Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.True(await WriteAsync(tx => PolicyProposalStore.BeatAsync(tx, one.Id, 200, 40)));
        Assert.True(await WriteAsync(tx => PolicyProposalStore.EndTrialAsync(tx, one.Id, TrialState.Done, 500, "{}")));
        await WriteAsync(tx => PolicyProposalStore.StartTrialAsync(tx, two));
        Assert.True(await WriteAsync(tx => PolicyProposalStore.EndTrialAsync(tx, two.Id, TrialState.Cancelled)));
        Assert.False(await WriteAsync(tx => PolicyProposalStore.BeatAsync(tx, two.Id, 1, 1)));
        Assert.False(await WriteAsync(tx => PolicyProposalStore.EndTrialAsync(tx, two.Id, TrialState.Done)));

        var trials = await ReadAsync(s => PolicyProposalStore.TrialsAsync(s, proposal.Id, 5));
        Assert.Equal(
            [(two.Id, TrialState.Cancelled, 0, 0, null), (one.Id, TrialState.Done, 500, 100, "{}")],
            trials.Select(t => (t.Id, t.State, t.Looked, t.Share, t.Result)));
        Assert.Equal(Now, trials[1].BeatAt);
    }

    [Contract]
    public async Task One_that_is_started_in_the_place_of_a_silent_one_ends_it_should_it_wake_up()
    {
        var (proposal, other) = (await AddAsync(), await AddAsync());
        var (silent, next, beside) = (Trial(proposal.Id), Trial(proposal.Id), Trial(other.Id));
        await WriteAsync(tx => PolicyProposalStore.StartTrialAsync(tx, silent));
        await WriteAsync(tx => PolicyProposalStore.StartTrialAsync(tx, beside));
        await WriteAsync(tx => PolicyProposalStore.HoldAsync(tx, proposal.Id));
        await WriteAsync(tx => PolicyProposalStore.StartTrialAsync(tx, next));

        Assert.False(await WriteAsync(tx => PolicyProposalStore.BeatAsync(tx, silent.Id, 1, 1)));
        Assert.False(await WriteAsync(tx => PolicyProposalStore.EndTrialAsync(tx, silent.Id, TrialState.Done, 1, "{}")));
        Assert.True(await WriteAsync(tx => PolicyProposalStore.BeatAsync(tx, next.Id, 1, 1)));
        Assert.True(await WriteAsync(tx => PolicyProposalStore.BeatAsync(tx, beside.Id, 1, 1)));
    }

    [Contract]
    public async Task A_trial_that_names_an_erased_inquiry_is_gone_and_old_ones_as_well()
    {
        var proposal = await AddAsync();
        var (inquiry, other) = (await StoreInquiryAsync(), await StoreInquiryAsync());
        foreach (var about in new[] { inquiry, other })
        {
            var trial = Trial(proposal.Id);
            await WriteAsync(tx => PolicyProposalStore.StartTrialAsync(tx, trial));
            await WriteAsync(tx => PolicyProposalStore.EndTrialAsync(tx, trial.Id, TrialState.Done, 1, $"[\"{about.Reference}\"]"));
        }

        await WriteAsync(tx => ErasureStore.EraseAsync(tx, inquiry, Actor.Coordinator("Ana"), null, []));
        Assert.Contains(other.Reference, Assert.Single(await ReadAsync(s => PolicyProposalStore.TrialsAsync(s, proposal.Id, 5))).Result, StringComparison.Ordinal);

        Clock.Advance(TimeSpan.FromDays(181));
        await WriteAsync(tx => PolicyProposalStore.StartTrialAsync(tx, Trial(proposal.Id)));
        Assert.Null(Assert.Single(await ReadAsync(s => PolicyProposalStore.TrialsAsync(s, proposal.Id, 5))).Result);
    }

    [Contract]
    public async Task A_trial_that_runs_while_an_inquiry_is_erased_is_gone_before_it_can_name_it()
    {
        var proposal = await AddAsync();
        var inquiry = await StoreInquiryAsync();
        var trial = Trial(proposal.Id);
        await WriteAsync(tx => PolicyProposalStore.StartTrialAsync(tx, trial));
        await WriteAsync(tx => PolicyProposalStore.BeatAsync(tx, trial.Id, 1, 1));

        await WriteAsync(tx => ErasureStore.EraseAsync(tx, inquiry, Actor.Coordinator("Ana"), null, []));

        Assert.Empty(await ReadAsync(s => PolicyProposalStore.TrialsAsync(s, proposal.Id, 5)));
        Assert.False(await WriteAsync(tx => PolicyProposalStore.EndTrialAsync(tx, trial.Id, TrialState.Done, 1, $"[\"{inquiry.Reference}\"]")));
        Assert.Empty(await ReadAsync(s => PolicyProposalStore.TrialsAsync(s, proposal.Id, 5)));
    }

    [Contract]
    public async Task An_open_proposal_is_open_work_and_no_other_is()
    {
        var proposal = await AddAsync();
        var (work, ana) = (WorkKind.PolicyProposed, Actor.Coordinator("Ana"));
        Assert.Equal([new WorkDifference(work, proposal.Id, Missing: true)], await ReadAsync(s => WorkLedger.DifferencesAsync(s, [])));

        await WriteAsync(tx => WorkLedger.LookAtProposalAsync(tx, proposal.Id, ana));
        Assert.Empty(await ReadAsync(s => WorkLedger.DifferencesAsync(s, [])));
        await WriteAsync(tx => PolicyProposalStore.DecideAsync(tx, proposal.Id, ProposalState.Withdrawn, "Ana"));
        Assert.Equal([new WorkDifference(work, proposal.Id, Missing: false)], await ReadAsync(s => WorkLedger.DifferencesAsync(s, [])));

        await WriteAsync(async tx => await WorkLedger.MendAsync(tx, await WorkLedger.DifferencesAsync(tx, [])));
        Assert.Empty(await ReadAsync(s => WorkLedger.DifferencesAsync(s, [])));
    }

    private static PolicyTrialRow Trial(Guid proposal) => new()
    {
        Id = Guid.CreateVersion7(), ProposalId = proposal, Since = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), StartedBy = "Ana",
    };

    private async Task<PolicyProposal> AddAsync()
    {
        var proposal = new PolicyProposal
        {
            Id = Guid.CreateVersion7(), Name = "cheap", Body = "{}", BasedOn = 3, Author = UserId.New(), AuthorName = "Ana", Remark = "Because.",
        };
        await WriteAsync(tx => PolicyProposalStore.AddAsync(tx, proposal));
        return proposal;
    }
}
