using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// A coordinator writes to a clinic that is asked or has the inquiry: a mail with a link, the text on the page of the referral, where the clinic can
/// answer. A text that names the patient goes only to a clinic that sees who they are.
/// </summary>
public sealed class WriteToClinic(Work work, NetworkCache networks, PatientVault vault, MailWriter mails)
{
    /// <param name="seen">Which inquiry.</param>
    /// <param name="formId">Of the form: sent twice it is one message.</param>
    /// <param name="clinic">Code of the clinic.</param>
    /// <param name="typed">What is written.</param>
    /// <param name="who">Who writes.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ActionOutcome> RunAsync(Seen seen, Guid formId, string clinic, string? typed, Actor who, CancellationToken cancellation)
    {
        var (text, wrong) = CoordinatorWork.Read(typed);
        var network = await networks.CurrentAsync(cancellation);
        return wrong ?? await work.RunOnSeenAsync(
            seen, CoordinatorAction.WriteToClinic, clinic,
            found => Task.FromResult(Decide(found, formId, clinic, text, who, network, vault, mails, work.Now)), cancellation);
    }

    internal static Decided<ActionOutcome> Decide(
        CoordinatorCase found, Guid formId, string code, string text, Actor who, NetworkSnapshot network, PatientVault vault, MailWriter mails,
        DateTimeOffset now)
    {
        if (!network.ByCode.TryGetValue(code, out var clinic))
        {
            return new ActionOutcome.Invalid(ActionOutcome.NoSuchClinic);
        }

        var referral = found.At(code)!;
        if (!found.Case.Facts.Sees(found.Case.Of(referral)) && Names(text, vault.Open(found.Patient)))
        {
            return new ActionOutcome.Invalid(ActionOutcome.NamesThePatient);
        }

        if (found.Free(vault, formId, text) is not { } id)
        {
            return new ActionOutcome.Done(formId);
        }

        var token = AccessLinkStore.NewToken();
        return new ActionOutcome.Done(id).By<ActionOutcome>(
            new WriteHistory(found.Inquiry, new HistoryEvent.ClinicWritten(code), who),
            found.Note(vault, id, NoteKind.Message, text, now, referral.Id),
            new SendMail(
                mails.CoordinatorMessage(found.Inquiry, found.Patient, id, referral.Id, clinic, token),
                NewLink.ToReferral(token, referral.Id, clinic.Email)));
    }

    private static bool Names(string text, PatientData patient)
    {
        return NamesInText.Has(text, patient.Name, patient.InquirerName) || Has(patient.Email) || Has(patient.InquirerEmail)
            || Has(patient.Phone);

        bool Has(string? what) => what is { Length: > 0 }
            && Bare(text).Contains(Bare(what), StringComparison.OrdinalIgnoreCase);
    }

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '(' or ')')));
}
