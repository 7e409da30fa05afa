using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;

namespace InquiryRouter.Application.Intake;

/// <summary>
/// The form sent again with changes is the inquiry that was sent before, corrected: what is asked for, how they are reached, and the consent.
/// </summary>
public sealed class CorrectSent(CorrectContact contact, CorrectRequest request, GiveConsent give, WithdrawConsent withdraw)
{
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="read">Makes the form as it was typed; each of the corrections changes the one it is given.</param>
    /// <param name="textVersion">Of the consent text that was read.</param>
    /// <param name="who">Who corrects.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The first that could not be done; else done, with the link from now on.</returns>
    public async Task<CorrectionOutcome> RunAsync(
        InquiryId inquiryId, Func<InquiryForm> read, string textVersion, Actor who, CancellationToken cancellation)
    {
        // A consent that is taken back is so whatever becomes of the rest, and before a clinic is asked.
        var shares = read().ShareWithClinics is true;
        if (!shares && await withdraw.RunAsync(inquiryId, textVersion, who, cancellation) is Outcome.NotPossible kept)
        {
            return new CorrectionOutcome.Refused(kept);
        }

        // The address before the question: what follows from the question is mailed.
        var reached = await contact.RunAsync(inquiryId, read(), linkReplaced: false, who, cancellation);
        if (reached is not CorrectionOutcome.Done)
        {
            return reached;
        }

        var asked = await request.RunAsync(inquiryId, read(), [], who, cancellation);
        if (asked is not CorrectionOutcome.Done)
        {
            return asked;
        }

        return shares && await give.RunAsync(inquiryId, textVersion, who, cancellation) is Outcome.NotPossible refused
            ? new CorrectionOutcome.Refused(refused) : reached;
    }
}
