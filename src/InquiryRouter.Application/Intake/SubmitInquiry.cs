using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Intake;

/// <summary>What the intake answered.</summary>
public abstract record IntakeOutcome
{
    private IntakeOutcome()
    {
    }

    /// <summary>Durably stored, now or by an earlier request with the same key.</summary>
    public sealed record Accepted(string Reference, string StatusToken) : IntakeOutcome;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : IntakeOutcome;

    /// <summary>The idempotency key was used for another body.</summary>
    public sealed record KeyReused : IntakeOutcome;

    /// <summary>Not known to be stored; sending it again under the same key is safe.</summary>
    public sealed record Unavailable : IntakeOutcome;
}

/// <summary>One key, one inquiry: the key a sender chose and what they sent under it.</summary>
public sealed record IdempotentRequest(string Key, ReadOnlyMemory<byte> Body);

/// <summary>Takes an inquiry: checks it, seals the patient, and answers only after a durable commit.</summary>
public sealed partial class IntakeService(
    Database database, InquiryValidator validator, PatientVault vault, KeyedHash hash, MailLinks links, ILogger<IntakeService> log)
{
    private const int MostReferences = 5;

    /// <param name="form">What was sent.</param>
    /// <param name="flags">What the intake noticed, for screening.</param>
    /// <param name="consentSource">Where consent was given: api or form.</param>
    /// <param name="request">Present when a second one like it must not make a second inquiry.</param>
    /// <param name="cancellation">The sender has gone away.</param>
    public async Task<IntakeOutcome> AcceptAsync(
        InquiryForm form, IReadOnlyList<string> flags, string consentSource, IdempotentRequest? request, CancellationToken cancellation)
    {
        var token = AccessLinkStore.NewToken();
        var (inquiry, errors) = validator.Validate(form, token, database.Clock.GetUtcNow());
        if (inquiry is null)
        {
            return new IntakeOutcome.Invalid(errors);
        }

        if (flags.Count > 0)
        {
            inquiry = inquiry with { Facts = inquiry.Facts with { IntakeFlags = flags } };
        }

        try
        {
            if (request is null)
            {
                return await StoreAsync(inquiry, token, consentSource, null, cancellation);
            }

            var keys = (Key: hash.Compute("idempotency-key", System.Text.Encoding.UTF8.GetBytes(request.Key)), Body: hash.Compute("idempotency-body", request.Body.Span));
            return await FindEarlierAsync(keys.Key, keys.Body, cancellation)
                ?? await StoreAsync(inquiry, token, consentSource, keys, cancellation);
        }
        catch (DatabaseUnavailableException exception)
        {
            LogUnavailable(exception);
            return new IntakeOutcome.Unavailable();
        }
    }

    /// <summary>What is wrong with a form, without storing anything.</summary>
    public IReadOnlyList<FieldError> Check(InquiryForm form) => validator.Validate(form, string.Empty, database.Clock.GetUtcNow()).Errors;

    public string StatusUrl(string token) => links.Status(token);

    private async Task<IntakeOutcome> StoreAsync(
        NewInquiry inquiry, string token, string consentSource, (byte[] Key, byte[] Body)? keys, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7();
        var patient = vault.Seal(id, inquiry.Patient);
        var tokenHash = AccessLinkStore.Hash(token);
        for (var attempt = 1; ; attempt++)
        {
            var reference = Reference.New();
            try
            {
                await database.WriteAsync(
                    async tx =>
                    {
                        if (keys is var (key, body))
                        {
                            await IdempotencyStore.AddAsync(tx, key, body, id);
                        }

                        await InquiryStore.AddAsync(tx, id, reference, inquiry, patient, tokenHash, consentSource);
                    },
                    Priority.Interactive,
                    cancellation);
                return new IntakeOutcome.Accepted(reference, token);
            }
            catch (ConflictException) when (keys is not null)
            {
                // A double click: the other request was first.
                return await FindEarlierAsync(keys.Value.Key, keys.Value.Body, cancellation) ?? new IntakeOutcome.Unavailable();
            }
            catch (DatabaseUnavailableException)
            {
                // The commit may have succeeded before the connection broke: then it is a yes, and a second one would be wrong.
                if (await IsStoredAsync(id))
                {
                    return new IntakeOutcome.Accepted(reference, token);
                }

                throw;
            }
            catch (Exception exception) when (database.Dialect.IsDuplicateKey(exception) && attempt < MostReferences)
            {
                // One in billions: the reference is taken.
            }
        }
    }

    private async Task<IntakeOutcome?> FindEarlierAsync(byte[] key, byte[] body, CancellationToken cancellation)
    {
        var (earlier, inquiry, patient) = await database.ReadAsync(
            async session =>
            {
                var found = await IdempotencyStore.FindAsync(session, key);
                return found is null
                    ? (null, null, null)
                    : (found, await InquiryStore.FindAsync(session, found.InquiryId), await InquiryStore.FindPatientAsync(session, found.InquiryId));
            },
            cancellation);
        if (earlier is null)
        {
            return null;
        }

        // Only who knows the whole body gets its answer: a guessed key opens nothing.
        return inquiry is null || patient is null || !System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(earlier.BodyHash, body)
            ? new IntakeOutcome.KeyReused()
            : new IntakeOutcome.Accepted(inquiry.Reference, vault.Open(patient).StatusToken);
    }

    private async Task<bool> IsStoredAsync(Guid id)
    {
        try
        {
            return await database.ReadAsync(session => InquiryStore.FindAsync(session, id)) is not null;
        }
        catch (DatabaseUnavailableException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An inquiry could not be stored; its sender was told to try again.")]
    private partial void LogUnavailable(Exception exception);
}
