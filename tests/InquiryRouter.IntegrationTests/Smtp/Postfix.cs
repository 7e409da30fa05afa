using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using MimeKit;
using Xunit;

namespace InquiryRouter.IntegrationTests.Smtp;

/// <summary>
/// A private instance of the Postfix installed on this machine: configuration, queue and port of its own, and a maildir that gets every mail whoever it is
/// for. Nothing leaves the machine; the machine's own Postfix, if any, is left alone.
/// </summary>
internal sealed class Postfix : IAsyncDisposable
{
    private const string Daemons = "/usr/lib/postfix/sbin";
    private const string Command = "/usr/sbin/postfix";

    // It ends by itself when the test process was killed.
    private const string LongestLife = "600";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly string _base = Directory.CreateTempSubdirectory("inquiryrouter-postfix-").FullName;
    private readonly Process _master;

    private Postfix()
    {
        Port = FreePort.Pick(1)[0];
        Directory.CreateDirectory(Path.Combine(_base, "queue"));
        Directory.CreateDirectory(Path.Combine(_base, "inbox"));

        // Its processes are other users, each allowed as little as possible.
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode EverybodyReads = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(_base, EverybodyReads);
            File.SetUnixFileMode(Path.Combine(_base, "inbox"), EverybodyReads | UnixFileMode.OtherWrite);
        }

        File.WriteAllText(Path.Combine(_base, "main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {_base}/queue
            data_directory = {_base}/data
            command_directory = /usr/sbin
            daemon_directory = {Daemons}
            mail_owner = postfix
            setgid_group = postdrop
            myhostname = mail.test.example
            mydestination =
            alias_maps =
            alias_database =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            virtual_mailbox_domains = static:all
            virtual_mailbox_base = {_base}/inbox
            virtual_mailbox_maps = static:all/
            virtual_uid_maps = static:65534
            virtual_gid_maps = static:65534
            virtual_minimum_uid = 1
            default_transport = error:no mail leaves this machine
            relay_transport = error:no mail leaves this machine
            smtpd_tls_security_level = none
            maillog_file = {LogFile}
            maillog_file_prefixes = {_base}

            """);
        File.WriteAllText(Path.Combine(_base, "master.cf"), $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            cleanup   unix  n - n - 0 cleanup
            qmgr      unix  n - n 300 1 qmgr
            rewrite   unix  - - n - - trivial-rewrite
            bounce    unix  - - n - 0 bounce
            defer     unix  - - n - 0 bounce
            trace     unix  - - n - 0 bounce
            error     unix  - - n - - error
            virtual   unix  - n n - - virtual
            anvil     unix  - - n - 1 anvil
            proxymap  unix  - - n - - proxymap
            postlog   unix-dgram n - n - 1 postlogd

            """);
        using (var check = Process.Start(new ProcessStartInfo(Command, ["-c", _base, "check"]) { UseShellExecute = false })!)
        {
            // Makes the folders of the queue.
            if (!check.WaitForExit(s_limit) || check.ExitCode != 0)
            {
                throw new InvalidOperationException($"'postfix check' failed. {Log()}");
            }
        }

        _master = Process.Start(new ProcessStartInfo(Path.Combine(Daemons, "master"), ["-c", _base, "-d", "-e", LongestLife]) { UseShellExecute = false })!;
    }

    public int Port { get; }

    private string LogFile => Path.Combine(_base, "postfix.log");

    /// <summary>Why it cannot run here, or null when it can.</summary>
    public static string? WhyUnavailable() =>
        !OperatingSystem.IsLinux() || !File.Exists(Command) || !Directory.Exists(Daemons) ? "Postfix is not installed"
        : Environment.UserName != "root" ? "Postfix must be started as root"
        : null;

    public static async Task<Postfix> StartAsync()
    {
        var postfix = new Postfix();
        await postfix.UntilAsync(
            async () =>
            {
                try
                {
                    using var client = new TcpClient();
                    await client.ConnectAsync("127.0.0.1", postfix.Port);
                    using var reader = new StreamReader(client.GetStream());
                    return await reader.ReadLineAsync() is { } greeting && greeting.StartsWith("220 ", StringComparison.Ordinal);
                }
                catch (Exception exception) when (exception is SocketException or IOException)
                {
                    return false;
                }
            },
            "a greeting");
        return postfix;
    }

    /// <summary>Waits until this many mails have arrived, and reads them.</summary>
    public async Task<IReadOnlyList<MimeMessage>> MailsAsync(int number)
    {
        var inbox = Path.Combine(_base, "inbox", "all", "new");
        await UntilAsync(() => Task.FromResult(Directory.Exists(inbox) && Directory.GetFiles(inbox).Length >= number), $"{number} mails");
        return [.. Directory.GetFiles(inbox).Order(StringComparer.Ordinal).Select(f => MimeMessage.Load(f))];
    }

    public async ValueTask DisposeAsync()
    {
        if (!_master.HasExited)
        {
            using (Process.Start("kill", ["-TERM", _master.Id.ToString(CultureInfo.InvariantCulture)]))
            {
                using var limit = new CancellationTokenSource(s_limit);
                await _master.WaitForExitAsync(limit.Token);
            }
        }

        _master.Dispose();
        Directory.Delete(_base, recursive: true);
    }

    private string Log() => File.Exists(LogFile) ? string.Join(Environment.NewLine, File.ReadLines(LogFile).TakeLast(10)) : "It has written no log.";

    private async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (_master.HasExited || TimeProvider.System.GetElapsedTime(since) > s_limit)
            {
                Assert.Fail($"Postfix: not within {s_limit.TotalSeconds} s: {what}. {Log()}");
            }

            await Task.Delay(s_pause);
        }
    }
}
