using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class LoadOnSqlite() : LoadContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class LoadOnSqlServer() : LoadContract(DatabaseProvider.SqlServer);

public abstract class LoadContract(DatabaseProvider provider) : StoreContract(provider)
{
    // The clock stands on this Monday, 11:00 in Mexico and 02:00 of Tuesday in Tokyo.
    private static readonly DateOnly s_today = new(2026, 11, 23);

    private static readonly Clinic s_mexican = A.Clinic("MX-1");
    private static readonly Clinic s_japanese = A.Clinic("JP-1") with { TimeZone = "Asia/Tokyo" };
    private static readonly NetworkSnapshot s_network = new(1, [s_mexican, s_japanese], A.Rules);

    [Contract]
    public async Task A_clinic_that_was_offered_nothing_has_no_load()
    {
        Assert.Empty((await LoadAsync()).Clinics);
        Assert.Equal(new Dictionary<string, ClinicLoad> { ["MX-1"] = ClinicLoad.None }, await PlacesAsync(s_mexican));
    }

    [Contract]
    public async Task An_offer_counts_in_the_clinics_own_week_and_day()
    {
        await OfferAsync(s_mexican, s_today, week: s_today);
        await OfferAsync(s_mexican, s_today, week: s_today);
        await OfferAsync(s_mexican, s_today.AddDays(-1), week: s_today.AddDays(-7));
        await OfferAsync(s_japanese, s_today, week: s_today);
        await OfferAsync(s_japanese, s_today.AddDays(1), week: s_today);

        var view = await LoadAsync();

        Assert.Equal((2, 2), (view.Clinics["MX-1"].ThisWeek, view.Clinics["MX-1"].Today));
        Assert.Equal((2, 1), (view.Clinics["JP-1"].ThisWeek, view.Clinics["JP-1"].Today));
        var places = await PlacesAsync(s_mexican, s_japanese);
        Assert.All(["MX-1", "JP-1"], c => Assert.Equal((view.Clinics[c].ThisWeek, view.Clinics[c].Today), (places[c].ThisWeek, places[c].Today)));
    }

    [Contract]
    public async Task A_day_has_as_many_places_as_the_clinics_pace_however_many_ask_at_once()
    {
        var clinic = s_mexican with { DailyPace = 3 };

        var asked = await AtOnceAsync(12, _ => OfferAsync(clinic, s_today));

        // Also who opens the day at the same moment as another is told to decide again.
        Assert.All(asked, a => Assert.Null(a.Error));
        var taken = asked.Count(a => a.Result);
        while (await OfferAsync(clinic, s_today))
        {
            taken++;
        }

        Assert.Equal(3, taken);
        Assert.Equal(3, (await PlacesAsync(clinic))["MX-1"].Today);
        Assert.True(await OfferAsync(clinic, s_today.AddDays(1)));
        Assert.True(await OfferAsync(s_mexican with { DailyPace = null }, s_today));
    }

    [Contract]
    public async Task Reservations_at_once_never_exceed_the_cap()
    {
        const int cap = 7;
        var clinic = s_mexican with { WeeklyCap = cap };
        await using var other = Storage.Open(Clock);
        Database[] processes = [Database, other];

        var asked = await AtOnceAsync(40, async i =>
        {
            var changes = new LoadChanges();
            changes.Take(clinic, s_today, s_today);
            await processes[i % 2].WriteAsync(tx => LoadStore.CountAsync(tx, changes));
            return true;
        });

        Assert.All(asked.Where(a => a.Error is not null), a => Assert.IsType<ConflictException>(a.Error));
        var taken = asked.Count(a => a.Result);
        while (await OfferAsync(clinic, s_today))
        {
            taken++;
        }

        Assert.Equal(cap, taken);
        Assert.Equal(cap, (await PlacesAsync(clinic))["MX-1"].ThisWeek);
    }

    [Contract]
    public async Task Units_that_change_the_same_clinics_in_another_order_all_come_through()
    {
        await using var other = Storage.Open(Clock);
        Database[] processes = [Database, other];
        await AccrueAsync(("MX-1", s_today, 0), ("JP-1", s_today, 0));

        var accrued = await AtOnceAsync(20, async i =>
        {
            var changes = new LoadChanges();
            foreach (var clinic in i % 2 == 0 ? ["MX-1", "JP-1"] : (string[])["JP-1", "MX-1"])
            {
                changes.Owe(clinic, s_today, 1);
            }

            await processes[i / 2 % 2].WriteAsync(tx => LoadStore.CountAsync(tx, changes));
            return true;
        });

        Assert.All(accrued, a => Assert.Null(a.Error));
        Assert.Equal(40, await NumberAsync("SELECT SUM(Owed) FROM ClinicShare"));
    }

    [Contract]
    public async Task Two_clinics_are_offered_to_or_neither()
    {
        var full = s_japanese with { WeeklyCap = 0 };

        await Assert.ThrowsAsync<ConflictException>(() => CountAsync(changes =>
        {
            changes.Take(s_mexican, s_today, s_today);
            changes.Take(full, s_today, s_today);
        }));

        Assert.Equal(0, await NumberAsync("SELECT COUNT(*) FROM ClinicLoad") + await NumberAsync("SELECT COUNT(*) FROM ClinicDay"));
    }

    [Contract]
    public async Task A_freed_place_can_be_taken_again_once()
    {
        var clinic = s_mexican with { WeeklyCap = 1 };
        Assert.True(await OfferAsync(clinic, s_today));
        Assert.False(await OfferAsync(clinic, s_today));

        await FreeAsync();
        await FreeAsync();

        Assert.True(await OfferAsync(clinic, s_today));
        Assert.False(await OfferAsync(clinic, s_today));
    }

    [Contract]
    public async Task A_place_nobody_had_taken_is_freed_without_harm_and_leaves_the_cap_as_it_is()
    {
        await FreeAsync();

        Assert.Equal(0, (await PlacesAsync(s_mexican))["MX-1"].ThisWeek);
        Assert.True(await OfferAsync(s_mexican with { WeeklyCap = 1 }, s_today));
        Assert.False(await OfferAsync(s_mexican with { WeeklyCap = 1 }, s_today));
    }

    [Contract]
    public async Task Each_week_has_places_of_its_own_and_a_cap_of_zero_has_none()
    {
        var clinic = s_mexican with { WeeklyCap = 1 };
        Assert.True(await OfferAsync(clinic, s_today));
        Assert.True(await OfferAsync(clinic, s_today, s_today.AddDays(7)));
        Assert.True(await OfferAsync(clinic with { Code = "MX-2" }, s_today));
        Assert.False(await OfferAsync(clinic with { Code = "MX-3", WeeklyCap = 0 }, s_today));
    }

    [Contract]
    public async Task A_raised_cap_opens_places_and_a_lowered_one_closes_them()
    {
        var clinic = s_mexican with { WeeklyCap = 2 };
        Assert.True(await OfferAsync(clinic, s_today));
        Assert.False(await OfferAsync(clinic with { WeeklyCap = 1 }, s_today));
        Assert.True(await OfferAsync(clinic, s_today));
        Assert.False(await OfferAsync(clinic, s_today));
        Assert.True(await OfferAsync(clinic with { WeeklyCap = 3 }, s_today));
    }

    [Contract]
    public async Task A_reservation_of_a_failing_unit_is_given_back()
    {
        var clinic = s_mexican with { WeeklyCap = 1 };
        await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(async tx =>
        {
            var changes = new LoadChanges();
            changes.Take(clinic, s_today, s_today);
            await LoadStore.CountAsync(tx, changes);
            throw new InvalidOperationException("the offer fails");
        }));

        Assert.True(await OfferAsync(clinic, s_today));
    }

    [Contract]
    public async Task Shares_add_up_over_the_weeks_the_policy_looks_back()
    {
        await AccrueAsync(("MX-1", s_today, -600_000), ("JP-1", s_today, 600_000));
        await AccrueAsync(("MX-1", s_today, 250_000), ("JP-1", s_today, -250_000));
        await AccrueAsync(("MX-1", s_today.AddDays(-7), 50_000), ("MX-1", s_today.AddDays(-14), 1_000_000));

        Assert.Equal(-300_000, (await LoadAsync(Policy.Shipped with { FairnessWeeks = 2 })).Clinics["MX-1"].Owed);
        Assert.Equal(-350_000, (await LoadAsync(Policy.Shipped with { FairnessWeeks = 1 })).Clinics["MX-1"].Owed);
        Assert.Equal(350_000, (await LoadAsync(Policy.Shipped with { FairnessWeeks = 52 })).Clinics["JP-1"].Owed);
    }

    [Contract]
    public async Task What_no_policy_can_look_back_at_is_swept_and_the_rest_stays()
    {
        var oldest = s_today.AddDays(-7 * (Policy.MostFairnessWeeks - 1));
        await AccrueAsync(("MX-1", oldest, 1), ("GONE", s_today.AddDays(-7 * (Policy.MostFairnessWeeks + 1)), 2), ("MX-1", s_today.AddDays(-7 * (Policy.MostFairnessWeeks + 1)), 4));
        await OfferAsync(s_mexican, s_today.AddDays(-1));
        await OfferAsync(s_mexican, s_today.AddDays(-8));

        Assert.Equal(3, await WriteAsync(LoadStore.SweepAsync));

        Assert.Equal(0, await WriteAsync(LoadStore.SweepAsync));
        Assert.Equal(1, await NumberAsync("SELECT SUM(Owed) FROM ClinicShare"));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM ClinicDay"));
        Assert.Equal(1, (await LoadAsync(Policy.Shipped with { FairnessWeeks = Policy.MostFairnessWeeks })).Clinics["MX-1"].Owed);
    }

    [Contract]
    public async Task Who_waits_is_listed_longest_first_and_waits_for_the_clinics_named_last()
    {
        var (first, second) = (InquiryId.New(), InquiryId.New());
        await WaitAsync(second, Now, "MX-1");
        await WaitAsync(first, Now - TimeSpan.FromHours(1), "MX-1", "JP-1");

        Assert.Equal([first, second], (await LoadAsync()).Waiting["MX-1"].Select(w => w.InquiryId));
        Assert.Equal(new Waiter(first, Now - TimeSpan.FromHours(1)), Assert.Single((await LoadAsync()).Waiting["JP-1"]));

        await WaitAsync(first, Now - TimeSpan.FromHours(1), "JP-1");
        Assert.Equal([second], (await LoadAsync()).Waiting["MX-1"].Select(w => w.InquiryId));

        await WaitAsync(first, Now - TimeSpan.FromHours(1));
        Assert.Equal(1, await WriteAsync(tx => LoadStore.StopWaitingAsync(tx, second)));
        Assert.Empty((await LoadAsync()).Waiting);
    }

    [Contract]
    public async Task Places_others_have_waited_longer_for_are_kept_for_them()
    {
        var first = InquiryId.New();
        await WaitAsync(first, Now - TimeSpan.FromHours(1), "MX-1");
        var view = await LoadAsync();

        Assert.Equal(1, view.For(InquiryId.New(), Now, MatchLoad.None.Earlier).Of("MX-1").Kept);
        Assert.Equal(0, view.For(InquiryId.New(), Now, MatchLoad.None.Earlier).Of("JP-1").Kept);
        Assert.Equal(0, view.For(first, Now - TimeSpan.FromHours(1), MatchLoad.None.Earlier).Of("MX-1").Kept);
    }

    [Contract]
    public async Task How_clinics_answered_replaces_what_was_known_of_all_of_them()
    {
        var quick = new ClinicLoad { ResponseMinutes = 30, Answered = 4, Accepted = 3 };
        var silent = new ClinicLoad { ResponseMinutes = null, Answered = 1, Accepted = 0 };
        await RecordAsync(("MX-1", silent), ("JP-1", quick));
        Clock.Advance(TimeSpan.FromHours(1));
        await RecordAsync(("MX-1", quick));

        var view = await LoadAsync();

        Assert.Equal(quick, view.Clinics["MX-1"]);
        Assert.DoesNotContain("JP-1", view.Clinics.Keys);
        Clock.Advance(TimeSpan.FromHours(1));
        await RecordAsync(("MX-1", silent));
        Assert.Equal(silent, (await LoadAsync()).Clinics["MX-1"]);
    }

    private Task FreeAsync() => CountAsync(changes => changes.Free("MX-1", s_today));

    private Task<LoadView> LoadAsync(Policy? policy = null) => ReadAsync(session => LoadStore.ReadAsync(session, s_network, policy ?? Policy.Shipped));

    private Task<IReadOnlyDictionary<string, ClinicLoad>> PlacesAsync(params Clinic[] clinics) => ReadAsync(session => LoadStore.PlacesAsync(session, clinics));

    /// <returns>False: there was no place, and nothing was counted.</returns>
    private async Task<bool> OfferAsync(Clinic clinic, DateOnly day, DateOnly? week = null)
    {
        try
        {
            await CountAsync(changes => changes.Take(clinic, week ?? s_today, day));
            return true;
        }
        catch (ConflictException)
        {
            return false;
        }
    }

    private Task AccrueAsync(params (string ClinicCode, DateOnly Week, long Owed)[] shares) => CountAsync(changes =>
    {
        foreach (var (clinic, week, owed) in shares)
        {
            changes.Owe(clinic, week, owed);
        }
    });

    private Task CountAsync(Action<LoadChanges> change)
    {
        var changes = new LoadChanges();
        change(changes);
        return WriteAsync(tx => LoadStore.CountAsync(tx, changes));
    }

    private Task WaitAsync(InquiryId inquiry, DateTimeOffset since, params string[] clinics) =>
        WriteAsync(tx => LoadStore.WaitAsync(tx, inquiry, since, clinics));

    private Task RecordAsync(params (string ClinicCode, ClinicLoad Record)[] records) => WriteAsync(tx => LoadStore.ReplaceRecordsAsync(tx, records));
}
