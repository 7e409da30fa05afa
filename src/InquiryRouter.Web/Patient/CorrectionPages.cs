using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Web.Intake;
using InquiryRouter.Web.Intake.Landing;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Status;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Patient;

/// <summary>The form again, filled in with what is stored, in two parts: how you can be reached, and what you ask for.</summary>
internal sealed class CorrectionPages(
    StatusVisits visits, FormPage form, CorrectContact contact, CorrectRequest request, PatientVault vault, NetworkOfferCache offers,
    PageLanguage language)
{
    public Task<IResult> GetAsync(HttpContext context) =>
        visits.ShowAsync(context, visit => PageAsync(visit, null, [], context.RequestAborted));

    public Task<IResult> ContactAsync(HttpContext context)
    {
        return visits.ActAsync(
            context,
            async visit => StatusAnswer.Of(await CorrectAsync(visit, linkReplaced: false), StatusNotice.ContactCorrected),
            (visit, answer) => PageAsync(visit, CorrectionFields.Contact, answer.Errors ?? [], context.RequestAborted),
            repeated: async visit => await CorrectAsync(visit, linkReplaced: true) is CorrectionOutcome.Done done
                ? StatusAnswer.Of(done, StatusNotice.ContactCorrected)
                : null);

        Task<CorrectionOutcome> CorrectAsync(StatusVisit visit, bool linkReplaced) =>
            contact.RunAsync(visit.InquiryId, FormPage.Read(visit.Form).Form, linkReplaced, Actor.Patient, context.RequestAborted);
    }

    public Task<IResult> RequestAsync(HttpContext context) => visits.ActAsync(
        context,
        async visit =>
        {
            var (typed, misread) = FormPage.Read(visit.Form);
            return StatusAnswer.Of(
                await request.RunAsync(visit.InquiryId, typed, misread, Actor.Patient, context.RequestAborted), StatusNotice.Corrected);
        },
        (visit, answer) => PageAsync(visit, CorrectionFields.Request, answer.Errors ?? [], context.RequestAborted));

    /// <param name="visit">Who looks.</param>
    /// <param name="sent">The fields that were sent and are shown as they were typed; null: none.</param>
    /// <param name="errors">What was wrong with them.</param>
    /// <param name="cancellation">Ends the questions.</param>
    private async Task<IResult?> PageAsync(
        StatusVisit visit, IReadOnlyList<string>? sent, IReadOnlyList<FieldError> errors, CancellationToken cancellation)
    {
        if (await visits.CaseAsync(visit, cancellation) is not { } found)
        {
            return null;
        }

        var stored = Correction.FormOf(found.Inquiry.Facts, vault.Open(found.Patient), found.Consent);
        var typed = new Dictionary<string, IReadOnlyList<string>>(CorrectionFields.Typed(stored), StringComparer.Ordinal);
        var posted = FormPage.Typed(visit.Form);
        foreach (var field in sent ?? [])
        {
            typed[field] = posted.GetValueOrDefault(field, []);
        }

        foreach (var (field, values) in posted.Where(f => sent is not null && f.Key.StartsWith(FormPage.TypeFields, StringComparison.Ordinal)))
        {
            typed[field] = values;
        }

        return PageResults.Page<StatusCorrectPage>(
            new StatusCorrection(
                visit.Link, found.Inquiry.Reference, form.Model(language.Words, typed, string.Empty, errors, await offers.FindAsync(cancellation)),
                ForOthers: found.Inquiry.Facts.Relation != Relation.Self,
                CanCorrectContact: found.Can(PatientAction.CorrectContact), CanCorrectRequest: found.Can(PatientAction.CorrectRequest)),
            errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
