using System.Text.Json;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Policies;

/// <summary>What a trial came to, as it is kept.</summary>
/// <param name="All">Decisions that were made again.</param>
/// <param name="Changed">Those of them that would have been others.</param>
/// <param name="Incomplete">Those that cannot be made again.</param>
/// <param name="Clinics">How often each would have been offered an inquiry first, and was; the most changed ones.</param>
/// <param name="Conditions">Changed decisions by condition.</param>
/// <param name="Countries">Changed decisions by the patient's country.</param>
/// <param name="Examples">The first of the changed ones.</param>
public sealed record TrialResult(
    int All, int Changed, int Incomplete, IReadOnlyList<TrialBalance> Clinics, IReadOnlyList<TrialCount> Conditions, IReadOnlyList<TrialCount> Countries,
    IReadOnlyList<ChangedDecision> Examples);

/// <param name="Clinic">Its code; <c>held</c>: to nobody.</param>
public sealed record TrialBalance(string Clinic, int Then, int Now);

public sealed record TrialCount(string Code, int Changed);

/// <summary>
/// Tries proposed policies in the background: one at a time in a process, with its progress in the database, where any process finds it. One whose
/// process ends says nothing more, and is started again by whoever wants it.
/// </summary>
public sealed partial class PolicyTrials(Work work, TryPolicy trial, NetworkCache networks, ILogger<PolicyTrials> log) : IAsyncDisposable, IDisposable
{
    /// <summary>A trial that has not said how far it is for so long runs no more.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    private const int ClinicsKept = 100;
    private static readonly TimeSpan s_beat = LongestSilence / 4;

    private readonly CancellationTokenSource _ends = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _running = [];
    private bool _isDisposed;

    /// <param name="proposalId">Which proposal.</param>
    /// <param name="since">Decisions from this moment on.</param>
    /// <param name="who">Asks.</param>
    /// <param name="cancellation">Ends the question, not the trial.</param>
    /// <returns>False: there is no such proposal, or it is being tried.</returns>
    public async Task<bool> StartAsync(Guid proposalId, DateTimeOffset since, Actor who, CancellationToken cancellation)
    {
        var row = new PolicyTrialRow { Id = Guid.CreateVersion7(), ProposalId = proposalId, Since = since, StartedBy = who.Name };
        var lists = (await networks.CurrentAsync(cancellation)).Rules.Lists;
        var policy = await work.WriteAsync(
            async tx =>
            {
                await PolicyProposalStore.HoldAsync(tx, proposalId);
                if (await PolicyProposalStore.FindAsync(tx, proposalId) is not { } proposal
                    || (await PolicyProposalStore.TrialsAsync(tx, proposalId, 1)).Any(t => IsRunning(t, tx.Now)))
                {
                    return null;
                }

                await PolicyProposalStore.StartTrialAsync(tx, row);
                return PolicyFile.Read(System.Text.Encoding.UTF8.GetBytes(proposal.Body), version: 0, lists).Policy;
            },
            cancellation);
        if (policy is null)
        {
            return false;
        }

        var ended = _ends.Token;
        var running = Task.Run(() => RunAsync(row, policy, ended), CancellationToken.None);
        lock (_lock)
        {
            _running.RemoveWhere(t => t.IsCompleted);
            _running.Add(running);
        }

        return true;
    }

    /// <summary>Ends it; whichever process runs it finds that out at its next step.</summary>
    public Task<bool> CancelAsync(Guid trialId, CancellationToken cancellation) =>
        work.WriteAsync(tx => PolicyProposalStore.EndTrialAsync(tx, trialId, TrialState.Cancelled), cancellation);

    /// <summary>Whether somebody is at it.</summary>
    public static bool IsRunning(PolicyTrialRow row, DateTimeOffset now) => row.State == TrialState.Running && now - row.BeatAt < LongestSilence;

    /// <summary>What it came to; null: it is not done.</summary>
    public static TrialResult? Read(PolicyTrialRow row) =>
        row is { State: TrialState.Done, Result: { } json } ? JsonSerializer.Deserialize<TrialResult>(json) : null;

    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            await _ends.CancelAsync();
        }

        Task[] running;
        lock (_lock)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running);
        Dispose();
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _ends.Cancel();
        _ends.Dispose();
        _one.Dispose();
    }

    private async Task RunAsync(PolicyTrialRow row, Policy policy, CancellationToken ended)
    {
        var entered = false;
        try
        {
            // One that waits for its turn says so: it is not taken for dead, and ends when somebody cancels it.
            while (!entered)
            {
                if (!await work.WriteAsync(tx => PolicyProposalStore.BeatAsync(tx, row.Id, 0, 0), ended, Priority.Background))
                {
                    return;
                }

                entered = await _one.WaitAsync(s_beat, ended);
            }

            var found = await trial.RunAsync(
                policy, row.Since, ended,
                (looked, share) => work.WriteAsync(tx => PolicyProposalStore.BeatAsync(tx, row.Id, looked, share), ended, Priority.Background));
            if (found is not null)
            {
                var json = JsonSerializer.Serialize(Result(found));
                await work.WriteAsync(tx => PolicyProposalStore.EndTrialAsync(tx, row.Id, TrialState.Done, found.All, json), ended);
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends: its row says nothing more.
        }
        catch (Exception exception)
        {
            LogFailed(exception, row.Id);
            await FailAsync(row, ended);
        }
        finally
        {
            if (entered && !ended.IsCancellationRequested)
            {
                _one.Release();
            }
        }
    }

    private async Task FailAsync(PolicyTrialRow row, CancellationToken ended)
    {
        try
        {
            await work.WriteAsync(tx => PolicyProposalStore.EndTrialAsync(tx, row.Id, TrialState.Failed), ended);
        }
        catch (Exception exception) when (exception is OperationCanceledException or DatabaseUnavailableException or ConflictException)
        {
            // It says nothing more, which is found out as well.
        }
    }

    private static TrialResult Result(PolicyTrial found) => new(
        found.All, found.Changed, found.Incomplete,
        [
            .. found.Balance.Where(b => b.Value.Then != b.Value.Now).OrderByDescending(b => Math.Abs(b.Value.Now - b.Value.Then))
                .Take(ClinicsKept).Select(b => new TrialBalance(b.Key, b.Value.Then, b.Value.Now)),
        ],
        [.. found.Conditions.OrderByDescending(c => c.Value).Select(c => new TrialCount(c.Key, c.Value))],
        [.. found.Countries.OrderByDescending(c => c.Value).Select(c => new TrialCount(c.Key, c.Value))],
        found.Examples);

    [LoggerMessage(Level = LogLevel.Error, Message = "Trial {TrialId} of a policy could not be finished.")]
    private partial void LogFailed(Exception exception, Guid trialId);
}
