using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class PatientRecordOnSqlite() : PatientRecordContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class PatientRecordOnSqlServer() : PatientRecordContract(DatabaseProvider.SqlServer);

/// <summary>What is written about an inquiry on the pages of patient and clinics: quotes, notes, choices.</summary>
public abstract class PatientRecordContract(DatabaseProvider provider) : StoreContract(provider)
{
    [Contract]
    public async Task A_quote_comes_back_to_the_cent_and_only_the_patients_key_opens_it()
    {
        var inquiry = await StoreInquiryAsync();
        var patient = (await ReadAsync(session => InquiryStore.FindPatientAsync(session, inquiry.Id)))!;
        var content = new QuoteContent { Items = [new("treatment", 12345.67m), new("hotel", null)], Remark = "Zwölf Nächte" };
        var quote = new QuoteRecord
        {
            Id = Guid.CreateVersion7(), InquiryId = inquiry.Id, ReferralId = ReferralId.New(), N = 1, ClinicCode = "MX-1",
            Total = content.Total,
            Currency = "USD", ValidUntil = new DateOnly(2027, 1, 31), At = Now, Sealed = QuoteStore.Seal(A.Vault, patient, content),
        };
        await WriteAsync(tx => QuoteStore.AddAsync(tx, quote));

        var found = Assert.Single(await ReadAsync(session => QuoteStore.ListAsync(session, inquiry.Id)));

        Assert.Equivalent(quote, found, strict: true);
        Assert.Equivalent(content, QuoteStore.Open(A.Vault, patient, found), strict: true);
        var stranger = await StoreInquiryAsync();
        var other = (await ReadAsync(session => InquiryStore.FindPatientAsync(session, stranger.Id)))!;
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => QuoteStore.Open(A.Vault, other, found));
    }

    [Contract]
    public async Task Notes_come_back_in_the_order_they_were_written_each_for_its_inquiry()
    {
        var inquiry = await StoreInquiryAsync();
        var patient = (await ReadAsync(session => InquiryStore.FindPatientAsync(session, inquiry.Id)))!;
        var referral = ReferralId.New();
        await WriteAsync(async tx =>
        {
            await NoteStore.AddAsync(tx, Note(NoteAuthor.Patient, NoteKind.Information, null, "عندي تقرير جديد"));
            await NoteStore.AddAsync(tx, Note(NoteAuthor.Clinic, NoteKind.Question, referral, "Since when?"));
        });

        var notes = await ReadAsync(session => NoteStore.ListAsync(session, inquiry.Id));

        Assert.Equal(
            [
                (NoteAuthor.Patient, NoteKind.Information, (ReferralId?)null, "عندي تقرير جديد"),
                (NoteAuthor.Clinic, NoteKind.Question, referral, "Since when?"),
            ],
            notes.Select(n => (n.Author, n.Kind, n.ReferralId, NoteStore.Open(A.Vault, patient, n))));
        Assert.Empty(await ReadAsync(session => NoteStore.ListAsync(session, InquiryId.New())));

        NoteRecord Note(NoteAuthor author, NoteKind kind, ReferralId? about, string text) => new()
        {
            Id = Guid.CreateVersion7(), InquiryId = inquiry.Id, ReferralId = about, Author = author, Kind = kind, At = Now, Sealed = NoteStore.Seal(A.Vault, patient, text),
        };
    }

    [Contract]
    public async Task The_last_choice_for_a_clinic_counts()
    {
        var inquiry = InquiryId.New();
        await WriteAsync(tx => IdentityChoiceStore.SetAsync(tx, inquiry, "MX-1", allowed: false));
        await WriteAsync(tx => IdentityChoiceStore.SetAsync(tx, inquiry, "MX-2", allowed: true));
        await WriteAsync(tx => IdentityChoiceStore.SetAsync(tx, inquiry, "MX-1", allowed: true));
        await WriteAsync(tx => IdentityChoiceStore.SetAsync(tx, inquiry, "MX-2", allowed: false));

        var choices = await ReadAsync(session => IdentityChoiceStore.ListAsync(session, inquiry));

        Assert.Equal([("MX-1", true), ("MX-2", false)], choices.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, c.Value)));
    }
}
