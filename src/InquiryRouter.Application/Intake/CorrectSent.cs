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
        var asked = await request.RunAsync(inquiryId, read(), [], who, cancellation);
        if (asked is not CorrectionOutcome.Done)
        {
            return asked;
        }

        var reached = await contact.RunAsync(inquiryId, read(), linkReplaced: false, who, cancellation);
        if (reached is not CorrectionOutcome.Done)
        {
            return reached;
        }

        // Neither does anything where it is so already.
        await (read().ShareWithClinics is true
            ? give.RunAsync(inquiryId, textVersion, who, cancellation)
            : withdraw.RunAsync(inquiryId, textVersion, who, cancellation));
        return reached;
    }
}
