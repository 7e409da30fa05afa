using System.Diagnostics;
using InquiryRouter.Benchmarks.Load;
using InquiryRouter.Benchmarks.Server;
using InquiryRouter.Benchmarks.Sink;

namespace InquiryRouter.Benchmarks.Report;

/// <summary>What one scenario measured. Seconds and rates count from the first post.</summary>
internal sealed record ScenarioResult
{
    public required string Name { get; init; }

    public required int Connections { get; init; }

    public required double Rate { get; init; }

    public required int Window { get; init; }

    public required int Posted { get; init; }

    /// <summary>With a rate: due by the schedule, and not posted in time because the server held every connection.</summary>
    public required int NeverPosted { get; init; }

    public required int Accepted { get; init; }

    public required int Completed { get; init; }

    public required IReadOnlyList<RefusalCount> Refused { get; init; }

    public required double PostingSeconds { get; init; }

    public required double SecondsToLastCompletion { get; init; }

    public required double AcceptedPerSecond { get; init; }

    public required double CompletedPerSecond { get; init; }

    /// <summary>Milliseconds from submit (with a rate: from the scheduled time) to the 202.</summary>
    public required Latency SubmitTo202 { get; init; }

    /// <summary>Milliseconds from submit to the first referral mail at a clinic.</summary>
    public required Latency SubmitToReferralMail { get; init; }

    /// <summary>Accepted and not completed at the deadline.</summary>
    public required int InquiriesLost { get; init; }

    public required int AcknowledgementsLost { get; init; }

    public required int ReferralsLost { get; init; }

    public required int MailedWithoutAnswer { get; init; }

    public required long Mails { get; init; }

    public required long MailsDoubled { get; init; }

    public required long MailsWithoutId { get; init; }

    public required int FurtherPatientMails { get; init; }

    public required int FurtherReferralMails { get; init; }

    public required int MailsUnreadable { get; init; }

    public required int MailsStray { get; init; }

    /// <summary>Posting was given up because nothing was completed any more.</summary>
    public required bool Stalled { get; init; }

    public required Usage Usage { get; init; }

    /// <summary>Nothing refused, lost or doubled.</summary>
    public bool Clean => !Stalled && Refused.Count == 0 && InquiriesLost == 0 && MailsDoubled == 0;

    public static ScenarioResult Of(
        LoadPlan plan, Ledger ledger, long start, Refusals refusals, bool stalled, Usage usage, SinkCounts mails)
    {
        var totals = ledger.Totals();
        var posting = Seconds(start, ledger.LastAnswerAt);
        var completing = Seconds(start, ledger.LastCompletionAt);
        return new ScenarioResult
        {
            Name = plan.Name,
            Connections = plan.Connections,
            Rate = plan.Rate,
            Window = plan.Window,
            Posted = totals.Accepted + refusals.Total,
            NeverPosted = plan.Rate > 0 ? Math.Max(0, plan.Due - totals.Accepted - refusals.Total) : 0,
            Accepted = totals.Accepted,
            Completed = totals.Completed,
            Refused = refusals.Counts(),
            PostingSeconds = posting,
            SecondsToLastCompletion = completing,
            AcceptedPerSecond = PerSecond(totals.Accepted, posting),
            CompletedPerSecond = PerSecond(totals.Completed, completing),
            SubmitTo202 = totals.Submit,
            SubmitToReferralMail = totals.Referral,
            InquiriesLost = totals.Accepted - totals.Completed,
            AcknowledgementsLost = totals.WithoutAcknowledgement,
            ReferralsLost = totals.WithoutReferral,
            MailedWithoutAnswer = totals.MailedWithoutAnswer,
            Mails = mails.Mails,
            MailsDoubled = mails.Doubled,
            MailsWithoutId = mails.WithoutId,
            FurtherPatientMails = totals.PatientExtras,
            FurtherReferralMails = totals.ReferralExtras,
            MailsUnreadable = totals.Unreadable,
            MailsStray = totals.Strays,
            Stalled = stalled,
            Usage = usage,
        };
    }

    private static double Seconds(long start, long end) =>
        end == 0 ? 0 : Math.Round(Stopwatch.GetElapsedTime(start, end).TotalSeconds, 3);

    private static double PerSecond(int count, double seconds) => seconds > 0 ? Math.Round(count / seconds, 1) : 0;
}
