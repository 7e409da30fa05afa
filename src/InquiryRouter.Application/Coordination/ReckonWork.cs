using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// Reckons the open work up again from the states, and finds which rows are missing or too many. The clock mends them, which is also how an
/// upgraded database gets its first ones.
/// </summary>
public sealed partial class ReckonWork(Work work, NetworkCache networks, ILogger<ReckonWork> log)
{
    private const int AtOnce = 100;

    private (NetworkSnapshot Network, DateOnly Day)? _seen;

    /// <summary>Reads only.</summary>
    public async Task<IReadOnlyList<WorkDifference>> RunAsync(CancellationToken cancellation)
    {
        var needs = Needs(await networks.CurrentAsync(cancellation));
        return await work.ReadAsync(session => WorkLedger.DifferencesAsync(session, needs), cancellation);
    }

    /// <summary>Mends what differs; each is looked at anew in the transaction that mends it.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> MendAsync(CancellationToken cancellation)
    {
        await MendClinicsAsync(cancellation);
        var differences = (await RunAsync(cancellation)).ToList();
        foreach (var some in differences.Chunk(AtOnce))
        {
            await work.WriteAsync(
                async tx =>
                {
                    await WorkLedger.MendAsync(tx, some);
                    return some.Length;
                },
                cancellation,
                Priority.Background);
        }

        if (differences.Count > 0)
        {
            LogMended(differences.Count);
        }

        return differences.Count;
    }

    /// <summary>What clinics need: asked when the network is another one than the last time, and on each new day.</summary>
    public async Task<int> MendClinicsAsync(CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var now = (network, DateOnly.FromDateTime(work.Now.UtcDateTime));
        if (_seen is { } seen && ReferenceEquals(seen.Network, network) && seen.Day == now.Item2)
        {
            return 0;
        }

        var needs = Needs(network);
        var changed = await work.WriteAsync(tx => WorkLedger.LookAtClinicsAsync(tx, needs), cancellation, Priority.Background);
        _seen = now;
        return changed;
    }

    private List<ClinicNeed> Needs(NetworkSnapshot network)
    {
        var due = CredentialCalendar.Due(network, DateOnly.FromDateTime(work.Now.UtcDateTime))
            .GroupBy(d => d.Clinic, StringComparer.Ordinal)
            .Select(g => new ClinicNeed(
                g.Key, WorkKind.CredentialDue, string.Join(' ', g.Select(d => d.Credential.Body).Distinct(StringComparer.Ordinal)),
                new DateTimeOffset(g.Min(d => d.On).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)));
        var silent = network.Clinics.Where(c => c.Active && c.MailFailsSince is not null)
            .Select(c => new ClinicNeed(
                c.Code, WorkKind.ClinicUnreachable, string.Empty, c.MailFailsSince!.Value + WorkKinds.TimeFor(WorkKind.ClinicUnreachable)));
        return [.. due, .. silent];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} pieces of open work were missing, too many or not up to date, and were mended. After an upgrade that is as it should be.")]
    private partial void LogMended(int count);
}
