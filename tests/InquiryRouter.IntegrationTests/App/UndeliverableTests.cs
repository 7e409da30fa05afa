using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.IntegrationTests.App.Status;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What follows when mail to a clinic, a patient or the coordinators does not arrive.</summary>
public sealed class UndeliverableTests : DeadAddresses
{
    [Fact]
    public async Task An_offer_that_cannot_be_delivered_ends_at_once_and_the_next_clinic_is_asked()
    {
        Server.Refuse(Clinic("MX-A"), NoSuchUser);

        var submitted = await SubmitAsync();

        // The most offers are one: an offer nobody heard of is none.
        var referrals = await App.ReferralsAsync(submitted.Reference);
        Assert.Equal([("MX-A", ReferralState.Withdrawn, "mail-undeliverable"), ("MX-B", ReferralState.Offered, null)], referrals.Select(r => (r.ClinicCode, r.State, r.Reason)));
        Assert.InRange(App.Now - Clocks.Start, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.Equal(0, await App.NumberAsync("SELECT Offered FROM ClinicLoad WHERE ClinicCode = 'MX-A'"));
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM FollowUp WHERE Kind = 'OfferExpiry' AND State = 0"));
        Assert.Contains("A referral for your clinic", MailTo(Clinic("MX-B")).Subject!, StringComparison.Ordinal);
        var inquiry = await App.InquiryAsync(submitted.Reference);
        var history = await App.Database.ReadAsync(session => InquiryStore.AuditAsync(session, inquiry.Id));
        Assert.Equal(("offered", "MX-B after mail-undeliverable MX-A"), (history[^1].Action, history[^1].Detail));
        Assert.True(AuditChain.IsIntact(history, inquiry.AuditHash));

        var page = (await App.StatusPageAsync(submitted)).Text;
        Assert.Contains("Our mail to Clínica MX-A does not arrive, so it could not answer you.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_coordinators_hear_once_that_a_clinics_address_is_bad_and_the_clinic_is_noted()
    {
        Server.Refuse(Clinic("MX-A"), NoSuchUser);
        await SubmitAsync();
        await App.SubmitAsync(An.Inquiry());
        await App.SettlesAsync();

        var told = Assert.Single(MailsTo(Coordinators));
        Assert.Equal("Mail to clinic MX-A does not arrive", told.Subject);
        Assert.Contains("/console/clinics/MX-A", told.TextBody!, StringComparison.Ordinal);
        Assert.NotNull(await FailsSinceAsync("MX-A"));
        Assert.Null(await FailsSinceAsync("MX-B"));
        Assert.Contains(App.Logs.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains("Mail to clinic MX-A does not arrive", StringComparison.Ordinal));
        var (code, doctor) = await App.RunCommandAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("mail to MX-A does not arrive", doctor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_no_clinic_gets_its_mail_theInquiry_is_held_and_the_patient_does_not_read_that_a_clinic_has_it()
    {
        foreach (var clinic in new[] { "MX-A", "MX-B", "MX-C" })
        {
            Server.Refuse(Clinic(clinic), NoSuchUser);
        }

        var submitted = await SubmitAsync();

        var held = await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        Assert.Equal([HoldReason.NoClinicLeft], held.HoldReasons);
        Assert.DoesNotContain("has your inquiry", (await App.StatusPageAsync(submitted)).Headline, StringComparison.Ordinal);
        Assert.Equal(3, await App.NumberAsync("SELECT COUNT(*) FROM Referral WHERE Reason = 'mail-undeliverable'"));
    }

    [Fact]
    public async Task An_address_that_was_suppressed_before_ends_the_offer_too()
    {
        await SuppressAsync(Clinic("MX-A"));

        var submitted = await SubmitAsync();

        Assert.Equal("mail-undeliverable", (await App.ReferralsAsync(submitted.Reference))[0].Reason);
        Assert.NotNull(await FailsSinceAsync("MX-A"));
        Assert.DoesNotContain(Clinic("MX-A"), Server.Recipients);
    }

    [Fact]
    public async Task Another_address_or_a_persons_word_opens_the_clinic_again()
    {
        Server.Refuse(Clinic("MX-A"), NoSuchUser);
        await SubmitAsync();

        var (code, said) = await App.RunCommandAsync("clinics", "mail-works", "MX-A");
        Assert.Equal(0, code);
        Assert.Contains("MX-A is written to again", said, StringComparison.Ordinal);
        Assert.Null(await FailsSinceAsync("MX-A"));
        Assert.False(await IsSuppressedAsync(Clinic("MX-A")));
        Assert.Equal(1, (await App.RunCommandAsync("clinics", "mail-works", "MX-A")).ExitCode);
        Assert.Equal(2, (await App.RunCommandAsync("clinics", "mail-works", "MX-Z")).ExitCode);

        // It is not true: the next mail finds out, and the coordinators are told anew.
        for (var i = 0; i < 3; i++)
        {
            // Clinics that are equal take turns.
            await App.SubmitAsync(An.Inquiry());
            await App.SettlesAsync();
        }

        Assert.NotNull(await FailsSinceAsync("MX-A"));
        Assert.Equal(2, MailsTo(Coordinators).Count);

        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-A") with { Email = "new@mx-a.clinic.example" }], "test"));
        Assert.Null(await FailsSinceAsync("MX-A"));
    }

    [Fact]
    public async Task A_reminder_that_does_not_arrive_notes_the_clinic_and_leaves_the_offer()
    {
        var submitted = await SubmitAsync();
        Server.Refuse(Clinic("MX-A"), NoSuchUser);
        var offer = Assert.Single(await App.ReferralsAsync(submitted.Reference));

        await App.AdvanceToAsync(offer.OfferUntil - TimeSpan.FromHours(1));
        await App.SettlesAsync();

        Assert.Equal(ReferralState.Offered, Assert.Single(await App.ReferralsAsync(submitted.Reference)).State);
        Assert.NotNull(await FailsSinceAsync("MX-A"));
        Assert.Single(MailsTo(Coordinators));
    }

    [Fact]
    public async Task What_a_clinic_must_know_and_no_mail_brings_it_is_told_by_a_person()
    {
        var submitted = await SubmitAsync();
        Server.Refuse(Clinic("MX-A"), NoSuchUser);

        // By the link of the offer, which did arrive.
        await AcceptAsync("MX-A");
        var told = Assert.Single(MailsTo(Coordinators), m => m.Subject == $"Please call clinic MX-A about {submitted.Reference}");
        Assert.Contains("has the patient of", told.TextBody!, StringComparison.Ordinal);

        Assert.Equal(0, (await App.RunCommandAsync("erase", submitted.Reference, "--yes")).ExitCode);
        await App.SettlesAsync();
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind = 'DeleteRequest' AND State = 6"));
        Assert.Contains(MailsTo(Coordinators), m => m.Subject == $"Please call clinic MX-A about {submitted.Reference}"
            && m.TextBody!.Contains("is to delete what it holds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_patient_whom_no_mail_reaches_is_to_be_called()
    {
        Server.Refuse(Inquiry.Email, NoSuchUser);

        var submitted = await SubmitAsync();

        var held = await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        Assert.Equal([HoldReason.PatientUnreachable], held.HoldReasons);
        await App.SettlesAsync();
        await App.SendDigestAsync();
        Assert.Contains(submitted.Reference, MailTo(Coordinators).TextBody!, StringComparison.Ordinal);
        Assert.Equal("Our mail does not reach you", (await App.StatusPageAsync(submitted)).Headline);
        var (_, list) = await App.RunCommandAsync("list", "--held");
        Assert.Contains("Call them, if they left a phone number", list, StringComparison.Ordinal);

        // Called and released it goes on, and is not held again for each mail that cannot arrive.
        Assert.Equal(0, (await App.RunCommandAsync("release", submitted.Reference)).ExitCode);
        await App.SettlesAsync();
        Assert.Equal(InquiryState.Referred, (await App.InquiryAsync(submitted.Reference)).State);
        await AcceptAsync((await App.ReferralsAsync(submitted.Reference)).Single(r => r.State == ReferralState.Offered).ClinicCode);
        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind = 'ClinicAccepted' AND State = 6"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_it_is_held_the_time_of_its_offer_stands_still_and_begins_anew_when_it_goes_on(bool noOtherFits)
    {
        if (noOtherFits)
        {
            await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-A")], "test"));
        }

        Server.Refuse(Inquiry.Email, NoSuchUser);
        var submitted = await SubmitAsync();
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        var offer = Assert.Single(await App.ReferralsAsync(submitted.Reference));
        using (var visit = await App.OpenReferralAsync(MailTo(Clinic("MX-A"))))
        {
            Assert.Contains("This referral waits for us", visit.Page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("ended", visit.Page.Text, StringComparison.Ordinal);
        }

        await App.AdvanceToAsync(offer.OfferUntil.AddHours(1));
        await App.SettlesAsync();
        Assert.Equal(ReferralState.Offered, Assert.Single(await App.ReferralsAsync(submitted.Reference)).State);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind IN ('OfferReminder', 'OfferExpired')"));

        // An offer that waits is nothing that has stopped.
        for (var i = 0; i < 3; i++)
        {
            await App.AdvanceToAsync(App.Now + AwaitedEvent.LostAfter + TimeSpan.FromMinutes(1));
            await App.Clock.RunningAsync(App.Services.GetRequiredService<ResendUnhandled>().RunAsync(CancellationToken.None));
        }

        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE Resends > 0 OR State = 2"));

        Assert.Equal(0, (await App.RunCommandAsync("release", submitted.Reference)).ExitCode);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        var resumed = Assert.Single(await App.ReferralsAsync(submitted.Reference));
        Assert.True(resumed.OfferUntil - App.Now > TimeSpan.FromHours(8), $"Open until {resumed.OfferUntil:u} at {App.Now:u}");
        Assert.Equal($"Referral {submitted.Reference} goes on", MailTo(Clinic("MX-A")).Subject);
        using (var visit = await App.OpenReferralAsync(MailTo(Clinic("MX-A"))))
        {
            Assert.DoesNotContain("This referral waits for us", visit.Page.Text, StringComparison.Ordinal);
        }

        await App.AdvanceToAsync(resumed.OfferUntil - TimeSpan.FromHours(1));
        await App.SettlesAsync();
        Assert.StartsWith("Reminder", MailTo(Clinic("MX-A")).Subject, StringComparison.Ordinal);
        await App.AdvanceToAsync(resumed.OfferUntil);
        await App.SettlesAsync();
        Assert.Equal(ReferralState.Expired, Assert.Single(await App.ReferralsAsync(submitted.Reference)).State);
    }

    [Fact]
    public async Task With_another_address_anInquiry_that_was_held_for_nothing_else_goes_on()
    {
        Server.Refuse(Inquiry.Email, NoSuchUser);
        var submitted = await SubmitAsync();
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        using var visit = await StatusVisit.OpenAsync(App, submitted);
        await visit.LookAsync("/status/correct");

        await visit.PressAsync("/status/correct/contact", ("patient.name", Inquiry.Name), ("patient.email", "right.ana@patient.example"), ("patient.phone", ""));
        await App.SettlesAsync();

        Assert.Equal(InquiryState.Referred, (await App.InquiryAsync(submitted.Reference)).State);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind = 'AddressChanged'"));
        using var again = await StatusVisit.OpenAsync(App, submitted with { StatusUrl = InquiryApp.LinkIn(MailTo("right.ana@patient.example")).AbsoluteUri });
        Assert.Contains("You changed how you can be reached.", again.Page.Text, StringComparison.Ordinal);

        // A second wrong address is found out as well.
        Server.Refuse("wrong.ana@patient.example", NoSuchUser);
        await again.LookAsync("/status/correct");
        await again.PressAsync("/status/correct/contact", ("patient.name", Inquiry.Name), ("patient.email", "wrong.ana@patient.example"), ("patient.phone", ""));
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
    }

    [Fact]
    public async Task Correcting_what_they_ask_for_does_not_make_a_patient_reachable()
    {
        Server.Refuse(Inquiry.Email, NoSuchUser);
        var submitted = await SubmitAsync();
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.SettlesAsync();
        using var visit = await StatusVisit.OpenAsync(App, submitted);
        await visit.LookAsync("/status/correct");

        var fields = Inquiry.Fields().Where(f => f.Key is not ("patient.birthYear" or "message") && !f.Key.StartsWith("consent.", StringComparison.Ordinal));
        await visit.PressAsync("/status/correct/request", [.. fields.Select(f => (f.Key, f.Value)), ("patient.birthYear", "1990")]);
        await App.SettlesAsync();

        var inquiry = await App.InquiryAsync(submitted.Reference);
        Assert.Equal((1990, InquiryState.Held), (inquiry.Facts.BirthYear, inquiry.State));
        Assert.Equal([HoldReason.PatientUnreachable], inquiry.HoldReasons);
    }

    [Fact]
    public async Task Where_a_clinic_has_the_patient_nothing_is_held_and_the_coordinators_are_told()
    {
        var submitted = await SubmitAsync();
        Server.Refuse(Inquiry.Email, NoSuchUser);

        await AcceptAsync("MX-A");

        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
        var told = Assert.Single(MailsTo(Coordinators));
        Assert.Equal($"Please call: mail to the patient of {submitted.Reference} does not arrive", told.Subject);
        await App.AdvanceToAsync(App.Now.AddDays(8));
        await App.SettlesAsync();
        Assert.Single(MailsTo(Coordinators));
    }

    [Fact]
    public async Task Mails_that_are_refused_for_a_cause_are_told_once_a_day_however_many_they_are()
    {
        Server.Refuse(Inquiry.Email, "550 5.7.1 blocked by a list");
        Server.Refuse(Clinic("MX-A"), "550 5.7.1 blocked by a list");
        var submitted = await SubmitAsync();
        for (var i = 0; i < 3; i++)
        {
            await SubmitAsync();
        }

        Assert.InRange(await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE State = 4 AND LastError = 'block-list'"), 5, 100);
        var told = Assert.Single(MailsTo(Coordinators), m => m.Subject == "Mails are refused: block-list");
        Assert.Contains("is on a block list", told.TextBody!, StringComparison.Ordinal);
        Assert.Single(App.Logs.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains("Mails are refused: block-list", StringComparison.Ordinal));

        // Nobody is to blame, and nothing ends.
        Assert.Equal(ReferralState.Offered, Assert.Single(await App.ReferralsAsync(submitted.Reference)).State);
        Assert.Null(await FailsSinceAsync("MX-A"));

        await App.AdvanceToAsync(App.Now.AddDays(1));
        await SubmitAsync();
        await App.UntilAsync(
            () => Task.FromResult(MailsTo(Coordinators).Count(m => m.Subject == "Mails are refused: block-list") == 2), "they are told again");
    }

    [Fact]
    public async Task A_dead_address_of_the_coordinators_is_an_error_that_doctor_names()
    {
        Server.Refuse(Coordinators, NoSuchUser);

        await App.SubmitAsync(Inquiry.WithoutConsentToShare());
        await App.SettlesAsync();

        await App.UntilAsync(
            () => Task.FromResult(App.Logs.Lines.Any(
                l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains("The address of a coordinator takes no mail", StringComparison.Ordinal))),
            "it is an error in the log");
        var (code, doctor) = await App.RunCommandAsync("doctor", $"--Mail:CoordinatorAddress={Coordinators}");
        Assert.Equal(1, code);
        Assert.Contains("Mail:CoordinatorAddress takes no mail", doctor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_news_twice_has_no_second_consequence()
    {
        Server.Refuse(Clinic("MX-A"), NoSuchUser);
        Server.Refuse(Inquiry.Email, NoSuchUser);
        var submitted = await SubmitAsync();
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.SettlesAsync();
        var (referrals, told) = (await App.ReferralsAsync(submitted.Reference), MailsTo(Coordinators).Count);

        // Even when nobody remembers that it was handled.
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("DELETE FROM Inbox WHERE Consumer LIKE '%FollowFailedMail%'"));
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE Outbox SET State = 0, NextAt = CreatedAt WHERE Type = 'MailFailed'"));
        await App.SettlesAsync();

        Assert.Equal(referrals, await App.ReferralsAsync(submitted.Reference));
        Assert.Equal(told, MailsTo(Coordinators).Count);
    }

    private async Task<DateTimeOffset?> FailsSinceAsync(string clinic) =>
        (await App.Database.ReadAsync(async session => await NetworkStore.LoadAsync(session, A.Rules))).ByCode[clinic].MailFailsSince;

    private byte[] HashOf(string address) => App.Services.GetRequiredService<KeyedHash>().OfAddress(address);

    private Task<bool> IsSuppressedAsync(string address) => App.Database.ReadAsync(session => MailStore.IsSuppressedAsync(session, HashOf(address)));

    private Task SuppressAsync(string address) => App.Database.WriteAsync(tx => MailStore.SuppressAsync(tx, HashOf(address), RefusalReason.NoSuchMailbox));
}
