using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Landing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Intake.Landing;

/// <summary><c>/questions</c>: what to ask a clinic and one's own doctor, on one sheet of paper.</summary>
public static class QuestionsEndpoints
{
    public const string Path = MailLinks.QuestionsPath;

    public static void MapQuestions(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, (FacilitatorOptions facilitator, MailLinks links, LanguageSet languages, PageLanguage language) =>
            PageResults.Page<QuestionsPage>(new QuestionsModel(
                LandingHeadModel.Of(links, languages, language.Words, Path, language["questions.lead"]), facilitator)));
}

/// <summary>The sheet of questions.</summary>
public sealed record QuestionsModel(LandingHeadModel Head, FacilitatorOptions Facilitator);
