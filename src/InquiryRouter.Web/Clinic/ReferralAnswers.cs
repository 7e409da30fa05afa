using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Infrastructure.Referrals;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Clinic;

/// <summary>What became of a clinic's answer.</summary>
public enum AnswerOutcome
{
    Done,

    /// <summary>The same answer was given before: nothing changed.</summary>
    AlreadyDone,

    /// <summary>The offer had ended: answered otherwise, expired, or taken back.</summary>
    Ended,

    /// <summary>The patient no longer agrees that clinics see who they are.</summary>
    NoConsent,
}

/// <summary>What a clinic answers to an offer, and what it tells us afterwards. Every answer may be pressed twice.</summary>
public sealed class ReferralAnswers(Database database, MatchIndexCache indexes, PolicyCache policies, MailWriter mails, PatientVault vault)
{
    /// <summary>How long a yes may be taken back: it was a slip of the finger.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromHours(1);

    private const int Tries = 3;

    private static readonly TimeSpan s_decisionTime = TimeSpan.FromDays(14);

    /// <summary>Everything an answer is decided on.</summary>
    private sealed record Facts(
        InquiryRecord Inquiry, ReferralRecord Referral, IReadOnlyList<ReferralRecord> Others, SealedPatient Patient, ConsentGiven? Consent, bool? Choice, MatchIndex Index)
    {
        public Core.Matching.Clinic? Clinic => Index.Network.ByCode.GetValueOrDefault(Referral.ClinicCode);

        public Actor Actor => Actor.Clinic(Referral.ClinicCode);

        /// <summary>Another clinic has the patient in hand: what this one does changes nothing for the inquiry as a whole.</summary>
        public bool InOtherHands => Others.Any(r => r.AcceptedAt is not null && ReferralTransitions.IsHeld(r.State));

        public bool IsOpen(DateTimeOffset now) => ReferralTransitions.IsOpen(Referral.State) && Inquiry.State == InquiryState.Referred && now < Referral.OfferUntil;
    }

    public Task<AnswerOutcome> AcceptAsync(Guid referralId, CancellationToken cancellation) => AnswerAsync(
        referralId,
        async facts =>
        {
            if (facts.Referral.AcceptedAt is not null && ReferralTransitions.IsHeld(facts.Referral.State))
            {
                return AnswerOutcome.AlreadyDone;
            }

            // The clock is late by up to a second: the promise to the patient counts.
            var now = database.Clock.GetUtcNow();
            if (!facts.IsOpen(now))
            {
                return AnswerOutcome.Ended;
            }

            if (facts.Consent is not { ShareWithClinics: true } || facts.Clinic is not { } clinic)
            {
                return AnswerOutcome.NoConsent;
            }

            // Identity is shown only to a clinic that may treat the patient at this moment; the recall takes the offer back.
            if (await HasLapsedAsync(facts, cancellation))
            {
                return AnswerOutcome.Ended;
            }

            var discloses = facts.Choice is not false;
            var mail = mails.ClinicAccepted(facts.Inquiry, facts.Patient, facts.Referral, clinic, discloses);
            var placed = OtherOffers.Of(facts.Others, facts.Inquiry, facts.Patient, facts.Index.Network, mails);
            await database.WriteAsync(
                async tx =>
                {
                    var version = await ReferralStore.MoveAsync(tx, facts.Referral, ReferralTrigger.Accept, discloses: discloses);
                    await FollowUpStore.CancelAsync(tx, facts.Inquiry.Id, FollowUpKind.OfferExpiry, facts.Referral.N);

                    // The entry that says who was shown the patient's identity, and when.
                    await InquiryStore.MoveAsync(tx, facts.Inquiry, new InquiryMove(InquiryTrigger.Accept, facts.Actor, discloses ? "identity-disclosed" : "identity-withheld"));
                    await MailStore.AddAsync(tx, mail);
                    await OutboxStore.AddAsync(tx, Answered(facts, version));

                    // The first yes wins: who the patient is, is shown to one clinic.
                    await placed.ApplyAsync(tx);
                },
                Priority.Interactive,
                cancellation);
            return AnswerOutcome.Done;
        },
        cancellation);

    /// <summary>Takes a yes back within its first hour: the offer stands as before, and the clinic may answer again.</summary>
    public Task<AnswerOutcome> UndoAsync(Guid referralId, CancellationToken cancellation) => AnswerAsync(
        referralId,
        async facts =>
        {
            var now = database.Clock.GetUtcNow();
            if (facts.Referral.State == ReferralState.Viewed)
            {
                return AnswerOutcome.AlreadyDone;
            }

            if (facts.Referral.State != ReferralState.Accepted || !(now - facts.Referral.AcceptedAt < UndoTime) || facts.Clinic is not { } clinic)
            {
                return AnswerOutcome.Ended;
            }

            // Whoever needs a moment to answer otherwise has it.
            var until = facts.Referral.OfferUntil > now + UndoTime ? facts.Referral.OfferUntil : now + UndoTime;
            var mail = mails.AcceptanceUndone(facts.Inquiry, facts.Patient, facts.Referral, clinic);
            await database.WriteAsync(
                async tx =>
                {
                    var version = await ReferralStore.MoveAsync(tx, facts.Referral, ReferralTrigger.Undo);
                    await ReferralStore.ExtendAsync(tx, facts.Referral.Id, until);
                    await FollowUpStore.ReviveAsync(tx, facts.Inquiry.Id, FollowUpKind.OfferExpiry, facts.Referral.N, until);
                    await MoveAsync(tx, facts, InquiryTrigger.Undo, $"identity-hidden {facts.Referral.ClinicCode}");
                    await MailStore.AddAsync(tx, mail);

                    // The yes had ended other offers: as many clinics are asked again as the policy wants.
                    await OutboxStore.AddAsync(tx, Answered(facts, version));
                },
                Priority.Interactive,
                cancellation);
            return AnswerOutcome.Done;
        },
        cancellation);

    /// <param name="referralId">Which referral.</param>
    /// <param name="reason">A code of <see cref="DeclineReason"/>.</param>
    /// <param name="remark">What the clinic adds, for the coordinators; null: nothing.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<AnswerOutcome> DeclineAsync(Guid referralId, string reason, string? remark, CancellationToken cancellation) => AnswerAsync(
        referralId,
        async facts =>
        {
            if (facts.Referral.State == ReferralState.Declined)
            {
                return AnswerOutcome.AlreadyDone;
            }

            if (!facts.IsOpen(database.Clock.GetUtcNow()))
            {
                return AnswerOutcome.Ended;
            }

            var note = Note(facts, NoteKind.Remark, remark);
            await database.WriteAsync(
                async tx =>
                {
                    var version = await ReferralStore.MoveAsync(tx, facts.Referral, ReferralTrigger.Decline, reason);
                    await FollowUpStore.CancelAsync(tx, facts.Inquiry.Id, FollowUpKind.OfferExpiry, facts.Referral.N);
                    await ReferralStore.FreeAsync(tx, facts.Referral.ClinicCode, facts.Referral.CapWeek);
                    await InquiryStore.MoveAsync(tx, facts.Inquiry, new InquiryMove(InquiryTrigger.Decline, facts.Actor, reason));
                    await AddAsync(tx, note);
                    await OutboxStore.AddAsync(tx, Answered(facts, version));
                },
                Priority.Interactive,
                cancellation);
            return AnswerOutcome.Done;
        },
        cancellation);

    /// <summary>Gives a patient back whom the clinic had in hand.</summary>
    /// <param name="referralId">Which referral.</param>
    /// <param name="reason">A code of <see cref="ReturnReason"/>: it decides whether the next clinic is asked, or a coordinator asks the patient.</param>
    /// <param name="remark">What the clinic adds, for the coordinators; null: nothing.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<AnswerOutcome> ReturnAsync(Guid referralId, string reason, string? remark, CancellationToken cancellation) => AnswerAsync(
        referralId,
        async facts =>
        {
            if (facts.Referral.State == ReferralState.Returned)
            {
                return AnswerOutcome.AlreadyDone;
            }

            if (!ReferralTransitions.IsHeld(facts.Referral.State))
            {
                return AnswerOutcome.Ended;
            }

            var note = Note(facts, NoteKind.Remark, remark);
            var detail = $"{facts.Referral.ClinicCode} {reason}";
            await database.WriteAsync(
                async tx =>
                {
                    var version = await ReferralStore.MoveAsync(tx, facts.Referral, ReferralTrigger.Return, reason);
                    await AddAsync(tx, note);
                    if (facts.Referral.AcceptedAt is null)
                    {
                        await ReferralStore.FreeAsync(tx, facts.Referral.ClinicCode, facts.Referral.CapWeek);

                        // A quote the patient had not decided on: the next clinic is asked as after a no.
                        await (facts.Inquiry.State == InquiryState.Referred
                            ? InquiryStore.MoveAsync(tx, facts.Inquiry, new InquiryMove(InquiryTrigger.Decline, facts.Actor, detail))
                            : InquiryStore.RecordAsync(tx, facts.Inquiry, "returned", facts.Actor, detail));
                    }
                    else if (ReturnReason.AsksNext(reason))
                    {
                        await MoveAsync(tx, facts, InquiryTrigger.Return, detail);
                    }
                    else
                    {
                        var held = await MoveAsync(tx, facts, InquiryTrigger.Hold, $"{HoldReason.ReturnedByClinic.Code} {detail}", [HoldReason.ReturnedByClinic]);
                        if (held is { } inquiryVersion)
                        {
                            await OutboxStore.AddAsync(tx, new InquiryHeld { InquiryId = facts.Inquiry.Id, Version = inquiryVersion });
                        }
                    }

                    await OutboxStore.AddAsync(tx, Answered(facts, version));
                },
                Priority.Interactive,
                cancellation);
            return AnswerOutcome.Done;
        },
        cancellation);

    /// <summary>A price for this patient: on the summary, while the offer is open, or later. It replaces the clinic's earlier one.</summary>
    /// <param name="content">Checked with <see cref="QuoteRules"/>.</param>
    /// <param name="quoteId">Of the form: sent twice it is one quote.</param>
    public Task<AnswerOutcome> QuoteAsync(
        Guid referralId, Guid quoteId, QuoteContent content, string currency, DateOnly validUntil, CancellationToken cancellation) => AnswerAsync(
        referralId,
        async facts =>
        {
            var earlier = await database.ReadAsync(session => QuoteStore.ListAsync(session, facts.Inquiry.Id), cancellation);
            if (FormIds.Free(quoteId, id => earlier.FirstOrDefault(q => q.Id == id) is { } written ? Says(facts.Patient, written, content, currency, validUntil) : null) is not { } freeId)
            {
                return AnswerOutcome.AlreadyDone;
            }

            var open = facts.IsOpen(database.Clock.GetUtcNow());
            if ((!open && !ReferralTransitions.IsHeld(facts.Referral.State)) || facts.Referral.State == ReferralState.Booked || facts.Clinic is not { } clinic)
            {
                return AnswerOutcome.Ended;
            }

            if (facts.Consent is not { ShareWithClinics: true })
            {
                return AnswerOutcome.NoConsent;
            }

            // A price is asked only of clinics that may treat the patient at this moment; one that has accepted is watched, and a coordinator decides.
            if (facts.Referral.AcceptedAt is null && await HasLapsedAsync(facts, cancellation))
            {
                return AnswerOutcome.Ended;
            }

            var quote = new QuoteRecord
            {
                Id = freeId, InquiryId = facts.Inquiry.Id, ReferralId = facts.Referral.Id, N = earlier.Count(q => q.ReferralId == facts.Referral.Id) + 1,
                ClinicCode = facts.Referral.ClinicCode, Total = content.Total, Currency = currency, ValidUntil = validUntil, At = database.Clock.GetUtcNow(),
                Sealed = QuoteStore.Seal(vault, facts.Patient, content),
            };
            var mail = mails.QuoteReceived(facts.Inquiry, facts.Patient, quote.Id, facts.Referral.Id, clinic);
            await database.WriteAsync(
                async tx =>
                {
                    await ReferralStore.MoveAsync(tx, facts.Referral, ReferralTrigger.Quote);
                    if (open)
                    {
                        await FollowUpStore.CancelAsync(tx, facts.Inquiry.Id, FollowUpKind.OfferExpiry, facts.Referral.N);
                    }

                    if (facts.Referral.AcceptedAt is null)
                    {
                        await FollowUpStore.SetAsync(tx, facts.Inquiry.Id, FollowUpKind.QuoteExpiry, facts.Referral.N, facts.Referral.Id, DecideBy(validUntil, clinic, quote.At));
                    }

                    await QuoteStore.AddAsync(tx, quote);
                    await InquiryStore.RecordAsync(tx, facts.Inquiry, "quoted", facts.Actor);
                    await MailStore.AddAsync(tx, mail);
                },
                Priority.Interactive,
                cancellation);
            return AnswerOutcome.Done;
        },
        cancellation);

    /// <summary>Asks the patient something; the answer appears on the clinic's page.</summary>
    /// <param name="questionId">Of the form: sent twice it is one question.</param>
    public Task<AnswerOutcome> AskAsync(Guid referralId, Guid questionId, string text, CancellationToken cancellation) => AnswerAsync(
        referralId,
        async facts =>
        {
            var notes = await database.ReadAsync(session => NoteStore.ListAsync(session, facts.Inquiry.Id), cancellation);
            if (FormIds.Free(questionId, id => notes.FirstOrDefault(n => n.Id == id) is { } written ? NoteStore.Open(vault, facts.Patient, written) == text : null) is not { } freeId)
            {
                return AnswerOutcome.AlreadyDone;
            }

            if ((!facts.IsOpen(database.Clock.GetUtcNow()) && !ReferralTransitions.IsHeld(facts.Referral.State)) || facts.Clinic is not { } clinic)
            {
                return AnswerOutcome.Ended;
            }

            var note = Note(facts, NoteKind.Question, text)! with { Id = freeId };
            var mail = mails.NeedsInformation(facts.Inquiry, facts.Patient, freeId, facts.Referral.Id, clinic);
            await database.WriteAsync(
                async tx =>
                {
                    // First what a second press cannot do as well: it looks again, and finds the question there.
                    await InquiryStore.RecordAsync(tx, facts.Inquiry, "question-asked", facts.Actor);
                    await NoteStore.AddAsync(tx, note);
                    await MailStore.AddAsync(tx, mail);
                },
                Priority.Interactive,
                cancellation);
            return AnswerOutcome.Done;
        },
        cancellation);

    /// <summary>The patient has booked with the clinic.</summary>
    public Task<AnswerOutcome> BookAsync(Guid referralId, CancellationToken cancellation) =>
        StepAsync(referralId, ReferralTrigger.Book, ReferralState.Booked, InquiryTrigger.Book, [], cancellation);

    /// <summary>The clinic has treated the patient: the inquiry has come to its end.</summary>
    public Task<AnswerOutcome> CompleteAsync(Guid referralId, CancellationToken cancellation) =>
        StepAsync(referralId, ReferralTrigger.Complete, ReferralState.Completed, InquiryTrigger.Close, [HoldReason.Treated], cancellation);

    private Task<AnswerOutcome> StepAsync(
        Guid referralId, ReferralTrigger trigger, ReferralState after, InquiryTrigger step, IReadOnlyList<HoldReason> reasons, CancellationToken cancellation) =>
        AnswerAsync(
            referralId,
            async facts =>
            {
                if (facts.Referral.State == after)
                {
                    return AnswerOutcome.AlreadyDone;
                }

                // Only a clinic that knows who the patient is can have treated them.
                if (facts.Referral.AcceptedAt is null || ReferralTransitions.Next(facts.Referral.State, trigger) is null)
                {
                    return AnswerOutcome.Ended;
                }

                // With the inquiry ends what other clinics have been asked.
                var placed = after == ReferralState.Completed && !facts.InOtherHands
                    ? OtherOffers.AndQuotes(facts.Others, facts.Inquiry, facts.Patient, facts.Index.Network, mails)
                    : EndedReferrals.None;
                await database.WriteAsync(
                    async tx =>
                    {
                        var version = await ReferralStore.MoveAsync(tx, facts.Referral, trigger);
                        await MoveAsync(tx, facts, step, facts.Referral.ClinicCode, reasons);
                        await placed.ApplyAsync(tx);
                        await OutboxStore.AddAsync(tx, Answered(facts, version));
                    },
                    Priority.Interactive,
                    cancellation);
                return AnswerOutcome.Done;
            },
            cancellation);

    // While another clinic has the patient as well, this one's step is a line of the history and nothing more.
    private static async Task<int?> MoveAsync(Tx tx, Facts facts, InquiryTrigger trigger, string detail, IReadOnlyList<HoldReason>? reasons = null)
    {
        if (facts.InOtherHands || InquiryTransitions.Next(facts.Inquiry.State, trigger) is null)
        {
            await InquiryStore.RecordAsync(tx, facts.Inquiry, $"clinic-{trigger.ToString().ToLowerInvariant()}", facts.Actor, detail);
            return null;
        }

        return await InquiryStore.MoveAsync(tx, facts.Inquiry, new InquiryMove(trigger, facts.Actor, detail, reasons));
    }

    private async Task<AnswerOutcome> AnswerAsync(Guid referralId, Func<Facts, Task<AnswerOutcome>> answer, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await FindAsync(referralId, cancellation) is not { } facts)
            {
                return AnswerOutcome.Ended;
            }

            try
            {
                return await answer(facts);
            }
            catch (ConflictException) when (attempt < Tries)
            {
                // A second click, or the clock: look again.
            }
        }
    }

    private async Task<Facts?> FindAsync(Guid referralId, CancellationToken cancellation)
    {
        var index = await indexes.AtAsync(database.Clock.GetUtcNow(), cancellation);
        return await database.ReadAsync(
            async session => await ReferralStore.FindAsync(session, referralId) is { } referral
                && await InquiryStore.FindAsync(session, referral.InquiryId) is { } inquiry
                && await InquiryStore.FindPatientAsync(session, referral.InquiryId) is { } patient
                ? new Facts(
                    inquiry, referral, [.. (await ReferralStore.ListAsync(session, inquiry.Id)).Where(r => r.Id != referralId)], patient,
                    await InquiryStore.FindConsentAsync(session, inquiry.Id),
                    (await IdentityChoiceStore.ListAsync(session, inquiry.Id)).TryGetValue(referral.ClinicCode, out var choice) ? choice : null, index)
                : null,
            cancellation);
    }

    private async Task<bool> HasLapsedAsync(Facts facts, CancellationToken cancellation) => Matcher.CheckLapse(
        facts.Referral.ClinicCode, facts.Inquiry.Facts, facts.Index, await policies.CurrentAsync(cancellation), database.Clock.GetUtcNow()) != Gate.None;

    private bool Says(SealedPatient patient, QuoteRecord written, QuoteContent content, string currency, DateOnly validUntil)
    {
        var before = QuoteStore.Open(vault, patient, written);
        return written.Currency == currency && written.ValidUntil == validUntil && before.Remark == content.Remark && before.Items.SequenceEqual(content.Items);
    }

    // The end of its last day where the clinic is; a patient who has not decided after two weeks is not kept from other clinics for longer.
    private static DateTimeOffset DecideBy(DateOnly validUntil, Core.Matching.Clinic clinic, DateTimeOffset now)
    {
        var midnight = validUntil.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var end = new DateTimeOffset(midnight, TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone).GetUtcOffset(midnight));
        return end < now + s_decisionTime ? end : now + s_decisionTime;
    }

    private static ReferralAnswered Answered(Facts facts, int version) => new() { InquiryId = facts.Inquiry.Id, ReferralId = facts.Referral.Id, Version = version };

    private NoteRecord? Note(Facts facts, NoteKind kind, string? text) => string.IsNullOrWhiteSpace(text) ? null : new NoteRecord
    {
        Id = Guid.CreateVersion7(), InquiryId = facts.Inquiry.Id, ReferralId = facts.Referral.Id, Author = NoteAuthor.Clinic, Kind = kind,
        At = database.Clock.GetUtcNow(), Sealed = NoteStore.Seal(vault, facts.Patient, text),
    };

    private static Task AddAsync(Tx tx, NoteRecord? note) => note is null ? Task.CompletedTask : NoteStore.AddAsync(tx, note);
}
