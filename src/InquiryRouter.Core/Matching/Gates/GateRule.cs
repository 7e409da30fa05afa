namespace InquiryRouter.Core.Matching.Gates;

/// <summary>
/// One question that can stop a clinic, and the sentence that says so. A rule derives from the kind below that may look at as
/// little as it needs.
/// </summary>
/// <param name="gate">Its name in code.</param>
/// <param name="code">Its name in the database, in the history, and for programs: never changed.</param>
/// <param name="endsOffers">Whether an open offer ends when the clinic no longer passes; otherwise only further patients are kept
/// away.</param>
internal abstract class GateRule(Gate gate, string code, bool endsOffers)
{
    public Gate Gate => gate;

    public string Code => code;

    public bool EndsOffers => endsOffers;

    /// <summary>Null: the clinic passes. Otherwise why not, in a sentence for a coordinator. What is not known is a no.</summary>
    public abstract string? WhyNot(in Question question);

    /// <summary>The fact it rests on that the clinic passes: asked for only where it does.</summary>
    public abstract Fact WhyYes(in Question question);
}

/// <summary>Asks about the clinic as a whole: answered once for all inquiries of a quarter of an hour.</summary>
internal abstract class ClinicGate(Gate gate, string code, bool endsOffers = false) : GateRule(gate, code, endsOffers)
{
    public sealed override string? WhyNot(in Question question) => WhyNot(question.At.Clinic, question.At.Day);

    public sealed override Fact WhyYes(in Question question) => WhyYes(question.At.Clinic, question.At.Day);

    /// <param name="clinic">As a whole.</param>
    /// <param name="day">Today, at the clinic.</param>
    protected abstract string? WhyNot(Clinic clinic, DateOnly day);

    /// <inheritdoc cref="WhyNot(Clinic, DateOnly)"/>
    protected abstract Fact WhyYes(Clinic clinic, DateOnly day);
}

/// <summary>
/// Asks what must be true of one thing the clinic treats before anybody may be sent there for it: answered once for all inquiries
/// of a quarter of an hour.
/// </summary>
internal abstract class RequirementGate(Gate gate, string code) : GateRule(gate, code, endsOffers: true)
{
    public sealed override string? WhyNot(in Question question) => WhyNot(question.Offering!);

    public sealed override Fact WhyYes(in Question question) => WhyYes(question.Offering!);

    protected abstract string? WhyNot(Offering offering);

    protected abstract Fact WhyYes(Offering offering);
}

/// <summary>Asks whether one thing the clinic treats is for this patient, now.</summary>
internal abstract class InquiryGate(Gate gate, string code, bool endsOffers = false) : GateRule(gate, code, endsOffers)
{
    public sealed override string? WhyNot(in Question question) => WhyNot(question.Offering!, question.Asking!);

    public sealed override Fact WhyYes(in Question question) => WhyYes(question.Offering!, question.Asking!);

    protected abstract string? WhyNot(Offering offering, Asking asking);

    protected abstract Fact WhyYes(Offering offering, Asking asking);
}

/// <summary>What the gates are asked about.</summary>
/// <param name="Offering">Null while the clinic as a whole is asked.</param>
/// <param name="Asking">Null while nobody in particular asks.</param>
internal readonly record struct Question(ClinicOnDay At, Offering? Offering = null, Asking? Asking = null)
{
    /// <summary>The first of the gates that says no, with its sentence; null: all are passed. A gate that throws is a no.</summary>
    /// <param name="gates">In their order.</param>
    /// <param name="known">A no that is known already: only the gates before it are asked.</param>
    public Stop? FirstNo(GateRule[] gates, Stop? known = null)
    {
        var at = 0;
        try
        {
            for (; at < gates.Length && (known is null || gates[at].Gate < known.Gate); at++)
            {
                if (gates[at].WhyNot(this) is { } sentence)
                {
                    return new Stop(gates[at].Gate, sentence);
                }
            }

            return known;
        }
        catch (Exception exception)
        {
            return Unanswered(gates[at], exception);
        }
    }

    /// <summary>What one gate says: why not, or why.</summary>
    public GateAnswer Answer(GateRule gate)
    {
        try
        {
            return gate.WhyNot(this) is { } sentence ? new GateAnswer(gate.Gate, IsPassed: false, sentence, Source: null)
                : gate.WhyYes(this) is var (fact, source) ? new GateAnswer(gate.Gate, IsPassed: true, fact, source)
                : throw new InvalidOperationException($"{gate.Code} says neither yes nor no.");
        }
        catch (Exception exception)
        {
            return new GateAnswer(gate.Gate, IsPassed: false, Unanswered(gate, exception).Sentence, Source: null);
        }
    }

    private static Stop Unanswered(GateRule gate, Exception exception) => new(
        gate.Gate, $"Whether the clinic passes could not be found out ({exception.GetType().Name}): look at its record.");
}

/// <summary>What a yes rests on.</summary>
/// <param name="Sentence">For a coordinator.</param>
/// <param name="Source">Where it was read; null: nowhere but in the records here.</param>
internal readonly record struct Fact(string Sentence, string? Source = null);

/// <summary>A no, with the sentence a coordinator reads.</summary>
internal sealed record Stop(Gate Gate, string Sentence);
