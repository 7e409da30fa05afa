using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Tests.Support;

/// <summary>What people read for what the program decided.</summary>
internal static class Said
{
    public static readonly LanguageSet Languages = new();

    public static string InEnglish(this FieldError error) => Languages.English.Error(error);
}
