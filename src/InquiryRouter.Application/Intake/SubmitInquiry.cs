using System.Security.Cryptography;
using System.Text;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Intake;

/// <summary>What a patient, or somebody for them, has sent.</summary>
public sealed record Submission
{
    public required InquiryForm Form { get; init; }

    /// <summary>What could not be read of it: reported as that, not as missing; and nothing is stored.</summary>
    public IReadOnlyList<FieldError> Misread { get; init; } = [];

    /// <summary>What was noticed of how it was sent, for screening.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Where consent was given: api or form.</summary>
    public required string ConsentSource { get; init; }

    /// <summary>What the sender's network address is limited by; null: senders have no limit.</summary>
    public MailAsker? Asker { get; init; }

    /// <summary>Present when a second one like it must not make a second inquiry.</summary>
    public IdempotentRequest? Request { get; init; }
}

/// <summary>Who makes us write to an address.</summary>
/// <param name="Network">The part of a network address that is one sender.</param>
/// <param name="MostAnHour">How many acknowledgements they may cause.</param>
public sealed record MailAsker(string Network, int MostAnHour);

/// <summary>One key, one inquiry: the key a sender chose and what they sent under it.</summary>
public sealed record IdempotentRequest(string Key, ReadOnlyMemory<byte> Body);

/// <summary>What was answered to who sent it.</summary>
public abstract record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    /// <summary>Durably stored.</summary>
    /// <param name="Reference">What people call it.</param>
    /// <param name="StatusToken">The secret of the link to its page.</param>
    /// <param name="Repeated">By an earlier request with the same key.</param>
    public sealed record Accepted(string Reference, string StatusToken, bool Repeated = false) : SubmitOutcome;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : SubmitOutcome;

    /// <summary>The idempotency key was used for another body.</summary>
    public sealed record KeyReused : SubmitOutcome
    {
        public static readonly KeyReused It = new();
    }

    /// <summary>Not known to be stored; sending it again under the same key is safe.</summary>
    public sealed record Unavailable : SubmitOutcome
    {
        public static readonly Unavailable It = new();
    }
}

/// <summary>Takes an inquiry: checks it, seals the patient, and answers only after a durable commit.</summary>
public sealed partial class SubmitInquiry(
    Work work, InquiryValidator validator, PatientVault vault, KeyedHash hash, ILogger<SubmitInquiry> log)
{
    /// <param name="sent">What was sent.</param>
    /// <param name="cancellation">The sender has gone away.</param>
    public async Task<SubmitOutcome> RunAsync(Submission sent, CancellationToken cancellation)
    {
        var outcome = await StoreAsync(sent, cancellation);
        Telemetry.Intake(
            outcome switch
            {
                SubmitOutcome.Accepted { Repeated: var repeated } => repeated ? "repeated" : "accepted",
                SubmitOutcome.Invalid => "invalid",
                SubmitOutcome.KeyReused => "key-reused",
                _ => "unavailable",
            },
            sent.ConsentSource);
        return outcome;
    }

    private async Task<SubmitOutcome> StoreAsync(Submission sent, CancellationToken cancellation)
    {
        var token = AccessLinkStore.NewToken();
        var (inquiry, invalid) = validator.Validate(sent.Form, token, work.Now);
        if (sent.Misread.Count > 0 || inquiry is null)
        {
            return new SubmitOutcome.Invalid(sent.Misread.And(invalid));
        }

        if (sent.Flags.Count > 0)
        {
            inquiry = inquiry with { Facts = inquiry.Facts with { IntakeFlags = sent.Flags } };
        }

        var id = InquiryId.New();
        var keys = sent.Request is null ? null : KeysOf(sent.Request);
        var mailbox = hash.OfMailbox(inquiry.Patient.ContactEmail);
        var asker = sent.Asker is { } who ? hash.OfAsker(who.Network) : null;
        SealedPatient? patient = null;
        SubmitOutcome.Accepted? stored = null;
        try
        {
            // A double click conflicts on the key: looked at again, the other request was first.
            return keys is null
                ? await work.RunAsync(Add, cancellation)
                : await work.RunAsync(
                    session => FindEarlierAsync(session, keys.Key),
                    earlier => Task.FromResult(earlier is null ? Add() : Answer(earlier, keys)),
                    cancellation);
        }
        catch (DatabaseUnavailableException exception)
        {
            // The commit may have succeeded before the connection broke: then it is a yes, and a second one would be wrong.
            if (stored is not null && await IsStoredAsync(id))
            {
                return stored;
            }

            LogAway(exception.GetType().Name);
            return SubmitOutcome.Unavailable.It;
        }
        catch (ConflictException exception)
        {
            LogUnavailable(exception);
            return SubmitOutcome.Unavailable.It;
        }

        Decided<SubmitOutcome> Add()
        {
            var sealedPatient = patient ??= vault.Seal(id, inquiry.Patient);
            stored = new SubmitOutcome.Accepted(Reference.New(), token);
            return stored.By<SubmitOutcome>(
                keys is null ? null : new Store("idempotency-key", tx => IdempotencyStore.AddAsync(tx, keys.Key, keys.Body, id)),
                new AddInquiry(id, stored.Reference, inquiry, sealedPatient, AccessLinkStore.Hash(token), sent.ConsentSource),

                // It is taken whatever becomes of its mail.
                new AskAcknowledgement(id, new MailRequest(MailKind.Acknowledgement, id, mailbox, asker), sent.Asker?.MostAnHour ?? 0));
        }
    }

    private Keys KeysOf(IdempotentRequest request) => new(
        hash.Compute("idempotency-key", Encoding.UTF8.GetBytes(request.Key)), hash.Compute("idempotency-body", request.Body.Span));

    private static async Task<Earlier?> FindEarlierAsync(Session session, byte[] key) =>
        await IdempotencyStore.FindAsync(session, key) is { } found
            ? new Earlier(
                found.BodyHash,
                await InquiryStore.FindAsync(session, found.InquiryId),
                await InquiryStore.FindPatientAsync(session, found.InquiryId))
            : null;

    // Only who knows the whole body gets its answer: a guessed key opens nothing.
    private Decided<SubmitOutcome> Answer(Earlier earlier, Keys keys) =>
        earlier is { Inquiry: { } inquiry, Patient: { } patient } && CryptographicOperations.FixedTimeEquals(earlier.BodyHash, keys.Body)
            ? new SubmitOutcome.Accepted(inquiry.Reference, vault.Open(patient).StatusToken, Repeated: true)
            : SubmitOutcome.KeyReused.It;

    private async Task<bool> IsStoredAsync(InquiryId id)
    {
        try
        {
            return await work.ReadAsync(session => InquiryStore.FindAsync(session, id), CancellationToken.None) is not null;
        }
        catch (DatabaseUnavailableException)
        {
            return false;
        }
    }

    private sealed record Keys(byte[] Key, byte[] Body);

    private sealed record Earlier(byte[] BodyHash, InquiryRecord? Inquiry, SealedPatient? Patient);

    // The database itself says that it is away, once a minute.
    [LoggerMessage(Level = LogLevel.Debug, Message = "An inquiry could not be stored ({Cause}); its sender was told to try again.")]
    private partial void LogAway(string cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "An inquiry could not be stored; its sender was told to try again.")]
    private partial void LogUnavailable(Exception exception);
}
