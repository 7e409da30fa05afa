using System.Collections;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using SQLitePCL;

namespace InquiryRouter.CostTests.Support;

/// <summary>
/// The database of the program, which counts what is asked of it. So that the numbers are the same in every run, units of work come one by
/// one, each with a commit of its own, and a message waits in the outbox until the mails written before it are sent.
/// </summary>
internal sealed class CountedDatabase(SqliteDatabase inner, CommitSignals signals) : Database(inner.Dialect, inner.Clock, signals)
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(90);

    // How often they ask depends on the time that passes, not on inquiries.
    private static readonly Type[] s_askFromTimeToTime = [typeof(AttendanceCache), typeof(LoadCache)];

    // Not disposed: the program may still be asking when it is ended.
    private readonly SemaphoreSlim _turn = new(1);
    private volatile TaskCompletionSource _ran = NewTurn();
    private volatile Counts? _counts;
    private long _messages;
    private long _mails;

    public override string? Trouble => inner.Trouble;

    /// <summary>Counts what is asked from now on.</summary>
    public Counts Count() => _counts = new Counts();

    /// <summary>Counts no more: the counting itself allocates.</summary>
    public void CountNoMore() => _counts = null;

    /// <summary>Waits until every message was handled and every mail sent.</summary>
    public async Task SettlesAsync()
    {
        for (var ran = _ran.Task; Interlocked.Read(ref _messages) + Interlocked.Read(ref _mails) > 0; ran = _ran.Task)
        {
            await ran.WaitAsync(s_longestWait);
        }
    }

    public override async Task<T> WriteAsync<T>(
        Func<Tx, Task<T>> unit, Priority priority = Priority.Background, CancellationToken cancellation = default)
    {
        await TakeTurnAsync(mailsFirst: typeof(T) == typeof(IReadOnlyList<OutboxMessage>), cancellation);
        try
        {
            return await inner.WriteAsync(tx => RunAsync(tx, unit), priority, cancellation);
        }
        finally
        {
            _turn.Release();
            var ran = _ran;
            _ran = NewTurn();
            ran.SetResult();
        }
    }

    public override Task<T> ReadAsync<T>(Func<Session, Task<T>> questions, CancellationToken cancellation = default) =>
        inner.ReadAsync(
            async session =>
            {
                var counts = s_askFromTimeToTime.Contains(AskedBy(questions)) ? null : _counts;
                var (answer, statements) = await ListenAsync(session, counts, questions);
                counts?.AddRead(statements);
                return answer;
            },
            cancellation);

    public override Task<bool> ScrubAsync() => inner.ScrubAsync();

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    private static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The type in whose code the questions stand.</summary>
    private static Type AskedBy(Delegate questions)
    {
        var type = questions.Method.DeclaringType!;
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    private async Task TakeTurnAsync(bool mailsFirst, CancellationToken cancellation)
    {
        while (true)
        {
            var ran = _ran.Task;
            await _turn.WaitAsync(cancellation);
            if (!mailsFirst || Interlocked.Read(ref _mails) == 0)
            {
                return;
            }

            _turn.Release();
            await ran.WaitAsync(cancellation);
        }
    }

    private async Task<T> RunAsync<T>(Tx tx, Func<Tx, Task<T>> unit)
    {
        var counts = _counts;
        var (result, statements) = await ListenAsync(tx, counts, unit);

        // How often somebody looks for work and finds none depends on who is quicker: it writes nothing, and is no cost of an inquiry.
        if (result is not ICollection { Count: 0 })
        {
            counts?.AddUnit(statements);
        }

        Interlocked.Exchange(ref _messages, await tx.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM Outbox WHERE State = 0"));
        Interlocked.Exchange(ref _mails, await tx.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM Mail WHERE State < 2"));
        return result;
    }

    private static async Task<(T Result, List<string> Statements)> ListenAsync<TSession, T>(
        TSession session, Counts? counts, Func<TSession, Task<T>> run)
        where TSession : Session
    {
        var statements = new List<string>();
        if (counts is null)
        {
            return (await run(session), statements);
        }

        var connection = ((KeptConnection)session.Connection).Inner.Handle;
        raw.sqlite3_trace(connection, (object _, string statement) => statements.Add(statement), null);
        try
        {
            return (await run(session), statements);
        }
        finally
        {
            raw.sqlite3_trace(connection, default(strdelegate_trace), null);
        }
    }
}
