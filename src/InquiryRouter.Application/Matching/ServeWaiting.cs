using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Matching;

/// <summary>Places were freed: who has waited longest goes on first. New inquiries do not see the places kept for them.</summary>
public sealed class ServeWaiting(Work work, MatchIndexCache indexes, PolicyCache policies)
{
    private static readonly Actor s_actor = Actor.Stage("capacity");

    private long? _seenNetwork;

    /// <returns>How many went on.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = work.Now;
        var index = await indexes.AtAsync(now, cancellation);
        var network = index.Network;
        var policy = await policies.CurrentAsync(cancellation);
        var view = await work.ReadAsync(session => LoadStore.ReadAsync(session, network, policy), cancellation);
        var free = new Dictionary<string, int>(StringComparer.Ordinal);

        // They wait for the clinics that fitted once: with another network others may fit as well.
        var isOther = network.Version != _seenNetwork;
        var served = 0;
        foreach (var waiter in view.Waiting.SelectMany(w => w, (w, waiter) => (Clinic: w.Key, waiter.InquiryId, waiter.Since))
            .GroupBy(w => (w.Since, w.InquiryId)).OrderBy(g => (g.Key.Since, g.Key.InquiryId.Value)))
        {
            // One that waits at several clinics takes one place.
            var clinics = waiter.Select(w => w.Clinic);
            if (isOther)
            {
                clinics = clinics.Concat(await FittingAsync(waiter.Key.InquiryId, index, policy, view, now, cancellation));
            }

            if (clinics.FirstOrDefault(c => FreeAt(c) > 0) is not { } clinic)
            {
                continue;
            }

            switch (await ServeAsync(waiter.Key.InquiryId, clinic, cancellation))
            {
                case Served.Released:
                    free[clinic]--;
                    served++;
                    break;
                case Served.OnItsWay:
                    free[clinic]--;
                    break;
            }
        }

        _seenNetwork = network.Version;
        return served;

        int FreeAt(string code)
        {
            if (!free.TryGetValue(code, out var places))
            {
                free[code] = places = network.ByCode.TryGetValue(code, out var clinic) ? Free(clinic, view.Clinics.GetValueOrDefault(code) ?? ClinicLoad.None) : 0;
            }

            return places;
        }
    }

    private async Task<IEnumerable<string>> FittingAsync(
        InquiryId inquiryId, MatchIndex index, Policy policy, LoadView view, DateTimeOffset now, CancellationToken cancellation)
    {
        var (inquiry, earlier) = await work.ReadAsync(
            async session => (await InquiryStore.FindAsync(session, inquiryId), await EarlierOffers.FindAsync(session, inquiryId)), cancellation);
        return inquiry is null ? [] : Matcher.Match(inquiry.Facts, index, policy, view.For(inquiryId, inquiry.ReceivedAt, earlier), now).Ranked.Select(r => r.Clinic);
    }

    private static int Free(Clinic clinic, ClinicLoad load) =>
        Math.Max(0, Math.Min(clinic.WeeklyCap - load.ThisWeek, (clinic.DailyPace ?? int.MaxValue) - load.Today));

    private Task<Served> ServeAsync(InquiryId inquiryId, string clinic, CancellationToken cancellation) => work.RunAsync(
        session => InquiryStore.FindAsync(session, inquiryId),
        inquiry => Task.FromResult(inquiry switch
        {
            null => Served.Gone.By(new StopWaiting(inquiryId)),
            { State: InquiryState.Screened or InquiryState.Matched } => Served.OnItsWay,
            { State: InquiryState.Held } when inquiry.HoldReasons.Contains(HoldReason.WaitsForCapacity) => Served.Released.By(

                // It stays on the list until it is matched again: its place is kept on the way there.
                new MoveInquiry(inquiry, InquiryTrigger.Release, s_actor, new HistoryEvent.Released.PlaceFreed(clinic)),
                new AnnounceCleared(inquiry)),

            // It ended, or a coordinator took it on otherwise; it may begin to wait again at this moment.
            _ => Served.Gone.By(new RequireUnmoved(inquiry), new StopWaiting(inquiryId)),
        }),
        cancellation,
        Priority.Background);

    private enum Served
    {
        Released,

        /// <summary>Released before, not offered yet: its place is still kept.</summary>
        OnItsWay,

        Gone,
    }
}
