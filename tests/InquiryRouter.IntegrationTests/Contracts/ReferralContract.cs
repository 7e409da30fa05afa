using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class ReferralOnSqlite() : ReferralContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class ReferralOnSqlServer() : ReferralContract(DatabaseProvider.SqlServer);

public abstract class ReferralContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly DateOnly s_week = new(2026, 11, 23);
    private readonly Clinic _clinic = A.Clinic("MX-1");
    private readonly InquiryId _inquiry = InquiryId.New();

    [Contract]
    public async Task An_offer_comes_back_as_it_was_made()
    {
        var match = Guid.CreateVersion7();
        var id = await OfferAsync(_inquiry, 1, _clinic, match);

        var found = await FindAsync(id);

        Assert.Equal(
            new ReferralRecord
            {
                Id = id, InquiryId = _inquiry, N = 1, ClinicCode = "MX-1", MatchId = match, State = ReferralState.Offered, Version = 1, OfferedAt = Now,
                OfferUntil = Now + TimeSpan.FromHours(16), CapWeek = s_week, AnsweredAt = null, Reason = null,
            },
            found);
    }

    [Contract]
    public async Task A_clinic_is_offered_an_inquiry_once()
    {
        await OfferAsync(_inquiry, 1, _clinic);

        await Assert.ThrowsAsync<ConflictException>(() => OfferAsync(_inquiry, 2, _clinic));

        await OfferAsync(_inquiry, 2, A.Clinic("MX-2"));
        await OfferAsync(InquiryId.New(), 1, _clinic);
        Assert.Equal(["MX-1", "MX-2"], (await ListAsync()).Select(r => r.ClinicCode));
    }

    [Contract]
    public async Task A_yes_and_what_it_discloses_stand_until_the_clinic_takes_it_back()
    {
        var id = await OfferAsync(_inquiry, 1, _clinic);
        await WriteAsync(async tx => await ReferralStore.MoveAsync(tx, (await ReferralStore.FindAsync(tx, id))!, ReferralTrigger.Accept, discloses: true));
        var accepted = (await FindAsync(id))!;
        Clock.Advance(TimeSpan.FromMinutes(10));

        await MoveAsync(accepted, ReferralTrigger.Undo);

        Assert.Equal((Now.AddMinutes(-10), Now.AddMinutes(-10), Now.AddMinutes(-10)), (accepted.AnsweredAt, accepted.AcceptedAt, accepted.DisclosedAt));
        var undone = (await FindAsync(id))!;
        Assert.Equal(ReferralState.Viewed, undone.State);
        Assert.Equal((null, null, null), (undone.AnsweredAt, undone.AcceptedAt, undone.DisclosedAt));
    }

    [Contract]
    public async Task An_offer_that_has_ended_is_open_again_without_a_trace_of_its_end()
    {
        var id = await OfferAsync(_inquiry, 1, _clinic);
        await WriteAsync(async tx => await ReferralStore.MoveAsync(tx, (await ReferralStore.FindAsync(tx, id))!, ReferralTrigger.Decline, "other"));

        await MoveAsync((await FindAsync(id))!, ReferralTrigger.Reopen);

        var open = (await FindAsync(id))!;
        Assert.Equal((ReferralState.Viewed, null, null), (open.State, open.AnsweredAt, open.Reason));
    }

    [Contract]
    public async Task What_a_clinic_reports_is_kept_and_disputed_once_until_it_is_reported_anew()
    {
        var id = await OfferAsync(_inquiry, 1, _clinic);
        var (booked, treated) = (new DateOnly(2027, 1, 31), new DateOnly(2027, 2, 3));
        await WriteAsync(tx => ReferralStore.AnsweredByAsync(tx, id, [1, 2, 3]));
        await WriteAsync(tx => ReferralStore.ReportAsync(tx, id, booked, null, 12_000.50m, "USD"));
        await WriteAsync(tx => ReferralStore.DisputeAsync(tx, id));
        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => ReferralStore.DisputeAsync(tx, id)));
        Assert.Equal(Now, (await FindAsync(id))!.DisputedAt);

        await WriteAsync(tx => ReferralStore.ReportAsync(tx, id, null, treated, null, null));

        var found = (await FindAsync(id))!;
        Assert.Equal((booked, treated, 12_000.50m, "USD", null), (found.BookedOn, found.TreatedOn, found.PaidAmount, found.PaidCurrency, found.DisputedAt));
        Assert.Equal([1, 2, 3], found.AnsweredBy);
    }

    [Contract]
    public async Task A_yes_without_the_patients_agreement_discloses_nothing_until_the_patient_chooses()
    {
        var id = await OfferAsync(_inquiry, 1, _clinic);
        await MoveAsync((await FindAsync(id))!, ReferralTrigger.Accept);
        var withheld = (await FindAsync(id))!;

        await WriteAsync(tx => ReferralStore.DiscloseAsync(tx, withheld));

        Assert.Null(withheld.DisclosedAt);
        Assert.Equal(Now, (await FindAsync(id))!.DisclosedAt);
        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => ReferralStore.DiscloseAsync(tx, withheld)));
    }

    [Contract]
    public async Task A_clinic_sees_its_own_referrals_newest_first()
    {
        var (one, two) = (await StoreInquiryAsync(), await StoreInquiryAsync());
        var first = await OfferAsync(one.Id, 1, _clinic);
        await OfferAsync(one.Id, 2, A.Clinic("MX-2"));
        var second = await OfferAsync(two.Id, 1, _clinic);

        var listed = await ReadAsync(session => ReferralStore.ListOfClinicAsync(session, "MX-1", 10));
        Assert.Equal([second, first], listed.Select(r => r.Id));
        Assert.Equal((two.Reference, ReferralState.Offered, Now), (listed[0].Reference, listed[0].State, listed[0].OfferedAt));
        Assert.Equal([second], (await ReadAsync(session => ReferralStore.ListOfClinicAsync(session, "MX-1", 1))).Select(r => r.Id));
    }

    [Contract]
    public async Task A_step_is_applied_with_its_time_and_reason()
    {
        var id = await OfferAsync(_inquiry, 1, _clinic);
        Clock.Advance(TimeSpan.FromHours(1));

        var version = await MoveAsync((await FindAsync(id))!, ReferralTrigger.Decline, "no-capacity");

        var declined = await FindAsync(id);
        Assert.Equal(2, version);
        Assert.Equal((ReferralState.Declined, 2, Now, "no-capacity"), (declined!.State, declined.Version, declined.AnsweredAt, declined.Reason));
    }

    [Contract]
    public async Task A_stale_or_illegal_step_is_a_conflict_and_changes_nothing()
    {
        var id = await OfferAsync(_inquiry, 1, _clinic);
        var loaded = (await FindAsync(id))!;
        await MoveAsync(loaded, ReferralTrigger.Accept);
        var accepted = (await FindAsync(id))!;

        await Assert.ThrowsAsync<ConflictException>(() => MoveAsync(loaded, ReferralTrigger.Decline, "other"));
        await Assert.ThrowsAsync<ConflictException>(() => MoveAsync(accepted, ReferralTrigger.Expire));

        Assert.Equal(accepted, await FindAsync(id));
    }

    [Contract]
    public async Task Of_a_yes_a_no_and_the_clock_at_once_exactly_one_wins()
    {
        var id = await OfferAsync(_inquiry, 1, _clinic);
        var loaded = (await FindAsync(id))!;
        ReferralTrigger[] triggers = [ReferralTrigger.Accept, ReferralTrigger.Decline, ReferralTrigger.Expire];

        var outcomes = await AtOnceAsync(9, i => MoveAsync(loaded, triggers[i % 3]));

        Assert.Single(outcomes, o => o.Error is null);
        Assert.Equal(8, outcomes.Count(o => o.Error is ConflictException));
    }

    [Contract]
    public async Task A_clinic_is_full_in_its_own_week_only()
    {
        var mexican = _clinic with { WeeklyCap = 1 };
        var japanese = A.Clinic("JP-1") with { TimeZone = "Asia/Tokyo", WeeklyCap = 1 };
        var free = A.Clinic("MX-9") with { WeeklyCap = 2 };
        var network = new NetworkSnapshot(1, [mexican, japanese, free], A.Rules);
        foreach (var clinic in new[] { mexican, japanese, free })
        {
            await ReserveAsync(clinic);
        }

        Assert.Equal(["JP-1", "MX-1"], await FullAsync(network, Now));

        // Monday has begun in Tokyo and not yet in Mexico.
        Assert.Equal(["MX-1"], await FullAsync(network, new DateTimeOffset(2026, 11, 29, 20, 0, 0, TimeSpan.Zero)));
        Assert.Empty(await FullAsync(network, new DateTimeOffset(2026, 11, 30, 20, 0, 0, TimeSpan.Zero)));
    }

    private async Task<ReferralId> OfferAsync(InquiryId inquiry, int n, Clinic clinic, Guid? match = null)
    {
        var id = ReferralId.New();
        await WriteAsync(tx => ReferralStore.AddAsync(tx, id, inquiry, n, clinic, match ?? Guid.CreateVersion7(), tx.Now + TimeSpan.FromHours(16), s_week));
        return id;
    }

    private Task<int> MoveAsync(ReferralRecord loaded, ReferralTrigger trigger, string? reason = null) =>
        WriteAsync(tx => ReferralStore.MoveAsync(tx, loaded, trigger, reason));

    private Task ReserveAsync(Clinic clinic)
    {
        var changes = new LoadChanges();
        changes.Take(clinic, s_week, s_week);
        return WriteAsync(tx => LoadStore.CountAsync(tx, changes));
    }

    private Task<ReferralRecord?> FindAsync(ReferralId id) => ReadAsync(session => ReferralStore.FindAsync(session, id));

    private Task<IReadOnlyList<ReferralRecord>> ListAsync() => ReadAsync(session => ReferralStore.ListAsync(session, _inquiry));

    private async Task<IEnumerable<string>> FullAsync(NetworkSnapshot network, DateTimeOffset now)
    {
        Clock.SetUtcNow(now);
        var view = await ReadAsync(session => LoadStore.ReadAsync(session, network, Policy.Shipped));
        return network.Clinics.Where(c => view.Clinics.TryGetValue(c.Code, out var load) && load.ThisWeek >= c.WeeklyCap).Select(c => c.Code);
    }
}
