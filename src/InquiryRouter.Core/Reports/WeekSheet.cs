using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Core.Reports;

/// <summary>Which number it is.</summary>
/// <param name="Dimension">Code of a <see cref="Reports.Dimension"/>.</param>
/// <param name="Value">Of it; empty: of all.</param>
/// <param name="Measure">Code of what is counted.</param>
public readonly record struct CountKey(string Dimension, string Value, string Measure);

/// <summary>Which bucket of which step.</summary>
public readonly record struct TimeKey(string Step, int Bucket);

/// <summary>The numbers of the inquiries of a week: the one place that says what is counted.</summary>
public sealed class WeekSheet(DateTimeOffset now)
{
    /// <summary>Of <see cref="Dimension.Gate"/>: no clinic treats it at all.</summary>
    public const string NobodyTreatsIt = "nobody-treats-it";

    /// <summary>Of <see cref="Dimension.Gate"/>.</summary>
    public const string Stopped = "stopped";

    // Before them a clinic is not there at all, or is one of another treatment.
    private static readonly HashSet<string> s_otherClinics =
    [
        .. GateList.All.TakeWhile(g => g != Gate.CountryRuleUnknown).Select(GateList.Code),
    ];

    private Dictionary<CountKey, int> _counts = [];

    public IReadOnlyDictionary<CountKey, int> Counts => _counts;

    public Dictionary<TimeKey, int> Times { get; } = [];

    /// <summary>Counts one that is not erased.</summary>
    public void Add(CountedInquiry inquiry)
    {
        var wants = Wants(inquiry).Distinct(StringComparer.Ordinal).ToList();
        string[] measures = [InquiryEnding.Of(inquiry.State, inquiry.Reasons).Code, .. Milestones(inquiry), .. wants];
        foreach (var measure in measures)
        {
            Count(Dimension.All, string.Empty, measure);
            Count(Dimension.Condition, inquiry.Condition, measure);
            Count(Dimension.Country, inquiry.Country, measure);
            Count(Dimension.Page, Told(inquiry.Page), measure);
            Count(Dimension.Campaign, Told(inquiry.Campaign), measure);
        }

        CountWanted(inquiry, wants);
        CountPromises(inquiry);
        CountTimes(inquiry);
    }

    /// <summary>Leaves apart only so many addresses and campaigns, those with the most inquiries: anybody may send any.</summary>
    public void Bound()
    {
        foreach (var dimension in Dimension.Every.Where(d => d.IsText))
        {
            var values = _counts.Where(c => c.Key.Dimension == dimension.Code && InquiryEnding.Of(c.Key.Measure) is not null)
                .GroupBy(c => c.Key.Value, StringComparer.Ordinal)
                .OrderByDescending(g => g.Sum(c => c.Value)).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Skip(Dimension.MostValues).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
            if (values.Count > 0)
            {
                Merge(key => key.Dimension == dimension.Code && values.Contains(key.Value));
            }
        }
    }

    /// <summary>Tells some values apart no more.</summary>
    public void Merge(Func<CountKey, bool> which)
    {
        var merged = new Dictionary<CountKey, int>();
        foreach (var (key, n) in _counts)
        {
            var into = which(key) ? key with { Value = Dimension.Others } : key;
            merged[into] = merged.GetValueOrDefault(into) + n;
        }

        _counts = merged;
    }

    private static string Told(string? value) =>
        value is null ? string.Empty : value.Length > Dimension.LongestValue ? Dimension.Others : value;

    private static IEnumerable<string> Milestones(CountedInquiry inquiry)
    {
        if (inquiry.Referrals.Count > 0)
        {
            yield return Milestone.Offered;
        }

        if (inquiry.Referrals.Any(r => r.AcceptedAt is not null))
        {
            yield return Milestone.Accepted;
        }

        if (inquiry.Referrals.Any(r => r.State is ReferralState.Booked or ReferralState.Completed))
        {
            yield return Milestone.Booked;
        }

        if (inquiry.Referrals.Any(r => r.State == ReferralState.Completed))
        {
            yield return Milestone.Treated;
        }
    }

    private static IEnumerable<string> Wants(CountedInquiry inquiry) => inquiry.History.SelectMany(h => h.Said switch
    {
        HistoryEvent.Held.For it => it.Reasons,
        HistoryEvent.Held.AfterOffer it => [it.Reason],
        HistoryEvent.PatientAsked it => [it.Reason],
        _ => (IReadOnlyList<string>)[],
    }).Where(Want.IsKnown);

    private void CountWanted(CountedInquiry inquiry, List<string> wants)
    {
        foreach (var want in wants)
        {
            foreach (var destination in inquiry.Destinations.DefaultIfEmpty(ReferenceLists.Anywhere).Distinct(StringComparer.Ordinal))
            {
                Count(Dimension.Wanted, $"{inquiry.Condition}{Dimension.Between}{destination}", want);
            }
        }

        if (wants.Contains(HoldReason.NoClinicFits.Code))
        {
            var stopped = inquiry.Stopped.Where(gate => !s_otherClinics.Contains(gate)).ToList();
            foreach (var gate in stopped.Count > 0 ? stopped : inquiry.Stopped.Count > 0 ? [NobodyTreatsIt] : [])
            {
                Count(Dimension.Gate, gate, Stopped);
            }
        }
    }

    private void CountPromises(CountedInquiry inquiry)
    {
        Count(Promise.Acknowledgement, IsAcknowledged(inquiry) ? Promise.At(inquiry.ReceivedAt + Promise.Allowance, inquiry.AcknowledgedAt, now) : null);
        Count(Promise.Review, Promise.Worst(inquiry.Work.Select(w => (string?)Promise.At(w.DueAt, w.ClosedAt, now))));
        Count(Promise.Offer, Promise.Worst(inquiry.Referrals.Select(OfOffer)));
        Count(Promise.CheckIn, Promise.Worst(inquiry.CheckIns.Select(c => (string?)Promise.At(c.DueAt + Promise.Allowance, c.SentAt, now))));
    }

    // To suspected spam nothing is sent, and not more than so much to one address.
    private static bool IsAcknowledged(CountedInquiry inquiry) => inquiry.AcknowledgedAt is not null
        || (inquiry.State != InquiryState.Quarantined && inquiry.Reasons != HoldReason.Spam.Code
            && !inquiry.History.Any(h => h.Said is HistoryEvent.MailWithheld { Kind: nameof(MailKind.Acknowledgement) } or HistoryEvent.Quarantined));

    private static string? OfOffer(CountedReferral referral) => referral.State switch
    {
        ReferralState.Expired => Promise.Late,
        ReferralState.Withdrawn => null,
        _ => referral.AnsweredAt is null ? Promise.Open : Promise.Kept,
    };

    private void CountTimes(CountedInquiry inquiry)
    {
        var yes = inquiry.Referrals.Min(r => r.AcceptedAt);
        Time(TimedStep.Acknowledged, inquiry.ReceivedAt, inquiry.AcknowledgedAt);
        Time(TimedStep.FirstOffer, inquiry.ReceivedAt, inquiry.Referrals.Count == 0 ? null : inquiry.Referrals.Min(r => r.OfferedAt));
        Time(TimedStep.FirstYes, inquiry.ReceivedAt, yes);
        Time(TimedStep.Closing, inquiry.ReceivedAt, inquiry.State == InquiryState.Closed ? inquiry.ChangedAt : null);
        foreach (var referral in inquiry.Referrals.Where(r => r.State is not (ReferralState.Expired or ReferralState.Withdrawn)))
        {
            Time(TimedStep.Answer, referral.OfferedAt, referral.AnsweredAt);
        }

        if (yes is { } accepted && inquiry.History.FirstOrDefault(h => h.Said is HistoryEvent.Booked) is { Said: not null } booked)
        {
            Time(TimedStep.Booking, accepted, booked.At);
        }

        DateTimeOffset? held = null;
        foreach (var (at, said) in inquiry.History)
        {
            if (said is HistoryEvent.Held or HistoryEvent.Quarantined)
            {
                held ??= at;
            }
            else if (held is { } since && EndsHold(said))
            {
                Time(TimedStep.LookedAt, since, at);
                held = null;
            }
        }
    }

    private static bool EndsHold(HistoryEvent said) => said is HistoryEvent.Released or HistoryEvent.Approved or HistoryEvent.Closed
        or HistoryEvent.Offered or HistoryEvent.PatientAsked or HistoryEvent.Corrected;

    private void Count(Promise promise, string? became)
    {
        if (became is not null)
        {
            Count(Dimension.Promise, promise.Code, became);
        }
    }

    private void Count(Dimension dimension, string value, string measure)
    {
        var key = new CountKey(dimension.Code, value, measure);
        _counts[key] = _counts.GetValueOrDefault(key) + 1;
    }

    private void Time(TimedStep step, DateTimeOffset from, DateTimeOffset? to)
    {
        if (to is { } end)
        {
            var key = new TimeKey(step.Code, Buckets.Of(end - from));
            Times[key] = Times.GetValueOrDefault(key) + 1;
        }
    }
}
