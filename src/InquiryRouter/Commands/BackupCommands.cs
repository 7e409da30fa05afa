using System.CommandLine;
using System.Reflection;
using InquiryRouter.Application.Operations;
using InquiryRouter.Hosting;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

/// <summary>A copy of the embedded database while it runs, and the way back to it. SQL Server makes its own.</summary>
internal static class BackupCommands
{
    private const int MostNamed = 20;

    private static string Version =>
        typeof(BackupCommands).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var to = new Argument<string>("PATH") { Description = "A new directory." };
        var keysTo = new Option<string?>("--keys") { Description = "Another new directory, for the master keys; left out: PATH.keys." };
        var backup = new Command("backup", "Copies the embedded database while it runs, and the master keys apart from it; checks the copy.") { to, keysTo };
        backup.SetAction((parsed, cancellation) => BackUpAsync(parsed, parsed.GetValue(to)!, parsed.GetValue(keysTo), output, cancellation));
        root.Add(backup);

        var from = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "A directory that 'backup' wrote." };
        var keysFrom = new Option<string?>("--keys") { Description = "The directory with its master keys; left out: PATH.keys. Needed where this installation has no key." };
        var yes = new Option<bool>("--yes") { Description = "Answers the question: you have read what would be lost." };
        var withoutLedger = new Option<bool>("--without-ledger") { Description = "Restores although there is no ledger of erasures: nobody was erased since the backup." };
        var inPlace = new Option<bool>("--in-place")
        {
            Description = "The database is restored already, by its server or by hand: only hold sending, and erase again who was erased.",
        };
        var restore = new Command(
            "restore", "Puts a backup in the place of the database; says first what would be lost. Nothing is sent until 'sending resume'. Stop the server first.")
        {
            from, keysFrom, yes, withoutLedger, inPlace,
        };
        restore.SetAction((parsed, cancellation) => parsed.GetValue(inPlace)
            ? MarkAsync(parsed, parsed.GetValue(from), parsed.GetValue(withoutLedger), output, cancellation)
            : RestoreAsync(
                parsed, parsed.GetValue(from), parsed.GetValue(keysFrom), (parsed.GetValue(yes), parsed.GetValue(withoutLedger)), output, cancellation));
        root.Add(restore);
    }

    private static async Task<int> BackUpAsync(ParseResult parsed, string path, string? keys, TextWriter output, CancellationToken cancellation)
    {
        var settings = CommandContext.Settings(parsed, Roles.Both);
        MustBeSqlite(settings, "back up the database with its own BACKUP DATABASE");
        await using var services = CommandContext.Open(parsed, settings);
        var directory = Path.GetFullPath(path);
        var made = await services.GetRequiredService<MakeBackup>().RunAsync(
            settings.ConnectionString, directory, Path.GetFullPath(keys ?? BackupDirectory.KeysOf(directory)), settings.Data.BrandDirectory,
            Version, cancellation);
        await output.WriteLineAsync(FormattableString.Invariant(
            $"{directory} has {made.Manifest.Inquiries} inquiries as of {made.Manifest.At:yyyy-MM-dd HH:mm:ss} UTC, {made.Manifest.Length / 1024.0 / 1024.0:0.0} MB, read through and whole."));
        await output.WriteLineAsync(made.KeysDirectory is { } copied
            ? $"{copied} has the master keys that open it. Move it to another place now: whoever has both can read every patient."
            : "The master key comes as a setting and was not copied. Without it nobody can read the backup: keep it somewhere else.");
        await output.WriteLineAsync("Not in it: appsettings.json and the environment, certificates, mails in files, and the ledger of erasures, which must stay outside of backups.");
        return 0;
    }

    private static async Task<int> MarkAsync(
        ParseResult parsed, string? path, bool withoutLedger, TextWriter output, CancellationToken cancellation)
    {
        if (path is not null)
        {
            throw new CommandRefusedException("With --in-place the database is restored already: leave PATH out.");
        }

        var settings = CommandContext.Settings(parsed, Roles.Both);
        MustHaveLedger(settings, withoutLedger);
        await using var services = CommandContext.Open(parsed, settings);
        await MarkAsync(services, null, output, cancellation);
        return 0;
    }

    private static async Task<int> RestoreAsync(
        ParseResult parsed, string? path, string? keys, (bool Meant, bool WithoutLedger) says, TextWriter output, CancellationToken cancellation)
    {
        var settings = CommandContext.Settings(parsed, Roles.Both);
        MustBeSqlite(settings, "restore the database with its own RESTORE DATABASE while every process is stopped, then run: InquiryRouter restore --in-place");
        if (path is null)
        {
            throw new CommandRefusedException("Name the directory that 'InquiryRouter backup' wrote: InquiryRouter restore PATH");
        }

        var directory = Path.GetFullPath(path);
        using var held = SqliteFileLock.Take(settings.ConnectionString, alone: true);
        var (database, clock) = (SqliteFileLock.FileOf(settings.ConnectionString), CommandContext.Clock(parsed));
        using var restore = RestoreBackup.Prepare(directory, database, clock);
        await SayAsync(restore, output);
        if (restore.Since is null)
        {
            MustHaveLedger(settings, says.WithoutLedger);
        }

        if (!says.Meant && !await AskAsync(output, cancellation))
        {
            throw new CommandRefusedException("Nothing was restored.");
        }

        var installed = InstallKeys(settings, Path.GetFullPath(keys ?? BackupDirectory.KeysOf(directory)));
        var carried = restore.CarryOver(Composition.LedgerOf(settings), clock.GetUtcNow());
        var copy = settings with { Database = new DatabaseOptions { ConnectionString = restore.ConnectionString } };
        await using (var services = CommandContext.Services(parsed, copy))
        {
            await MarkAsync(services, restore.Manifest.At, output, cancellation);
        }

        var kept = restore.PutInPlace(clock.GetUtcNow());
        var brand = BackupDirectory.CopyBrand(BackupDirectory.BrandOf(directory), settings.Data.BrandDirectory);
        await output.WriteLineAsync(
            FormattableString.Invariant($"{database} has {restore.Manifest.Inquiries} inquiries as of {restore.Manifest.At:yyyy-MM-dd HH:mm:ss} UTC.")
            + (kept is null ? string.Empty : $" What was there before is {kept}; delete it when nobody needs it any more.")
            + (installed is null ? string.Empty : $" The master keys were put into {installed}.")
            + (brand == 0 ? string.Empty
                : FormattableString.Invariant($" {brand} {(brand == 1 ? "file" : "files")} of your brand came back to {Path.GetFullPath(settings.Data.BrandDirectory)}."))
            + (carried == 0 ? string.Empty
                : FormattableString.Invariant($" {carried} mails that waited in the backup were sent or put away since, and stay so.")));
        return 0;
    }

    private static string? InstallKeys(AppSettings settings, string keys)
    {
        if (!Composition.LacksMasterKey(settings))
        {
            return null;
        }

        if (!File.Exists(Path.Combine(keys, "master.key")))
        {
            throw new CannotStartException(
                $"This installation has no master key, and '{keys}' has none: without it nothing about a patient can be read. "
                + "Name the directory with --keys, or set Privacy:MasterKey or Privacy:MasterKeyFile.");
        }

        var into = Path.GetDirectoryName(Path.GetFullPath(settings.Data.MasterKeyFile))!;
        MasterKeyFile.CopyAll(Path.Combine(keys, "master.key"), into);
        return into;
    }

    // Without one, whoever was erased since the backup would be back, and nobody would know.
    private static void MustHaveLedger(AppSettings settings, bool without)
    {
        var ledger = Composition.LedgerOf(settings);
        if (!ledger.Exists && !without)
        {
            throw new CommandRefusedException(
                $"There is no ledger of erasures at '{ledger.Path}': whoever was erased since the backup would be back. Set Privacy:ErasureLedger to it; "
                + "if nobody was erased since, say so with --without-ledger. Nothing was done.");
        }
    }

    private static async Task SayAsync(RestoreBackup restore, TextWriter output)
    {
        const string Unknown = "nobody can say what happened after that moment.";
        var manifest = restore.Manifest;
        await output.WriteLineAsync(FormattableString.Invariant(
            $"The backup is of {manifest.At:yyyy-MM-dd HH:mm:ss} UTC, made by version {manifest.Version}, with {manifest.Inquiries} inquiries."));
        if (restore.Since is not { } since)
        {
            await output.WriteLineAsync(restore.WhyNotCompared is { } why
                ? $"The database that is here cannot be compared with it ({why.TrimEnd('.')}): {Unknown}"
                : $"There is no database here to compare it with: {Unknown}");
            return;
        }

        if (since.IsNothing)
        {
            await output.WriteLineAsync("The database that is here knows nothing that the backup does not.");
            return;
        }

        await output.WriteLineAsync("The database that is here knows of, and the backup does not:");
        await output.WriteLineAsync($"  {Named("inquiries that came since, and would be lost", since.Lost)}");
        await output.WriteLineAsync($"  {Named("inquiries that went on since, and would be as they were", since.MovedOn)}");
        var kinds = string.Join(", ", since.Told.Select(t => FormattableString.Invariant($"{t.Number} {t.What}")));
        await output.WriteLineAsync(since.Told.Count == 0
            ? "  mails that people got since: none"
            : FormattableString.Invariant($"  mails that people got since: {since.Told.Sum(t => t.Number)} ({kinds})"));
    }

    private static string Named(string what, IReadOnlyList<string> references) => references.Count == 0
        ? $"{what}: none"
        : FormattableString.Invariant($"{what}: {references.Count} ({string.Join(", ", references.Take(MostNamed))}{(references.Count > MostNamed ? ", …" : string.Empty)})");

    private static async Task<bool> AskAsync(TextWriter output, CancellationToken cancellation)
    {
        await output.WriteAsync("Restore it? Type yes: ");
        return string.Equals((await Console.In.ReadLineAsync(cancellation))?.Trim(), "yes", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task MarkAsync(ServiceProvider services, DateTimeOffset? backupAt, TextWriter output, CancellationToken cancellation)
    {
        var erased = await services.GetRequiredService<MarkRestored>().RunAsync(backupAt, CommandContext.Coordinator, cancellation);
        await output.WriteLineAsync(FormattableString.Invariant($"{erased} {(erased == 1 ? "inquiry that was" : "inquiries that were")} erased since, by the ledger, {(erased == 1 ? "is" : "are")} erased again."));
        await SendingCommands.WriteAsync((await services.GetRequiredService<ReadHeldBack>().RunAsync(cancellation))!, output);
        await output.WriteLineAsync("The form takes inquiries as ever. Start the server, look around, then run: InquiryRouter sending resume (with --park-mails when mails of the backup may have been sent).");
    }

    private static void MustBeSqlite(AppSettings settings, string instead)
    {
        if (settings.Database.Provider != DatabaseProvider.Sqlite)
        {
            throw new CommandRefusedException($"This is for the embedded database. On SQL Server, {instead}. See src/docs/operating.md.");
        }
    }
}
