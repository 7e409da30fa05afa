using InquiryRouter.Application;
using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Status;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Patient;

/// <summary>The questions about health, with the answers that were given.</summary>
/// <param name="Answers">What stands in the fields.</param>
/// <param name="Named">Medicines they have named that can cause their condition; null: none.</param>
/// <param name="Problem">What was wrong with what was sent; null: nothing.</param>
public sealed record HealthModel(string Link, string Reference, HealthAnswers Answers, string? Named, StatusProblem? Problem);

/// <summary><c>/status/health</c>: questions after sending, each of which may be left open.</summary>
internal sealed class HealthPages(StatusVisits visits, AnswerHealth answer, NetworkCache networks, PatientVault vault, PageLanguage language)
{
    public const string Path = "/status/health";

    public Task<IResult> GetAsync(HttpContext context) =>
        visits.ShowAsync(context, visit => PageAsync(visit, null, null, context.RequestAborted));

    public Task<IResult> PostAsync(HttpContext context) => visits.ActAsync(
        context,
        async visit => await answer.RunAsync(visit.InquiryId, Typed(visit), Actor.Patient, context.RequestAborted) switch
        {
            Outcome.NotPossible { Why: AnswerHealth.Empty } => Again("status.problem.empty"),
            Outcome.NotPossible { Why: AnswerHealth.TooLong } => Again("health.problem.tooLong"),
            Outcome.NotPossible { Why: AnswerHealth.TooMany } => Again("status.problem.tooMany"),
            Outcome.NotPossible { Why: AnswerHealth.NamesSomebody } => Again("health.problem.names"),
            var outcome => StatusAnswer.Of(outcome, StatusNotice.HealthSaved),
        },
        (visit, said) => PageAsync(visit, Typed(visit), said.Problem, context.RequestAborted));

    private static StatusAnswer Again(string key) => new(StatusNotice.Moved, new StatusProblem("medicines", key, string.Empty));

    private static HealthAnswers Typed(StatusVisit visit)
    {
        return new HealthAnswers
        {
            Diagnosed = Of("diagnosed"), Medicines = Of("medicines"), Pregnant = Of("pregnant"), Illness = Of("illness"),
            IllnessText = Of("illnessText"), Flies = Of("flies"), DrugInduced = Of("drugInduced"),
        };

        string? Of(string field) => visit.Text(field) is { Length: > 0 } text ? text : null;
    }

    private async Task<IResult?> PageAsync(StatusVisit visit, HealthAnswers? sent, StatusProblem? problem, CancellationToken cancellation)
    {
        if (await visits.CaseAsync(visit, cancellation) is not { } found)
        {
            return null;
        }

        if (!found.Can(PatientAction.Write))
        {
            return Results.Redirect(language.Url($"/status?{LinkCookies.NameParameter}={visit.Link}&{StatusNotice.Parameter}={StatusNotice.Moved}"));
        }

        var stored = NoteStore.Health(vault, found.Patient, found.Notes);
        var lists = (await networks.CurrentAsync(cancellation)).Rules.Lists;
        var named = HealthWords.Named(
            lists.Conditions.GetValueOrDefault(found.Inquiry.Facts.Condition), sent ?? stored, vault.Open(found.Patient).Message, language.Words);
        return PageResults.Page<StatusHealthPage>(
            new HealthModel(visit.Link, found.Inquiry.Reference, sent ?? stored ?? new HealthAnswers(), named, problem),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
