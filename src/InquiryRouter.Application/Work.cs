using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application;

/// <summary>What a use case came to: its outcome, and the steps that make it so. No steps: nothing is changed.</summary>
/// <param name="Outcome">What the caller is told once the steps are committed.</param>
/// <param name="Steps">In their order; a null is no step.</param>
public sealed record Decided<TOutcome>(TOutcome Outcome, IReadOnlyList<Step?> Steps)
{
    public static implicit operator Decided<TOutcome>(TOutcome outcome) => new(outcome, []);
}

/// <summary>
/// The one way a use case runs: load the facts, decide on steps as data, apply them in one transaction. When somebody else was first, the facts are
/// loaded and decided about again.
/// </summary>
public sealed class Work(Database database, AttendanceCache attendance, ILogger<Work> log, SecurityLog security)
{
    // Each needs somebody else to change the same inquiry between its loading and the commit.
    private const int MostTries = 5;

    public DateTimeOffset Now => database.Clock.GetUtcNow();

    internal TimeProvider Clock => database.Clock;

    /// <summary>Asks only.</summary>
    /// <exception cref="DatabaseUnavailableException">The database could not be reached.</exception>
    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> questions, CancellationToken cancellation)
    {
        // What is written next takes its words by it.
        await attendance.LookAsync(cancellation);
        return await database.ReadAsync(questions, cancellation);
    }

    /// <summary>Loads, decides and applies what a person asked for.</summary>
    /// <param name="load">The facts, as they are committed now.</param>
    /// <param name="decide">What follows from them; may be asked again with what is there then. Renders and seals, changes nothing.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="priority">Whether a person waits for the answer.</param>
    /// <param name="mostTries">How often it is decided about before giving up.</param>
    /// <exception cref="ConflictException">Somebody else was first, every time.</exception>
    /// <exception cref="DatabaseUnavailableException">The database could not be reached; the steps may or may not have been committed.</exception>
    public Task<TOutcome> RunAsync<TFacts, TOutcome>(
        Func<Session, Task<TFacts>> load, Func<TFacts, Task<Decided<TOutcome>>> decide, CancellationToken cancellation,
        Priority priority = Priority.Interactive, int mostTries = MostTries) =>
        AgainAsync(
            async () => await ApplyAsync(await decide(await ReadAsync(load, cancellation)), priority, cancellation), mostTries);

    /// <summary>Decides and applies what a person asked for, where nothing stored has to be known for it.</summary>
    /// <param name="decide">What follows; may be asked again.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="ConflictException">Somebody else was first, every time.</exception>
    /// <exception cref="DatabaseUnavailableException">The database could not be reached; the steps may or may not have been committed.</exception>
    public Task<TOutcome> RunAsync<TOutcome>(Func<Decided<TOutcome>> decide, CancellationToken cancellation) =>
        AgainAsync(() => ApplyAsync(decide(), Priority.Interactive, cancellation), MostTries);

    /// <summary>Runs one unit of work that answers with what it wrote; run again when somebody else was first.</summary>
    /// <param name="unit">Database work only.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="priority">Whether a person waits for the answer.</param>
    /// <exception cref="ConflictException">Somebody else was first, every time.</exception>
    /// <exception cref="DatabaseUnavailableException">The database could not be reached; it may or may not have been committed.</exception>
    public Task<T> WriteAsync<T>(Func<Tx, Task<T>> unit, CancellationToken cancellation, Priority priority = Priority.Interactive) =>
        AgainAsync(() => database.WriteAsync(unit, priority, cancellation), MostTries);

    /// <summary>Applies what a stage decided about a message, with the inbox row that says it was handled. The dispatcher tries again.</summary>
    /// <exception cref="ConflictException">Somebody else was first.</exception>
    public async Task ApplyAsync(MessageContext context, IReadOnlyList<Step?> steps, CancellationToken cancellation)
    {
        await database.WriteAsync(
            async tx =>
            {
                await InboxStore.AddAsync(tx, context);
                await ApplyAsync(tx, steps);
            },
            cancellation: cancellation);
        Tell(steps);
    }

    /// <summary>
    /// Applies what a stage decided about a message if a question that is asked in the same transaction has the answer it was decided on. What the
    /// question itself writes is committed either way.
    /// </summary>
    /// <param name="context">The message.</param>
    /// <param name="ask">The question.</param>
    /// <param name="stands">Whether the steps still follow from the answer.</param>
    /// <param name="steps">What was decided.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The answer: decide again when the steps did not follow from it.</returns>
    /// <exception cref="ConflictException">Somebody else was first.</exception>
    public async Task<TAnswer> ApplyAsync<TAnswer>(
        MessageContext context, Func<Tx, Task<TAnswer>> ask, Func<TAnswer, bool> stands, IReadOnlyList<Step?> steps, CancellationToken cancellation)
    {
        var answered = await database.WriteAsync(
            async tx =>
            {
                var answer = await ask(tx);
                if (stands(answer))
                {
                    await InboxStore.AddAsync(tx, context);
                    await ApplyAsync(tx, steps);
                }

                return answer;
            },
            cancellation: cancellation);
        if (stands(answered))
        {
            Tell(steps);
        }

        return answered;
    }

    /// <summary>Applies steps that were decided on elsewhere, like those of the clock.</summary>
    /// <exception cref="ConflictException">Somebody else was first.</exception>
    public async Task ApplyAsync(IReadOnlyList<Step?> steps, CancellationToken cancellation)
    {
        await database.WriteAsync(tx => ApplyAsync(tx, steps), cancellation: cancellation);
        Tell(steps);
    }

    private static async Task<T> AgainAsync<T>(Func<Task<T>> once, int mostTries)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await once();
            }
            catch (ConflictException) when (attempt < mostTries)
            {
                // A second press, a stage, a clinic or the clock was first: it reads anew what it decides on.
            }
        }
    }

    private async Task<TOutcome> ApplyAsync<TOutcome>(Decided<TOutcome> decided, Priority priority, CancellationToken cancellation)
    {
        if (decided.Steps.Count > 0)
        {
            await database.WriteAsync(tx => ApplyAsync(tx, decided.Steps), priority, cancellation);
            Tell(decided.Steps);
        }

        return decided.Outcome;
    }

    private static async Task ApplyAsync(Tx tx, IReadOnlyList<Step?> steps)
    {
        var applied = new Applied();
        foreach (var step in steps)
        {
            if (step is not null)
            {
                await step.ApplyAsync(tx, applied);
            }
        }

        foreach (var (inquiryId, who) in applied.ToLookAt)
        {
            await WorkLedger.LookAgainAsync(tx, inquiryId, who);
        }

        await LoadStore.CountAsync(tx, applied.Load);
    }

    // After the commit only: what was rolled back has not happened.
    private void Tell(IReadOnlyList<Step?> steps)
    {
        foreach (var step in steps)
        {
            step?.Tell(log);
            step?.Tell(security);
        }
    }
}
