using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Application.Patients;

/// <summary>The patient says by which of their country's clocks they live: Texas is not New York.</summary>
public sealed class ChooseZone(Work work)
{
    private const string UnknownZone = "unknown-zone";

    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="zone">One of <see cref="CountryZones"/> of their country.</param>
    /// <param name="who">Who says it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(InquiryId inquiryId, string zone, Actor who, CancellationToken cancellation) =>
        work.RunOnCaseAsync(inquiryId, found => Task.FromResult(Decide(found, zone, who)), cancellation);

    private static Decided<Outcome> Decide(PatientCase found, string zone, Actor who)
    {
        if (found.WhyNot(PatientAction.CorrectContact) is { } refused)
        {
            return refused;
        }

        var (inquiry, facts) = (found.Inquiry, found.Inquiry.Facts);
        return facts.TimeZone == zone ? Outcome.AlreadyDone.It
            : !CountryZones.Of(facts.Country).Contains(zone, StringComparer.Ordinal) ? new Outcome.NotPossible(UnknownZone)
            : Outcome.Done.It.By<Outcome>(
                new WriteHistory(inquiry, new HistoryEvent.ContactCorrected(), who),
                new StoreCorrection(inquiry.Id, facts with { TimeZone = zone }, found.Patient));
    }
}
