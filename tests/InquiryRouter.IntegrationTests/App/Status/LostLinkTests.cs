using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Status;

/// <summary>The link was lost, and is asked for again.</summary>
public sealed class LostLinkTests : StatusTests
{
    [Fact]
    public async Task It_is_sent_to_the_address_we_write_to_however_that_is_written()
    {
        var inquiry = An.Inquiry();
        var submitted = await AskedAsync(inquiry);
        var page = await AskAsync(inquiry.Email.ToUpperInvariant().Replace("@", "+tag@", StringComparison.Ordinal));
        Assert.Contains("If we hold an inquiry with this address", page.Text, StringComparison.Ordinal);

        var mail = await App.MailToAsync(inquiry.Email, 2);

        Assert.Contains(submitted.Reference, mail.Subject!, StringComparison.Ordinal);
        Assert.Equal(submitted.StatusUrl, InquiryApp.LinkIn(mail).AbsoluteUri);
    }

    /// <summary>How the address was typed in the inquiry, and how it is asked for.</summary>
    public static TheoryData<string, string> Mailboxes => new()
    {
        { "\u200Eana.l@patient.example\u200E", "ana.l@patient.example" },
        { "ana.l@patient.example", "\u2068ana.l@patient\u200B.example\u2069" },
        { "zwei@münchen.example", "zwei@xn--mnchen-3ya.example" },
        { "zwei@xn--mnchen-3ya.example", "Zwei+tag@MÜNCHEN.example" },
    };

    [Theory]
    [MemberData(nameof(Mailboxes))]
    public async Task One_mailbox_is_found_however_it_was_typed(string typed, string asked)
    {
        var first = await AskedAsync(An.Inquiry().From("Ana Lost", typed));
        var again = await App.SubmitAsync(An.Inquiry().From("Ana Lost", asked));
        await App.ReachesAsync(again.Reference, InquiryState.Held);
        Assert.Equal([HoldReason.PossibleDuplicate], (await App.InquiryAsync(again.Reference)).HoldReasons);
        var (_, found) = await App.RunCommandAsync("find", asked);
        Assert.Contains(first.Reference, found, StringComparison.Ordinal);
        Assert.Contains(again.Reference, found, StringComparison.Ordinal);

        await App.SettlesAsync();
        var before = Links().Count;

        await AskAsync(asked);

        await App.UntilAsync(() => Task.FromResult(Links().Count == before + 1), "the link again");
        var address = Assert.Single(Links().SelectMany(m => m.To.Mailboxes).Select(m => m.GetAddress(idnEncode: true)).Distinct(StringComparer.Ordinal));
        Assert.True(address.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '@'), address);

        List<MimeKit.MimeMessage> Links() => [.. App.Mails().Where(m => m.TextBody!.Contains(first.StatusUrl, StringComparison.Ordinal))];
    }

    [Fact]
    public async Task Whoever_asks_reads_the_same_whether_the_address_is_known_or_not()
    {
        var inquiry = An.Inquiry();
        await AskedAsync(inquiry);

        var unknown = await AskAsync("nobody@nowhere.example");
        var known = await AskAsync(inquiry.Email);

        Assert.Equal(known.Html, unknown.Html);
        Assert.Equal(known.Status, unknown.Status);

        // They are answered one after another.
        await App.MailToAsync(inquiry.Email, 2);
        await App.SettlesAsync();
        Assert.Empty(App.MailsTo("nobody@nowhere.example"));
    }

    [Fact]
    public async Task The_patients_own_address_gets_no_link_where_a_parent_is_written_to()
    {
        var inquiry = An.Inquiry().AskedByParent("Eva Example", "eva@parent.example");
        await AskedAsync(inquiry);

        await AskAsync("eva@parent.example");
        await App.MailToAsync("eva@parent.example", 2);
        await AskAsync((string)System.Text.Json.Nodes.JsonNode.Parse(inquiry.Json)!["patient"]!["email"]!);
        await AskAsync("eva@parent.example");
        await App.MailToAsync("eva@parent.example", 3);

        await App.SettlesAsync();
        Assert.Equal(3, App.Mails().Count(m => m.To.Mailboxes.Any(t => t.Address.EndsWith("parent.example", StringComparison.Ordinal))));
        Assert.DoesNotContain(App.Mails(), m => m.To.Mailboxes.Any(t => t.Address.StartsWith("ana.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_several_inquiries_each_has_its_mail_and_no_more_than_three_an_hour_are_sent()
    {
        var one = An.Inquiry();
        var first = await AskedAsync(one);
        var second = await App.SubmitAsync(An.Inquiry().From("Bea Other", one.Email).With("condition", "multiple-sclerosis").With("conditionType", null));
        await App.SettlesAsync();
        var before = App.MailsTo(one.Email).Count;

        await AskAsync(one.Email);
        await App.MailToAsync(one.Email, before + 2);
        Assert.All(new[] { first, second }, s => Assert.Contains(App.MailsTo(one.Email), m => m.Subject!.Contains("link", StringComparison.OrdinalIgnoreCase) && m.Subject.Contains(s.Reference, StringComparison.Ordinal)));
        await AskAsync(one.Email);
        await App.MailToAsync(one.Email, before + 3);
        await AskAsync(one.Email);
        var witness = An.Inquiry();
        await App.SubmitAsync(witness);
        await App.MailToAsync(witness.Email);
        await AskAsync(witness.Email);
        await App.MailToAsync(witness.Email, 2);
        await App.SettlesAsync();
        Assert.Equal(before + 3, App.MailsTo(one.Email).Count);

        App.Clock.Advance(TimeSpan.FromMinutes(61));
        await AskAsync(one.Email);
        await App.MailToAsync(one.Email, before + 5);
    }

    [Fact]
    public async Task A_link_that_opens_nothing_leads_there_and_what_is_no_address_is_said()
    {
        using var browser = App.NewBrowser();
        using var unknown = await browser.GetAsync("/status?t=nothing");
        Assert.Contains("/status/link", (await Page.OfAsync(unknown)).Html, StringComparison.Ordinal);

        foreach (var (typed, said) in new[] { ("", "Enter an e-mail address"), ("nowhere", "We cannot send mail to this address.") })
        {
            var page = await AskAsync(typed);
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Contains(said, page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_link_opens_the_inquiry_through_every_change_for_years()
    {
        var submitted = await AskedAsync();
        using (var no = await OpenReferralOfAsync("MX-A"))
        {
            await no.DeclineAsync();
        }

        await App.MailToAsync(ClinicAddress("MX-B"));
        App.Clock.Advance(TimeSpan.FromDays(3000));

        Assert.Equal(HttpStatusCode.OK, (await App.StatusPageAsync(submitted)).Status);
    }

    private async Task<Page> AskAsync(string address)
    {
        using var browser = App.NewBrowser();
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("email", address)]);
        using var response = await browser.PostAsync("/status/link", content);
        return await Page.OfAsync(response);
    }
}
