using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Privacy;

/// <summary>Replaces the master key by a new one, or finishes a rotation that was interrupted: afterwards every row is wrapped by the newest. The server may run.</summary>
public sealed class RotateKeys(KeyRotation rotation, MasterKeyRing ring)
{
    // A running server looks at the key files every second: what it wrapped by the key before in the meantime is found by a second pass.
    private static readonly TimeSpan s_takenUpWithin = TimeSpan.FromSeconds(2);

    /// <param name="progress">Told what has been done, as it goes on.</param>
    /// <param name="cancellation">Ends it between two batches; run again it goes on.</param>
    public async Task<Rotation> RunAsync(IProgress<RotationStep> progress, CancellationToken cancellation)
    {
        var before = await rotation.ListAsync(cancellation);
        if (before.Where(k => !k.Known).Select(k => k.Id).ToList() is { Count: > 0 } unknown)
        {
            return new Rotation.UnknownKeys(unknown);
        }

        // A rotation that was interrupted, or a key that was put in place by hand, is finished first.
        var old = before.Where(k => !k.Newest).Select(k => k.Id).ToList();
        if (!before.Any(k => !k.Newest && k.Rows > 0))
        {
            if (ring.File is not { } file)
            {
                return new Rotation.KeyIsText(ring.Newest.Id);
            }

            old.Insert(0, ring.Newest.Id);
            if (!MasterKeyFile.Replace(file, ring.Newest.Id))
            {
                return new Rotation.ReplacedMeanwhile(file);
            }

            await Task.Delay(s_takenUpWithin, cancellation);
            progress.Report(new RotationStep.NewKey(ring.Newest.Id, file, MasterKeyFile.OldFolder(file)));
        }

        var report = await rotation.RewrapAsync(done => progress.Report(new RotationStep.Rewrapped(done)), cancellation);
        await Task.Delay(s_takenUpWithin, cancellation);
        var late = await rotation.RewrapAsync(_ => { }, cancellation);
        var needed = (await rotation.ListAsync(cancellation)).Where(k => !k.Newest && k.Rows > 0).Select(k => k.Id).ToList();
        return new Rotation.Done(ring.Newest.Id, report.Rewrapped + late.Rewrapped, late.Unopened, old, needed);
    }
}

/// <summary>Something a rotation has done.</summary>
public abstract record RotationStep
{
    private RotationStep()
    {
    }

    public sealed record NewKey(string Id, string File, string OldFolder) : RotationStep;

    /// <param name="Rows">So far.</param>
    public sealed record Rewrapped(long Rows) : RotationStep;
}

/// <summary>What a rotation came to.</summary>
public abstract record Rotation
{
    private Rotation()
    {
    }

    /// <param name="Newest">The key that wraps everything now.</param>
    /// <param name="Unopened">Rows that none of the known keys opens: left as they are.</param>
    /// <param name="Old">Keys that wrap nothing new any more.</param>
    /// <param name="StillNeeded">Those of them a server that has not taken up the new key still wraps by.</param>
    public sealed record Done(string Newest, long Rewrapped, long Unopened, IReadOnlyList<string> Old, IReadOnlyList<string> StillNeeded) : Rotation;

    /// <summary>Rows name master keys that this process does not have.</summary>
    public sealed record UnknownKeys(IReadOnlyList<string> Ids) : Rotation;

    /// <summary>All rows are wrapped by a key that came as text: only who sets it can replace it.</summary>
    public sealed record KeyIsText(string Newest) : Rotation;

    /// <summary>Somebody else replaced the key in the file at this moment.</summary>
    public sealed record ReplacedMeanwhile(string File) : Rotation;
}
