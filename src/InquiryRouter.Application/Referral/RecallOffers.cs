using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Referral;

/// <summary>
/// Takes back the open offers of clinics that no longer meet a requirement, and quotes the patient has not chosen: a credential that ended or was
/// suspended, a rule that changed. The inquiry is matched again, the clinic and the coordinators are told, in one transaction.
/// </summary>
public sealed partial class RecallOffers(
    Database database, MatchIndexCache indexes, PolicyCache policies, MailWriter mails, ILogger<RecallOffers> log)
{
    private static readonly Actor s_actor = Actor.Stage("recall");

    private MatchIndex? _seen;

    /// <summary>Looks at every open offer and quote, when the network is another one than the last time, and every quarter of an hour: days end.</summary>
    /// <returns>How many were recalled.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = database.Clock.GetUtcNow();
        var index = await indexes.AtAsync(now, cancellation);
        if (ReferenceEquals(index, _seen))
        {
            return 0;
        }

        var policy = await policies.CurrentAsync(cancellation);
        var (recalled, complete) = (0, true);
        foreach (var referral in await database.ReadAsync(ReferralStore.ListOpenAsync, cancellation))
        {
            try
            {
                recalled += await CheckAsync(referral, index, policy, now, cancellation) ? 1 : 0;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Answered, expired or recalled by another worker at this moment, or one that cannot be planned: the others do not wait for it.
                complete = false;
                if (exception is not ConflictException)
                {
                    LogFailed(exception, referral.Id);
                }
            }
        }

        _seen = complete ? index : null;
        return recalled;
    }

    private async Task<bool> CheckAsync(ReferralRecord referral, MatchIndex index, Policy policy, DateTimeOffset now, CancellationToken cancellation)
    {
        var inquiry = await database.ReadAsync(session => InquiryStore.FindAsync(session, referral.InquiryId), cancellation);
        if (inquiry is not { State: InquiryState.Referred or InquiryState.Accepted or InquiryState.Booked }
            || Matcher.CheckLapse(referral.ClinicCode, inquiry.Facts, index, policy, now) is not (not Gate.None and var gate))
        {
            return false;
        }

        await RecallAsync(inquiry, referral, gate, index, cancellation);
        return true;
    }

    private async Task RecallAsync(InquiryRecord inquiry, ReferralRecord referral, Gate gate, MatchIndex index, CancellationToken cancellation)
    {
        var (patient, referrals) = await database.ReadAsync(
            async session => (await session.PatientAsync(inquiry.Id), await ReferralStore.ListAsync(session, inquiry.Id)), cancellation);
        var clinic = index.Network.ByCode.GetValueOrDefault(referral.ClinicCode);
        var told = clinic is null ? null : mails.OfferWithdrawn(inquiry, patient, referral.Id, clinic);
        var notice = mails.RecallNotice(inquiry, patient, referral.Id, referral.ClinicCode, gate);

        // The ranking was made with the network before: it is matched again, once no other clinic is awaited.
        var trigger = referrals.Any(r => r.Id != referral.Id && ReferralTransitions.IsAwaited(r.State)) ? InquiryTrigger.Decline : InquiryTrigger.Rematch;
        var detail = $"recalled {referral.ClinicCode} {GateList.Code(gate)}";
        await database.WriteAsync(
            async tx =>
            {
                await ReferralStore.MoveAsync(tx, referral, ReferralTrigger.Withdraw, GateList.Code(gate));
                await FollowUpStore.CancelAsync(tx, inquiry.Id, FollowUpKind.OfferExpiry, referral.N);
                await FollowUpStore.CancelAsync(tx, inquiry.Id, FollowUpKind.QuoteExpiry, referral.N);
                await ReferralStore.FreeAsync(tx, referral.ClinicCode, referral.CapWeek);
                foreach (var mail in (NewMail?[])[told, notice])
                {
                    if (mail is not null)
                    {
                        await MailStore.AddAsync(tx, mail);
                    }
                }

                // Another clinic has the patient: it was a quote beside it.
                if (inquiry.State != InquiryState.Referred)
                {
                    await InquiryStore.RecordAsync(tx, inquiry, "quote-recalled", s_actor, detail);
                    return;
                }

                var version = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(trigger, s_actor, detail));
                if (trigger == InquiryTrigger.Rematch)
                {
                    await OutboxStore.AddAsync(tx, new InquiryCleared { InquiryId = inquiry.Id, Version = version });
                }
            },
            cancellation: cancellation);
        LogRecalled(inquiry.Reference, referral.ClinicCode, GateList.Code(gate));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The offer of {Reference} to {Clinic} was recalled: the clinic no longer meets {Requirement}.")]
    private partial void LogRecalled(string reference, string clinic, string requirement);

    [LoggerMessage(Level = LogLevel.Error, Message = "Referral {ReferralId} could not be recalled; it is tried again.")]
    private partial void LogFailed(Exception exception, Guid referralId);
}
