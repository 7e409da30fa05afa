using System.Globalization;

namespace InquiryRouter.Infrastructure.Brands;

/// <summary>A colour of the web (sRGB), and how well it can be told from another.</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static readonly Colour White = new(255, 255, 255);
    public static readonly Colour Black = new(0, 0, 0);

    private const int Steps = 100;

    /// <summary>As style sheets write it.</summary>
    public string Hex => $"#{Red:x2}{Green:x2}{Blue:x2}";

    // Relative luminance, WCAG 2.2.
    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    /// <summary>Reads <c>#0a567c</c> or <c>#05c</c>.</summary>
    public static bool TryParse(string? text, out Colour colour)
    {
        colour = default;
        var digits = text is ['#', .. var rest] ? rest : string.Empty;
        if (digits.Length == 3)
        {
            digits = string.Concat(digits.Select(d => new string(d, 2)));
        }

        if (digits.Length != 6 || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        colour = new Colour((byte)(number >> 16), (byte)(number >> 8), (byte)number);
        return true;
    }

    /// <summary>Contrast ratio, 1 to 21 (WCAG 2.2).</summary>
    public double Contrast(Colour other)
    {
        var (one, two) = (Luminance, other.Luminance);
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    /// <summary>The least contrast with any of these.</summary>
    public double Contrast(IEnumerable<Colour> grounds) => grounds.Min(Contrast);

    /// <summary>This one, as little nearer to another as gives a contrast with every ground.</summary>
    /// <param name="end">Black or white: the one that is far from the grounds.</param>
    /// <param name="grounds">What it stands on.</param>
    /// <param name="least">The contrast wanted.</param>
    public Colour Towards(Colour end, IReadOnlyList<Colour> grounds, double least)
    {
        var step = 0;
        var mixed = this;
        while (step < Steps && mixed.Contrast(grounds) < least)
        {
            mixed = Mixed(end, ++step / (double)Steps);
        }

        return mixed;
    }

    private Colour Mixed(Colour end, double part) => new(Mix(Red, end.Red, part), Mix(Green, end.Green, part), Mix(Blue, end.Blue, part));

    private static byte Mix(byte from, byte to, double part) => (byte)Math.Round(from + ((to - from) * part));

    private static double Linear(byte channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
