using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Network;

/// <summary>
/// Verifies again what is due of the demo network, after its invented past: whoever starts it finds the work of a well-kept network,
/// however long ago the program was made. What has ended stays so: there is nothing to verify.
/// </summary>
public sealed class VerifyDemoNetwork(Work work, NetworkCache networks, ReckonWork reckon)
{
    private const string Source = "demo network: verified again";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        var due = CredentialCalendar.Due(network, today).Select(d => d.Credential).Where(c => c.ValidTo >= today)
            .ToHashSet(ReferenceEqualityComparer.Instance);
        List<Clinic> verified =
        [
            .. network.Clinics.Where(c => c.Credentials.Any(due.Contains)).Select(clinic => clinic with
            {
                Credentials = [.. clinic.Credentials.Select(c => due.Contains(c) ? c with { VerifiedAt = today } : c)],
            }),
        ];
        var changed = await work.WriteAsync(
            async tx => await DemoRules.AreInForceAsync(tx) && (await NetworkStore.ReplaceAsync(tx, verified, Source)).Changed > 0, cancellation);
        if (changed)
        {
            await reckon.MendClinicsAsync(cancellation);
        }
    }
}
