using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Worker.Referral;

/// <summary>
/// Takes back the open offers of clinics that no longer meet a requirement: a credential that ended or was suspended, a rule that changed. The next
/// clinic is asked, the clinic and the coordinators are told, in one transaction.
/// </summary>
public sealed class RecallOffers(Database database, MatchIndexCache indexes, PolicyCache policies, ReferralOffers offers, MailWriter mails)
{
    private MatchIndex? _seen;

    /// <summary>Looks at every open offer, when the network or the day is another one than the last time.</summary>
    /// <returns>How many were recalled.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var index = await indexes.CurrentAsync(cancellation);
        if (ReferenceEquals(index, _seen))
        {
            return 0;
        }

        var policy = await policies.CurrentAsync(cancellation);
        var recalled = 0;
        foreach (var referral in await database.ReadAsync(ReferralStore.ListOpenAsync, cancellation))
        {
            var inquiry = await database.ReadAsync(session => InquiryStore.FindAsync(session, referral.InquiryId), cancellation);
            if (inquiry is not null
                && Matcher.CheckLapse(referral.ClinicCode, inquiry.Facts, index, policy, database.Clock.GetUtcNow()) is not Gate.None and var gate
                && await TryRecallAsync(inquiry, referral, gate, index, cancellation))
            {
                recalled++;
            }
        }

        _seen = index;
        return recalled;
    }

    private async Task<bool> TryRecallAsync(InquiryRecord inquiry, ReferralRecord referral, Gate gate, MatchIndex index, CancellationToken cancellation)
    {
        var patient = await database.ReadAsync(session => session.PatientAsync(inquiry.Id), cancellation);
        var plan = inquiry.State == InquiryState.Referred ? await offers.PlanAsync(inquiry, ended: referral.Id, cancellation) : null;
        var clinic = index.Network.ByCode.GetValueOrDefault(referral.ClinicCode);
        var told = clinic is null ? null : mails.OfferWithdrawn(inquiry, patient, referral.Id, clinic);
        var notice = mails.RecallNotice(inquiry, patient, referral.Id, referral.ClinicCode, gate);
        try
        {
            await database.WriteAsync(
                async tx =>
                {
                    await ReferralStore.MoveAsync(tx, referral, ReferralTrigger.Withdraw, Gates.Code(gate));
                    await FollowUpStore.CancelAsync(tx, inquiry.Id, FollowUpKind.OfferExpiry, referral.N);
                    await ReferralStore.FreeAsync(tx, referral.ClinicCode, referral.CapWeek);
                    foreach (var mail in (NewMail?[])[told, notice])
                    {
                        if (mail is not null)
                        {
                            await MailStore.AddAsync(tx, mail);
                        }
                    }

                    if (plan is not null)
                    {
                        await offers.ApplyAsync(tx, inquiry, plan, $"recalled {referral.ClinicCode} {Gates.Code(gate)}");
                    }
                },
                cancellation: cancellation);
            return true;
        }
        catch (ConflictException)
        {
            // Answered, expired or recalled by another worker at this moment: what is left is found the next time.
            _seen = null;
            return false;
        }
    }
}
