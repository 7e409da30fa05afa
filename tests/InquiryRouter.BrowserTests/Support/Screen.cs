using Xunit;

namespace InquiryRouter.BrowserTests.Support;

/// <summary>What somebody reads on, and in which language.</summary>
/// <param name="Language">A code of ours, as the browser asks for it.</param>
/// <param name="Width">In CSS pixels.</param>
public sealed record Screen(string Language, int Width)
{
    public const int Desktop = 1280;
    public const int Phone = 390;

    /// <summary>The narrowest that WCAG asks for (1.4.10): 1280 px at 400 %.</summary>
    public const int Narrowest = 320;

    public static readonly IReadOnlyList<string> Languages = ["en", "es", "ar"];

    /// <summary>Every language on a desktop and on a phone.</summary>
    public static TheoryData<string, int> All
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (var language in Languages)
            {
                all.Add(language, Desktop);
                all.Add(language, Phone);
            }

            return all;
        }
    }

    public static int HeightOf(int width) => width == Desktop ? 800 : 844;
}
