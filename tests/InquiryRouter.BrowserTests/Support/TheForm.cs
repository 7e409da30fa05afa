using System.Text.RegularExpressions;

namespace InquiryRouter.BrowserTests.Support;

/// <summary>The form as a patient fills it.</summary>
internal static partial class TheForm
{
    /// <summary>As a page about lupus links to it.</summary>
    public const string Address = "/inquiry?condition=lupus&treatment=stem-cell-therapy";

    public const string Name = "Ana María Example";
    public const string Message = "I was diagnosed ten years ago.\nI can travel in spring.";

    public static async Task FillAsync(Visitor patient, string email)
    {
        await patient.TypeAsync("patient.name", Name);
        await patient.TypeAsync("patient.birthYear", "1984");
        await patient.ChooseAsync("patient.country", "US");
        await patient.TypeAsync("patient.email", email);
        await patient.TypeAsync("patient.phone", "+1 213 373 4253");
        await patient.ChooseAsync("conditionType.lupus", "sle");
        await patient.TypeAsync("budget.amount", "15000");
        await patient.TypeAsync("message", Message);
        await patient.TickAsync("consent.contact");
        await patient.TickAsync("consent.shareWithClinics");
    }

    [GeneratedRegex("IR-[0-9A-Z]{4}-[0-9A-Z]{4}", RegexOptions.None, 5000)]
    public static partial Regex Reference();
}
