using InquiryRouter.Application.Steps;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>A price as a clinic has typed it.</summary>
/// <param name="FormId">Of the form: sent twice it is one quote.</param>
/// <param name="Content">Checked with <see cref="QuoteRules"/>.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="ValidUntil">Last day, in the clinic's zone.</param>
public sealed record TypedQuote(Guid FormId, QuoteContent Content, string Currency, DateOnly ValidUntil);

/// <summary>
/// The clinic names a price for this patient: on the summary, while the offer is open, or later. It replaces the clinic's earlier one.
/// </summary>
public sealed class QuoteReferral(ReferralCases cases, MailWriter mails, PatientVault vault)
{
    /// <param name="referralId">Which referral.</param>
    /// <param name="typed">The price.</param>
    /// <param name="who">Who names it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="person">Whom at the clinic the link was sent to; null: no one in particular.</param>
    public Task<Outcome> RunAsync(
        ReferralId referralId, TypedQuote typed, Actor who, CancellationToken cancellation, byte[]? person = null) =>
        cases.DecideAsync(referralId, (found, patient) => Decide(found, patient, typed, who, mails, vault, person), cancellation);

    internal static Decided<Outcome> Decide(
        ReferralCase found, SealedPatient patient, TypedQuote typed, Actor who, MailWriter mails, PatientVault vault, byte[]? person = null)
    {
        var free = FormIds.Free(
            typed.FormId, id => found.Quotes.FirstOrDefault(q => q.Id == id) is { } stored ? Says(vault, patient, stored, typed) : null);
        if (free is not { } id)
        {
            return Outcome.AlreadyDone.It;
        }

        if (found.WhyNot(ClinicAction.Quote) is { } refused)
        {
            return refused;
        }

        var quote = new QuoteRecord
        {
            Id = id,
            InquiryId = found.Inquiry.Id,
            ReferralId = found.Referral.Id,
            N = found.Quotes.Count(q => q.ReferralId == found.Referral.Id) + 1,
            ClinicCode = found.Referral.ClinicCode,
            Total = typed.Content.Total,
            Currency = typed.Currency,
            ValidUntil = typed.ValidUntil,
            At = found.Now,
            Sealed = QuoteStore.Seal(vault, patient, typed.Content),
        };
        return Outcome.Done.It.By<Outcome>(
            new MoveReferral(found.Referral, ReferralTrigger.Quote),
            MarkAnswered.If(found.Referral, person),
            found.Facts.IsOpen(found.Now) ? new CancelFollowUp(found.Referral, FollowUpKind.OfferExpiry) : null,
            found.Referral.AcceptedAt is null
                ? new SetFollowUp(found.Referral, FollowUpKind.QuoteExpiry, QuoteRules.DecideBy(typed.ValidUntil, found.Clinic, found.Now))
                : null,
            new AddQuote(quote),
            new WriteHistory(found.Inquiry, new HistoryEvent.Quoted(), who),
            new SendMail(mails.QuoteReceived(found.Inquiry, patient, quote.Id, found.Referral.Id, found.Clinic)));
    }

    private static bool Says(PatientVault vault, SealedPatient patient, QuoteRecord stored, TypedQuote typed)
    {
        var before = QuoteStore.Open(vault, patient, stored);
        return stored.Currency == typed.Currency && stored.ValidUntil == typed.ValidUntil && before.Remark == typed.Content.Remark
            && before.Terms == typed.Content.Terms && before.Items.SequenceEqual(typed.Content.Items);
    }
}
