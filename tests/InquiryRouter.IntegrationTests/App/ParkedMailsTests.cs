using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.IntegrationTests.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>Mails that stand still are looked at, sent again and set aside by a person, who stands in the history.</summary>
public sealed class ParkedMailsTests : BesideAMailServer
{
    private const string Blocked = "550 5.7.1 blocked by a list";

    private static readonly Actor s_ana = Actor.Coordinator("ana");

    private readonly InquiryBuilder _inquiry = An.Inquiry().WithoutConsentToShare();

    [Fact]
    public async Task Each_says_why_it_stands_still_and_what_was_tried_and_nothing_of_what_it_says()
    {
        Server.Expect(new SmtpTrouble(SmtpStage.RcptTo, "451 4.7.1 greylisted"), new SmtpTrouble(SmtpStage.RcptTo, Blocked));
        var submitted = await SubmitAsync();

        var parked = Assert.Single(await Service<ListParkedMails>().RunAsync(cause: null, 10, CancellationToken.None));

        Assert.Equal(
            (submitted.Reference, MailKind.AcknowledgementHeld, MailState.Parked, RefusalReason.BlockList, true),
            (parked.Mail.Reference, parked.Mail.Kind, parked.Mail.State, parked.Mail.Cause, parked.Mail.HasText));
        Assert.Equal(["greylisted 451 4.7.1", "block-list 550 5.7.1"], parked.Tries.Select(t => t.Outcome));
        var at = parked.Mail.CreatedAt;
        Assert.Equal([new StuckCause(RefusalReason.BlockList, MailState.Parked, 1, at, at)], await Service<ListParkedMails>().CausesAsync(CancellationToken.None));
        Assert.Empty(await Service<ListParkedMails>().RunAsync("policy", 10, CancellationToken.None));
    }

    [Fact]
    public async Task All_of_a_cause_are_sent_again_when_it_is_mended_but_for_those_set_aside()
    {
        InquiryBuilder[] inquiries = [_inquiry, An.Inquiry().WithoutConsentToShare(), An.Inquiry().WithoutConsentToShare()];
        foreach (var inquiry in inquiries)
        {
            Server.Refuse(inquiry.Email, Blocked);
            await App.SubmitAsync(inquiry);
        }

        await App.SettlesAsync();
        var first = (await Service<ListParkedMails>().RunAsync(RefusalReason.BlockList, 1, CancellationToken.None))[0].Mail;
        Assert.Equal(new StuckMailsOutcome(1, 0), await Service<SetAsideMails>().RunAsync([first.Id], "told by phone", s_ana, CancellationToken.None));
        Array.ForEach(inquiries, i => Server.Accept(i.Email));

        Assert.Equal(new StuckMailsOutcome(2, 0), await Service<RequeueMails>().RunAsync(RefusalReason.BlockList, s_ana, CancellationToken.None));
        await App.SettlesAsync();

        Assert.Equal([(MailState.Sent, 2L), (MailState.SetAside, 1L)], (await App.MailStatesAsync()).OrderBy(s => s.Key).Select(s => (s.Key, s.Value)));
        Assert.Equal(2, Server.Received.Count);
        Assert.Equal(new StuckMailsOutcome(1, 0), await Service<SetAsideMails>().BackAsync(RefusalReason.BlockList, s_ana, CancellationToken.None));
        Assert.Equal(new StuckMailsOutcome(1, 0), await Service<RequeueMails>().RunAsync([first.Id], s_ana, CancellationToken.None));
        await App.SettlesAsync();
        Assert.Equal(3, Server.Received.Count);
        Assert.Equal(
            [("mail-set-aside", "ana", "AcknowledgementHeld"), ("mail-taken-back", "ana", "AcknowledgementHeld"), ("mail-requeued", "ana", "AcknowledgementHeld")],
            (await HistoryAsync(first.InquiryId)).Where(e => e.Action.StartsWith("mail-", StringComparison.Ordinal)).Select(e => (e.Action, e.ActorName, e.Detail!)));
    }

    [Fact]
    public async Task One_to_a_dead_address_comes_back_until_the_address_is_taken_off_the_list()
    {
        Server.Refuse(_inquiry.Email, "550 5.1.1 no such user");
        await SubmitAsync();
        Server.Accept(_inquiry.Email);
        var mail = Assert.Single(await Service<ListParkedMails>().RunAsync(RefusalReason.NoSuchMailbox, 10, CancellationToken.None)).Mail;

        await Service<RequeueMails>().RunAsync([mail.Id], s_ana, CancellationToken.None);
        await App.SettlesAsync();
        Assert.Equal(MailCause.Suppressed, Assert.Single(await Service<ListParkedMails>().RunAsync(cause: null, 10, CancellationToken.None)).Mail.Cause);

        Assert.Equal(0, (await App.RunCommandAsync("suppressed", "remove", _inquiry.Email)).ExitCode);
        await Service<RequeueMails>().RunAsync(MailCause.Suppressed, s_ana, CancellationToken.None);
        await App.SettlesAsync();
        Assert.Equal(_inquiry.Email, Assert.Single(Server.Received).Recipient);
    }

    [Fact]
    public async Task What_cannot_be_sent_again_is_counted_and_named_in_no_history()
    {
        Server.Refuse(_inquiry.Email, Blocked);
        await SubmitAsync();
        var mail = Assert.Single(await Service<ListParkedMails>().RunAsync(cause: null, 10, CancellationToken.None)).Mail;
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("DELETE FROM MailBody"));

        Assert.Equal(new StuckMailsOutcome(0, 2), await Service<RequeueMails>().RunAsync([mail.Id, Guid.NewGuid(), mail.Id], s_ana, CancellationToken.None));

        Assert.DoesNotContain(await HistoryAsync(mail.InquiryId), e => e.Action == "mail-requeued");
    }

    [Fact]
    public async Task On_the_command_line_they_stand_beside_the_messages_that_have_stopped()
    {
        Server.Refuse(_inquiry.Email, Blocked);
        var submitted = await SubmitAsync();

        var (_, listed) = await App.RunCommandAsync("operations", "list");
        Assert.Contains("block-list: 1 mail Parked, the oldest of", listed, StringComparison.Ordinal);
        Assert.Contains($"{submitted.Reference}  mail AcknowledgementHeld  block-list", listed, StringComparison.Ordinal);
        Assert.Contains("mail-server block-list 550 5.7.1", listed, StringComparison.Ordinal);
        Assert.Contains("1 mail has stopped.", listed, StringComparison.Ordinal);
        var id = Assert.Single(await Service<ListParkedMails>().RunAsync(cause: null, 10, CancellationToken.None)).Mail.Id.ToString();

        Assert.Equal(0, (await App.RunCommandAsync("operations", "set-aside", id, "--reason", "told by phone")).ExitCode);
        var (_, aside) = await App.RunCommandAsync("operations", "list");
        Assert.Contains("told by phone", aside, StringComparison.Ordinal);
        Assert.Contains("Nothing has stopped.", aside, StringComparison.Ordinal);
        Assert.Equal(0, (await App.RunCommandAsync("operations", "take-back", "--cause", RefusalReason.BlockList)).ExitCode);
        var (_, back) = await App.RunCommandAsync("operations", "list");
        Assert.Matches(@"\n    set-aside 2026-\S+ \S+ UTC: (?i:coordinator) ", back);
        Assert.Matches(@"\n    taken-back 2026-\S+ \S+ UTC: (?i:coordinator) ", back);
        Assert.Contains($"/console/inquiries/{submitted.Reference}", back, StringComparison.Ordinal);
        Server.Accept(_inquiry.Email);
        Assert.Equal(0, (await App.RunCommandAsync("operations", "requeue", "--cause", RefusalReason.BlockList)).ExitCode);
        await App.SettlesAsync();

        Assert.Single(Server.Received);
        Assert.Equal(1, (await App.RunCommandAsync("operations", "requeue", "--all")).ExitCode);
    }

    [Fact]
    public async Task Of_all_that_has_stopped_what_may_have_arrived_is_not_sent_again()
    {
        Server.Expect(SmtpTrouble.Drop(SmtpStage.AfterDot), SmtpTrouble.Drop(SmtpStage.AfterDot));
        await SubmitAsync();
        var parked = Assert.Single(await Service<ListParkedMails>().RunAsync(cause: null, 10, CancellationToken.None)).Mail;
        Assert.Equal(MailState.Unconfirmed, parked.State);

        Assert.Equal(1, (await App.RunCommandAsync("operations", "requeue", "--all")).ExitCode);
        Assert.Equal(0, (await App.RunCommandAsync("operations", "requeue", parked.Id.ToString())).ExitCode);
        await App.SettlesAsync();

        Assert.Equal([false, false, true], Server.Received.Select(m => m.Accepted));
    }

    [Fact]
    public async Task An_erasure_leaves_nothing_that_stands_still()
    {
        Server.Refuse(_inquiry.Email, Blocked);
        var submitted = await SubmitAsync();
        await Service<SetAsideMails>().RunAsync(RefusalReason.BlockList, "known", s_ana, CancellationToken.None);
        Server.Accept(_inquiry.Email);

        var (code, said) = await App.RunCommandAsync("erase", submitted.Reference, "--yes");
        Assert.True(code == 0, said);
        await App.SettlesAsync();

        Assert.Empty(await Service<ListParkedMails>().RunAsync(cause: null, 10, CancellationToken.None));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM MailAside"));
    }

    private T Service<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    private async Task<Submitted> SubmitAsync()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        await App.SettlesAsync();
        return submitted;
    }

    private Task<IReadOnlyList<AuditEntry>> HistoryAsync(InquiryId inquiry) =>
        App.Database.ReadAsync(session => InquiryStore.AuditAsync(session, inquiry));
}
