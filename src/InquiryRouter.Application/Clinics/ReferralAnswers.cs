using InquiryRouter.Application.Referral;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>What a clinic answers to an offer, and what it tells us afterwards. Every answer may be pressed twice.</summary>
public sealed class ReferralAnswers(Database database, ReferralDecisions decisions, MailWriter mails, PatientVault vault)
{
    /// <summary>How long a yes may be taken back: it was a slip of the finger.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromHours(1);

    public Task<AnswerOutcome> AcceptAsync(Guid referralId, CancellationToken cancellation) => decisions.DecideAsync(
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
            if (await decisions.HasLapsedAsync(facts, cancellation))
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
                    await OutboxStore.AddAsync(tx, facts.Answered(version));

                    // The first yes wins: who the patient is, is shown to one clinic.
                    await placed.ApplyAsync(tx);
                },
                Priority.Interactive,
                cancellation);
            return AnswerOutcome.Done;
        },
        cancellation);

    /// <summary>Takes a yes back within its first hour: the offer stands as before, and the clinic may answer again.</summary>
    public Task<AnswerOutcome> UndoAsync(Guid referralId, CancellationToken cancellation) => decisions.DecideAsync(
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

                    // A reminder that fell due while the yes stood was not sent; one that was is not sent again.
                    await FollowUpStore.ReviveAsync(tx, facts.Inquiry.Id, FollowUpKind.OfferReminder, facts.Referral.N, now + ((until - now) / 2));
                    await MoveAsync(tx, facts, InquiryTrigger.Undo, $"identity-hidden {facts.Referral.ClinicCode}");
                    await MailStore.AddAsync(tx, mail);

                    // The yes had ended other offers: as many clinics are asked again as the policy wants.
                    await OutboxStore.AddAsync(tx, facts.Answered(version));
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
    public Task<AnswerOutcome> DeclineAsync(Guid referralId, string reason, string? remark, CancellationToken cancellation) => decisions.DecideAsync(
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

            var note = facts.Note(vault, NoteKind.Remark, remark, database.Clock.GetUtcNow());
            await database.WriteAsync(
                async tx =>
                {
                    var version = await ReferralStore.MoveAsync(tx, facts.Referral, ReferralTrigger.Decline, reason);
                    await FollowUpStore.CancelAsync(tx, facts.Inquiry.Id, FollowUpKind.OfferExpiry, facts.Referral.N);
                    await ReferralStore.FreeAsync(tx, facts.Referral.ClinicCode, facts.Referral.CapWeek);
                    await InquiryStore.MoveAsync(tx, facts.Inquiry, new InquiryMove(InquiryTrigger.Decline, facts.Actor, reason));
                    await AddAsync(tx, note);
                    await OutboxStore.AddAsync(tx, facts.Answered(version));
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
    public Task<AnswerOutcome> ReturnAsync(Guid referralId, string reason, string? remark, CancellationToken cancellation) => decisions.DecideAsync(
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

            var note = facts.Note(vault, NoteKind.Remark, remark, database.Clock.GetUtcNow());
            var detail = $"{facts.Referral.ClinicCode} {reason}";
            var told = facts.Clinic is { } clinic ? mails.GivenBack(facts.Inquiry, facts.Patient, facts.Referral.Id, clinic) : null;
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
                            await (told is null ? Task.CompletedTask : MailStore.AddAsync(tx, told));
                            await OutboxStore.AddAsync(tx, new InquiryHeld { InquiryId = facts.Inquiry.Id, Version = inquiryVersion });
                        }
                    }

                    await OutboxStore.AddAsync(tx, facts.Answered(version));
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
        decisions.DecideAsync(
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
                        await OutboxStore.AddAsync(tx, facts.Answered(version));
                    },
                    Priority.Interactive,
                    cancellation);
                return AnswerOutcome.Done;
            },
            cancellation);

    // While another clinic has the patient as well, this one's step is a line of the history and nothing more.
    private static async Task<int?> MoveAsync(Tx tx, ReferralFacts facts, InquiryTrigger trigger, string detail, IReadOnlyList<HoldReason>? reasons = null)
    {
        if (facts.InOtherHands || InquiryTransitions.Next(facts.Inquiry.State, trigger) is null)
        {
            await InquiryStore.RecordAsync(tx, facts.Inquiry, $"clinic-{trigger.ToString().ToLowerInvariant()}", facts.Actor, detail);
            return null;
        }

        return await InquiryStore.MoveAsync(tx, facts.Inquiry, new InquiryMove(trigger, facts.Actor, detail, reasons));
    }

    private static Task AddAsync(Tx tx, NoteRecord? note) => note is null ? Task.CompletedTask : NoteStore.AddAsync(tx, note);
}
