using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Application.Patients;

/// <summary>The patient takes back what a clinic may see: what it has read it may remember, but it sees nothing more.</summary>
public sealed class HideIdentity(Work work)
{
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="n">Number of the referral.</param>
    /// <param name="who">Who takes it back.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(InquiryId inquiryId, int n, Actor who, CancellationToken cancellation) =>
        work.RunOnCaseAsync(inquiryId, found => Task.FromResult(Decide(found, n, who)), cancellation);

    internal static Decided<Outcome> Decide(PatientCase found, int n, Actor who)
    {
        if (found.WhyNot(PatientAction.HideIdentity, n) is { } refused)
        {
            return refused;
        }

        var referral = found.Referral(n)!;
        return Outcome.Done.It.By<Outcome>(
            new WriteHistory(found.Inquiry, new HistoryEvent.IdentityHidden(referral.ClinicCode), who),
            new ChooseIdentity(referral, Allowed: false));
    }
}
