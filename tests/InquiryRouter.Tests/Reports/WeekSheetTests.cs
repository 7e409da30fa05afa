using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Reports;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Tests.Reports;

/// <summary>What is counted of an inquiry.</summary>
public sealed class WeekSheetTests
{
    private static readonly DateTimeOffset s_received = new(2026, 11, 3, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_now = s_received.AddDays(20);

    private static readonly CountedInquiry s_inquiry = new()
    {
        State = InquiryState.Referred, Reasons = "", ReceivedAt = s_received, ChangedAt = s_received, Condition = "lupus", Country = "US",
        Page = "https://www.example.org/lupus", Campaign = "autumn", Destinations = ["MX", "latin-america"],
    };

    public static TheoryData<InquiryState, string, string> Endings()
    {
        var cases = new TheoryData<InquiryState, string, string>
        {
            { InquiryState.Received, "", "on-its-way" }, { InquiryState.Screened, "", "on-its-way" }, { InquiryState.Matched, "", "on-its-way" },
            { InquiryState.Held, "minor", "held" }, { InquiryState.AwaitingPatient, "no-clinic-fits", "awaiting-patient" },
            { InquiryState.Quarantined, "suspected-spam", "quarantined" }, { InquiryState.Referred, "", "referred" },
            { InquiryState.Accepted, "", "accepted" }, { InquiryState.Booked, "", "booked" }, { InquiryState.Closed, "", "closed-otherwise" },
            { InquiryState.Closed, "a-reason-of-tomorrow", "closed-otherwise" }, { InquiryState.Closed, "closed-otherwise", "closed-otherwise" },
        };
        foreach (var reason in new[]
        {
            HoldReason.Treated, HoldReason.BookedElsewhere, HoldReason.ReachedOtherwise, HoldReason.PatientWithdrew, HoldReason.GoneSilent,
            HoldReason.NotSuitable, HoldReason.ClosedAsDuplicate, HoldReason.Spam,
        })
        {
            cases.Add(InquiryState.Closed, reason.Code, reason.Code);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void Each_inquiry_is_in_exactly_one_ending(InquiryState state, string reasons, string ending)
    {
        var sheet = Sheet(s_inquiry with { State = state, Reasons = reasons });

        Assert.Equal([ending], sheet.Counts.Keys.Where(k => k.Dimension == "all" && InquiryEnding.Of(k.Measure) is not null).Select(k => k.Measure));
    }

    [Fact]
    public void Every_state_but_erased_has_an_ending() => Assert.All(
        Enum.GetValues<InquiryState>().Where(s => s != InquiryState.Erased), s => Assert.NotNull(InquiryEnding.Of(s, string.Empty)));

    [Fact]
    public void It_counts_once_for_all_and_once_for_each_thing_it_is_told_apart_by()
    {
        var counts = Sheet(s_inquiry).Counts;

        Assert.Equal(1, counts[new("all", "", "referred")]);
        Assert.Equal(1, counts[new("condition", "lupus", "referred")]);
        Assert.Equal(1, counts[new("country", "US", "referred")]);
        Assert.Equal(1, counts[new("page", "https://www.example.org/lupus", "referred")]);
        Assert.Equal(1, counts[new("campaign", "autumn", "referred")]);
    }

    [Fact]
    public void No_number_is_told_apart_by_two_things_of_a_person_at_once() => Assert.DoesNotContain(
        Sheet(s_inquiry with { History = [Held("no-clinic-fits")] }).Counts.Keys,
        k => k.Value.Contains("US", StringComparison.Ordinal) && k.Value.Contains("lupus", StringComparison.Ordinal));

    [Theory]
    [InlineData("Offered", false, "came-to-offer")]
    [InlineData("Declined", false, "came-to-offer")]
    [InlineData("Quoted", false, "came-to-offer")]
    [InlineData("Accepted", true, "came-to-offer came-to-yes")]
    [InlineData("Returned", true, "came-to-offer came-to-yes")]
    [InlineData("Booked", true, "came-to-offer came-to-yes came-to-booking")]
    [InlineData("Completed", true, "came-to-offer came-to-yes came-to-booking came-to-treatment")]
    public void It_has_come_as_far_as_its_referrals_have(string state, bool isYes, string milestones)
    {
        var sheet = Sheet(s_inquiry with { Referrals = [Offer(Enum.Parse<ReferralState>(state), isYes)] });

        Assert.Equal(milestones.Split(' ').Order(), sheet.Counts.Keys.Where(k => k.Dimension == "all" && Milestone.IsKnown(k.Measure)).Select(k => k.Measure).Order());
    }

    [Fact]
    public void What_no_clinic_fitted_counts_where_clinics_are_wanted_and_by_what_stopped_those_that_treat_it()
    {
        var counts = Sheet(s_inquiry with
        {
            History = [Held("no-clinic-fits"), Held("no-clinic-fits")], Stopped = ["condition", "accreditation", "budget"],
        }).Counts;

        Assert.Equal(1, counts[new("all", "", "no-clinic-fits")]);
        Assert.Equal(1, counts[new("wanted", "lupus MX", "no-clinic-fits")]);
        Assert.Equal(1, counts[new("wanted", "lupus latin-america", "no-clinic-fits")]);
        Assert.Equal(["accreditation", "budget"], counts.Keys.Where(k => k.Dimension == "gate").Select(k => k.Value).Order());
    }

    [Fact]
    public void When_no_clinic_treats_it_at_all_that_is_said() => Assert.Contains(
        new CountKey("gate", WeekSheet.NobodyTreatsIt, WeekSheet.Stopped),
        Sheet(s_inquiry with { History = [Held("no-clinic-fits")], Stopped = ["condition", "treatment"] }).Counts.Keys);

    public static TheoryData<string, CountedInquiry, string?> Promises() => new()
    {
        { "acknowledgement", s_inquiry with { AcknowledgedAt = s_received.AddMinutes(59) }, "kept" },
        { "acknowledgement", s_inquiry with { AcknowledgedAt = s_received.AddMinutes(61) }, "late" },
        { "acknowledgement", s_inquiry, "late" },
        { "acknowledgement", s_inquiry with { ReceivedAt = s_now.AddMinutes(-5) }, "open" },
        { "acknowledgement", s_inquiry with { State = InquiryState.Quarantined }, null },
        { "acknowledgement", s_inquiry with { History = [(s_received, new HistoryEvent.MailWithheld("Acknowledgement"))] }, null },
        { "review", s_inquiry, null },
        { "review", s_inquiry with { Work = [(s_received.AddDays(1), s_received.AddHours(2))] }, "kept" },
        { "review", s_inquiry with { Work = [(s_received.AddDays(1), s_received.AddHours(2)), (s_received.AddDays(1), s_received.AddDays(2))] }, "late" },
        { "review", s_inquiry with { Work = [(s_now.AddHours(1), null)] }, "open" },
        { "review", s_inquiry with { Work = [(s_now.AddHours(-1), null)] }, "late" },
        { "offer", s_inquiry with { Referrals = [Offer(ReferralState.Declined), Offer(ReferralState.Accepted, isYes: true)] }, "kept" },
        { "offer", s_inquiry with { Referrals = [Offer(ReferralState.Expired), Offer(ReferralState.Accepted, isYes: true)] }, "late" },
        { "offer", s_inquiry with { Referrals = [Offer(ReferralState.Declined), Open()] }, "open" },
        { "offer", s_inquiry with { Referrals = [Offer(ReferralState.Withdrawn)] }, null },
        { "check-in", s_inquiry with { CheckIns = [(s_received.AddDays(7), s_received.AddDays(7).AddMinutes(1))] }, "kept" },
        { "check-in", s_inquiry with { CheckIns = [(s_received.AddDays(7), s_received.AddDays(7).AddHours(2))] }, "late" },
        { "check-in", s_inquiry with { CheckIns = [(s_now.AddDays(7), null)] }, "open" },
        { "check-in", s_inquiry with { CheckIns = [(s_received.AddDays(7), null)] }, "late" },
    };

    [Theory]
    [MemberData(nameof(Promises))]
    public void A_promise_is_kept_late_or_open_and_one_that_was_late_once_is_late(string promise, CountedInquiry inquiry, string? became)
    {
        var found = Sheet(inquiry).Counts.Keys.Where(k => k.Dimension == "promise" && k.Value == promise).Select(k => k.Measure);

        Assert.Equal(became is null ? [] : [became], found);
    }

    [Fact]
    public void Steps_are_timed_from_where_they_begin()
    {
        var sheet = Sheet(s_inquiry with
        {
            State = InquiryState.Closed, Reasons = "treated", ChangedAt = s_received.AddDays(10), AcknowledgedAt = s_received.AddMinutes(1),
            Referrals = [new(ReferralState.Completed, s_received.AddHours(2), s_received.AddHours(5), s_received.AddHours(5))],
            History =
            [
                (s_received.AddMinutes(5), new HistoryEvent.Held.For(["minor"])), (s_received.AddMinutes(65), new HistoryEvent.Released.AsItIs()),
                (s_received.AddHours(2), new HistoryEvent.Matched()), (s_received.AddDays(2), new HistoryEvent.Booked("MX-A")),
            ],
        });

        Assert.Equal(
            new Dictionary<string, TimeSpan>(StringComparer.Ordinal)
            {
                ["acknowledged"] = TimeSpan.FromMinutes(1), ["looked-at"] = TimeSpan.FromHours(1), ["first-offer"] = TimeSpan.FromHours(2),
                ["answer"] = TimeSpan.FromHours(3), ["first-yes"] = TimeSpan.FromHours(5), ["booking"] = TimeSpan.FromHours(43),
                ["closing"] = TimeSpan.FromDays(10),
            }.Select(s => new TimeKey(s.Key, Buckets.Of(s.Value))).OrderBy(k => k.Step, StringComparer.Ordinal),
            sheet.Times.Keys.OrderBy(k => k.Step, StringComparer.Ordinal));
    }

    [Fact]
    public void What_anybody_may_send_does_not_fill_the_table()
    {
        var sheet = new WeekSheet(s_now);
        for (var i = 0; i < Dimension.MostValues + 50; i++)
        {
            sheet.Add(s_inquiry with { Campaign = $"c{i:000}" });
            if (i >= 50)
            {
                sheet.Add(s_inquiry with { Campaign = $"c{i:000}" });
            }
        }

        sheet.Add(s_inquiry with { Campaign = new string('x', Dimension.LongestValue + 1) });
        sheet.Bound();

        var campaigns = sheet.Counts.Where(c => c.Key.Dimension == "campaign").ToList();
        Assert.Equal(Dimension.MostValues + 1, campaigns.Count);
        Assert.DoesNotContain(campaigns, c => c.Key.Value == "c000");
        Assert.Equal(51, campaigns.Single(c => c.Key.Value == Dimension.Others).Value);
        Assert.Equal(sheet.Counts[new("all", "", "referred")], campaigns.Sum(c => c.Value));
    }

    private static WeekSheet Sheet(CountedInquiry inquiry)
    {
        var sheet = new WeekSheet(s_now);
        sheet.Add(inquiry);
        return sheet;
    }

    private static (DateTimeOffset, HistoryEvent) Held(string reason) => (s_received, new HistoryEvent.Held.For([reason]));

    private static CountedReferral Open() => new(ReferralState.Offered, s_received, null, null);

    private static CountedReferral Offer(ReferralState state, bool isYes = false) =>
        new(state, s_received, s_received.AddHours(1), isYes ? s_received.AddHours(1) : null);
}
