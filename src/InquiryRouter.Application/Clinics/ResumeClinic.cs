using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;

namespace InquiryRouter.Application.Clinics;

/// <summary>A clinic that pauses takes referrals again.</summary>
public sealed class ResumeClinic(Work work, NetworkCache networks)
{
    public async Task<Outcome> RunAsync(string clinicCode, Actor who, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        return await work.RunAsync(_ => Task.FromResult(network), found => Task.FromResult(Decide(found, clinicCode, who)), cancellation);
    }

    internal static Decided<Outcome> Decide(NetworkSnapshot network, string clinicCode, Actor who) =>
        !network.ByCode.TryGetValue(clinicCode, out var clinic) ? Outcome.NotFound.It
        : clinic.PausedUntil is null ? Outcome.AlreadyDone.It
        : Outcome.Done.It.By<Outcome>(new SetPause(clinicCode, Until: null, who));
}
