using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Network;
using InquiryRouter.Application.Operations;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Users;
using InquiryRouter.Hosting;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.SqlServer;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

/// <summary>Checks what the program needs, and says of each failure what to do about it.</summary>
internal static class DoctorCommand
{
    private const long LowDisk = 1L << 30;
    private const int MostNamed = 5;

    // A stage takes milliseconds, and is given up on after some minutes.
    private static readonly TimeSpan s_longestStep = TimeSpan.FromMinutes(15);

    // A server that wants to see a second try takes mails within half an hour.
    private static readonly TimeSpan s_longestMail = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromSeconds(5);
    private static readonly DateTimeOffset s_built = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions s_json =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Finding s_noKeyYet =
        new("keys", true, "nothing is sealed in this database yet: the first start makes what is missing");

    /// <param name="Warns">It works, and is no way to run it.</param>
    private sealed record Finding(string Subject, bool Good, string Text, bool Warns = false)
    {
        public string State => !Good ? "failure" : Warns ? "warning" : "ok";
    }

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var doctor = new Command(
            "doctor", "Checks database, schema, keys, broker, mail server, clock and disk; says what to do about each failure. Writes nothing.");
        var json = new Option<bool>("--json")
        {
            Description = "One JSON document: healthy, and each finding with its subject, its state (ok, warning, failure) and its text.",
        };
        doctor.Add(json);
        doctor.SetAction(async (parsed, cancellation) =>
        {
            var settings = CommandContext.Settings(parsed, Roles.Both);
            var healthy = true;
            var asJson = parsed.GetValue(json);
            var findings = new List<Finding>();
            await foreach (var finding in CheckAsync(parsed, settings, cancellation))
            {
                healthy &= finding.Good;
                findings.Add(finding);
                if (!asJson)
                {
                    var mark = !finding.Good ? "FAIL" : finding.Warns ? "warn" : "ok  ";
                    await output.WriteLineAsync($"{mark}  {finding.Subject,-9} {finding.Text}");
                }
            }

            if (asJson)
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(
                    new { Healthy = healthy, Findings = findings.Select(f => new { f.Subject, f.State, f.Text }) }, s_json));
            }

            return healthy ? 0 : 1;
        });
        root.Add(doctor);
    }

    private static async IAsyncEnumerable<Finding> CheckAsync(ParseResult parsed, AppSettings settings, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var schema = CheckSchema(settings);
        yield return schema;
        if (schema.Good)
        {
            await foreach (var finding in CheckDataAsync(parsed, settings, cancellation))
            {
                yield return finding;
            }
        }

        yield return settings.Broker.Transport == BrokerTransport.InMemory
            ? new("broker", true, "in-process bus: nothing to reach")
            : await BrokerProbe.TryAsync(settings.Broker, cancellation) is { } broker
                ? new("broker", false, $"RabbitMQ cannot be reached ({broker}). Check Broker:Uri (host, port, user, virtual host), and that the broker runs.")
                : new("broker", true, "RabbitMQ answers");
        yield return settings.Mail.Transport == MailTransportKind.Pickup
            ? CheckMailDirectory(settings.Data.MailDirectory)
            : await SmtpProbe.TryAsync(settings.Mail, cancellation) is { } smtp
                ? new("mail", false, $"the SMTP server cannot be used: {smtp}. Check Mail:Host, Mail:Port and Mail:Security.")
                : new("mail", true, $"{settings.Mail.Host}:{settings.Mail.Port} answers");
        if (DkimKey.Load(settings.Mail) is { } key)
        {
            yield return new("dkim", true, $"mails are signed. The TXT record of {key.DnsName} must be: {key.DnsRecord}");
        }

        if (settings.ProxyProblem is { } proxy)
        {
            yield return new("proxy", false, proxy);
        }

        if (settings.Face is { IsNamed: true } face)
        {
            var logo = face.Logo is { Bytes.Length: var bytes } ? $"with a logo of {(bytes + 1023) / 1024} KB" : "without a logo";
            yield return new("brand", true, $"{face.Name}, {logo}. See all of it with: InquiryRouter brand preview");
        }

        foreach (var (subject, text) in Oversights.Of(settings))
        {
            yield return new(subject, true, text, Warns: true);
        }

        if (OpenFiles(settings) is { Count: > 0 } open)
        {
            yield return new("files", true,
                $"other users of this machine may read {string.Join(", ", open)}. The next start takes these rights away; where it may not: chmod 600.",
                Warns: true);
        }

        yield return CheckClock(CommandContext.Clock(parsed).GetUtcNow());
        yield return CheckDisk(settings);
    }

    private static Finding CheckSchema(AppSettings settings)
    {
        try
        {
            if (settings.Database.Provider == DatabaseProvider.Sqlite && Path.GetDirectoryName(SqliteFileLock.FileOf(settings.ConnectionString)) is { } directory && Directory.Exists(directory))
            {
                // A directory that may not be entered looks like one without a database.
                _ = Directory.EnumerateFileSystemEntries(directory).Any();
            }

            var status = Composition.CreateMigrator(settings).Status();
            return status.IsCurrent
                ? new("database", true, $"{settings.Database.Provider}, schema up to date")
                : new("database", false, status.Problem ?? $"{string.Join(", ", status.Pending)} must be applied. Run: InquiryRouter migrate");
        }
        catch (CannotStartException exception)
        {
            return new("database", false, exception.Message);
        }
        catch (UnauthorizedAccessException exception)
        {
            return new("database", false, $"{exception.Message} Run this as the user of the server, or give this user the right to.");
        }
        catch (DatabaseUnavailableException exception)
        {
            return new("database", false, $"it cannot be opened ({exception.InnerException?.GetType().Name}). Check Database:Provider and Database:ConnectionString, and that the server runs.");
        }
    }

    private static async IAsyncEnumerable<Finding> CheckDataAsync(ParseResult parsed, AppSettings settings, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (services, keys) = await OpenAsync(parsed, settings, cancellation);
        yield return keys;
        if (services is null)
        {
            yield break;
        }

        await using (services)
        {
            var database = services.GetRequiredService<Database>();
            var (backlog, mails, network, standing) = await database.ReadAsync(
                async session => (
                    await OutboxStore.BacklogAsync(session), await MailStore.CountAsync(session), await NetworkStore.VersionAsync(session),
                    await InquiryStore.CountStandingAsync(session, session.Now - s_longestStep)),
                cancellation);
            if (database is SqlServerDatabase)
            {
                yield return await database.ReadAsync(SnapshotReads.AreOnAsync, cancellation)
                    ? new("reading", true, "nobody who reads waits for who writes")
                    : new("reading", false, "who reads waits for who writes: while clinics are imported, pages and stages stand still. Once, while nothing runs: ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON");
            }

            yield return network > 0
                ? new("clinics", true, $"network version {network}")
                : new("clinics", false, "there are none. Run: InquiryRouter import clinics FILE");
            if (await CheckRulesAsync(services, cancellation) is { } rules)
            {
                yield return rules;
            }

            var age = backlog.OldestWaiting is { } oldest ? database.Clock.GetUtcNow() - oldest : TimeSpan.Zero;
            yield return backlog.Parked > 0
                ? new("outbox", false, $"{backlog.Parked} messages are parked: nobody could handle them, and their inquiries stand still. See which, and send them again, with: InquiryRouter operations list")
                : age > TimeSpan.FromMinutes(5)
                    ? new("outbox", false, string.Create(CultureInfo.InvariantCulture, $"{backlog.Waiting} messages wait, the oldest for {age.TotalMinutes:0} minutes. Does a worker run, and does the broker answer?"))
                    : new("outbox", true, $"{backlog.Waiting} messages wait{(backlog.SetAside > 0 ? $", {backlog.SetAside} are set aside" : string.Empty)}");
            yield return standing > 0
                ? new("inquiries", false, $"{standing} inquiries have stood still between two stages for more than {s_longestStep.TotalMinutes:0} minutes. Does a worker run? It sends again what was lost; what does not help it parks, for: InquiryRouter operations list")
                : new("inquiries", true, "none stands still between two stages");
            if (await database.ReadAsync(SendingHoldStore.FindAsync, cancellation) is { } hold)
            {
                yield return new("sending", false, string.Create(CultureInfo.InvariantCulture,
                    $"nothing is sent since {hold.Since:yyyy-MM-dd HH:mm} UTC, when the database was restored. See what would be: InquiryRouter sending show"));
            }

            yield return await CheckHistoryAsync(services.GetRequiredService<VerifyHistory>(), cancellation);
            yield return await CheckWorkAsync(services, cancellation);
            yield return await CheckAccessLogAsync(services.GetRequiredService<VerifyAccessLog>(), cancellation);
            yield return await CheckAttendanceAsync(services, cancellation);
            foreach (var finding in await CheckAddressesAsync(services, settings, cancellation))
            {
                yield return finding;
            }

            var runs = await services.GetRequiredService<ReadClockRuns>().RunAsync(cancellation);
            if (runs.Any(r => r.Failure == WatchClock.Doubtful && r.FailedAt == r.EndedAt))
            {
                yield return new("worker", false,
                    "the clock of a worker's machine was set while it runs, and what depends on dates waits. Set the clock right; "
                    + "or, when it is right as it is, start the worker again.");
            }

            var stuck = mails.GetValueOrDefault(MailState.Parked) + mails.GetValueOrDefault(MailState.Unconfirmed)
                + mails.GetValueOrDefault(MailState.Failed) + mails.GetValueOrDefault(MailState.Suppressed);
            yield return stuck > 0
                ? new("mails", false, $"{stuck} mails were refused, went to an address that does not exist, or are unconfirmed: their receivers may not know. See: InquiryRouter operations list")
                : await database.ReadAsync(MailStore.OldestWaitingAsync, cancellation) is { } waiting && database.Clock.GetUtcNow() - waiting > s_longestMail
                ? new("mails", false, string.Create(CultureInfo.InvariantCulture, $"mails wait, the oldest since {waiting:yyyy-MM-dd HH:mm} UTC. Does a worker run, and does the mail server take mails?"))
                : new("mails", true, $"{mails.GetValueOrDefault(MailState.Queued) + mails.GetValueOrDefault(MailState.Sending)} wait, {mails.GetValueOrDefault(MailState.Sent)} sent");
        }
    }

    /// <returns>No services: what is sealed cannot be read, or there is nothing yet.</returns>
    private static async Task<(ServiceProvider? Services, Finding Keys)> OpenAsync(
        ParseResult parsed, AppSettings settings, CancellationToken cancellation)
    {
        ServiceProvider? services = null;
        try
        {
            if (settings.Database.Provider == DatabaseProvider.Sqlite && !InstallationKeys.AreInUse(settings.ConnectionString))
            {
                return (null, s_noKeyYet);
            }

            services = CommandContext.ServicesThatOnlyLook(parsed, settings);
            if (!await InstallationKeys.ExistAsync(services.GetRequiredService<Database>(), cancellation))
            {
                await services.DisposeAsync();
                return (null, s_noKeyYet);
            }

            services.GetRequiredService<KeyedHash>();
            return (services, await CheckKeysAsync(services.GetRequiredService<KeyRotation>(), cancellation));
        }
        catch (CannotStartException exception)
        {
            // Which mails wait, and whether the histories are whole, is in the database all the same.
            return (services, new("keys", false, exception.Message));
        }
    }

    /// <summary>Real clinics must not be matched by rules that are made up.</summary>
    private static async Task<Finding?> CheckRulesAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var network = await services.GetRequiredService<NetworkCache>().CurrentAsync(cancellation);
        var real = await services.GetRequiredService<Database>().ReadAsync(
            session => DemoRules.RealClinicsAsync(session, network.Clinics.Where(c => c.Active)), cancellation);
        return real.Count == 0 ? null : new("rules", false, ImportCommand.UnderDemoRules(real));
    }

    private static async Task<Finding> CheckWorkAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var differences = await services.GetRequiredService<ReckonWork>().RunAsync(cancellation);
        var counts = await services.GetRequiredService<CountWork>().RunAsync(cancellation);
        return differences.Count > 0
            ? new("work", false, $"of what needs a person {differences.Count(d => d.Missing)} rows are missing and {differences.Count(d => !d.Missing)} are too many or out of date. A worker mends that right after its start, and every hour: does one run?")
            : new("work", true, $"{counts.Sum(c => c.Number)} things need a person, {counts.Sum(c => c.Late)} of them are late. See: InquiryRouter work list");
    }

    private static async Task<Finding> CheckAttendanceAsync(IServiceProvider services, CancellationToken cancellation) =>
        await services.GetRequiredService<AttendanceCache>().LookAsync(cancellation)
            ? new("readers", true, "a coordinator can be reached")
            : new("readers", false, string.Create(CultureInfo.InvariantCulture,
                $"no coordinator can be reached: nobody reads what patients write, and pages and mails tell them so. Set Mail:CoordinatorAddress to an address that takes mail, or invite somebody with: InquiryRouter user add MAIL --role coordinator. Who was not in the console for {Attendance.LongestUnseen.TotalDays:0} days, or is away, does not count."));

    /// <summary>Addresses that take no mail, where somebody has to do something about it.</summary>
    private static async Task<IReadOnlyList<Finding>> CheckAddressesAsync(IServiceProvider services, AppSettings settings, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var network = await services.GetRequiredService<NetworkCache>().CurrentAsync(cancellation);
        var silent = network.Clinics.Where(c => c.Active && c.MailFailsSince is not null).Select(c => c.Code).Order(StringComparer.Ordinal).ToList();
        if (silent.Count > 0)
        {
            findings.Add(new("addresses", false, $"mail to {string.Join(", ", silent)} does not arrive, and no patient is offered to them. Correct their addresses and import them, or: InquiryRouter clinics mail-works CODE"));
        }

        if (settings.Mail.CoordinatorAddress is { Length: > 0 } address)
        {
            var hash = services.GetRequiredService<KeyedHash>().OfAddress(address);
            if (await services.GetRequiredService<Database>().ReadAsync(session => MailStore.IsSuppressedAsync(session, hash), cancellation))
            {
                findings.Add(new("addresses", false, "Mail:CoordinatorAddress takes no mail: coordinators hear of nothing. Set one that does, or, when it takes mail again: InquiryRouter suppressed remove"));
            }
        }

        return findings;
    }

    private static async Task<Finding> CheckKeysAsync(KeyRotation rotation, CancellationToken cancellation)
    {
        var keys = await rotation.ListAsync(cancellation);
        var newest = keys[0].Id;
        return keys.Where(k => !k.Known).ToList() is { Count: > 0 } unknown
            ? new("keys", false, $"{unknown.Sum(k => k.Rows)} rows name master keys that are not known here ({string.Join(", ", unknown.Select(k => k.Id))}): their patients' data cannot be read. Add the keys to Privacy:OldMasterKeyFiles or Privacy:OldMasterKeys.")
            : keys.Where(k => !k.Newest && k.Rows > 0).ToList() is { Count: > 0 } old
                ? new("keys", true, $"master key {newest} wraps what is new; {string.Join(", ", old.Select(k => k.Id))} is still needed for {old.Sum(k => k.Rows)} rows. To change that: InquiryRouter keys rotate")
                : new("keys", true, $"master key {newest} opens this database");
    }

    private static async Task<Finding> CheckHistoryAsync(VerifyHistory histories, CancellationToken cancellation)
    {
        var verdict = await histories.RunAsync(reference: null, cancellation);
        return verdict.Broken.Count == 0
            ? new("history", true, string.Create(CultureInfo.InvariantCulture, $"{verdict.Lines} lines of {verdict.Inquiries} inquiries are as they were written"))
            : new("history", false, $"{Name(verdict.Broken)}: something else than this program has changed what was done with them. Compare the lines of AuditEntry with a backup.");
    }

    private static async Task<Finding> CheckAccessLogAsync(VerifyAccessLog accessLog, CancellationToken cancellation)
    {
        var verdict = await accessLog.RunAsync(cancellation);
        return verdict.FirstBroken is { } line
            ? new("access log", false, string.Create(CultureInfo.InvariantCulture,
                $"broken at line {line}: something else than this program has changed it. Compare the lines of SystemAudit with a backup."))
            : new("access log", true, string.Create(CultureInfo.InvariantCulture, $"{verdict.Lines} lines are as they were written"));
    }

    private static string Name(IReadOnlyList<BrokenHistory> broken) =>
        $"broken are {string.Join(", ", broken.Take(MostNamed).Select(b => $"{b.Reference} at line {b.Line}"))}{(broken.Count > MostNamed ? $" and {broken.Count - MostNamed} more" : string.Empty)}";

    private static Finding CheckMailDirectory(string directory)
    {
        var path = Path.GetFullPath(directory);
        return OwnDirectory.MayWrite(path)
            ? new("mail", true, $"files in {path}")
            : new("mail", false, $"no mail can be written to {path}. Give this user the right to, or set Data:Directory to another place.");
    }

    // Keys and data; a key that was set by name is whoever's who set it.
    private static List<string> OpenFiles(AppSettings settings)
    {
        List<string> files = settings.Privacy.MasterKey is null && settings.Privacy.MasterKeyFile is null ? [settings.Data.MasterKeyFile] : [];
        if (settings.Database.Provider == DatabaseProvider.Sqlite)
        {
            var file = SqliteFileLock.FileOf(settings.ConnectionString);
            files.AddRange([file, file + "-wal", file + "-shm"]);
        }

        return files.FindAll(OwnFile.IsOpenToOthers);
    }

    private static Finding CheckClock(DateTimeOffset now)
    {
        if (now < s_built - s_clockSkew)
        {
            return new("clock", false, $"this machine says {now:yyyy-MM-dd}, before this program was made. Set its clock: every promise about time rests on it.");
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById("America/Mexico_City", out _)
            ? new("clock", true, string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd HH:mm:ss} UTC, time zones are known"))
            : new("clock", false, "the machine knows no time zones. Install its tzdata package.");
    }

    private static Finding CheckDisk(AppSettings settings)
    {
        var directory = Path.GetFullPath(settings.Data.Directory);
        if (!OwnDirectory.MayWrite(directory))
        {
            return new("disk", false, $"{directory} cannot be written. Give this user the right to, or set Data:Directory to another place.");
        }

        try
        {
            var free = new DriveInfo(OwnDirectory.Existing(directory)!).AvailableFreeSpace;
            return free < LowDisk
                ? new("disk", false, $"only {free >> 20} MB are free for {directory}. Free some, or set Data:Directory to another place.")
                : new("disk", true, $"{free >> 30} GB free for {directory}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new("disk", true, $"{directory} can be written; how much is free this file system does not say");
        }
    }
}
