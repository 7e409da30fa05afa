using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>Cell sources as bits.</summary>
internal static class CellSources
{
    private static readonly string[] s_known = ["bone-marrow", "umbilical-cord", "adipose", "peripheral-blood"];

    // Set for every offering: who wants any source asks for this one.
    private const byte Any = 0x80;

    public static byte Bits(IReadOnlyList<string> sources)
    {
        int bits = Any;
        foreach (var source in sources)
        {
            bits |= Bit(source);
        }

        return (byte)bits;
    }

    /// <summary>The bits a clinic must have one of. Any source will do for a patient who names none.</summary>
    public static byte Wanted(string source) => source == ReferenceLists.AnyCellSource ? Any : Bit(source);

    private static byte Bit(string source) => Array.IndexOf(s_known, source) is >= 0 and var i ? (byte)(1 << i) : (byte)0;
}
