using System.Security.Cryptography;
using InquiryRouter.Application.Referral;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Privacy;

/// <summary>What became of a request to erase.</summary>
public enum ErasureOutcome
{
    Erased,

    /// <summary>It had been erased before.</summary>
    AlreadyErased,

    NotFound,
}

/// <summary>
/// Erases everything held about a patient: their key first of all, and with it whatever was sealed under it. What stays is a record that an
/// inquiry existed and what was done with it: state, moments, clinic codes, and a history of ids and codes.
/// </summary>
public sealed class Erasure(Database database, NetworkCache networks, MailWriter mails, ErasureRemains remains)
{
    private const string Duplicate = "duplicate-erased";

    // Each needs somebody else to change the inquiry between its loading and the commit.
    private const int MostTries = 20;

    /// <summary>Erases an inquiry, and those that were closed as duplicates of it: they are of the same person and matter.</summary>
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="actor">Who erases.</param>
    /// <param name="why">As a code; null: because the patient asked, and then they get a last mail that says it is done.</param>
    /// <param name="cancellation">Ends the attempt; what was committed stays erased.</param>
    /// <exception cref="ConflictException">It was changed by others again and again; nothing was erased.</exception>
    /// <exception cref="DatabaseUnavailableException">The database could not be reached; it may or may not have been erased.</exception>
    public Task<ErasureOutcome> EraseAsync(Guid inquiryId, Actor actor, string? why = null, CancellationToken cancellation = default) =>
        EraseAsync(inquiryId, actor, why, onlyAt: null, cancellation);

    /// <inheritdoc cref="EraseAsync(Guid, Actor, string?, CancellationToken)"/>
    /// <param name="onlyAt">The version it must still be at; null: whatever it has come to.</param>
    /// <exception cref="ConflictException">It has moved on from this version.</exception>
    public async Task<ErasureOutcome> EraseAsync(Guid inquiryId, Actor actor, string? why, int? onlyAt, CancellationToken cancellation)
    {
        // First: whoever asks again after a crash names the inquiry that is left.
        foreach (var duplicate in await database.ReadAsync(session => ClosedDuplicatesAsync(session, inquiryId), cancellation))
        {
            await EraseOneAsync(duplicate, actor, why ?? Duplicate, onlyAt: null, cancellation);
        }

        var outcome = await EraseOneAsync(inquiryId, actor, why, onlyAt, cancellation);
        if (outcome != ErasureOutcome.NotFound)
        {
            // Not to be cancelled: it is erased. What fails here, the clock does within seconds.
            await remains.FinishAsync(CancellationToken.None);
        }

        return outcome;
    }

    private async Task<ErasureOutcome> EraseOneAsync(Guid inquiryId, Actor actor, string? why, int? onlyAt, CancellationToken cancellation)
    {
        var keys = await database.ReadAsync(session => ErasureStore.ListIdempotencyKeysAsync(session, inquiryId), cancellation);
        var network = await networks.CurrentAsync(cancellation);
        for (var attempt = 1; ; attempt++)
        {
            var (inquiry, patient, referrals) = await database.ReadAsync(
                async session => (
                    await InquiryStore.FindAsync(session, inquiryId), await InquiryStore.FindPatientAsync(session, inquiryId), await ReferralStore.ListAsync(session, inquiryId)),
                cancellation);
            if (inquiry is null)
            {
                return ErasureOutcome.NotFound;
            }

            if (inquiry.State == InquiryState.Erased)
            {
                return ErasureOutcome.AlreadyErased;
            }

            if (onlyAt is not null && inquiry.Version != onlyAt)
            {
                throw new ConflictException($"Inquiry {inquiryId} has moved on from version {onlyAt}.");
            }

            var ended = referrals.Where(r => ReferralTransitions.Next(r.State, ReferralTrigger.Withdraw) is not null).ToList();
            var told = Told(inquiry, referrals, ended, network, why is null or Duplicate);
            if (why is null && patient is not null && Confirmation(inquiry, patient) is { } confirmation)
            {
                told.Add(confirmation);
            }

            try
            {
                await database.WriteAsync(
                    async tx =>
                    {
                        await ErasureStore.EraseAsync(tx, inquiry, actor, why, keys);
                        await new EndedReferrals(ended, "erased", []).ApplyAsync(tx);
                        foreach (var mail in told)
                        {
                            // A clinic whose offer was taken back before, and given again, has been told once.
                            await MailStore.TryAddAsync(tx, mail);
                        }
                    },
                    Priority.Interactive,
                    cancellation);
                return ErasureOutcome.Erased;
            }
            catch (ConflictException) when (attempt < MostTries)
            {
                // A stage, a clinic or the patient was faster: erase what it has come to.
            }
        }
    }

    // Clinics that have seen who it is, at any time, when somebody asked for it; what has merely been kept long enough here may be kept there.
    private List<NewMail> Told(InquiryRecord inquiry, IReadOnlyList<ReferralRecord> referrals, List<ReferralRecord> ended, Core.Matching.NetworkSnapshot network, bool asked)
    {
        var told = new List<NewMail>();
        foreach (var referral in referrals)
        {
            if (!network.ByCode.TryGetValue(referral.ClinicCode, out var clinic))
            {
                continue;
            }

            if (asked && referral.FirstDisclosedAt is not null)
            {
                told.Add(mails.DeleteRequest(inquiry, referral, clinic));
            }
            else if (ended.Contains(referral))
            {
                told.Add(mails.OfferErased(inquiry, referral.Id, clinic));
            }
        }

        return told;
    }

    // To a suspected robot nothing is sent: the address may be somebody else's. What nobody can open any more can be erased all the same.
    private NewMail? Confirmation(InquiryRecord inquiry, SealedPatient patient)
    {
        try
        {
            return inquiry.State == InquiryState.Quarantined ? null : mails.Erased(inquiry, patient);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<Guid>> ClosedDuplicatesAsync(Session session, Guid inquiryId)
    {
        var duplicates = new List<Guid>();
        foreach (var link in (await InquiryLinkStore.ListAsync(session, inquiryId)).Where(l => l.State == LinkState.Confirmed && l.OtherId == inquiryId))
        {
            if (await InquiryStore.FindAsync(session, link.InquiryId) is { State: InquiryState.Closed } closed && closed.HoldReasons.Contains(HoldReason.ClosedAsDuplicate))
            {
                duplicates.Add(closed.Id);
            }
        }

        return duplicates;
    }
}
