using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.ReferenceData;

namespace InquiryRouter.Tests.Support;

/// <summary>Every mail as its reader gets it, in every language.</summary>
internal static class Mails
{
    public static readonly LanguageSet Languages = new();

    public static readonly MailLinks Links = new(new Uri("https://router.example"), "coordinators@router.example");

    public static readonly MailSamples Samples = new(Languages, Links, ReferenceDataFiles.LoadTreatmentFacts(ReferenceFiles.Shipped));

    /// <summary>A kind as it is sent to a reader of a language, in each of its variants.</summary>
    public static IReadOnlyList<MailContent> Of(MailKind kind, string language) => Samples.Of(kind, Languages.For(language));
}
