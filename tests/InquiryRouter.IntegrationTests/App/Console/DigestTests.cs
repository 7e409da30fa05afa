using System.Net;
using InquiryRouter.Application.Mail;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.IntegrationTests.App.Status;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>Each coordinator hears by mail of what is theirs or everyone's, once; the common address of what nobody else hears of.</summary>
public sealed class DigestTests : StatusTests
{
    private const string Common = "coordinators@operator.example";
    private const string Ana = "ana@operator.example";
    private const string Ben = "ben@operator.example";

    [Fact]
    public async Task Each_is_told_of_what_is_theirs_or_everyones_and_the_common_address_of_nothing()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, Ana);
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Manager, Ben);
        using var ada = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin, "ada@operator.example");
        var (hers, everyones) = (await HeldAsync(), await HeldAsync());
        await GiveAsync(hers, Ana);

        await App.SendDigestAsync();

        var (toAna, toBen) = (Assert.Single(Digests(Ana)), Assert.Single(Digests(Ben)));
        Assert.Contains($"{everyones.Reference}: ", toAna.TextBody!, StringComparison.Ordinal);
        Assert.Contains($"/console/inquiries/{everyones.Reference}", toAna.TextBody!, StringComparison.Ordinal);
        Assert.Contains(hers.Reference, toAna.TextBody!, StringComparison.Ordinal);
        Assert.Contains(everyones.Reference, toBen.TextBody!, StringComparison.Ordinal);
        Assert.DoesNotContain(hers.Reference, toBen.TextBody!, StringComparison.Ordinal);
        AssertSaysNothingOfThePatient(toAna, An.Inquiry());
        Assert.Empty(Digests("ada@operator.example"));
        Assert.Empty(Digests(Common));
    }

    [Fact]
    public async Task Nothing_is_told_twice_not_by_a_second_worker_nor_an_hour_later_but_what_is_given_to_somebody_is()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, Ana);
        var held = await HeldAsync();
        await App.SendDigestAsync();
        Assert.Single(Digests(Ana));

        Assert.False(await DigestAsync());
        App.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(await DigestAsync());

        await GiveAsync(held, Ana);
        Assert.True(await DigestAsync());
        await App.UntilAsync(() => Task.FromResult(Digests(Ana).Count == 2), "she is told that it is hers");
        App.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(await DigestAsync());
    }

    [Fact]
    public async Task Who_is_away_wants_none_or_takes_no_mail_gets_none_and_then_the_common_address_does()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, Ana);
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, Ben);
        var account = await ana.GetAsync("/console/account");
        Assert.Contains("name=\"digest\" value=\"yes\" checked", account.Html, StringComparison.Ordinal);
        var chosen = await ana.PostAsync("/console/account/preferences", new() { ["version"] = "0", ["single-keys"] = "yes" });
        Assert.Equal(HttpStatusCode.SeeOther, chosen.Response.StatusCode);
        await SuppressAsync(Ben);
        var held = await HeldAsync();

        await App.SendDigestAsync();

        Assert.Empty(Digests(Ana));
        Assert.Empty(Digests(Ben));
        Assert.Contains(held.Reference, Assert.Single(Digests(Common)).TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_morning_and_the_moments_are_of_their_own_clock()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, Ana);
        await ana.PostAsync("/console/account/time-zone", new() { ["zone"] = "Asia/Tokyo" });
        await HeldAsync();

        await App.SendDigestAsync();

        Assert.Contains(" Asia/Tokyo)", Assert.Single(Digests(Ana)).TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_urgent_is_mailed_at_once_to_all_on_duty_whatever_they_chose_and_once_each()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, Ana);
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Manager, Ben);
        await ana.PostAsync("/console/account/preferences", new() { ["version"] = "0" });

        var urgent = await UrgentAsync();

        Assert.All(new[] { Ana, Ben }, person => Assert.Contains(
            $"/console/inquiries/{urgent.Reference}", Assert.Single(Alerts(person)).TextBody!, StringComparison.Ordinal));
        Assert.Empty(Alerts(Common));

        // The digest does not say it again.
        await App.SendDigestAsync();
        Assert.DoesNotContain(Digests(Ben), d => d.TextBody!.Contains($"{urgent.Reference}: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_urgent_and_reached_dead_addresses_only_goes_to_the_common_address()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, Ana);
        var urgent = await UrgentAsync();
        Assert.Single(Alerts(Ana));
        Assert.Empty(Alerts(Common));

        // As the sender ends a mail that the server says it will never take.
        await SuppressAsync(Ana);
        var inquiry = await App.InquiryAsync(urgent.Reference);
        await App.Database.WriteAsync(async tx =>
        {
            await tx.ExecuteAsync(
                "UPDATE Mail SET State = @Failed WHERE InquiryId = @Id AND Kind = 'CoordinatorAlert'",
                new { Failed = (int)Core.Mail.MailState.Failed, inquiry.Id });
            var mail = await tx.QuerySingleOrDefaultAsync<Guid>(
                "SELECT Id FROM Mail WHERE InquiryId = @Id AND Kind = 'CoordinatorAlert'", new { inquiry.Id });
            await Infrastructure.Data.Stores.Messages.OutboxStore.AddAsync(
                tx, new Core.Messages.MailFailed { InquiryId = inquiry.Id, MailId = mail });
            return true;
        });
        App.Clock.Advance(TimeSpan.FromSeconds(5));

        await App.UntilAsync(() => Task.FromResult(Alerts(Common).Count == 1), "the common address is told");
        await App.SettlesAsync();
        Assert.Single(Alerts(Common));
        Assert.Single(Alerts(Ana));
    }

    [Fact]
    public async Task Who_has_taken_what_is_urgent_hears_of_it_alone()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, Ana);
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, Ben);
        var urgent = await UrgentAsync();
        await GiveAsync(urgent, Ana);
        var inquiry = await App.InquiryAsync(urgent.Reference);

        // The same inquiry is held for it again.
        await App.Database.WriteAsync(tx => Infrastructure.Data.Stores.Messages.OutboxStore.AddAsync(
            tx, new Core.Messages.InquiryHeld { InquiryId = inquiry.Id, Version = inquiry.Version }));

        await App.UntilAsync(() => Task.FromResult(Alerts(Ana).Count == 2), "she is told");
        await App.SettlesAsync();
        Assert.Single(Alerts(Ben));
    }

    private async Task<Submitted> HeldAsync()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().BornIn(2015));
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        return submitted;
    }

    private async Task<Submitted> UrgentAsync()
    {
        // Who is there is known to the second.
        App.Clock.Advance(TimeSpan.FromSeconds(5));
        var submitted = await App.SubmitAsync(An.Inquiry().Saying("I have crushing chest pain right now and cannot breathe"));
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.SettlesAsync();
        return submitted;
    }

    private async Task GiveAsync(Submitted submitted, string mail)
    {
        var inquiry = await App.InquiryAsync(submitted.Reference);
        App.Clock.Advance(TimeSpan.FromMinutes(5));
        await App.Database.WriteAsync(async tx =>
        {
            var user = await UserStore.FindByMailAsync(tx, mail);
            foreach (var work in await WorkStore.ListOfInquiryAsync(tx, inquiry.Id))
            {
                await WorkStore.GiveAsync(tx, work, user!.Id.Value);
            }

            return true;
        });
    }

    private Task<bool> SuppressAsync(string address) => App.Database.WriteAsync(async tx =>
    {
        await MailStore.SuppressAsync(tx, App.Services.GetRequiredService<KeyedHash>().OfAddress(address), "hard-bounce");
        return true;
    });

    private Task<bool> DigestAsync() => App.Clock.RunningAsync(App.Services.GetRequiredService<SendDigest>().RunAsync(CancellationToken.None));

    private List<MimeMessage> Digests(string address) => [.. App.MailsTo(address).Where(m => m.Subject!.Contains("for the coordinators", StringComparison.Ordinal))];

    private List<MimeMessage> Alerts(string address) => [.. App.MailsTo(address).Where(m => m.Subject!.StartsWith("URGENT", StringComparison.Ordinal))];
}
