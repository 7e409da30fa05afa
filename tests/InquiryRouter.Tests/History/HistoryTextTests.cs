using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Tests.History;

/// <summary>What is stored is part of the hash chain of every inquiry there is: the texts here can never change.</summary>
public sealed class HistoryTextTests
{
    private static readonly OfferEnd s_expired = OfferEnd.Expired("CA-1");

    private static readonly (HistoryEvent Event, string Action, string? Detail)[] s_stored =
    [
        (new HistoryEvent.Received(), "received", null),
        (new HistoryEvent.Undelivered("CA-1"), "mail-undeliverable", "CA-1"),
        (new HistoryEvent.PatientUnreachable(), "patient-unreachable", null),
        (new HistoryEvent.LinkReplaced(), "link-replaced", null),
        (new HistoryEvent.MailWithheld("Acknowledgement"), "mail-withheld", "Acknowledgement"),
        (new HistoryEvent.Worked("taken", "held"), "work-taken", "held"),
        (new HistoryEvent.Worked("given", "about-the-patient"), "work-given", "about-the-patient"),
        (new HistoryEvent.Worked("passed", "held"), "work-passed", "held"),
        (new HistoryEvent.Worked("snoozed", "lapse"), "work-snoozed", "lapse"),
        (new HistoryEvent.Worked("done", "patient-wrote"), "work-done", "patient-wrote"),
        (new HistoryEvent.Worked("freed", "held"), "work-freed", "held"),
        (new HistoryEvent.Worked("restored", "held"), "work-restored", "held"),
        (new HistoryEvent.Begun("close"), "begun", "close"),
        (new HistoryEvent.Dropped("take-back", "not-there"), "dropped", "take-back not-there"),
        (new HistoryEvent.Declined.OfferEnded(OfferEnd.Undelivered("CA-1")), "declined", "mail-undeliverable CA-1"),
        (new HistoryEvent.Corrected(), "corrected", null),
        (new HistoryEvent.ContactCorrected(), "contact-corrected", null),
        (new HistoryEvent.Cleared(), "cleared", null),
        (new HistoryEvent.Quarantined(["suspected-spam", "about-the-patient"]), "quarantined", "suspected-spam about-the-patient"),
        (new HistoryEvent.Held.For([]), "held", null),
        (new HistoryEvent.Held.For(["no-clinic-left"]), "held", "no-clinic-left"),
        (new HistoryEvent.Held.For(["about-the-patient", "possible-duplicate"]), "held", "about-the-patient possible-duplicate"),
        (new HistoryEvent.Held.ForApproval(["unreviewed-rule", "first-patient"]), "held", "approval-needed unreviewed-rule first-patient"),
        (new HistoryEvent.Held.AfterOffer("waits-for-capacity", s_expired), "held", "waits-for-capacity after expired CA-1"),
        (new HistoryEvent.Held.GivenBack("MX-1", "did-not-come"), "held", "returned-by-clinic MX-1 did-not-come"),
        (new HistoryEvent.Held.Because(new HistoryEvent.ConsentWithdrawn()), "held", "consent-withdrawn"),
        (new HistoryEvent.Held.Because(new HistoryEvent.ConsentGiven()), "held", "consent-given"),
        (new HistoryEvent.Held.Because(new HistoryEvent.InformationAdded()), "held", "information-added"),
        (new HistoryEvent.Held.Because(new HistoryEvent.InformationAdded(), Emergency: true), "held", "information-added emergency-words"),
        (new HistoryEvent.PatientAsked("no-clinic-left", null), "patient-asked", "no-clinic-left"),
        (new HistoryEvent.PatientAsked("offer-limit", OfferEnd.QuoteEnded("MX-1")), "patient-asked", "offer-limit after quote-ended MX-1"),
        (new HistoryEvent.Released.AsItIs(), "released", null),
        (new HistoryEvent.Released.NoDuplicate(), "released", "not-a-duplicate"),
        (new HistoryEvent.Released.MoreOffers(12), "released", "more-offers-after 12"),
        (new HistoryEvent.Released.PlaceFreed("MX-1"), "released", "place-at MX-1"),
        (new HistoryEvent.Released.Because(new HistoryEvent.ConsentGiven()), "released", "consent-given"),
        (new HistoryEvent.Released.Because(new HistoryEvent.InformationAdded()), "released", "information-added"),
        (new HistoryEvent.Matched(), "matched", null),
        (new HistoryEvent.Approved(), "approved", null),
        (new HistoryEvent.Offered.Anew(["MX-1"], null, []), "offered", "MX-1"),
        (new HistoryEvent.Offered.Anew(["MX-1", "JP-1"], s_expired, []), "offered", "MX-1 JP-1 after expired CA-1"),
        (new HistoryEvent.Offered.Anew(["MX-1"], null, [new PassedOver("JP-1", "weekly-cap")]), "offered", "MX-1 passed-over JP-1:weekly-cap"),
        (new HistoryEvent.Offered.Anew(["MX-1"], s_expired, [new PassedOver("JP-1", "weekly-cap"), new PassedOver("TH-1", "on-leave")]), "offered",
            "MX-1 after expired CA-1 passed-over JP-1:weekly-cap TH-1:on-leave"),
        (new HistoryEvent.Offered.AsBefore(), "offered", "awaiting-answers"),
        (new HistoryEvent.Accepted.ByClinic(Discloses: true), "accepted", "identity-disclosed"),
        (new HistoryEvent.Accepted.ByClinic(Discloses: false), "accepted", "identity-withheld"),
        (new HistoryEvent.Accepted.ByPatient("MX-1"), "accepted", "identity-disclosed MX-1"),
        (new HistoryEvent.AcceptanceUndone("MX-1"), "acceptance-undone", "identity-hidden MX-1"),
        (new HistoryEvent.Declined.ByClinic("no-capacity"), "declined", "no-capacity"),
        (new HistoryEvent.Declined.GivenBack("MX-1", "not-suitable"), "declined", "MX-1 not-suitable"),
        (new HistoryEvent.Declined.ByPatient("MX-1"), "declined", "patient-declined MX-1"),
        (new HistoryEvent.Declined.OfferEnded(s_expired), "declined", "expired CA-1"),
        (new HistoryEvent.Declined.OfferRecalled("MX-1", "accreditation"), "declined", "recalled MX-1 accreditation"),
        (new HistoryEvent.Recalled("MX-1", "accreditation"), "recalled", "recalled MX-1 accreditation"),
        (new HistoryEvent.QuoteRecalled("MX-1", "physician"), "quote-recalled", "recalled MX-1 physician"),
        (new HistoryEvent.Returned("MX-1", "no-capacity"), "returned", "MX-1 no-capacity"),
        (new HistoryEvent.Booked("MX-1"), "booked", "MX-1"),
        (new HistoryEvent.Closed.For(["patient-withdrew"]), "closed", "patient-withdrew"),
        (new HistoryEvent.Closed.AsDuplicate("IR-7K3M-9Q2P"), "closed", "closed-as-duplicate IR-7K3M-9Q2P"),
        (new HistoryEvent.Closed.Treated("MX-1"), "closed", "MX-1"),
        (new HistoryEvent.Reopened("IR-7K3M-9Q2P"), "reopened", "not-a-duplicate IR-7K3M-9Q2P"),
        (new HistoryEvent.OpenedAgain("gone-silent"), "reopened", "gone-silent"),
        (new HistoryEvent.TakenBack("MX-1", "taken-back-mistake", TakenBackThen.NextIsAsked), "declined", "taken-back MX-1 taken-back-mistake"),
        (new HistoryEvent.TakenBack("MX-1", "taken-back-mistake", TakenBackThen.NextIsAskedAfterYes), "returned", "taken-back MX-1 taken-back-mistake"),
        (new HistoryEvent.TakenBack("MX-1", "taken-back-mistake", TakenBackThen.IsHeld), "held", "taken-back MX-1 taken-back-mistake"),
        (new HistoryEvent.TakenBack("MX-1", "taken-back-mistake", TakenBackThen.Nothing), "taken-back", "taken-back MX-1 taken-back-mistake"),
        (new HistoryEvent.Noted(), "noted", null),
        (new HistoryEvent.ClinicWritten("MX-1"), "clinic-written", "MX-1"),
        (new HistoryEvent.ClinicAnswered(), "clinic-answered", null),
        (new HistoryEvent.Undone("clinic-written"), "undone", "clinic-written"),
        (new HistoryEvent.Held.QuestionUndone(), "held", "question-undone"),
        (new HistoryEvent.PatientAsked("question-asked", null), "patient-asked", "question-asked"),
        (new HistoryEvent.Offered.ByHand("MX-1", null, []), "offered", "by-hand MX-1 -"),
        (new HistoryEvent.Offered.ByHand("MX-1", "both-agree", ["budget", "weekly-cap"]), "offered", "by-hand MX-1 both-agree budget weekly-cap"),
        (new HistoryEvent.Closed.For(["booked-elsewhere"]), "closed", "booked-elsewhere"),
        (new HistoryEvent.ClinicLapsed("MX-1", "accreditation"), "clinic-lapsed", "MX-1 accreditation"),
        (new HistoryEvent.ClinicRecovered("MX-1"), "clinic-recovered", "MX-1"),
        (new HistoryEvent.Erased(null), "erased", null),
        (new HistoryEvent.Erased("kept-closed"), "erased", "kept-closed"),
        (new HistoryEvent.Beside(new HistoryEvent.AcceptanceUndone("MX-1")), "clinic-undo", "identity-hidden MX-1"),
        (new HistoryEvent.Beside(new HistoryEvent.Returned("MX-1", "not-suitable")), "clinic-return", "MX-1 not-suitable"),
        (new HistoryEvent.Beside(new HistoryEvent.Held.GivenBack("MX-1", "other")), "clinic-hold", "returned-by-clinic MX-1 other"),
        (new HistoryEvent.Beside(new HistoryEvent.Booked("MX-1")), "clinic-book", "MX-1"),
        (new HistoryEvent.Beside(new HistoryEvent.Closed.Treated("MX-1")), "clinic-close", "MX-1"),
        (new HistoryEvent.CheckedIn("in-touch"), "check-in", "in-touch"),
        (new HistoryEvent.InformationAdded(), "information-added", null),
        (new HistoryEvent.ConsentGiven(), "consent-given", null),
        (new HistoryEvent.ConsentWithdrawn(), "consent-withdrawn", null),
        (new HistoryEvent.Unsubscribed(), "unsubscribed", null),
        (new HistoryEvent.QuoteDeclined("MX-1"), "quote-declined", "MX-1"),
        (new HistoryEvent.IdentityShown("MX-1"), "identity-shown", "MX-1"),
        (new HistoryEvent.IdentityHidden("MX-1"), "identity-hidden", "MX-1"),
        (new HistoryEvent.Quoted(), "quoted", null),
        (new HistoryEvent.QuestionAsked(), "question-asked", null),
        (new HistoryEvent.Forwarded(), "forwarded", null),
        (new HistoryEvent.MessageCorrected(), "message-corrected", null),
        (new HistoryEvent.Held.Because(new HistoryEvent.MessageCorrected(), Emergency: true), "held", "message-corrected emergency-words"),
        (new HistoryEvent.ClinicAsked("MX-1"), "clinic-asked", "MX-1"),
        (new HistoryEvent.ClinicReplied(), "clinic-replied", null),
        (new HistoryEvent.Offered.Again("MX-1"), "offered", "again MX-1"),
        (new HistoryEvent.MailsDecided("set-aside", ["OfferExpired", "CheckIn"]), "mail-set-aside", "OfferExpired CheckIn"),
        (new HistoryEvent.Unknown("of-a-newer-version", "with words"), "of-a-newer-version", "with words"),
    ];

    [Fact]
    public void Every_event_is_stored_as_it_has_always_been() =>
        Assert.All(s_stored, line => Assert.Equal((line.Action, line.Detail), HistoryText.Write(line.Event)));

    [Fact]
    public void Every_stored_line_is_read_as_what_was_written() => Assert.All(s_stored, line =>
    {
        var read = HistoryText.Read(line.Action, line.Detail);

        Assert.IsType(line.Event.GetType(), read);
        Assert.Equivalent(line.Event, read, strict: true);
    });

    [Fact]
    public void Every_event_there_is_stands_among_them()
    {
        var events = typeof(HistoryEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(HistoryEvent)) && !t.IsAbstract);

        Assert.Empty(events.Except(s_stored.Select(l => l.Event.GetType())).Select(t => t.Name));
    }

    [Fact]
    public void Who_was_passed_over_once_stood_before_what_it_came_after()
    {
        var read = Assert.IsType<HistoryEvent.Offered.Anew>(HistoryText.Read("offered", "MX-1 passed-over JP-1:weekly-cap after expired CA-1"));

        Assert.Equal((s_expired, "MX-1"), (read.After, Assert.Single(read.To)));
        Assert.Equal([new PassedOver("JP-1", "weekly-cap")], read.PassedOver);
    }

    [Fact]
    public void Of_a_line_that_was_cut_off_the_words_it_kept_are_read()
    {
        var read = Assert.IsType<HistoryEvent.Offered.Anew>(HistoryText.Read("offered", "MX-1 CA-1 …"));

        Assert.Equal(["MX-1", "CA-1"], read.To);
    }

    [Theory]
    [InlineData("accepted", null)]
    [InlineData("declined", "of a newer version")]
    [InlineData("declined", "since-when MX-1")]
    [InlineData("released", "more-offers-after many")]
    [InlineData("offered", null)]
    [InlineData("offered", "MX-1 after nothing")]
    [InlineData("offered", "MX-1 passed-over JP-1")]
    [InlineData("matched", "MX-1")]
    [InlineData("clinic-held", "MX-1")]
    [InlineData("", "")]
    public void What_no_version_has_written_is_kept_as_it_is(string action, string? detail)
    {
        var read = HistoryText.Read(action, detail);

        Assert.Equal(new HistoryEvent.Unknown(action, detail), read);
        Assert.Equal((action, detail), HistoryText.Write(read));
    }

    [Fact]
    public void A_move_without_words_of_its_own_says_what_moved_it() => Assert.All(
        Enum.GetValues<InquiryTrigger>(), trigger => Assert.Equal((HistoryText.ActionOf(trigger), (string?)null), HistoryText.Write(HistoryText.Of(trigger))));

    [Fact]
    public void The_history_tells_neither_age_nor_illness_and_each_reason_once() => Assert.Equal(
        ("held", "about-the-patient no-consent-to-share"),
        HistoryText.Write(HistoryText.Of(InquiryTrigger.Hold, [HoldReason.Minor, HoldReason.Emergency, HoldReason.NoConsentToShare])));

    [Fact]
    public void A_line_names_the_clinics_it_is_about()
    {
        Assert.Equal(["MX-1", "JP-1", "CA-1"], new HistoryEvent.Offered.Anew(["MX-1", "JP-1"], s_expired, [new PassedOver("TH-1", "on-leave")]).Clinics);
        Assert.Equal(["MX-1"], new HistoryEvent.Beside(new HistoryEvent.Booked("MX-1")).Clinics);
        Assert.Contains("MX-1", HistoryText.Read("of-a-newer-version", "because MX-1").Clinics);
        Assert.All(s_stored.Where(l => l.Detail is not null && l.Event is not HistoryEvent.Unknown), line => Assert.Equal(
            line.Detail!.Split(' ').Where(w => w is "MX-1" or "CA-1" or "JP-1").Order(StringComparer.Ordinal), line.Event.Clinics.Order(StringComparer.Ordinal)));
    }
}
