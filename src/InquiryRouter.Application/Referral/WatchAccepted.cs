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
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Referral;

/// <summary>
/// Tells the coordinators when a clinic that has accepted an inquiry no longer meets a requirement, once for each lapse. Nothing is taken back by
/// itself: the clinic and the patient know of each other, and only a person can tell them what follows.
/// </summary>
public sealed partial class WatchAccepted(Work work, MatchIndexCache indexes, PolicyCache policies, MailWriter mails, ILogger<WatchAccepted> log)
{
    private const int PageSize = 500;

    private static readonly Actor s_actor = Actor.Stage("recall");

    private (MatchIndex Index, DateTimeOffset Quarter)? _seen;

    /// <summary>Looks at every accepted inquiry, when the network is another one than the last time, and every quarter of an hour: days end.</summary>
    /// <returns>How many clinics were found to have lapsed.</returns>
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
        var (lapsed, complete) = (0, true);
        IReadOnlyList<AcceptedReferral> page;
        for (var last = default(ReferralId); ; last = page[^1].Id)
        {
            page = await work.ReadAsync(session => ReferralStore.ListAcceptedAsync(session, last, PageSize), cancellation);
            foreach (var referral in page)
            {
                try
                {
                    lapsed += await CheckAsync(referral, index, policy, now, cancellation) ? 1 : 0;
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    complete = false;
                    if (exception is not ConflictException)
                    {
                        LogFailed(exception, referral.Id);
                    }
                }
            }

            if (page.Count < PageSize)
            {
                break;
            }
        }

        _seen = complete ? looked : null;
        return lapsed;
    }

    private async Task<bool> CheckAsync(AcceptedReferral referral, MatchIndex index, Policy policy, DateTimeOffset now, CancellationToken cancellation)
    {
        var inquiry = await work.ReadAsync(session => InquiryStore.FindAsync(session, referral.InquiryId), cancellation);
        if (inquiry is not { State: InquiryState.Accepted or InquiryState.Booked })
        {
            return false;
        }

        var gate = Matcher.CheckLapse(referral.ClinicCode, inquiry.Facts, index, policy, now);
        if (gate == Gate.None == referral.Lapse is null)
        {
            return false;
        }

        // Another worker may be at the same, and is then the one that tells it: no second try before the next tick.
        await work.ApplyAsync(gate == Gate.None ? Recovered(inquiry, referral) : await LapsedAsync(inquiry, referral, gate, cancellation), cancellation);
        if (gate != Gate.None)
        {
            LogLapsed(inquiry.Reference, referral.ClinicCode, GateList.Code(gate));
        }

        return gate != Gate.None;
    }

    private static IReadOnlyList<Step?> Recovered(InquiryRecord inquiry, AcceptedReferral referral) =>
    [
        new SetLapse(referral, null),
        new MoveInquiry(inquiry, InquiryTrigger.ClinicRecovery, s_actor, new HistoryEvent.ClinicRecovered(referral.ClinicCode)),
    ];

    private async Task<IReadOnlyList<Step?>> LapsedAsync(InquiryRecord inquiry, AcceptedReferral referral, Gate gate, CancellationToken cancellation)
    {
        var patient = await work.ReadAsync(session => session.PatientAsync(inquiry.Id), cancellation);
        return
        [
            new SetLapse(referral, GateList.Code(gate)),
            new MoveInquiry(inquiry, InquiryTrigger.ClinicLapse, s_actor, new HistoryEvent.ClinicLapsed(referral.ClinicCode, GateList.Code(gate))),
            SendMail.If(mails.AcceptedLapse(inquiry, patient, Guid.CreateVersion7(), referral.ClinicCode, gate)),
        ];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Clinic}, which has accepted {Reference}, no longer meets {Requirement}. A coordinator has to look.")]
    private partial void LogLapsed(string reference, string clinic, string requirement);

    [LoggerMessage(Level = LogLevel.Error, Message = "Accepted referral {ReferralId} could not be checked; it is tried again.")]
    private partial void LogFailed(Exception exception, ReferralId referralId);
}
