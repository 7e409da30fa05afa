using InquiryRouter.Application.Intake;
using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Patient;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Intake;

/// <summary>
/// One sending, one inquiry: Send, Back, Send leads to the one that was sent; with something changed it is asked which is meant.
/// </summary>
public sealed class SentAgain(FindSentBefore find, CorrectSent correct, PageLanguage language)
{
    /// <summary>The answer when this browser has sent it before; null: it is a new one.</summary>
    public async Task<IResult?> AnswerAsync(HttpContext context, IFormCollection form, InquiryForm read)
    {
        var answer = form[FormEndpoints.AgainField].ToString();
        if (answer == FormEndpoints.AgainSecond || LinkCookies.IsCrossSite(context))
        {
            return null;
        }

        try
        {
            return await find.RunAsync(LinkCookies.ListOpen(context, LinkPurpose.Status), read, context.RequestAborted) switch
            {
                SentBefore.Same same => Results.Redirect(StatusUrl(same.Token, null)),
                SentBefore.Changed changed when answer == FormEndpoints.AgainCorrect && changed.CanCorrect =>
                    await CorrectAsync(context, form, changed),
                SentBefore.Changed changed => PageResults.Page<SentBeforePage>(new SentBeforeModel(
                    changed.Reference, StatusUrl(changed.Token, null), changed.CanCorrect,
                    [
                        .. FormPage.Typed(form).Where(f => f.Key != FormEndpoints.AgainField)
                            .SelectMany(f => f.Value.Select(v => new Choice(f.Key, v))),
                    ])),
                _ => null,
            };
        }
        catch (DatabaseUnavailableException)
        {
            // It is sent like any other, and says so itself when it cannot be stored.
            return null;
        }
    }

    private async Task<IResult> CorrectAsync(HttpContext context, IFormCollection form, SentBefore.Changed changed)
    {
        var outcome = await correct.RunAsync(
            changed.InquiryId, () => FormPage.Read(form).Form, FormPage.ConsentTextVersion(language.Words), Actor.Patient,
            context.RequestAborted);
        var token = changed.Token;
        if (outcome is CorrectionOutcome.Done { Token: { } replaced })
        {
            LinkCookies.Open(context, LinkPurpose.Status, token = replaced);
        }

        return Results.Redirect(StatusUrl(token, StatusAnswer.Of(outcome, StatusNotice.Corrected).Notice));
    }

    private string StatusUrl(string token, string? notice)
    {
        var path = $"/status?{LinkCookies.NameParameter}={AccessLinkStore.NameOf(AccessLinkStore.Hash(token))}";
        return language.Url(notice is null ? path : $"{path}&{StatusNotice.Parameter}={notice}");
    }
}
