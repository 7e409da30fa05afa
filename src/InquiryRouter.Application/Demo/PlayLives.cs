using InquiryRouter.Application.FollowUp;
using InquiryRouter.Application.Intake;
using InquiryRouter.Application.Matching;
using InquiryRouter.Application.Operations;
using InquiryRouter.Application.Referral;
using InquiryRouter.Core.Demo;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.FollowUp;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Application.Demo;

/// <summary>
/// Plays what became of invented inquiries: patients, clinics and coordinators do what they can do, by the use cases they have for it,
/// and the stages and the clock go on as they always do, each at its own moment of the past. So what is written is what the program writes.
/// </summary>
public sealed class PlayLives(
    Database database, DemoClock clock, DemoPost post, SubmitInquiry submit, ClinicPart clinics, PatientPart patients,
        CoordinatorPart coordinators,
    FireDueFollowUps followUps, ServeWaiting waiting, CountAnswers answers, SweepDelivered sweep)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromHours(4);

    private readonly PriorityQueue<Func<CancellationToken, Task<InquiryId>>, (DateTimeOffset At, int N)> _ahead = new();
    private readonly Dictionary<InquiryId, Played> _played = [];
    private int _queued;

    /// <param name="lives">In any order.</param>
    /// <param name="seed">Of the world.</param>
    /// <param name="until">The present: what lies ahead of it has not happened.</param>
    /// <param name="cancellation">Ends it in the middle.</param>
    public async Task RunAsync(IReadOnlyList<DemoLife> lives, int seed, DateTimeOffset until, CancellationToken cancellation)
    {
        if (lives.Count == 0)
        {
            return;
        }

        clock.MoveTo(lives.Min(l => l.ReceivedAt) - s_tick);
        await clinics.PrepareAsync(cancellation);
        foreach (var life in lives)
        {
            Enqueue(life.ReceivedAt, stop => ReceiveAsync(life, seed, stop));
        }

        for (var tick = clock.GetUtcNow(); await NextAsync() is var next && next <= until;)
        {
            cancellation.ThrowIfCancellationRequested();
            while (tick <= next)
            {
                clock.MoveTo(tick);
                await TickAsync(cancellation);
                tick += s_tick;
            }

            await StepAsync(next, cancellation);
        }

        clock.MoveTo(until);
        await LookAgainAsync(await post.DeliverAsync(cancellation), cancellation);
        await answers.RunAsync(cancellation);
        await sweep.RunAsync(cancellation);
    }

    private void Enqueue(DateTimeOffset at, Func<CancellationToken, Task<InquiryId>> what) => _ahead.Enqueue(what, (at, _queued++));

    // What somebody does, or what falls due, whichever is first.
    private async Task<DateTimeOffset> NextAsync()
    {
        var due = await database.ReadAsync(FollowUpStore.NextDueAsync) ?? DateTimeOffset.MaxValue;
        return _ahead.TryPeek(out _, out var next) && next.At < due ? next.At : due;
    }

    private async Task StepAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        clock.MoveTo(at);
        var touched = new HashSet<InquiryId>();
        if (_ahead.TryPeek(out _, out var next) && next.At <= at)
        {
            touched.Add(await _ahead.Dequeue()(cancellation));
        }
        else
        {
            await followUps.RunAsync(cancellation);
        }

        touched.UnionWith(await post.DeliverAsync(cancellation));
        await LookAgainAsync(touched, cancellation);
    }

    private async Task TickAsync(CancellationToken cancellation)
    {
        if (await waiting.RunAsync(cancellation) > 0)
        {
            await LookAgainAsync(await post.DeliverAsync(cancellation), cancellation);
        }
    }

    private async Task<InquiryId> ReceiveAsync(DemoLife life, int seed, CancellationToken cancellation)
    {
        var outcome = await submit.RunAsync(new Submission { Form = life.Form, Flags = life.Flags, ConsentSource = DemoPast.Source },
            cancellation);
        if (outcome is not SubmitOutcome.Accepted accepted)
        {
            var why = outcome is SubmitOutcome.Invalid invalid ? string.Join(", ", invalid.Errors.Select(e => $"{e.Field} {e.Code}"))
                : outcome.GetType().Name;
            throw new InvalidOperationException($"Life {life.Number} is none that a patient could send: {why}.");
        }

        var id = (await database.ReadAsync(session => InquiryStore.FindIdAsync(session, accepted.Reference), cancellation))!.Value;
        _played[id] = new Played(new Dice(seed, -1 - life.Number));
        if (life.Bounces)
        {
            post.Bounces(id);
        }

        return id;
    }

    private async Task LookAgainAsync(IReadOnlySet<InquiryId> touched, CancellationToken cancellation)
    {
        foreach (var id in touched.OrderBy(i => i.Value))
        {
            if (!_played.TryGetValue(id, out var played) || await database.ReadAsync(session => DemoCase.LoadAsync(session, id),
                cancellation) is not { } found)
            {
                continue;
            }

            foreach (var meant in ((IDemoPart[])[clinics, patients, coordinators]).SelectMany(part =>
                part.Look(found, played.Dice)).Where(m => played.Meant.Add(m.Key)))
            {
                if (meant.Do is { } does)
                {
                    Enqueue(meant.At, stop => DoAsync(id, does, played.Dice, stop));
                }
            }
        }
    }

    private static async Task<InquiryId> DoAsync(
        InquiryId id, Func<Dice, CancellationToken, Task> does, Dice dice, CancellationToken cancellation)
    {
        await does(dice, cancellation);
        return id;
    }

    private sealed record Played(Dice Dice)
    {
        public HashSet<string> Meant { get; } = new(StringComparer.Ordinal);
    }
}
