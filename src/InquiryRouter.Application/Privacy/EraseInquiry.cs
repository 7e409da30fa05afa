using System.Security.Cryptography;
using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Privacy;

/// <summary>
/// Erases everything held about a patient: their key first of all, and with it whatever was sealed under it. What stays is a record that an
/// inquiry existed and what was done with it: state, moments, clinic codes, and a history of ids and codes.
/// </summary>
public sealed class EraseInquiry(
    Work work, NetworkCache networks, PatientVault vault, KeyedHash hash, MailWriter mails, ErasureRemains remains)
{
    /// <summary>Why an inquiry is erased that had been, and came back with an older backup: everybody was told the first time.</summary>
    public const string Again = "erased-again";

    private const string Duplicate = "duplicate-erased";
    private const string MovedOn = "moved-on";

    // Stages, clinics and the patient may all be at it: an erasure is what must come through.
    private const int MostTries = 20;

    /// <summary>Erases an inquiry, and those that were closed as duplicates of it: they are of the same person and matter.</summary>
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="who">Who erases.</param>
    /// <param name="why">As a code; null: because the patient asked, and then they get a last mail that says it is done.</param>
    /// <param name="onlyAt">The version it must still be at, or it is not possible; null: whatever it has come to.</param>
    /// <param name="cancellation">Ends the attempt; what was committed stays erased.</param>
    /// <exception cref="ConflictException">It was changed by others again and again; nothing was erased.</exception>
    /// <exception cref="DatabaseUnavailableException">The database could not be reached; it may or may not have been erased.</exception>
    public async Task<Outcome> RunAsync(
        InquiryId inquiryId, Actor who, string? why = null, int? onlyAt = null, CancellationToken cancellation = default)
    {
        // Refused, nothing of it is erased: its duplicates neither.
        if (onlyAt is { } seen && await work.ReadAsync(session => InquiryStore.FindAsync(session, inquiryId), cancellation)
            is { State: not InquiryState.Erased } now && now.Version != seen)
        {
            return new Outcome.NotPossible(MovedOn);
        }

        // First: whoever asks again after a crash names the inquiry that is left.
        foreach (var duplicate in await work.ReadAsync(session => ClosedDuplicatesAsync(session, inquiryId), cancellation))
        {
            await EraseOneAsync(duplicate, who, why ?? Duplicate, onlyAt: null, cancellation);
        }

        var outcome = await EraseOneAsync(inquiryId, who, why, onlyAt, cancellation);
        if (outcome is Outcome.Done or Outcome.AlreadyDone)
        {
            // Not to be cancelled: it is erased. What fails here, the clock does within seconds.
            await remains.FinishAsync(CancellationToken.None);
        }

        return outcome;
    }

    private async Task<Outcome> EraseOneAsync(InquiryId inquiryId, Actor who, string? why, int? onlyAt, CancellationToken cancellation)
    {
        var keys = await work.ReadAsync(session => ErasureStore.ListIdempotencyKeysAsync(session, inquiryId), cancellation);
        var network = await networks.CurrentAsync(cancellation);
        return await work.RunAsync(
            async session => (
                Inquiry: await InquiryStore.FindAsync(session, inquiryId), Patient: await InquiryStore.FindPatientAsync(session, inquiryId),
                Referrals: await ReferralStore.ListAsync(session, inquiryId)),
            found => Task.FromResult(Decide(found.Inquiry, found.Patient, found.Referrals)),
            cancellation,
            mostTries: MostTries);

        Decided<Outcome> Decide(InquiryRecord? inquiry, SealedPatient? patient, IReadOnlyList<ReferralRecord> referrals)
        {
            if (inquiry is null)
            {
                return Outcome.NotFound.It;
            }

            if (inquiry.State == InquiryState.Erased)
            {
                return Outcome.AlreadyDone.It;
            }

            if (onlyAt is not null && inquiry.Version != onlyAt)
            {
                return new Outcome.NotPossible(MovedOn);
            }

            var ended = referrals.Where(r => ReferralTransitions.Next(r.State, ReferralTrigger.Withdraw) is not null).ToList();
            return Outcome.Done.It.By<Outcome>(
            [
                new Store("erase", tx => ErasureStore.EraseAsync(tx, inquiry, who, why, keys)),
                .. ended.Select(r => r.By(ReferralTrigger.Withdraw, WithdrawReason.Erased)),

                // A clinic whose offer was taken back before, and given again, has been told once.
                .. why == Again ? [] : Told(inquiry, referrals, ended, network, asked: why is null or Duplicate).Select(mail => new SendMailOnce(mail)),
                why is null && patient is not null ? Confirmation(inquiry, patient) : null,
            ]);
        }
    }

    // Clinics that have seen who it is, at any time, when somebody asked for it; what has merely been kept long enough here may be kept
    // there.
    private IEnumerable<NewMail> Told(
        InquiryRecord inquiry, IReadOnlyList<ReferralRecord> referrals, List<ReferralRecord> ended, NetworkSnapshot network, bool asked)
    {
        foreach (var referral in referrals)
        {
            if (!network.ByCode.TryGetValue(referral.ClinicCode, out var clinic))
            {
                continue;
            }

            if (asked && referral.FirstDisclosedAt is not null)
            {
                yield return mails.DeleteRequest(inquiry, referral, clinic);
            }
            else if (ended.Contains(referral))
            {
                yield return mails.OfferErased(inquiry, referral.Id, clinic);
            }
        }
    }

    // To a suspected robot nothing is sent: the address may be somebody else's. What nobody can open any more can be erased all the same.
    private SendMailWithin? Confirmation(InquiryRecord inquiry, SealedPatient patient)
    {
        try
        {
            return inquiry.State == InquiryState.Quarantined ? null
                : new SendMailWithin(
                    mails.Erased(inquiry, patient), new MailRequest(MailKind.Erased, null, hash.OfMailbox(vault.Open(patient).ContactEmail), null));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<InquiryId>> ClosedDuplicatesAsync(Session session, InquiryId inquiryId)
    {
        var duplicates = new List<InquiryId>();
        foreach (var pair in await InquiryPairStore.ListAsync(session, inquiryId))
        {
            if (pair.State == PairState.Confirmed && pair.OtherId == inquiryId
                && await InquiryStore.FindAsync(session, pair.InquiryId) is { State: InquiryState.Closed } closed
                && closed.HoldReasons.Contains(HoldReason.ClosedAsDuplicate))
            {
                duplicates.Add(closed.Id);
            }
        }

        return duplicates;
    }
}
