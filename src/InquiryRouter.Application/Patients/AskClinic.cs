using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Application.Patients;

/// <summary>
/// The patient asks a clinic that has the inquiry, or can answer its offer: without a name, until it may see who they are.
/// </summary>
public sealed class AskClinic(PatientNotes notes)
{
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="n">Number of the referral.</param>
    /// <param name="typed">As it was typed.</param>
    /// <param name="once">Of the page it was typed on: sent twice, it is one.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns><see cref="PatientNotes.Empty"/> and <see cref="PatientNotes.TooLong"/> say what is wrong with the text.</returns>
    public Task<Outcome> RunAsync(InquiryId inquiryId, int n, string typed, string once, Actor who, CancellationToken cancellation) =>
        notes.WriteAsync(
            inquiryId,
            typed,
            found => found.Can(PatientAction.AskClinic, n)
                ? new NotePlace(MailAbout.Of(inquiryId.Value, $"asked {n} {once}"), found.Referral(n)!.Id, NoteKind.Asked)
                : null,
            who,
            cancellation);
}
