using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>Referrals with what decides about them: for the page of one, and for what its clinic does.</summary>
public sealed class ReferralCases(Work work, MatchIndexCache indexes, PolicyCache policies)
{
    /// <summary>The referral as it is now, or null: it is gone, or its clinic has left the network.</summary>
    public async Task<ReferralCase?> FindAsync(ReferralId referralId, CancellationToken cancellation)
    {
        var (index, policy) = await RulesAsync(cancellation);
        return await work.ReadAsync(session => LoadAsync(session, referralId, index, policy), cancellation);
    }

    /// <summary>Lets its clinic do something with it as it is now; when somebody else was first, it is looked at again.</summary>
    /// <param name="referralId">Which referral.</param>
    /// <param name="decide">What follows, for a patient who is not erased.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    internal Task<Outcome> DecideAsync(
        ReferralId referralId, Func<ReferralCase, SealedPatient, Decided<Outcome>> decide, CancellationToken cancellation) =>
        DecideAsync(referralId, (found, patient) => Task.FromResult(decide(found, patient)), cancellation);

    /// <summary>The same where it depends on what is asked anew each time.</summary>
    internal async Task<Outcome> DecideAsync(
        ReferralId referralId, Func<ReferralCase, SealedPatient, Task<Decided<Outcome>>> decide, CancellationToken cancellation)
    {
        var (index, policy) = await RulesAsync(cancellation);
        return await work.RunAsync(
            session => LoadAsync(session, referralId, index, policy),
            async found => found switch
            {
                null => Outcome.NotFound.It,
                { Patient: { } patient } => await decide(found, patient),
                _ => new Outcome.NotPossible(ClinicCodes.Ended),
            },
            cancellation);
    }

    private async Task<(MatchIndex Index, Policy Policy)> RulesAsync(CancellationToken cancellation) =>
        (await indexes.AtAsync(work.Now, cancellation), await policies.CurrentAsync(cancellation));

    private static async Task<ReferralCase?> LoadAsync(Session session, ReferralId referralId, MatchIndex index, Policy policy) =>
        await ReferralStore.FindAsync(session, referralId) is { } referral
        && await InquiryStore.FindAsync(session, referral.InquiryId) is { } inquiry
        && index.Network.ByCode.TryGetValue(referral.ClinicCode, out var clinic)
            ? new ReferralCase
            {
                Referral = referral,
                Inquiry = inquiry,
                Patient = await InquiryStore.FindPatientAsync(session, inquiry.Id),
                Others = [.. (await ReferralStore.ListAsync(session, inquiry.Id)).Where(r => r.Id != referralId)],
                Shares = await InquiryStore.FindConsentAsync(session, inquiry.Id) is { ShareWithClinics: true },
                Choice = (await IdentityChoiceStore.ListAsync(session, inquiry.Id)).TryGetValue(clinic.Code, out var choice) ? choice : null,
                Quotes = await QuoteStore.ListAsync(session, inquiry.Id),
                Notes = await NoteStore.ListAsync(session, inquiry.Id),
                Forwards = await MailStore.ListAboutAsync(session, inquiry.Id, MailKind.ForwardedReferral, referralId),
                Network = index.Network,
                Clinic = clinic,
                Policy = policy,
                Lapsed = Matcher.CheckLapse(referral.ClinicCode, inquiry.Facts, index, policy, session.Now) != Gate.None,
                Now = session.Now,
            }
            : null;
}
