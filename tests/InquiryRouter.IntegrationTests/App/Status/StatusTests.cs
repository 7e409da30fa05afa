using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Status;

/// <summary>Tests of the patient's page, with what clinics do before it.</summary>
public abstract class StatusTests : AppTests
{
    internal Task<StatusVisit> OpenAsync(Submitted submitted, string language = "") => StatusVisit.OpenAsync(App, submitted, language);

    /// <summary>An inquiry that MX-A has been asked about.</summary>
    internal async Task<Submitted> AskedAsync(InquiryBuilder? inquiry = null)
    {
        var submitted = await App.SubmitAsync(inquiry ?? An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        return submitted;
    }

    /// <summary>An inquiry that MX-A has accepted.</summary>
    internal async Task<Submitted> AcceptedAsync(InquiryBuilder? inquiry = null)
    {
        var submitted = await AskedAsync(inquiry);
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        await App.SettlesAsync();
        return submitted;
    }

    internal async Task<ReferralRecord> ReferralAsync(Submitted submitted, string clinic) =>
        (await App.ReferralsAsync(submitted.Reference)).Single(r => r.ClinicCode == clinic);

    /// <summary>The clinic sends a quote for a summary without a name.</summary>
    internal async Task QuoteAsync(Submitted submitted, string clinic, decimal treatment, string currency = "USD", int validDays = 30, string? remark = null)
    {
        var referral = await ReferralAsync(submitted, clinic);
        var patient = await PatientAsync(submitted);
        var content = new QuoteContent { Items = [new("treatment", treatment), new("hotel", null)], Remark = remark };
        var quote = new QuoteRecord
        {
            Id = Guid.CreateVersion7(), InquiryId = referral.InquiryId, ReferralId = referral.Id, N = 1, ClinicCode = clinic, Total = content.Total, Currency = currency,
            ValidUntil = DateOnly.FromDateTime(App.Now.UtcDateTime).AddDays(validDays), At = App.Now, Sealed = QuoteStore.Seal(Vault, patient, content),
        };
        await App.Database.WriteAsync(async tx =>
        {
            await ReferralStore.MoveAsync(tx, referral, ReferralTrigger.Quote);
            await QuoteStore.AddAsync(tx, quote);
        });
        await App.LookAgainAsync(referral.InquiryId);
    }

    internal async Task<NoteRecord> AskAsync(Submitted submitted, string clinic, string question)
    {
        var referral = await ReferralAsync(submitted, clinic);
        var note = new NoteRecord
        {
            Id = Guid.CreateVersion7(), InquiryId = referral.InquiryId, ReferralId = referral.Id, Author = NoteAuthor.Clinic, Kind = NoteKind.Question, At = App.Now,
            Sealed = NoteStore.Seal(Vault, await PatientAsync(submitted), question),
        };
        await App.Database.WriteAsync(tx => NoteStore.AddAsync(tx, note));
        await App.LookAgainAsync(referral.InquiryId);
        return note;
    }

    internal async Task<IReadOnlyList<(NoteKind Kind, string Text)>> NotesAsync(Submitted submitted)
    {
        var (inquiry, patient) = (await App.InquiryAsync(submitted.Reference), await PatientAsync(submitted));
        var notes = await App.Database.ReadAsync(session => NoteStore.ListAsync(session, inquiry.Id));
        return [.. notes.Select(n => (n.Kind, NoteStore.Open(Vault, patient, n)))];
    }

    internal async Task<IReadOnlyList<AuditEntry>> HistoryAsync(Submitted submitted)
    {
        var inquiry = await App.InquiryAsync(submitted.Reference);
        return await App.Database.ReadAsync(session => InquiryStore.AuditAsync(session, inquiry.Id));
    }

    /// <summary>Whatever was done: no line of the history is missing or changed, and nothing is stuck on its way.</summary>
    internal async Task AssertWholeAsync(Submitted submitted)
    {
        await App.SettlesAsync();
        Assert.True(AuditChain.IsIntact(await HistoryAsync(submitted), (await App.InquiryAsync(submitted.Reference)).AuditHash));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State > 1"));
    }

    internal async Task<SealedPatient> PatientAsync(Submitted submitted)
    {
        var inquiry = await App.InquiryAsync(submitted.Reference);
        return (await App.Database.ReadAsync(session => InquiryStore.FindPatientAsync(session, inquiry.Id)))!;
    }

    internal PatientVault Vault => App.Services.GetRequiredService<PatientVault>();
}
