using System.Text;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace InquiryRouter.TestSupport;

/// <summary>What has become of things.</summary>
internal sealed partial class InquiryApp
{
    /// <summary>The mails that were sent, as receivers get them.</summary>
    public IReadOnlyList<MimeMessage> Mails() => Directory.Exists(Settings.Data.MailDirectory)
        ? [.. Directory.GetFiles(Settings.Data.MailDirectory, "*.eml").Order(StringComparer.Ordinal).Select(Load).OfType<MimeMessage>()]
        : [];

    public IReadOnlyList<MimeMessage> MailsTo(string address) =>
        [.. Mails().Where(m => m.To.Mailboxes.Any(t => t.Address.Equals(address, StringComparison.OrdinalIgnoreCase)))];

    /// <summary>Waits for the mail with this number to an address, and returns the newest (ids of mails grow).</summary>
    public async Task<MimeMessage> MailToAsync(string address, int number = 1)
    {
        await UntilAsync(() => Task.FromResult(MailsTo(address).Count >= number), $"mail {number} to {address}");
        return MailsTo(address).OrderBy(m => m.MessageId, StringComparer.Ordinal).Last();
    }

    /// <summary>Waits for a mail to an address whose subject has these words.</summary>
    public async Task<MimeMessage> MailToAsync(string address, string subject)
    {
        await UntilAsync(() => Task.FromResult(Find() is not null), $"a mail '{subject}' to {address}");
        return Find()!;

        MimeMessage? Find() => MailsTo(address).FirstOrDefault(m => m.Subject!.Contains(subject, StringComparison.Ordinal));
    }

    public async Task<InquiryRecord> InquiryAsync(string reference) =>
        await Database.ReadAsync(async session => await InquiryStore.FindIdAsync(session, reference) is { } id ? await InquiryStore.FindAsync(session, id) : null)
        ?? throw new InvalidOperationException($"There is no inquiry {reference}.");

    public async Task<IReadOnlyList<ReferralRecord>> ReferralsAsync(string reference)
    {
        var inquiry = await InquiryAsync(reference);
        return await Database.ReadAsync(session => ReferralStore.ListAsync(session, inquiry.Id));
    }

    /// <summary>Waits until the inquiry is in a state, and returns it.</summary>
    public async Task<InquiryRecord> ReachesAsync(string reference, InquiryState state)
    {
        var last = await InquiryAsync(reference);
        await Clock.UntilAsync(
            async () => (last = await InquiryAsync(reference)).State == state,
            () => $"{reference} is {state}; it is {last.State} ({string.Join(' ', last.HoldReasons.Select(r => r.Code))}). {Trouble()}");
        return last;
    }

    /// <summary>Waits until nothing is on its way any more: every message handled, every mail sent or given up.</summary>
    public Task SettlesAsync() => UntilAsync(HasSettledAsync, "everything has settled");

    /// <summary>The open work is exactly what the states ask for. Clinics are looked at by the clock, not in the transaction that changes them.</summary>
    public async Task WorkAgreesAsync()
    {
        if (_ended)
        {
            return;
        }

        IReadOnlyList<WorkDifference> last = [];
        await Clock.UntilAsync(
            async () => (last = [.. (await Services.GetRequiredService<ReckonWork>().RunAsync(CancellationToken.None))
                .Where(d => d.Kind is not (WorkKind.CredentialDue or WorkKind.ClinicUnreachable))]).Count == 0,
            () => $"the open work agrees with the states; it does not in {string.Join(", ", last)}",
            limit: TimeSpan.FromSeconds(5));
    }

    /// <summary>What a test has changed of an inquiry past the program is looked at as the program does.</summary>
    public Task LookAgainAsync(InquiryId inquiryId) => Database.WriteAsync(tx => WorkLedger.LookAgainAsync(tx, inquiryId, who: null));

    public Task UntilAsync(Func<Task<bool>> condition, string what) => Clock.UntilAsync(condition, () => $"{what}. {Trouble()}");

    public Task<long> NumberAsync(string sql) => Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>(sql));

    public Task<IReadOnlyDictionary<MailState, long>> MailStatesAsync() => Database.ReadAsync(MailStore.CountAsync);

    /// <summary>
    /// Every row of every table, as text, once nothing moves any more: two equal dumps mean that nothing was changed in between. Without the numbers of
    /// the reports, which the clock counts from the rest whenever it comes to it.
    /// </summary>
    public async Task<string> DumpAsync()
    {
        var (last, dump) = ("", "");
        await UntilAsync(
            async () =>
            {
                (last, dump) = (dump, await HasSettledAsync() ? await ReadEverythingAsync() : "");
                return dump.Length > 0 && dump == last;
            },
            "the database stands still");
        return dump;
    }

    private Task<bool> HasSettledAsync() => Database.ReadAsync(async session =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT (SELECT COUNT(*) FROM Outbox WHERE State = 0) + (SELECT COUNT(*) FROM Mail WHERE State < 2)") == 0);

    private Task<string> ReadEverythingAsync() => Database.ReadAsync(async session =>
    {
        var dump = new StringBuilder();

        // When the clock ran last says nothing of what was done.
        foreach (var table in ProgramTables.Names
            .Where(t => t != "ClockRun" && !t.StartsWith("Stat", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            foreach (var row in await session.QueryAsync<dynamic>($"SELECT * FROM {table} ORDER BY 1, 2"))
            {
                dump.AppendLine(table + ": " + string.Join(" | ", ((IDictionary<string, object?>)row).Select(c =>
                    $"{c.Key}={(c.Value is byte[] bytes ? Convert.ToHexString(bytes) : c.Value)}")));
            }
        }

        return dump.ToString();
    });

    // An erasure may delete it at this moment.
    private static MimeMessage? Load(string file)
    {
        try
        {
            return MimeMessage.Load(file);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private string Trouble() => string.Join(Environment.NewLine, Logs.Lines.Where(l => l.StartsWith("Warn", StringComparison.Ordinal) || l.StartsWith("Err", StringComparison.Ordinal)).TakeLast(5));
}
