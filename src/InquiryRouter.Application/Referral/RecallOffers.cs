using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Referral;

/// <summary>
/// Takes back the open offers of clinics that no longer meet a requirement, and quotes the patient has not chosen: a credential that ended or was
/// suspended, a rule that changed. The inquiry is matched again, the clinic and the coordinators are told, in one transaction.
/// </summary>
public sealed partial class RecallOffers(Work work, MatchIndexCache indexes, PolicyCache policies, MailWriter mails, ILogger<RecallOffers> log)
{
    private static readonly Actor s_actor = Actor.Stage("recall");

    private (MatchIndex Index, DateTimeOffset Quarter)? _seen;

    /// <summary>Looks at every open offer and quote, when the network is another one than the last time, and every quarter of an hour: days end.</summary>
    /// <returns>How many were recalled.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = work.Now;
        var index = await indexes.AtAsync(now, cancellation);
        var looked = (index, MatchIndex.Quarter(now));
        if (_seen == looked)
        {
            return 0;
        }

        var policy = await policies.CurrentAsync(cancellation);
        var (recalled, complete) = (0, true);
        foreach (var referral in await work.ReadAsync(ReferralStore.ListOpenAsync, cancellation))
        {
            try
            {
                recalled += await CheckAsync(referral, index, policy, now, cancellation) ? 1 : 0;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Changed by others again and again at this moment, or one that cannot be planned: the others do not wait for it.
                complete = false;
                if (exception is not ConflictException)
                {
                    LogFailed(exception, referral.Id);
                }
            }
        }

        _seen = complete ? looked : null;
        return recalled;
    }

    private async Task<bool> CheckAsync(ReferralRecord referral, MatchIndex index, Policy policy, DateTimeOffset now, CancellationToken cancellation)
    {
        // Nearly every clinic still meets everything: only what has lapsed is loaded whole.
        var seen = await work.ReadAsync(session => InquiryStore.FindAsync(session, referral.InquiryId), cancellation);
        if (Lapse(seen, referral, index, policy, now) == Gate.None)
        {
            return false;
        }

        var (inquiry, gate) = await work.RunAsync(
            session => LoadAsync(session, referral),
            facts => Task.FromResult(facts.Patient is { } patient && Lapse(facts.Inquiry, facts.Referral, index, policy, now) is not Gate.None and var found
                ? (facts.Inquiry, found).By([.. Recall(facts, patient, found, index.Network)])
                : (facts.Inquiry, Gate.None)),
            cancellation,
            Priority.Background);
        if (gate != Gate.None)
        {
            LogRecalled(inquiry.Reference, referral.ClinicCode, GateList.Code(gate));
        }

        return gate != Gate.None;
    }

    // What its clinic no longer meets, while the offer or the quote stands.
    private static Gate Lapse(InquiryRecord? inquiry, ReferralRecord referral, MatchIndex index, Policy policy, DateTimeOffset now) =>
        inquiry is { State: InquiryState.Referred or InquiryState.Accepted or InquiryState.Booked }
        && referral.AcceptedAt is null && ReferralTransitions.IsAwaited(referral.State)
            ? Matcher.CheckLapse(referral.ClinicCode, inquiry.Facts, index, policy, now) : Gate.None;

    private IEnumerable<Step?> Recall(RecallFacts facts, SealedPatient patient, Gate gate, NetworkSnapshot network)
    {
        var (inquiry, _, referral, referrals) = facts;
        var (code, requirement) = (referral.ClinicCode, GateList.Code(gate));

        // The ranking was made with the network before: it is matched again, once no other clinic is awaited.
        var isLast = !referrals.Any(r => r.Id != referral.Id && ReferralTransitions.IsAwaited(r.State));
        return
        [
            .. referral.Recall(gate, inquiry, patient, network, mails),

            // Another clinic has the patient: it was a quote beside it.
            .. inquiry.State != InquiryState.Referred ? [new WriteHistory(inquiry, new HistoryEvent.QuoteRecalled(code, requirement), s_actor)]
                : isLast ? (Step[])[
                    new MoveInquiry(inquiry, InquiryTrigger.Rematch, s_actor, new HistoryEvent.Recalled(code, requirement)), new AnnounceCleared(inquiry)]
                : [new MoveInquiry(inquiry, InquiryTrigger.Decline, s_actor, new HistoryEvent.Declined.OfferRecalled(code, requirement))],
        ];
    }

    private static async Task<RecallFacts> LoadAsync(Session session, ReferralRecord referral)
    {
        var referrals = await ReferralStore.ListAsync(session, referral.InquiryId);
        return new RecallFacts(
            (await InquiryStore.FindAsync(session, referral.InquiryId))!, await InquiryStore.FindPatientAsync(session, referral.InquiryId),
            referrals.First(r => r.Id == referral.Id), referrals);
    }

    private sealed record RecallFacts(InquiryRecord Inquiry, SealedPatient? Patient, ReferralRecord Referral, IReadOnlyList<ReferralRecord> Referrals);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The offer of {Reference} to {Clinic} was recalled: the clinic no longer meets {Requirement}.")]
    private partial void LogRecalled(string reference, string clinic, string requirement);

    [LoggerMessage(Level = LogLevel.Error, Message = "Referral {ReferralId} could not be recalled; it is tried again.")]
    private partial void LogFailed(Exception exception, ReferralId referralId);
}
