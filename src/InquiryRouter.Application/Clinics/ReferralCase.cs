using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>A referral with everything its page shows and its clinic's doings rest on, as it was loaded.</summary>
public sealed record ReferralCase
{
    public required ReferralRecord Referral { get; init; }

    public required InquiryRecord Inquiry { get; init; }

    /// <summary>Null: erased.</summary>
    public required SealedPatient? Patient { get; init; }

    /// <summary>The other referrals of the inquiry, first to last.</summary>
    public required IReadOnlyList<ReferralRecord> Others { get; init; }

    /// <summary>The patient agrees that clinics see the inquiry.</summary>
    public required bool Shares { get; init; }

    /// <summary>Whether this clinic may see who the patient is, where they have chosen; null: they have not.</summary>
    public required bool? Choice { get; init; }

    /// <summary>Of the inquiry, oldest first.</summary>
    public required IReadOnlyList<QuoteRecord> Quotes { get; init; }

    /// <summary>Of the inquiry, oldest first.</summary>
    public required IReadOnlyList<NoteRecord> Notes { get; init; }

    /// <summary>The ids under which it was forwarded.</summary>
    public required IReadOnlyList<Guid> Forwards { get; init; }

    public required NetworkSnapshot Network { get; init; }

    public required Clinic Clinic { get; init; }

    /// <summary>The clinic no longer meets a requirement.</summary>
    public required bool Lapsed { get; init; }

    /// <summary>The policy in force.</summary>
    public required Policy Policy { get; init; }

    /// <summary>When it was loaded.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>People in the clinic's record besides the one its mails go to.</summary>
    public IReadOnlyList<ContactPerson> Colleagues =>
        [.. Clinic.Contacts.Where(c => Mailbox.Key(c.Email) != Mailbox.Key(Clinic.Email))];

    /// <summary>What decides on what the clinic can do.</summary>
    public ClinicFacts Facts => new()
    {
        Inquiry = Inquiry.State, Referral = Referral.State, OfferUntil = Referral.OfferUntil, AcceptedAt = Referral.AcceptedAt,
        AnsweredAt = Referral.AnsweredAt, IsUnplaced = IsUnplaced, Shares = Shares, Lapsed = Lapsed, HasColleagues = Colleagues.Count > 0,
        WasWrittenTo = Notes.Any(n => n.ReferralId == Referral.Id && n is { Author: NoteAuthor.Coordinator, Kind: NoteKind.Message }),
        WasAsked = Asked.Any(q => ReplyTo(q) is null),
    };

    /// <summary>What the patient has asked this clinic, oldest first.</summary>
    public IEnumerable<NoteRecord> Asked => Notes.Where(n => n.ReferralId == Referral.Id && n.Kind == NoteKind.Asked);

    /// <summary>What the clinic has answered; null: nothing yet.</summary>
    public NoteRecord? ReplyTo(NoteRecord question) => Notes.FirstOrDefault(n => n.Id == NoteStore.AnswerId(question.Id));

    // What a person looks into first is decided before clinics are.
    private bool IsUnplaced => !IsInOtherHands && (Inquiry.State == InquiryState.Referred
        || (Inquiry.State is InquiryState.Held or InquiryState.AwaitingPatient && Inquiry.HoldReasons.Count > 0
            && Inquiry.HoldReasons.All(s_wantsClinic.Contains)));

    private static readonly HoldReason[] s_wantsClinic = [HoldReason.NoClinicLeft, HoldReason.OfferLimit, HoldReason.WaitsForCapacity];

    /// <summary>Another clinic has the patient in hand: what this one does changes nothing for the inquiry as a whole.</summary>
    public bool IsInOtherHands => Others.Any(r => r.AcceptedAt is not null && ReferralTransitions.IsInHand(r.State));

    /// <summary>Why the clinic cannot do something, as an outcome; null: it can.</summary>
    internal Outcome? WhyNot(ClinicAction action) => ClinicActions.WhyNot(action, Facts, Now)?.AsOutcome();

    /// <summary>Whether a step of this clinic moves the inquiry; else it is a line of its history and nothing more.</summary>
    internal bool Moves(InquiryTrigger trigger) => !IsInOtherHands && InquiryTransitions.Next(Inquiry.State, trigger) is not null;

    /// <summary>The inquiry's move, or the line of its history.</summary>
    internal Step Move(InquiryTrigger trigger, Actor who, HistoryEvent said, params IReadOnlyList<HoldReason> reasons) => Moves(trigger)
        ? new MoveInquiry(Inquiry, new InquiryMove(trigger, who, said, reasons))
        : new WriteHistory(Inquiry, new HistoryEvent.Beside(said), who);

    /// <summary>What the clinic wrote, sealed for the patient; null when it is nothing.</summary>
    internal NoteRecord? Note(PatientVault vault, SealedPatient patient, NoteKind kind, string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : new NoteRecord
        {
            Id = Guid.CreateVersion7(), InquiryId = Inquiry.Id, ReferralId = Referral.Id, Author = NoteAuthor.Clinic, Kind = kind,
            At = Now, Sealed = NoteStore.Seal(vault, patient, text),
        };
}
