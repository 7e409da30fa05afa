namespace InquiryRouter.Core.History;

/// <summary>
/// What the history of an inquiry can say: the closed list, with the facts of each. Facts are codes, never what a person wrote; the history outlives
/// the patient's data. How an event is stored is in <see cref="HistoryText"/>, who did it and when stands beside it.
/// </summary>
public abstract record HistoryEvent
{
    private HistoryEvent()
    {
    }

    /// <summary>Codes of the clinics it is about.</summary>
    public virtual IEnumerable<string> Clinics => [];

    /// <summary>The inquiry was sent.</summary>
    public sealed record Received : HistoryEvent;

    /// <summary>What is asked for was corrected: it begins anew.</summary>
    public sealed record Corrected : HistoryEvent;

    /// <summary>Names or addresses were corrected.</summary>
    public sealed record ContactCorrected : HistoryEvent;

    /// <summary>The message alone was corrected: clinics that have it keep it, and read the new one.</summary>
    public sealed record MessageCorrected : HistoryEvent;

    /// <summary>Screening let it go on.</summary>
    public sealed record Cleared : HistoryEvent;

    /// <summary>It looks like a program's.</summary>
    /// <param name="Reasons">As the history keeps them.</param>
    public sealed record Quarantined(IReadOnlyList<string> Reasons) : HistoryEvent;

    /// <summary>It waits for a person.</summary>
    public abstract record Held : HistoryEvent
    {
        /// <param name="Reasons">As the history keeps them.</param>
        public sealed record For(IReadOnlyList<string> Reasons) : Held;

        /// <summary>The policy asks for a coordinator's yes.</summary>
        /// <param name="Kinds">Of what it asks for.</param>
        public sealed record ForApproval(IReadOnlyList<string> Kinds) : Held;

        /// <summary>Nobody is left to ask after an offer that has ended.</summary>
        public sealed record AfterOffer(string Reason, OfferEnd After) : Held
        {
            public override IEnumerable<string> Clinics => [After.Clinic];
        }

        /// <summary>The clinic that had the patient gave them back, and another clinic cannot mend it.</summary>
        public sealed record GivenBack(string Clinic, string Reason) : Held
        {
            public override IEnumerable<string> Clinics => [Clinic];
        }

        /// <summary>A coordinator took back what they had asked the patient, before they were told.</summary>
        public sealed record QuestionUndone : Held;

        /// <summary>The patient did something that has no facts of its own.</summary>
        /// <param name="Emergency">In words of an emergency.</param>
        public sealed record Because(HistoryEvent What, bool Emergency = false) : Held;
    }

    /// <summary>It waits for the patient's answer.</summary>
    /// <param name="After">The offer that has ended, when it ended with it.</param>
    public sealed record PatientAsked(string Reason, OfferEnd? After) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => After is null ? [] : [After.Clinic];
    }

    /// <summary>What it waited for is over: it goes on to matching.</summary>
    public abstract record Released : HistoryEvent
    {
        /// <summary>A coordinator sent it on.</summary>
        public sealed record AsItIs : Released;

        /// <summary>A coordinator found it to be no duplicate.</summary>
        public sealed record NoDuplicate : Released;

        /// <summary>A coordinator lets more clinics be asked than the policy's most.</summary>
        /// <param name="After">The last offer that does not count any more.</param>
        public sealed record MoreOffers(int After) : Released;

        /// <summary>A clinic it waited for has a place.</summary>
        public sealed record PlaceFreed(string Clinic) : Released
        {
            public override IEnumerable<string> Clinics => [Clinic];
        }

        /// <summary>The patient did something that has no facts of its own.</summary>
        public sealed record Because(HistoryEvent What) : Released;
    }

    /// <summary>Clinics that fit were found.</summary>
    public sealed record Matched : HistoryEvent;

    /// <summary>A coordinator agreed to the decision.</summary>
    public sealed record Approved : HistoryEvent;

    public abstract record Offered : HistoryEvent
    {
        /// <param name="To">Codes of the clinics that are asked.</param>
        /// <param name="After">The offer that has ended, when it ended with it.</param>
        /// <param name="PassedOver">Some of those that stood before them.</param>
        public sealed record Anew(IReadOnlyList<string> To, OfferEnd? After, IReadOnlyList<PassedOver> PassedOver) : Offered
        {
            public override IEnumerable<string> Clinics => After is null ? To : [.. To, After.Clinic];
        }

        /// <summary>A coordinator chose the clinic.</summary>
        /// <param name="Reason">Why in spite of what stood against it, as a code; null: nothing did.</param>
        /// <param name="Gates">Codes of the gates that stood against it.</param>
        public sealed record ByHand(string Clinic, string? Reason, IReadOnlyList<string> Gates) : Offered
        {
            public override IEnumerable<string> Clinics => [Clinic];
        }

        /// <summary>It was held while clinics still had to answer; they can answer again, and their time begins anew.</summary>
        public sealed record AsBefore : Offered;

        /// <summary>A clinic that had said no, or nothing in time, asked for its offer back.</summary>
        public sealed record Again(string Clinic) : Offered
        {
            public override IEnumerable<string> Clinics => [Clinic];
        }
    }

    public abstract record Accepted : HistoryEvent
    {
        /// <param name="Discloses">The clinic was shown who the patient is.</param>
        public sealed record ByClinic(bool Discloses) : Accepted;

        /// <summary>The patient chose a clinic that had quoted, and showed it who they are.</summary>
        public sealed record ByPatient(string Clinic) : Accepted
        {
            public override IEnumerable<string> Clinics => [Clinic];
        }
    }

    /// <summary>A clinic took its yes back, and sees no longer who the patient is.</summary>
    public sealed record AcceptanceUndone(string Clinic) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    /// <summary>A clinic does not take the patient, or not any more; others are asked or still have to answer.</summary>
    public abstract record Declined : HistoryEvent
    {
        public sealed record ByClinic(string Reason) : Declined;

        /// <summary>A clinic that had quoted gave the patient back.</summary>
        public sealed record GivenBack(string Clinic, string Reason) : Declined
        {
            public override IEnumerable<string> Clinics => [Clinic];
        }

        /// <summary>Its quote is not for the patient.</summary>
        public sealed record ByPatient(string Clinic) : Declined
        {
            public override IEnumerable<string> Clinics => [Clinic];
        }

        /// <summary>Its offer ended by itself.</summary>
        public sealed record OfferEnded(OfferEnd End) : Declined
        {
            public override IEnumerable<string> Clinics => [End.Clinic];
        }

        /// <summary>Its offer was recalled while others were awaited.</summary>
        /// <param name="Gate">Code of the requirement it no longer meets.</param>
        public sealed record OfferRecalled(string Clinic, string Gate) : Declined
        {
            public override IEnumerable<string> Clinics => [Clinic];
        }
    }

    /// <summary>The last open offer was recalled: it is matched anew.</summary>
    /// <param name="Gate">Code of the requirement the clinic no longer meets.</param>
    public sealed record Recalled(string Clinic, string Gate) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    /// <summary>A quote was recalled while another clinic had the patient.</summary>
    /// <param name="Gate">Code of the requirement the clinic no longer meets.</param>
    public sealed record QuoteRecalled(string Clinic, string Gate) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    /// <summary>The clinic that had the patient gave them back: the next is asked.</summary>
    public sealed record Returned(string Clinic, string Reason) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    public sealed record Booked(string Clinic) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    public abstract record Closed : HistoryEvent
    {
        /// <param name="Reasons">As the history keeps them.</param>
        public sealed record For(IReadOnlyList<string> Reasons) : Closed;

        /// <param name="Reference">Of the inquiry that goes on.</param>
        public sealed record AsDuplicate(string Reference) : Closed;

        /// <summary>The clinic has treated the patient.</summary>
        public sealed record Treated(string Clinic) : Closed
        {
            public override IEnumerable<string> Clinics => [Clinic];
        }
    }

    /// <summary>It was closed as a duplicate, and is none.</summary>
    /// <param name="Reference">Of the other inquiry.</param>
    public sealed record Reopened(string Reference) : HistoryEvent;

    /// <summary>It was closed, and a coordinator has opened it again.</summary>
    /// <param name="Was">Why it had been closed, as a code.</param>
    public sealed record OpenedAgain(string Was) : HistoryEvent;

    /// <summary>A coordinator took it back from a clinic.</summary>
    /// <param name="Reason">As a code.</param>
    /// <param name="Then">What followed for the inquiry.</param>
    public sealed record TakenBack(string Clinic, string Reason, TakenBackThen Then) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    /// <summary>A coordinator wrote something down for colleagues.</summary>
    public sealed record Noted : HistoryEvent;

    /// <summary>A coordinator wrote to a clinic.</summary>
    public sealed record ClinicWritten(string Clinic) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    /// <summary>A clinic answered a coordinator.</summary>
    public sealed record ClinicAnswered : HistoryEvent;

    /// <summary>A coordinator began something that is done, and told to others, only when the time to undo it is over.</summary>
    /// <param name="What">A code of what.</param>
    public sealed record Begun(string What) : HistoryEvent;

    /// <summary>A coordinator took back what they had begun, before it was done; of older lines, before anybody was told.</summary>
    /// <param name="What">What was begun, or the action of the line that is undone.</param>
    public sealed record Undone(string What) : HistoryEvent;

    /// <summary>What was begun could not be done any more when its time came.</summary>
    /// <param name="What">What was begun.</param>
    /// <param name="Why">As a code.</param>
    public sealed record Dropped(string What, string Why) : HistoryEvent;

    /// <summary>The clinic that has accepted it no longer meets a requirement.</summary>
    /// <param name="Gate">Code of the requirement.</param>
    public sealed record ClinicLapsed(string Clinic, string Gate) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    /// <summary>It meets all requirements again.</summary>
    public sealed record ClinicRecovered(string Clinic) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    /// <param name="Why">As a code; null: the patient asked for it.</param>
    public sealed record Erased(string? Why) : HistoryEvent;

    /// <summary>While another clinic has the patient as well, a clinic's step is a line and nothing more.</summary>
    /// <param name="Step">Of this clinic: AcceptanceUndone, Returned, Held, Booked or Closed.</param>
    public sealed record Beside(HistoryEvent Step) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => Step.Clinics;
    }

    /// <summary>The patient has answered a check-in.</summary>
    /// <param name="Answer">The code of the answer.</param>
    public sealed record CheckedIn(string Answer) : HistoryEvent;

    public sealed record InformationAdded : HistoryEvent;

    public sealed record ConsentGiven : HistoryEvent;

    public sealed record ConsentWithdrawn : HistoryEvent;

    public sealed record Unsubscribed : HistoryEvent;

    /// <summary>The quote of a clinic is not for the patient; another clinic has them.</summary>
    public sealed record QuoteDeclined(string Clinic) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    /// <summary>The offer to a clinic could not be delivered and has ended; another clinic has the patient.</summary>
    public sealed record Undelivered(string Clinic) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    /// <summary>Mail to the patient does not arrive, and a clinic has them in hand: nothing is held.</summary>
    public sealed record PatientUnreachable : HistoryEvent;

    /// <summary>A clinic was shown who the patient is.</summary>
    public sealed record IdentityShown(string Clinic) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    public sealed record IdentityHidden(string Clinic) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    /// <summary>The clinic has given a price.</summary>
    public sealed record Quoted : HistoryEvent;

    /// <summary>A clinic or a coordinator has asked the patient something.</summary>
    public sealed record QuestionAsked : HistoryEvent;

    /// <summary>The patient has asked a clinic something.</summary>
    public sealed record ClinicAsked(string Clinic) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => [Clinic];
    }

    /// <summary>A clinic has answered what the patient asked.</summary>
    public sealed record ClinicReplied : HistoryEvent;

    /// <summary>The clinic has sent its referral on to a colleague.</summary>
    public sealed record Forwarded : HistoryEvent;

    /// <summary>A coordinator has decided about mails that stood still.</summary>
    /// <param name="What">requeued, set-aside or taken-back.</param>
    /// <param name="Kinds">Of the mails.</param>
    public sealed record MailsDecided(string What, IReadOnlyList<string> Kinds) : HistoryEvent;

    /// <summary>A mail was not sent: too many had gone to its address, or were asked for by who asked.</summary>
    /// <param name="Kind">Of the mail.</param>
    public sealed record MailWithheld(string Kind) : HistoryEvent;

    /// <summary>A person has taken a piece of work about it, given it on, put it off or read it; or it became everyone's again.</summary>
    /// <param name="What">taken, given, passed, snoozed, done, freed or restored (what was done in bulk is taken back).</param>
    /// <param name="Kind">Of the work, as the history keeps it.</param>
    public sealed record Worked(string What, string Kind) : HistoryEvent;

    /// <summary>The patient has ended the link of their page, and has a new one.</summary>
    public sealed record LinkReplaced : HistoryEvent;

    /// <summary>A line of another version of the program, as it is stored.</summary>
    public sealed record Unknown(string Action, string? Detail) : HistoryEvent
    {
        public override IEnumerable<string> Clinics => HistoryText.Words(Detail);
    }
}

/// <summary>What followed for an inquiry that was taken back from a clinic.</summary>
public enum TakenBackThen
{
    /// <summary>It stayed where it was.</summary>
    Nothing,

    /// <summary>It had been offered: the next clinic is asked, or others still have to answer.</summary>
    NextIsAsked,

    /// <summary>The clinic had accepted: the next one is asked.</summary>
    NextIsAskedAfterYes,

    /// <summary>It is held.</summary>
    IsHeld,
}

/// <summary>What ended an offer to a clinic.</summary>
/// <param name="Why">A code.</param>
public sealed record OfferEnd(string Why, string Clinic)
{
    private const string NoAnswer = "expired";
    private const string QuoteUndecided = "quote-ended";
    private const string NotDelivered = "mail-undeliverable";

    /// <summary>Codes of everything that ends an offer by itself.</summary>
    internal static readonly IReadOnlyList<string> Codes = [NoAnswer, QuoteUndecided, NotDelivered];

    /// <summary>The clinic has not answered in time.</summary>
    public static OfferEnd Expired(string clinic) => new(NoAnswer, clinic);

    /// <summary>The patient has not decided on its quote in time.</summary>
    public static OfferEnd QuoteEnded(string clinic) => new(QuoteUndecided, clinic);

    /// <summary>The mail with the offer could not be delivered: the clinic never heard of it.</summary>
    public static OfferEnd Undelivered(string clinic) => new(NotDelivered, clinic);
}

/// <summary>A clinic that stood before those offered to.</summary>
/// <param name="Gate">Code of the gate that stops it now.</param>
public sealed record PassedOver(string Clinic, string Gate);
