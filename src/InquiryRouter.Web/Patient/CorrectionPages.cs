using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Web.Intake;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Status;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Patient;

/// <summary>The form again, filled in with what is stored, in two parts: how you can be reached, and what you ask for.</summary>
internal sealed class CorrectionPages(StatusVisits visits, FormPage form, Corrections corrections, PatientVault vault, PageLanguage language)
{
    public Task<IResult> GetAsync(HttpContext context) => visits.ShowAsync(context, visit => PageAsync(visit, null, [], context.RequestAborted));

    public Task<IResult> ContactAsync(HttpContext context) => PostAsync(
        context, CorrectionForm.Contact, visit => corrections.CorrectContactAsync(visit.InquiryId, FormPage.Read(visit.Form).Form, context.RequestAborted),
        visit => corrections.RepeatContactAsync(visit.InquiryId, FormPage.Read(visit.Form).Form, context.RequestAborted));

    public Task<IResult> RequestAsync(HttpContext context) => PostAsync(
        context, CorrectionForm.Request,
        visit =>
        {
            var (typed, misread) = FormPage.Read(visit.Form);
            return corrections.CorrectRequestAsync(visit.InquiryId, typed, misread, context.RequestAborted);
        });

    private Task<IResult> PostAsync(HttpContext context, IReadOnlyList<string> fields, Func<StatusVisit, Task<CorrectionOutcome>> correct, Func<StatusVisit, Task<StatusOutcome?>>? repeated = null)
    {
        IReadOnlyList<FieldError> errors = [];
        return visits.ActAsync(
            context,
            async visit =>
            {
                (var notice, errors, var token) = await correct(visit);
                return new StatusOutcome(notice, errors.Count == 0 ? null : new StatusProblem(errors[0].Field, errors[0].Code, string.Empty), token);
            },
            (visit, _) => PageAsync(visit, fields, errors, context.RequestAborted),
            repeated);
    }

    /// <param name="visit">Who looks.</param>
    /// <param name="sent">The fields that were sent and are shown as they were typed; null: none.</param>
    /// <param name="errors">What was wrong with them.</param>
    /// <param name="cancellation">Ends the questions.</param>
    private async Task<IResult?> PageAsync(StatusVisit visit, IReadOnlyList<string>? sent, IReadOnlyList<FieldError> errors, CancellationToken cancellation)
    {
        if (await visits.CaseAsync(visit, cancellation) is not { Patient: { } patient } found)
        {
            return null;
        }

        var typed = new Dictionary<string, IReadOnlyList<string>>(CorrectionForm.Typed(CorrectionForm.Of(found, vault.Open(patient))), StringComparer.Ordinal);
        var posted = FormPage.Typed(visit.Form);
        foreach (var field in sent ?? [])
        {
            typed[field] = posted.GetValueOrDefault(field, []);
        }

        return PageResults.Page<StatusCorrectPage>(
            new StatusCorrection(
                visit.Link, found.Inquiry.Reference, form.Model(language.Words, typed, string.Empty, errors), ForOthers: found.Inquiry.Facts.Relation != Relation.Self,
                IsInHand: found.IsInHand, IsOver: found.IsOver),
            errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
