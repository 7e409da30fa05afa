using System.CommandLine;
using System.Globalization;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Commands;

/// <summary>The master keys: which there are, what each still opens, and the change to a new one.</summary>
internal static class KeyCommands
{
    // A running server looks at the key files every second: what it wrapped by the key before in the meantime is found by a second pass.
    private static readonly TimeSpan s_takenUpWithin = TimeSpan.FromSeconds(2);

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var list = new Command("list", "Shows every master key by its id, and how many rows it wraps.") { TreatUnmatchedTokensAsErrors = false };
        list.SetAction((parsed, cancellation) => ListAsync(parsed, output, cancellation));
        var rotate = new Command("rotate", "Makes a new master key when all rows are wrapped by the newest (in a file: by itself; as text: by you), and wraps every row by it. The server may run. Interrupted, run it again.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
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
        var rotation = services.GetRequiredService<KeyRotation>();
        var ring = services.GetRequiredService<MasterKeyRing>();
        var before = await rotation.ListAsync(cancellation);
        if (before.Any(k => !k.Known))
        {
            throw new CannotStartException(
                $"Rows name master keys that are not known here: {string.Join(", ", before.Where(k => !k.Known).Select(k => k.Id))}. Add them to Privacy:OldMasterKeyFiles or Privacy:OldMasterKeys first; see 'InquiryRouter keys list'.");
        }

        // A rotation that was interrupted, or a key that was put in place by hand, is finished first.
        var pending = before.Any(k => !k.Newest && k.Rows > 0);
        var old = before.Where(k => !k.Newest).Select(k => k.Id).ToList();
        if (!pending)
        {
            if (ring.File is not { } file)
            {
                throw new CannotStartException(
                    $"All rows are wrapped by {ring.Newest.Id}, which came as text. To replace it, make another (openssl rand -base64 {MasterKey.Length}), give it to all processes in Privacy:OldMasterKeys, then change the two over in all of them, and run this again.");
            }

            old.Insert(0, ring.Newest.Id);
            if (!MasterKeyFile.Replace(file, ring.Newest.Id))
            {
                throw new CannotStartException($"The key in '{file}' was replaced by somebody else at this moment. See: InquiryRouter keys list");
            }

            await Task.Delay(s_takenUpWithin, cancellation);
            await output.WriteLineAsync($"{ring.Newest.Id} is the new master key in {file}; the one before is in {MasterKeyFile.OldFolder(file)}.");
        }

        var report = await rotation.RewrapAsync(done => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {done} rows")), cancellation);
        await Task.Delay(s_takenUpWithin, cancellation);
        var late = await rotation.RewrapAsync(_ => { }, cancellation);
        var (rewrapped, unopened) = (report.Rewrapped + late.Rewrapped, late.Unopened);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rewrapped} rows were wrapped anew by {ring.Newest.Id}{(unopened == 0 ? string.Empty : $"; {unopened} could not be opened and stay as they are")}."));
        var needed = (await rotation.ListAsync(cancellation)).Where(k => !k.Newest && k.Rows > 0).ToList();
        await output.WriteLineAsync(needed.Count == 0
            ? $"No row needs {string.Join(" or ", old)} any more. Keep it for as long as backups from before this moment are kept, then destroy it: with it goes whatever was erased."
            : $"{string.Join(", ", needed.Select(k => k.Id))} is still needed: a server that has not taken up the new key wraps by it. Restart it, and run this again.");
        return needed.Count == 0 ? 0 : 1;
    }
}
