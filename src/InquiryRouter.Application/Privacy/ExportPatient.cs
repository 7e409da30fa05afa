using System.Security.Cryptography;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Packing;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Privacy;

/// <summary>The patient's own copy of everything held about them.</summary>
public sealed partial class ExportPatient(Work work, NetworkCache networks, PatientVault vault)
{

    /// <returns>Null when there is no such inquiry, or it was erased: nothing is held.</returns>
    public async Task<PatientRecord?> RunAsync(InquiryId inquiryId, CancellationToken cancellation = default)
    {
        var network = await networks.CurrentAsync(cancellation);
        return await work.ReadAsync(session => LoadAsync(session, inquiryId, network), cancellation);
    }

    private async Task<PatientRecord?> LoadAsync(Session session, InquiryId inquiryId, NetworkSnapshot network)
    {
        if (await InquiryStore.FindAsync(session, inquiryId) is not { } inquiry
            || await InquiryStore.FindPatientAsync(session, inquiryId) is not { } patient)
        {
            return null;
        }

        var data = vault.Open(patient);
        var facts = inquiry.Facts;
        var referrals = await ReferralStore.ListAsync(session, inquiryId);
        var clinicOf = referrals.ToDictionary(r => r.Id, r => r.ClinicCode);
        return new PatientRecord
        {
            ExportedAt = session.Now,
            Inquiry = Asked(inquiry, data),
            Patient = new PatientPart(
                data.Name, data.Email, data.Phone is { } phone ? PhoneNumber.Shown(phone) : null, facts.Country, facts.Language,
                facts.TimeZone, facts.BirthYear)
            {
                AlsoReads = facts.AlsoReads,
            },
            Inquirer = facts.Relation == Relation.Self
                ? null
                : new InquirerPart(facts.Relation.ToString(), data.InquirerName, data.InquirerEmail),
            Consents = [.. (await InquiryStore.ListConsentsAsync(session, inquiryId)).Select(c => new ConsentPart(
                c.At, c.Consent.ShareWithClinics, c.Consent.Contact, c.Consent.Marketing, c.Consent.TextVersion, c.Source))],
            Referrals = [.. referrals.Select(r => new ReferralPart(
                ClinicOf(network, r.ClinicCode), r.State.ToString(), r.OfferedAt, r.OfferUntil, r.AnsweredAt, r.AcceptedAt, r.Reason)
            {
                BookedOn = r.BookedOn, TreatedOn = r.TreatedOn, PaidAmount = r.PaidAmount,
                PaidCurrency = r.PaidCurrency, DisputedAt = r.DisputedAt,
            })],
            IdentityChoices = await PatientRecordStore.ListChoicesAsync(session, inquiryId),
            IdentityShownTo = [.. referrals.Where(r => r.DisclosedAt is not null).Select(r => new DisclosurePart(
                r.ClinicCode, r.DisclosedAt!.Value))],
            Quotes = [.. (await QuoteStore.ListAsync(session, inquiryId)).Select(q => Quoted(q, patient))],

            // A remark for our coordinators is the clinic's word to us, and said so where it was asked for.
            Notes = [.. (await NoteStore.ListAsync(session, inquiryId)).Where(n => n.Kind != NoteKind.Remark).Select(n => new NotePart(
                n.At, n.Author.ToString(), n.Kind.ToString(), n.ReferralId is { } referral ? clinicOf.GetValueOrDefault(referral) : null,
                NoteStore.Open(vault, patient, n)))],

            // Not sent yet, and kept about them all the same (Regulation (EU) 2016/679, Article 15).
            Drafts = [.. (await DraftStore.ListOfInquiryAsync(session, inquiryId)).Select(d => new DraftPart(
                d.At, d.Form, DraftStore.Open(vault, d).GetValueOrDefault("text"))),
                .. await PendingActionStore.FindAsync(session, inquiryId) is { } begun
                    ? [new DraftPart(begun.DueAt, begun.Form, PendingActionStore.Open(vault, begun).GetValueOrDefault("text"))]
                    : Array.Empty<DraftPart>()],
            Mails = [.. (await PatientRecordStore.ListMailsAsync(session, inquiryId)).Select(m => Mailed(m, patient, data))],
            Decisions = await PatientRecordStore.ListDecisionsAsync(session, inquiryId),
            WaitingFor = await PatientRecordStore.ListWaitingAsync(session, inquiryId),
            FollowUps = await PatientRecordStore.ListFollowUpsAsync(session, inquiryId),
            Links = await PatientRecordStore.ListLinksAsync(session, inquiryId),

            // Only what a person has confirmed: another might be somebody else's.
            SamePerson = [.. (await InquiryPairStore.ListAsync(session, inquiryId)).Where(l => l.State == PairState.Confirmed)
                .Select(l => l.InquiryId == inquiryId ? l.OtherReference : l.Reference)],
            SearchTokens = await PatientRecordStore.ListTokenKindsAsync(session, inquiryId),
            Spam = await SpamScoreStore.FindAsync(session, inquiryId) is { Reasons.Count: > 0 } spam
                ? new SpamPart(spam.Score, [.. spam.Reasons.Select(r => r.Stored)]) : null,
            History = [.. (await InquiryStore.AuditAsync(session, inquiryId)).Select(e => new HistoryPart(
                e.Version, e.At, e.Action, Who(e), e.Detail))],
        };
    }

    private static InquiryPart Asked(InquiryRecord inquiry, PatientData data) => new()
    {
        Reference = inquiry.Reference, State = inquiry.State.ToString(), ReceivedAt = inquiry.ReceivedAt, ChangedAt = inquiry.ChangedAt,
        Reasons = [.. inquiry.HoldReasons.Select(r => r.Code)], Urgent = inquiry.Urgent, Condition = inquiry.Facts.Condition,
        ConditionType = inquiry.Facts.ConditionType, ConditionNamed = data.ConditionNamed,
        Released = [.. inquiry.Released.Select(r => r.Code)], Treatment = inquiry.Facts.Treatment, CellSource = inquiry.Facts.CellSource,
        Destinations = inquiry.Facts.Destinations, BudgetAmount = inquiry.Facts.BudgetAmount, BudgetCurrency = inquiry.Facts.BudgetCurrency,
        Timeframe = inquiry.Facts.Timeframe, Message = data.Message, SourcePage = inquiry.Facts.SourcePage,
        SourceCampaign = inquiry.Facts.SourceCampaign,
        NoticedWhenSent = inquiry.Facts.IntakeFlags,
    };

    private static ClinicPart ClinicOf(NetworkSnapshot network, string code) =>
        network.ByCode.TryGetValue(code, out var clinic)
            ? new ClinicPart(code, clinic.Name, clinic.City, clinic.Country)
            : new ClinicPart(code, null, null, null);

    private QuotePart Quoted(QuoteRecord quote, SealedPatient patient)
    {
        var content = QuoteStore.Open(vault, patient, quote);
        return new QuotePart(
            quote.ClinicCode, quote.At, quote.Total, quote.Currency, quote.ValidUntil,
            [.. content.Items.Select(i => new QuoteLinePart(i.Code, i.Amount))], content.Remark, content.Terms);
    }

    private MailPart Mailed(RecordedMail mail, SealedPatient patient, PatientData data)
    {
        var content = mail.Sealed is null ? null : OpenMail(mail.Sealed, patient);
        string?[] own = [data.Email, data.InquirerEmail];
        var toPatient = content is not null && own.Contains(content.ToAddress, StringComparer.OrdinalIgnoreCase);
        return new MailPart(
            mail.Kind, mail.State.ToString(), toPatient ? "patient" : "other", mail.CreatedAt, mail.SentAt,
            content?.Subject, toPatient ? SecretOfLink().Replace(content!.Text, "t=…") : null);
    }

    private MailContent? OpenMail(byte[] sealedBytes, SealedPatient patient)
    {
        try
        {
            return MailPacking.Unpack(vault.OpenFor(patient.WrappedKey, sealedBytes));
        }
        catch (CryptographicException)
        {
            // Under a key of its own: not one about the patient's matter.
            return null;
        }
    }

    // A coordinator's name is theirs, not the patient's.
    private static string Who(AuditEntry entry) =>
        entry.ActorKind is "coordinator" or "patient" ? entry.ActorKind : $"{entry.ActorKind} {entry.ActorName}";

    [GeneratedRegex("(?<=[?&])t=[A-Za-z0-9_-]{16,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretOfLink();
}
