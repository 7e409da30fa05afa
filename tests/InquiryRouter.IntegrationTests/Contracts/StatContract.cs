using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Reports;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Reports;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class StatOnSqlite() : StatContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class StatOnSqlServer() : StatContract(DatabaseProvider.SqlServer);

public abstract class StatContract(DatabaseProvider provider) : StoreContract(provider)
{
    private DateOnly Week => ReportPeriod.WeekOf(Now);

    [Contract]
    public async Task A_week_that_is_counted_has_the_numbers_of_its_inquiries_and_no_others()
    {
        await StoreInquiryAsync();
        await StoreInquiryAsync();
        Clock.Advance(TimeSpan.FromDays(7));
        await StoreInquiryAsync();

        Assert.True(await CountAsync(Week) > 0);
        Assert.True(await CountAsync(Week.AddDays(-7)) > 0);

        Assert.Equal(1, await ReceivedAsync(Week));
        Assert.Equal(2, await ReceivedAsync(Week.AddDays(-7)));
        Assert.Equal(0, await CountAsync(Week));
    }

    [Contract]
    public async Task What_moved_on_is_counted_where_it_is_now()
    {
        var inquiry = await StoreInquiryAsync();
        await CountAsync(Week);
        await WriteAsync(tx => InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Clear, Actor.Patient)));
        await WriteAsync(async tx => await InquiryStore.MoveAsync(
            tx, (await InquiryStore.FindAsync(tx, inquiry.Id))!,
            new InquiryMove(InquiryTrigger.Close, Actor.Patient, HoldReasons: [Core.Screening.HoldReason.PatientWithdrew])));
        await CountAsync(Week);

        var counts = await ReadAsync(s => StatReadStore.ByWeekAsync(s, ReportPeriod.Week(Week), Dimension.All, string.Empty));
        Assert.Equal([("patient-withdrew", 1)], counts.Where(c => InquiryEnding.Of(c.Measure) is not null).Select(c => (c.Measure, c.N)));
        var times = await ReadAsync(s => StatReadStore.TimesAsync(s, ReportPeriod.Week(Week)));
        Assert.Equal(1, times["closing"].Count);
    }

    [Contract]
    public async Task Two_who_count_the_same_week_write_it_once()
    {
        await StoreInquiryAsync();
        var outcomes = await AtOnceAsync(6, _ => WriteAsync(tx => StatStore.TryBeginAsync(tx, StatStore.Week, Week, 0)));

        Assert.Single(outcomes, o => o.Result);
        Assert.False(await WriteAsync(tx => StatStore.TryBeginAsync(tx, StatStore.Week, Week, 0)));
        Assert.True(await WriteAsync(tx => StatStore.TryBeginAsync(tx, StatStore.Week, Week, 1)));
        Assert.Equal(2, Assert.Single(await ReadAsync(s => StatStore.ListRunsAsync(s, StatStore.Week))).Version);
    }

    [Contract]
    public async Task Who_read_a_week_before_an_erasure_does_not_write_it()
    {
        var inquiry = await StoreInquiryAsync();
        await CountAsync(Week);
        await EraseAsync(inquiry);

        Assert.False(await WriteAsync(tx => StatStore.TryBeginAsync(tx, StatStore.Week, Week, 1)));
        Assert.Null(Assert.Single(await ReadAsync(s => StatStore.ListRunsAsync(s, StatStore.Week))).CountedAt);
    }

    [Contract]
    public async Task After_an_erasure_the_numbers_are_the_same_before_and_after_they_are_counted_again()
    {
        var inquiries = new List<InquiryRecord>();
        for (var i = 0; i < Dimension.FewestKept; i++)
        {
            inquiries.Add(await StoreInquiryAsync());
        }

        await CountAsync(Week);
        var before = await NumbersAsync();
        foreach (var one in inquiries)
        {
            await EraseAsync(one);
            Assert.Equal(before, await NumbersAsync());
        }

        await CountAsync(Week);
        Assert.Equal(before, await NumbersAsync());
        var byCondition = await ReadAsync(s => StatReadStore.ByValueAsync(s, ReportPeriod.Week(Week), Dimension.Condition));
        Assert.All(byCondition, c => Assert.Equal((inquiries[0].Facts.Condition, c.N), (c.Value, c.Erased)));
    }

    [Contract]
    public async Task Of_a_value_that_few_have_an_erasure_leaves_nothing_also_when_it_was_never_counted()
    {
        var counted = await StoreInquiryAsync();
        await CountAsync(Week);
        var uncounted = await StoreInquiryAsync();
        await EraseAsync(counted);
        await EraseAsync(uncounted);

        foreach (var dimension in new[] { Dimension.Condition, Dimension.Country, Dimension.Page, Dimension.Campaign })
        {
            var values = (await ReadAsync(s => StatReadStore.ByValueAsync(s, ReportPeriod.Week(Week), dimension))).Select(v => v.Value).Distinct();
            Assert.All(values, v => Assert.Contains(v, new[] { Dimension.Others, string.Empty }));
        }

        Assert.Equal(2, await ReceivedAsync(Week));
        await CountAsync(Week);
        Assert.Equal(2, await ReceivedAsync(Week));
    }

    [Contract]
    public async Task The_list_has_as_many_as_each_number_says()
    {
        for (var i = 0; i < 3; i++)
        {
            var inquiry = await StoreInquiryAsync();
            await WriteAsync(tx => InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Clear, Actor.Patient)));
            if (i > 0)
            {
                await WriteAsync(async tx => await InquiryStore.MoveAsync(
                    tx, (await InquiryStore.FindAsync(tx, inquiry.Id))!,
                    new InquiryMove(InquiryTrigger.Hold, Actor.Patient, HoldReasons: [Core.Screening.HoldReason.NoClinicFits])));
            }

            if (i > 1)
            {
                await WriteAsync(async tx => await InquiryStore.MoveAsync(
                    tx, (await InquiryStore.FindAsync(tx, inquiry.Id))!,
                    new InquiryMove(InquiryTrigger.Close, Actor.Patient, HoldReasons: [Core.Screening.HoldReason.GoneSilent])));
            }

            await WriteAsync(tx => ReferralStore.AddAsync(
                tx, ReferralId.New(), inquiry.Id, 1, A.Clinic("MX-A"), Guid.CreateVersion7(), Now.AddDays(1), Week));
        }

        await CountAsync(Week);
        var (numbers, period) = (0, ReportPeriod.Week(Week));
        foreach (var dimension in Dimension.OfInquiries.Append(Dimension.All).Append(Dimension.Wanted).Append(Dimension.Promise).Append(Dimension.Gate))
        {
            foreach (var count in await ReadAsync(s => StatReadStore.ByValueAsync(s, period, dimension)))
            {
                var filter = Filter(dimension, count.Value, count.Measure) with { Period = period };
                var page = await ReadAsync(s => InquiryListStore.ListAsync(s, filter, null, 50));
                Assert.True(count.N == page.Items.Count, $"{dimension.Code} {count.Value} {count.Measure}: {count.N}, and {page.Items.Count} in the list");
                Assert.Null(page.Next);
                numbers++;
            }
        }

        Assert.True(numbers > 20);
    }

    [Contract]
    public async Task Clinics_are_summed_over_months_in_the_order_that_is_asked_for()
    {
        using var cache = new ClinicFiguresCache(Database);
        await CountMonthAsync(10, 0, Figures("B", 4, 1), Figures("A", 2, 2));
        await CountMonthAsync(11, 0, Figures("B", 1, 0), Figures("C", 9, 9));
        await CountMonthAsync(9, 0, Figures("Z", 99, 99));
        Assert.Equal(["C 9 9", "B 5 1", "A 2 2"], await ClinicsAsync(ClinicOrder.Offers));

        // What was counted again is seen at once.
        await CountMonthAsync(11, 1, Figures("C", 3, 3), Figures("D", 0, 0));

        Assert.Equal(["B 5 1", "C 3 3", "A 2 2"], await ClinicsAsync(ClinicOrder.Offers));
        Assert.Equal(["B 5 1", "A 2 2", "C 3 3"], await ClinicsAsync(ClinicOrder.Acceptance));
        Assert.Equal(["A 2 2", "B 5 1", "C 3 3"], await ClinicsAsync(ClinicOrder.Slowest));
        Assert.Equal(["A 2 2", "B 5 1", "C 3 3"], await ClinicsAsync(ClinicOrder.Said));

        async Task<IEnumerable<string>> ClinicsAsync(ClinicOrder order) =>
            (await cache.SumAsync(new DateOnly(2026, 10, 1), new DateOnly(2026, 11, 1), TestContext.Current.CancellationToken))
            .First(order, 10).Select(f => $"{f.ClinicCode} {f.Offered} {f.Accepted}");
    }

    [Contract]
    public async Task An_offer_is_counted_with_what_its_patient_said()
    {
        var inquiry = await StoreInquiryAsync();
        var id = ReferralId.New();
        await WriteAsync(tx => ReferralStore.AddAsync(tx, id, inquiry.Id, 1, A.Clinic("MX-A"), Guid.CreateVersion7(), Now.AddDays(1), Week));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await WriteAsync(async tx => await ReferralStore.MoveAsync(tx, (await ReferralStore.FindAsync(tx, id))!, ReferralTrigger.Accept));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await WriteAsync(async tx => await InquiryStore.RecordAsync(
            tx, (await InquiryStore.FindAsync(tx, inquiry.Id))!, new Core.History.HistoryEvent.CheckedIn("no-contact"), Actor.Patient));

        var offer = Assert.Single(await ReadAsync(s => StatClinicStore.ListOffersAsync(s, DateOnly.FromDateTime(Now.UtcDateTime))));
        Assert.Equal(("MX-A", ReferralState.Accepted, "no-contact"), (offer.ClinicCode, offer.Offer.State, Assert.Single(offer.Answers)));
    }

    private static InquiryFilter Filter(Dimension dimension, string value, string measure)
    {
        var told = value.Length == 0 ? InquiryFilter.None : value;
        var filter = new InquiryFilter
        {
            Ending = InquiryEnding.Of(measure), Milestone = Milestone.IsKnown(measure) ? measure : null, Want = Want.IsKnown(measure) ? measure : null,
        };
        return dimension.Code switch
        {
            "condition" => filter with { Condition = value },
            "country" => filter with { Country = value },
            "page" => filter with { Page = told },
            "campaign" => filter with { Campaign = told },
            "promise" => filter with { Promise = Promise.Of(value), Became = measure },
            "gate" => filter with { Gate = value },
            "wanted" => filter with { Condition = value.Split(' ')[0], Destination = value.Split(' ')[1] },
            _ => filter,
        };
    }

    private static ClinicFigures Figures(string clinic, int offered, int accepted) =>
        new() { ClinicCode = clinic, Offered = offered, Accepted = accepted, Declined = offered - accepted };

    private Task CountMonthAsync(int month, int seen, params ClinicFigures[] figures) => WriteAsync(async tx =>
    {
        Assert.True(await StatStore.TryBeginAsync(tx, StatStore.Month, new DateOnly(2026, month, 1), seen));
        await StatClinicStore.ReplaceAsync(tx, new DateOnly(2026, month, 1), figures);
    });

    private async Task<int> CountAsync(DateOnly week)
    {
        var (since, before) = (ReportPeriod.StartOf(week), ReportPeriod.StartOf(week.AddDays(7)));
        var sheet = new WeekSheet(Now);
        var (from, to) = await ReadAsync(s => SeqOfMoments.RangeAsync(s, since, before));
        for (long? next = from; next is { } at;)
        {
            // One at a time: the pages are part of the contract.
            (var some, next) = await ReadAsync(s => CountedInquiryStore.ListAsync(s, since, before, at, to, 1));
            some.ToList().ForEach(sheet.Add);
        }

        var seen = (await ReadAsync(s => StatStore.ListRunsAsync(s, StatStore.Week))).FirstOrDefault(r => r.Start == week)?.Version ?? 0;
        return await WriteAsync(async tx =>
        {
            Assert.True(await StatStore.TryBeginAsync(tx, StatStore.Week, week, seen));
            return await StatStore.ReplaceAsync(tx, week, sheet);
        });
    }

    private async Task<int> ReceivedAsync(DateOnly week) =>
        (await ReadAsync(s => StatReadStore.ByWeekAsync(s, ReportPeriod.Week(week), Dimension.All, string.Empty)))
        .Where(c => InquiryEnding.Of(c.Measure) is not null).Sum(c => c.N);

    private async Task<IReadOnlyList<string>> NumbersAsync()
    {
        var numbers = new List<string>();
        foreach (var dimension in Dimension.Every)
        {
            numbers.AddRange((await ReadAsync(s => StatReadStore.ByValueAsync(s, ReportPeriod.Week(Week), dimension)))
                .Select(c => $"{dimension.Code} {c.Value} {c.Measure} {c.N}"));
        }

        return [.. numbers.Order(StringComparer.Ordinal)];
    }

    private Task EraseAsync(InquiryRecord inquiry) => WriteAsync(tx => ErasureStore.EraseAsync(tx, inquiry, Actor.Patient, null, []));
}
