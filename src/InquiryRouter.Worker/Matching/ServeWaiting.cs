using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Worker.Matching;

/// <summary>Places were freed: who has waited longest goes on first. New inquiries do not see the places kept for them.</summary>
public sealed class ServeWaiting(Database database, NetworkCache networks, PolicyCache policies)
{
    private static readonly Actor s_actor = Actor.Stage("capacity");

    /// <returns>How many went on.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var policy = await policies.CurrentAsync(cancellation);
        var view = await database.ReadAsync(session => LoadStore.ReadAsync(session, network, policy), cancellation);
        var free = view.Waiting
            .Where(w => network.ByCode.ContainsKey(w.Key))
            .ToDictionary(w => w.Key, w => Free(network.ByCode[w.Key], view.Clinics.GetValueOrDefault(w.Key) ?? ClinicLoad.None), StringComparer.Ordinal);
        var served = 0;
        foreach (var waiter in view.Waiting.SelectMany(w => w, (w, waiter) => (Clinic: w.Key, waiter.InquiryId, waiter.Since)).GroupBy(w => (w.Since, w.InquiryId)).OrderBy(g => g.Key))
        {
            // One that waits at several clinics takes one place.
            if (waiter.Select(w => w.Clinic).FirstOrDefault(c => free.GetValueOrDefault(c) > 0) is not { } clinic)
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

        return served;
    }

    private static int Free(Clinic clinic, ClinicLoad load) =>
        Math.Max(0, Math.Min(clinic.WeeklyCap - load.ThisWeek, (clinic.DailyPace ?? int.MaxValue) - load.Today));

    private async Task<Served> ServeAsync(Guid inquiryId, string clinic, CancellationToken cancellation)
    {
        var inquiry = await database.ReadAsync(session => InquiryStore.FindAsync(session, inquiryId), cancellation);
        if (inquiry is { State: InquiryState.Received or InquiryState.Matched })
        {
            return Served.OnItsWay;
        }

        if (inquiry is not { State: InquiryState.Held } || !inquiry.HoldReasons.Contains(HoldReason.WaitsForCapacity))
        {
            // It ended, or a coordinator took it on otherwise.
            await database.WriteAsync(
                async tx =>
                {
                    // Not when it has begun to wait again meanwhile.
                    if ((await InquiryStore.FindAsync(tx, inquiryId))?.Version == inquiry?.Version)
                    {
                        await LoadStore.StopWaitingAsync(tx, inquiryId);
                    }
                },
                cancellation: cancellation);
            return Served.Gone;
        }

        try
        {
            // It stays on the list until it is matched again: its place is kept on the way there.
            await database.WriteAsync(
                async tx =>
                {
                    var version = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Release, s_actor, $"place-at {clinic}"));
                    await OutboxStore.AddAsync(tx, new InquiryCleared { InquiryId = inquiry.Id, Version = version });
                },
                cancellation: cancellation);
            return Served.Released;
        }
        catch (ConflictException)
        {
            // Another worker was first.
            return Served.OnItsWay;
        }
    }

    private enum Served
    {
        Released,

        /// <summary>Released before, not offered yet: its place is still kept.</summary>
        OnItsWay,

        Gone,
    }
}
