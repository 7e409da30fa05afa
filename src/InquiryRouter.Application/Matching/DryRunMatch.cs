using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Matching;

/// <summary>What would become of an inquiry now. Changes nothing.</summary>
public sealed class DryRunMatch(
    Work work, InquiryValidator validator, Screener screener, ScreeningPolicy screening, MatchIndexCache indexes, PolicyCache policies)
{
    public async Task<DryRun> RunAsync(InquiryForm form, CancellationToken cancellation)
    {
        var now = work.Now;
        var (inquiry, errors) = validator.Validate(form, string.Empty, now);
        if (inquiry is null)
        {
            return new DryRun.Invalid(errors);
        }

        var index = await indexes.AtAsync(now, cancellation);
        if (index.Network.Clinics.Count == 0)
        {
            return new DryRun.NoClinics();
        }

        var policy = await policies.CurrentAsync(cancellation);
        var view = await work.ReadAsync(session => LoadStore.ReadAsync(session, index.Network, policy), cancellation);
        var inputs = new DecisionInputs(inquiry.Facts, index, policy, view.For(InquiryId.None, now, MatchLoad.None.Earlier), now);
        return new DryRun.Decided(inputs, inputs.Decide(), Screen(inquiry, now));
    }

    // Whether the patient is known already is found out in the transaction that stores an inquiry: of a form it is not asked.
    private ScreeningVerdict Screen(NewInquiry inquiry, DateTimeOffset now) => screener.Screen(
        new ScreeningFacts
        {
            Inquiry = inquiry.Facts, Consent = inquiry.Consent, PatientName = inquiry.Patient.Name, Message = inquiry.Patient.Message,
        },
        screening.SpamThreshold,
        now);
}

/// <summary>What a dry run came to.</summary>
public abstract record DryRun
{
    private DryRun()
    {
    }

    /// <param name="Screening">What screening would say before anybody is offered it.</param>
    public sealed record Decided(DecisionInputs Inputs, MatchDecision Decision, ScreeningVerdict Screening) : DryRun;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : DryRun;

    /// <summary>There are none to be matched.</summary>
    public sealed record NoClinics : DryRun;
}
