namespace InquiryRouter.Core.Matching;

/// <summary>Orders clinics by score without comparing them: scores are whole millionths, so they are dealt out by their digits, the last one first.</summary>
internal static class ScoreOrder
{
    private const int DigitBits = 7;
    private const int Digits = 1 << DigitBits;

    // Three digits hold two million.
    private const int Passes = 3;

    private const int KeyShift = 32;

    /// <param name="millionths">0 to 1,000,000; the least comes first.</param>
    /// <param name="at">What it is of.</param>
    public static ulong Key(double millionths, int at) => ((ulong)millionths << KeyShift) | (uint)at;

    public static int At(ulong key) => (int)(uint)key;

    public static double Millionths(ulong key) => key >> KeyShift;

    /// <summary>The keys in order; equal ones keep theirs.</summary>
    /// <param name="keys">Are overwritten.</param>
    /// <param name="spare">As many places; the ordered keys are in one of the two.</param>
    public static Span<ulong> Sort(Span<ulong> keys, Span<ulong> spare)
    {
        Span<int> next = stackalloc int[Digits];
        for (var pass = 0; pass < Passes; pass++)
        {
            var shift = KeyShift + (pass * DigitBits);
            next.Clear();
            foreach (var key in keys)
            {
                next[(int)(key >> shift) & (Digits - 1)]++;
            }

            var start = 0;
            foreach (ref var place in next)
            {
                (place, start) = (start, start + place);
            }

            foreach (var key in keys)
            {
                spare[next[(int)(key >> shift) & (Digits - 1)]++] = key;
            }

            var dealt = spare;
            spare = keys;
            keys = dealt;
        }

        return keys;
    }
}
