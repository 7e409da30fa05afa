using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;

namespace InquiryRouter.Application.Clinics;

/// <summary>A clinic takes no new referrals for a while.</summary>
public sealed class PauseClinic(Work work, NetworkCache networks)
{
    /// <param name="clinicCode">Which clinic.</param>
    /// <param name="until">The last day of the pause, in the clinic's zone.</param>
    /// <param name="who">Who asks for it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<Outcome> RunAsync(string clinicCode, DateOnly until, Actor who, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        return await work.RunAsync(
            session => Task.FromResult(session.Now), now => Task.FromResult(Decide(network, clinicCode, until, now, who)), cancellation);
    }

    internal static Decided<Outcome> Decide(NetworkSnapshot network, string clinicCode, DateOnly until, DateTimeOffset now, Actor who)
    {
        if (!network.ByCode.TryGetValue(clinicCode, out var clinic))
        {
            return Outcome.NotFound.It;
        }

        var today = CapWeek.Day(now, clinic.TimeZone);
        return !ClinicPause.Allows(until, today)
            ? new Outcome.NotPossible(ClinicCodes.NoDayOfAPause, ("first", today), ("last", ClinicPause.LastDay(today)))
            : clinic.PausedUntil == until ? Outcome.AlreadyDone.It
            : Outcome.Done.It.By<Outcome>(new SetPause(clinicCode, until, who));
    }
}
