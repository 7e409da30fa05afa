using System.Globalization;

namespace InquiryRouter.Benchmarks.Load;

/// <summary>A line now and then on the error stream, so that a long run is seen to move.</summary>
internal static class Progress
{
    private static int _calls;

    public static bool Quiet { get; set; }

    /// <summary>Called about once a second; speaks every fifth time.</summary>
    public static void Show(LoadPlan plan, Ledger ledger, Refusals refusals)
    {
        if (++_calls % 5 != 0)
        {
            return;
        }

        Say(string.Create(CultureInfo.InvariantCulture, $"{plan.Name}: {ledger.Accepted} accepted, {ledger.Completed} completed, {refusals.Total} refused (of {plan.Count})"));
    }

    public static void Say(string line)
    {
        if (!Quiet)
        {
            Console.Error.WriteLine(line);
        }
    }
}
