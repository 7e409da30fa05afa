using System.Diagnostics;
using InquiryRouter.Benchmarks.Report;
using InquiryRouter.Benchmarks.Sink;

namespace InquiryRouter.Benchmarks.Load;

/// <summary>What became of each inquiry of one scenario. Bounded: every slot is reserved at the start.</summary>
internal sealed class Ledger(long first, int capacity) : IMailbox
{
    private readonly Lock _gate = new();
    private readonly long[] _submittedAt = new long[capacity];
    private readonly long[] _answeredAt = new long[capacity];
    private readonly long[] _referredAt = new long[capacity];
    private readonly State[] _states = new State[capacity];
    private readonly Dictionary<ulong, int> _slots = new(capacity);

    // A referral mail may arrive before the client has read the 202 that names its reference.
    private readonly Dictionary<ulong, long> _early = [];
    private int _accepted;
    private int _completed;
    private long _lastAnswerAt;
    private long _lastCompletionAt;
    private int _patientExtras;
    private int _referralExtras;
    private int _unreadable;
    private int _strays;

    /// <summary>Called, outside the lock, each time an inquiry is completed.</summary>
    public Action? OnCompleted { get; set; }

    public long First => first;

    public int Capacity => capacity;

    public int Accepted => Volatile.Read(ref _accepted);

    public int Completed => Volatile.Read(ref _completed);

    /// <summary>When the last answer was read (0: none yet), in Stopwatch ticks, as are all times here.</summary>
    public long LastAnswerAt => Volatile.Read(ref _lastAnswerAt);

    public long LastCompletionAt => Volatile.Read(ref _lastCompletionAt);

    public void Submitted(int slot, long at) => _submittedAt[slot] = at;

    public void Answered(long at)
    {
        lock (_gate)
        {
            _lastAnswerAt = Math.Max(_lastAnswerAt, at);
        }
    }

    public void AcceptedAs(int slot, ulong reference, long at)
    {
        bool completed;
        lock (_gate)
        {
            _lastAnswerAt = Math.Max(_lastAnswerAt, at);
            _answeredAt[slot] = at;
            _accepted++;
            _slots[reference] = slot;
            var states = State.Accepted;
            if (_early.Remove(reference, out var referredAt))
            {
                _referredAt[slot] = referredAt;
                states |= State.Referred;
            }

            completed = Reach(slot, states, at);
        }

        if (completed)
        {
            OnCompleted?.Invoke();
        }
    }

    public void Received(Recipient recipient, ulong reference, long at)
    {
        var completed = false;
        lock (_gate)
        {
            switch (recipient.Kind)
            {
                case RecipientKind.Patient:
                    completed = PatientMail(recipient.Number - first, at);
                    break;
                case RecipientKind.Clinic when reference == 0:
                    _unreadable++;
                    break;
                case RecipientKind.Clinic:
                    completed = ReferralMail(reference, at);
                    break;
                default:
                    _strays++;
                    break;
            }
        }

        if (completed)
        {
            OnCompleted?.Invoke();
        }
    }

    public LedgerTotals Totals()
    {
        lock (_gate)
        {
            const State mailed = State.Acknowledged | State.Referred;
            return new LedgerTotals(
                _accepted,
                _completed,
                _states.Count(s => s.HasFlag(State.Accepted) && !s.HasFlag(State.Acknowledged)),
                _states.Count(s => s.HasFlag(State.Accepted) && !s.HasFlag(State.Referred)),
                _states.Count(s => !s.HasFlag(State.Accepted) && (s & mailed) != State.None),
                _patientExtras,
                _referralExtras,
                _unreadable,
                _strays + _early.Count,
                Latency.Of(Elapsed(_answeredAt)),
                Latency.Of(Elapsed(_referredAt)));
        }
    }

    private bool PatientMail(long slot, long at)
    {
        if (slot < 0 || slot >= capacity)
        {
            _strays++;
            return false;
        }

        if (_states[slot].HasFlag(State.Acknowledged))
        {
            _patientExtras++;
            return false;
        }

        return Reach((int)slot, State.Acknowledged, at);
    }

    private bool ReferralMail(ulong reference, long at)
    {
        if (!_slots.TryGetValue(reference, out var slot))
        {
            if (_early.Count < capacity)
            {
                _early.TryAdd(reference, at);
            }

            return false;
        }

        if (_states[slot].HasFlag(State.Referred))
        {
            _referralExtras++;
            return false;
        }

        _referredAt[slot] = at;
        return Reach(slot, State.Referred, at);
    }

    private bool Reach(int slot, State states, long at)
    {
        _states[slot] |= states;
        if (_states[slot] != State.Completed)
        {
            return false;
        }

        _completed++;
        _lastCompletionAt = Math.Max(_lastCompletionAt, at);
        return true;
    }

    private double[] Elapsed(long[] endedAt)
    {
        var elapsed = new List<double>(capacity);
        for (var i = 0; i < capacity; i++)
        {
            if (endedAt[i] != 0)
            {
                elapsed.Add(Stopwatch.GetElapsedTime(_submittedAt[i], endedAt[i]).TotalMilliseconds);
            }
        }

        return [.. elapsed];
    }

    [Flags]
    private enum State : byte
    {
        None = 0,
        Accepted = 1,
        Acknowledged = 2,
        Referred = 4,
        Completed = Accepted | Acknowledged | Referred,
    }
}
