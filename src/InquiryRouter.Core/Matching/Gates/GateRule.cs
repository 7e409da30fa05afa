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
}

/// <summary>Asks about the clinic as a whole: answered once for all inquiries of a quarter of an hour.</summary>
internal abstract class ClinicGate(Gate gate, string code, bool endsOffers = false) : GateRule(gate, code, endsOffers)
{
    public sealed override string? WhyNot(in Question question) => WhyNot(question.At.Clinic, question.At.Day);

    /// <param name="day">Today, at the clinic.</param>
    protected abstract string? WhyNot(Clinic clinic, DateOnly day);
}

/// <summary>
/// Asks what must be true of one thing the clinic treats before anybody may be sent there for it: answered once for all inquiries
/// of a quarter of an hour.
/// </summary>
internal abstract class RequirementGate(Gate gate, string code) : GateRule(gate, code, endsOffers: true)
{
    public sealed override string? WhyNot(in Question question) => WhyNot(question.Offering!);

    protected abstract string? WhyNot(Offering offering);
}

/// <summary>Asks whether one thing the clinic treats is for this patient, now.</summary>
internal abstract class InquiryGate(Gate gate, string code, bool endsOffers = false) : GateRule(gate, code, endsOffers)
{
    public sealed override string? WhyNot(in Question question) => WhyNot(question.Offering!, question.Asking!);

    protected abstract string? WhyNot(Offering offering, Asking asking);
}

/// <summary>What the gates are asked about.</summary>
/// <param name="Offering">Null while the clinic as a whole is asked.</param>
/// <param name="Asking">Null while nobody in particular asks.</param>
internal readonly record struct Question(ClinicOnDay At, Offering? Offering = null, Asking? Asking = null)
{
    /// <summary>The first of the gates that says no, with its sentence; null: all are passed. A gate that throws is a no.</summary>
    /// <param name="gates">In their order.</param>
    /// <param name="known">A no that is known already: only the gates before it are asked.</param>
    /// <param name="without">A gate that is left open, to learn what it costs.</param>
    public Stop? FirstNo(GateRule[] gates, Stop? known = null, Gate without = Gate.None)
    {
        var at = 0;
        try
        {
            for (; at < gates.Length && (known is null || gates[at].Gate < known.Gate); at++)
            {
                if (gates[at].Gate != without && gates[at].WhyNot(this) is { } sentence)
                {
                    return new Stop(gates[at].Gate, sentence);
                }
            }

            return known;
        }
        catch (Exception exception)
        {
            return new Stop(
                gates[at].Gate, $"Whether the clinic passes could not be found out ({exception.GetType().Name}): look at its record.");
        }
    }
}

/// <summary>A no, with the sentence a coordinator reads.</summary>
internal sealed record Stop(Gate Gate, string Sentence);
