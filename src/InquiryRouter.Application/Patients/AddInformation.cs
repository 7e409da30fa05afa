using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>The patient adds information for every clinic that may see the inquiry.</summary>
public sealed class AddInformation(PatientNotes notes)
{
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="typed">As it was typed.</param>
    /// <param name="once">Of the page it was typed on: sent twice, it is one.</param>
    /// <param name="who">Who adds it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns><see cref="PatientNotes.Empty"/> and <see cref="PatientNotes.TooLong"/> say what is wrong with the text.</returns>
    public Task<Outcome> RunAsync(InquiryId inquiryId, string typed, string once, Actor who, CancellationToken cancellation) =>
        notes.WriteAsync(
            inquiryId, typed, _ => new NotePlace(MailAbout.Of(inquiryId.Value, "information " + once), ReferralId: null), who,
            cancellation);
}
