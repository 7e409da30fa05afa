using System.CommandLine;
using System.Globalization;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Commands;

/// <summary>The master keys: which there are, what each still opens, and the change to a new one.</summary>
internal static class KeyCommands
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var list = new Command("list", "Shows every master key by its id, and how many rows it wraps.");
        list.SetAction((parsed, cancellation) => ListAsync(parsed, output, cancellation));
        var rotate = new Command("rotate", "Makes a new master key when all rows are wrapped by the newest (in a file: by itself; as text: by you), and wraps every row by it. The server may run. Interrupted, run it again.");
        rotate.SetAction((parsed, cancellation) => RotateAsync(parsed, output, cancellation));
        root.Add(new Command("keys", "The master keys, which wrap the keys of all patients.") { list, rotate });
    }

    private static async Task<int> ListAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var keys = await services.GetRequiredService<KeyRotation>().ListAsync(cancellation);
        foreach (var key in keys)
        {
            var says = key switch
            {
                { Newest: true } => "the newest: wraps what comes",
                { Known: false } => "NOT KNOWN here: add it to Privacy:OldMasterKeyFiles or Privacy:OldMasterKeys",
                { Rows: 0 } => "needed only for backups from before the rotation",
                _ => "still needed; run: InquiryRouter keys rotate",
            };
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{key.Id}  {key.Rows,9} rows  {says}"));
        }

        return keys.Any(k => !k.Known) ? 1 : 0;
    }

    private static async Task<int> RotateAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var progress = new Progress(step => output.WriteLine(step switch
        {
            RotationStep.NewKey made => $"{made.Id} is the new master key in {made.File}; the one before is in {made.OldFolder}.",
            RotationStep.Rewrapped rows => string.Create(CultureInfo.InvariantCulture, $"  {rows.Rows} rows"),
            _ => throw new InvalidOperationException($"{step.GetType().Name} is not known."),
        }));
        switch (await services.GetRequiredService<RotateKeys>().RunAsync(progress, cancellation))
        {
            case Rotation.Done done:
                var unopened = done.Unopened == 0 ? string.Empty : $"; {done.Unopened} could not be opened and stay as they are";
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{done.Rewrapped} rows were wrapped anew by {done.Newest}{unopened}."));
                await output.WriteLineAsync(done.StillNeeded.Count == 0
                    ? $"No row needs {string.Join(" or ", done.Old)} any more. Keep it for as long as backups from before this moment are kept, "
                        + "then destroy it: with it goes whatever was erased."
                    : $"{string.Join(", ", done.StillNeeded)} is still needed: a server that has not taken up the new key wraps by it. "
                        + "Restart it, and run this again.");
                return done.StillNeeded.Count == 0 ? 0 : 1;
            case Rotation.UnknownKeys unknown:
                throw new CommandRefusedException(
                    $"Rows name master keys that are not known here: {string.Join(", ", unknown.Ids)}. Add them to Privacy:OldMasterKeyFiles "
                    + "or Privacy:OldMasterKeys first; see 'InquiryRouter keys list'.");
            case Rotation.KeyIsText text:
                throw new CommandRefusedException(
                    $"All rows are wrapped by {text.Newest}, which came as text. To replace it, make another (openssl rand -base64 {MasterKey.Length}), "
                    + "give it to all processes in Privacy:OldMasterKeys, then change the two over in all of them, and run this again.");
            case Rotation.ReplacedMeanwhile replaced:
                throw new CommandRefusedException(
                    $"The key in '{replaced.File}' was replaced by somebody else at this moment. See: InquiryRouter keys list");
            case var other:
                throw new InvalidOperationException($"{other.GetType().Name} is not known.");
        }
    }

    // Said in its order, as it happens: System.Progress would say it on threads of its own.
    private sealed class Progress(Action<RotationStep> say) : IProgress<RotationStep>
    {
        public void Report(RotationStep value) => say(value);
    }
}
