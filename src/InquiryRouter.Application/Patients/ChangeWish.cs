using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>
/// No clinic fits, and one wish less would open a way: the patient lets go of it with one button. It is a correction like any other.
/// </summary>
public sealed class ChangeWish(Work work, CorrectRequest correct, PatientVault vault)
{
    public const string Destination = "destination";
    public const string Budget = "budget";

    /// <summary>Wishes that one can simply let go of; another language has to be named.</summary>
    public static readonly IReadOnlyList<string> All = [Destination, Budget];

    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="wish">One of <see cref="All"/>.</param>
    /// <param name="who">Whose wish it was.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<CorrectionOutcome> RunAsync(InquiryId inquiryId, string wish, Actor who, CancellationToken cancellation)
    {
        if (await work.ReadAsync(session => PatientCase.LoadAsync(session, inquiryId), cancellation) is not { } found
            || !All.Contains(wish, StringComparer.Ordinal))
        {
            return CorrectionOutcome.Refused.Gone;
        }

        var form = Correction.FormOf(found.Inquiry.Facts, vault.Open(found.Patient), found.Consent);
        if (wish == Destination)
        {
            form.Destinations = [ReferenceLists.Anywhere];
        }
        else
        {
            (form.BudgetAmount, form.BudgetCurrency) = (null, null);
        }

        return await correct.RunAsync(inquiryId, form, [], who, cancellation);
    }
}
