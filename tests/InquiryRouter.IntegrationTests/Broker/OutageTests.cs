using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Settings;
using Xunit;

namespace InquiryRouter.IntegrationTests.Broker;

[Collection(BrokerCollection.Name)]
public sealed class OutageTests(BrokerFixture fixture) : BrokerTests(fixture)
{
    // The relay's.
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_is_published_before_any_worker_ever_ran_stays_in_the_outbox_until_one_does()
    {
        var web = await StartAsync(Roles.Web);
        var submitted = await web.SubmitAsync(An.Inquiry());
        await web.UntilAsync(async () => await web.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE LastError IS NOT NULL") == 1, "it was tried");
        Assert.Equal(1, await web.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State = 0"));
        Assert.Equal("We have your inquiry", (await web.StatusPageAsync(submitted)).Headline);

        await StartAsync(Roles.Worker);

        await web.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await web.SettlesAsync();
        Assert.Equal(0, await web.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State <> 1"));
    }

    [Fact]
    public async Task While_the_broker_is_away_inquiries_are_accepted_and_afterwards_all_are_completed()
    {
        var web = await StartAsync(Roles.Web);
        await StartAsync(Roles.Worker);
        var inquiries = Enumerable.Range(0, 12).Select(_ => An.Inquiry()).ToList();
        var before = await Task.WhenAll(inquiries.Take(4).Select(i => web.SubmitAsync(i)));

        await Broker.StopAsync();
        Submitted[] during;
        try
        {
            during = await Task.WhenAll(inquiries.Skip(4).Take(4).Select(i => web.SubmitAsync(i)));
            await web.UntilAsync(async () => await web.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE LastError = 'TransportDownException'") > 0, "the outage is noticed");
        }
        finally
        {
            await Broker.StartAsync();
        }

        var after = await Task.WhenAll(inquiries.Skip(8).Select(i => web.SubmitAsync(i)));
        foreach (var submitted in before.Concat(during).Concat(after))
        {
            await web.ReachesAsync(submitted.Reference, InquiryState.Referred);
        }

        await web.SettlesAsync();
        Assert.Equal(0, await web.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State <> 1"));
        Assert.Equal(new Dictionary<MailState, long> { [MailState.Sent] = 24 }, await web.MailStatesAsync());
        Assert.All(inquiries, i => Assert.Single(web.MailsTo(i.Email)));
    }

    [Fact]
    public async Task What_a_dead_process_had_claimed_goes_on_when_its_lease_ends_and_not_before()
    {
        var web = await StartAsync(Roles.Web);
        var submitted = await SubmitAndClaimAsync(web);
        var claimed = web.Now;
        await StartAsync(Roles.Worker);
        await QueuesExistAsync();

        Clock.Advance(claimed + s_lease - TimeSpan.FromSeconds(5) - web.Now);
        await web.ReachesAsync(submitted.Reference, InquiryState.Referred);

        var offered = Assert.Single(await web.ReferralsAsync(submitted.Reference)).OfferedAt;
        Assert.InRange(offered, claimed + s_lease, claimed + s_lease + s_lease);
    }

    // The inquiry and the claim are one transaction: no relay of a living process can be first.
    private static async Task<Submitted> SubmitAndClaimAsync(InquiryApp app)
    {
        var inquiry = A.SparseInquiry();
        var (id, reference) = (InquiryId.New(), Reference.New());
        var valid = inquiry with
        {
            Facts = A.NewInquiry().Facts with { Language = "en", IntakeFlags = [] },
            Consent = A.NewInquiry().Consent,
        };
        var vault = (Infrastructure.Privacy.PatientVault)app.Services.GetService(typeof(Infrastructure.Privacy.PatientVault))!;
        var patient = vault.Seal(id, valid.Patient);
        await app.Database.WriteAsync(async tx =>
        {
            await InquiryStore.AddAsync(tx, id, reference, valid, patient, AccessLinkStore.Hash(valid.Patient.StatusToken), "api");
            Assert.Single(await OutboxStore.ClaimAsync(tx, Guid.CreateVersion7(), tx.Now + s_lease, 10));
        });
        return new Submitted(reference, string.Empty);
    }
}
