using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Application.Demo;

/// <summary>
/// Messages and mails of what is played: claimed, handled and recorded as the relay and the sender do, but for the sending. No mail leaves.
/// </summary>
public sealed class DemoPost(Database database, IEventTransport transport, MailCheck check, MailLedger ledger, DemoClock clock)
{
    private const int AtOnce = 32;
    private const string NoSuchMailbox = "no-such-mailbox";
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_handling = TimeSpan.FromMilliseconds(120);

    private readonly HashSet<InquiryId> _dead = [];

    /// <summary>Mail to this patient comes back.</summary>
    public void Bounces(InquiryId inquiryId) => _dead.Add(inquiryId);

    /// <summary>Delivers until nothing waits.</summary>
    /// <returns>Which inquiries it was about.</returns>
    public async Task<IReadOnlySet<InquiryId>> DeliverAsync(CancellationToken cancellation)
    {
        var about = new HashSet<InquiryId>();
        while (await RelayAsync(about, cancellation) | await SendAsync(cancellation))
        {
            // What was handled may have caused more.
        }

        return about;
    }

    private async Task<bool> RelayAsync(HashSet<InquiryId> about, CancellationToken cancellation)
    {
        var lease = Guid.CreateVersion7();
        var batch = await database.WriteAsync(tx => OutboxStore.ClaimAsync(tx, lease, tx.Now + s_lease, AtOnce),
            cancellation: cancellation);
        foreach (var message in batch)
        {
            var read = EventTypes.Read(message.Type, message.Body);
            clock.Move(s_handling);
            await transport.DeliverAsync(read, message.MessageId, cancellation);
            about.Add(read.InquiryId);
        }

        if (batch.Count > 0)
        {
            await database.WriteAsync(tx => OutboxStore.MarkSentAsync(tx, lease, [.. batch.Select(m => m.Seq)]),
                cancellation: cancellation);
        }

        return batch.Count > 0;
    }

    private async Task<bool> SendAsync(CancellationToken cancellation)
    {
        var lease = Guid.CreateVersion7();
        var claimed = await database.WriteAsync(tx => MailStore.ClaimAsync(tx, lease, tx.Now + s_lease, AtOnce),
            cancellation: cancellation);
        if (claimed.Count == 0)
        {
            return false;
        }

        var ready = await check.CheckAsync(lease, claimed, cancellation);
        clock.Move(s_handling);
        foreach (var (mail, address) in (await ledger.BeginAsync(ready, s_lease, cancellation)).Select(r => (r.Mail, r.AddressHash)))
        {
            var dead = MailKinds.Audience(mail.Kind) == MailAudience.Patient && _dead.Contains(mail.InquiryId);
            var step = MailRetry.After(
                mail.Kind, dead ? SendOutcome.HardBounce : SendOutcome.Delivered, mail.Attempts, mail.Unknowns, mail.DeferredSince,
                    clock.GetUtcNow());
            await ledger.EndAsync(lease, mail, step, mail.Unknowns, dead ? NoSuchMailbox : null, dead ? "550 5.1.1" : null, dead ? address
                : null, cancellation);
        }

        return true;
    }
}
