using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using static InquiryRouter.Core.History.HistoryEvent;

namespace InquiryRouter.Core.History;

/// <summary>
/// How events are stored: an action and words, both part of the hash chain, so that neither can ever be written otherwise. Nobody else takes these
/// words apart.
/// </summary>
public static class HistoryText
{
    private const string After = "after";
    private const string MailsPrefix = "mail-";
    private const string WorkPrefix = "work-";
    private const string PassedOverWord = "passed-over";
    private const string AwaitingAnswers = "awaiting-answers";
    private const string IdentityDisclosed = "identity-disclosed";
    private const string IdentityWithheld = "identity-withheld";
    private const string IdentityHiddenWord = "identity-hidden";
    private const string MoreOffersAfter = "more-offers-after";
    private const string NotADuplicate = "not-a-duplicate";
    private const string PatientDeclined = "patient-declined";
    private const string PlaceAt = "place-at";
    private const string ByHandWord = "by-hand";
    private const string AgainWord = "again";
    private const string QuestionUndoneWord = "question-undone";
    private const string TakenBackWord = "taken-back";
    private const string NoReason = "-";
    private const string RecalledWord = "recalled";

    /// <summary>Stands for the words a line had no room for.</summary>
    private const string CutOff = "…";

    private static readonly string s_approval = HoldReason.ApprovalNeeded.Code;
    private static readonly string s_duplicate = HoldReason.ClosedAsDuplicate.Code;
    private static readonly string s_emergency = HoldReason.Emergency.Code;
    private static readonly string s_returned = HoldReason.ReturnedByClinic.Code;

    /// <summary>The action of a move's line.</summary>
    public static string ActionOf(InquiryTrigger trigger) => trigger switch
    {
        InquiryTrigger.Clear => "cleared",
        InquiryTrigger.Hold => "held",
        InquiryTrigger.AskPatient => "patient-asked",
        InquiryTrigger.Quarantine => "quarantined",
        InquiryTrigger.Release => "released",
        InquiryTrigger.Match => "matched",
        InquiryTrigger.Approve => "approved",
        InquiryTrigger.Offer => "offered",
        InquiryTrigger.Accept => "accepted",
        InquiryTrigger.Undo => "acceptance-undone",
        InquiryTrigger.Correct => "corrected",
        InquiryTrigger.Decline => "declined",
        InquiryTrigger.Rematch => "recalled",
        InquiryTrigger.Return => "returned",
        InquiryTrigger.Book => "booked",
        InquiryTrigger.Close => "closed",
        InquiryTrigger.Reopen or InquiryTrigger.Resume => "reopened",
        InquiryTrigger.ClinicLapse => "clinic-lapsed",
        InquiryTrigger.ClinicRecovery => "clinic-recovered",
        InquiryTrigger.Erase => "erased",
        _ => throw new ArgumentOutOfRangeException(nameof(trigger), trigger, null),
    };

    /// <summary>What a move says that has nothing to add but its reasons.</summary>
    public static HistoryEvent Of(InquiryTrigger trigger, IReadOnlyList<HoldReason>? reasons = null) =>
        Read(ActionOf(trigger), reasons is null or [] ? null : Join(reasons.Select(r => r.InHistory).Distinct(StringComparer.Ordinal)));

    /// <summary>As it is stored.</summary>
    public static (string Action, string? Detail) Write(HistoryEvent said) => said switch
    {
        Received => ("received", null),
        Corrected => ("corrected", null),
        ContactCorrected => ("contact-corrected", null),
        MessageCorrected => ("message-corrected", null),
        Cleared => ("cleared", null),
        Quarantined it => ("quarantined", Join(it.Reasons)),
        Held it => ("held", Write(it)),
        PatientAsked it => ("patient-asked", Join([it.Reason, .. Ended(it.After)])),
        Released it => ("released", Write(it)),
        Matched => ("matched", null),
        Approved => ("approved", null),
        Offered.Anew it => ("offered", Join(
            [.. it.To, .. Ended(it.After), .. it.PassedOver.Count == 0 ? [] : (string[])[PassedOverWord, .. it.PassedOver.Select(p => $"{p.Clinic}:{p.Gate}")]])),
        Offered.AsBefore => ("offered", AwaitingAnswers),
        Offered.Again it => ("offered", $"{AgainWord} {it.Clinic}"),
        Offered.ByHand it => ("offered", Join([ByHandWord, it.Clinic, it.Reason ?? NoReason, .. it.Gates])),
        Accepted.ByClinic it => ("accepted", it.Discloses ? IdentityDisclosed : IdentityWithheld),
        Accepted.ByPatient it => ("accepted", $"{IdentityDisclosed} {it.Clinic}"),
        AcceptanceUndone it => ("acceptance-undone", $"{IdentityHiddenWord} {it.Clinic}"),
        Declined it => ("declined", Write(it)),
        Recalled it => ("recalled", $"{RecalledWord} {it.Clinic} {it.Gate}"),
        QuoteRecalled it => ("quote-recalled", $"{RecalledWord} {it.Clinic} {it.Gate}"),
        Returned it => ("returned", $"{it.Clinic} {it.Reason}"),
        Booked it => ("booked", it.Clinic),
        Closed.For it => ("closed", Join(it.Reasons)),
        Closed.AsDuplicate it => ("closed", $"{s_duplicate} {it.Reference}"),
        Closed.Treated it => ("closed", it.Clinic),
        Reopened it => ("reopened", $"{NotADuplicate} {it.Reference}"),
        OpenedAgain it => ("reopened", it.Was),
        TakenBack it => (ActionOf(it.Then), $"{TakenBackWord} {it.Clinic} {it.Reason}"),
        Noted => ("noted", null),
        ClinicWritten it => ("clinic-written", it.Clinic),
        ClinicAnswered => ("clinic-answered", null),
        Begun it => ("begun", it.What),
        Undone it => ("undone", it.What),
        Dropped it => ("dropped", Join([it.What, it.Why])),
        ClinicLapsed it => ("clinic-lapsed", $"{it.Clinic} {it.Gate}"),
        ClinicRecovered it => ("clinic-recovered", it.Clinic),
        Erased it => ("erased", it.Why),
        Beside it => Write(it.Step) is var (action, detail) ? (BesideAction(action), detail) : default,
        CheckedIn it => ("check-in", it.Answer),
        InformationAdded => ("information-added", null),
        Undelivered it => ("mail-undeliverable", it.Clinic),
        PatientUnreachable => ("patient-unreachable", null),
        HistoryEvent.ConsentGiven => ("consent-given", null),
        ConsentWithdrawn => ("consent-withdrawn", null),
        Unsubscribed => ("unsubscribed", null),
        QuoteDeclined it => ("quote-declined", it.Clinic),
        IdentityShown it => ("identity-shown", it.Clinic),
        IdentityHidden it => ("identity-hidden", it.Clinic),
        Quoted => ("quoted", null),
        QuestionAsked => ("question-asked", null),
        ClinicAsked it => ("clinic-asked", it.Clinic),
        ClinicReplied => ("clinic-replied", null),
        Forwarded => ("forwarded", null),
        LinkReplaced => ("link-replaced", null),
        MailWithheld it => ("mail-withheld", it.Kind),
        Worked it => (WorkPrefix + it.What, it.Kind),
        MailsDecided it => (MailsPrefix + it.What, Join(it.Kinds)),
        Unknown it => (it.Action, it.Detail),
        _ => throw new ArgumentOutOfRangeException(nameof(said), said, null),
    };

    /// <summary>What a stored line says; <see cref="Unknown"/> for what no version up to this one has written.</summary>
    public static HistoryEvent Read(string action, string? detail) => Read(action, Words(detail)) ?? new Unknown(action, detail);

    internal static string[] Words(string? detail) => string.IsNullOrEmpty(detail) ? [] : detail.Split(' ');

    private static HistoryEvent? Read(string action, string[] words) => (action, words) switch
    {
        (_, [TakenBackWord, var clinic, var reason]) when ThenOf(action) is { } then => new TakenBack(clinic, reason, then),
        ("received", []) => new Received(),
        ("corrected", []) => new Corrected(),
        ("contact-corrected", []) => new ContactCorrected(),
        ("message-corrected", []) => new MessageCorrected(),
        ("cleared", []) => new Cleared(),
        ("quarantined", _) => new Quarantined(words),
        ("held", _) => ReadHeld(words),
        ("patient-asked", [var reason, .. var end]) when TryReadEnd(end, out var after) => new PatientAsked(reason, after),
        ("released", _) => ReadReleased(words),
        ("matched", []) => new Matched(),
        ("approved", []) => new Approved(),
        ("offered", [AwaitingAnswers]) => new Offered.AsBefore(),
        ("offered", [AgainWord, var clinic]) => new Offered.Again(clinic),
        ("offered", [ByHandWord, var clinic, var reason, ..]) => new Offered.ByHand(clinic, reason == NoReason ? null : reason, words[3..]),
        ("offered", [_, ..]) => ReadOffered(words),
        ("accepted", [IdentityDisclosed]) => new Accepted.ByClinic(Discloses: true),
        ("accepted", [IdentityWithheld]) => new Accepted.ByClinic(Discloses: false),
        ("accepted", [IdentityDisclosed, var clinic]) => new Accepted.ByPatient(clinic),
        ("acceptance-undone", [IdentityHiddenWord, var clinic]) => new AcceptanceUndone(clinic),
        ("declined", _) => ReadDeclined(words),
        ("recalled", [RecalledWord, var clinic, var gate]) => new Recalled(clinic, gate),
        ("quote-recalled", [RecalledWord, var clinic, var gate]) => new QuoteRecalled(clinic, gate),
        ("returned", [var clinic, var reason]) => new Returned(clinic, reason),
        ("booked", [var clinic]) => new Booked(clinic),
        ("closed", [var code, var reference]) when code == s_duplicate => new Closed.AsDuplicate(reference),
        ("closed", [var clinic]) when !HoldReason.IsKnown(clinic) => new Closed.Treated(clinic),
        ("closed", _) => new Closed.For(words),
        ("reopened", [NotADuplicate, var reference]) => new Reopened(reference),
        ("reopened", [var was]) => new OpenedAgain(was),
        ("noted", []) => new Noted(),
        ("clinic-written", [var clinic]) => new ClinicWritten(clinic),
        ("clinic-answered", []) => new ClinicAnswered(),
        ("begun", [var what]) => new Begun(what),
        ("undone", [var what]) => new Undone(what),
        ("dropped", [var what, var why]) => new Dropped(what, why),
        ("clinic-lapsed", [var clinic, var gate]) => new ClinicLapsed(clinic, gate),
        ("clinic-recovered", [var clinic]) => new ClinicRecovered(clinic),
        ("erased", []) => new Erased(null),
        ("erased", [var why]) => new Erased(why),
        ("check-in", [var answer]) => new CheckedIn(answer),
        ("information-added", []) => new InformationAdded(),
        ("mail-undeliverable", [var clinic]) => new Undelivered(clinic),
        ("patient-unreachable", []) => new PatientUnreachable(),
        ("consent-given", []) => new HistoryEvent.ConsentGiven(),
        ("consent-withdrawn", []) => new ConsentWithdrawn(),
        ("unsubscribed", []) => new Unsubscribed(),
        ("quote-declined", [var clinic]) => new QuoteDeclined(clinic),
        ("identity-shown", [var clinic]) => new IdentityShown(clinic),
        ("identity-hidden", [var clinic]) => new IdentityHidden(clinic),
        ("quoted", []) => new Quoted(),
        ("question-asked", []) => new QuestionAsked(),
        ("clinic-asked", [var clinic]) => new ClinicAsked(clinic),
        ("clinic-replied", []) => new ClinicReplied(),
        ("forwarded", []) => new Forwarded(),
        ("link-replaced", []) => new LinkReplaced(),
        ("mail-withheld", [var kind]) => new MailWithheld(kind),
        ("work-taken" or "work-given" or "work-passed" or "work-snoozed" or "work-done" or "work-freed" or "work-restored", [var kind]) =>
            new Worked(action[WorkPrefix.Length..], kind),
        ("mail-requeued" or "mail-set-aside" or "mail-taken-back", [_, ..]) => new MailsDecided(action[MailsPrefix.Length..], words),
        _ => ActionBeside(action) is { } step && Read(step, words) is { } read ? new Beside(read) : null,
    };

    private static string? Write(Held held) => held switch
    {
        Held.For it => Join(it.Reasons),
        Held.ForApproval it => Join([s_approval, .. it.Kinds]),
        Held.AfterOffer it => Join([it.Reason, .. Ended(it.After)]),
        Held.GivenBack it => $"{s_returned} {it.Clinic} {it.Reason}",
        Held.QuestionUndone => QuestionUndoneWord,
        Held.Because it => it.Emergency ? $"{Write(it.What).Action} {s_emergency}" : Write(it.What).Action,
        _ => throw new ArgumentOutOfRangeException(nameof(held), held, null),
    };

    private static Held ReadHeld(string[] words) => words switch
    {
        [var approval, _, ..] when approval == s_approval => new Held.ForApproval(words[1..]),
        [var returned, var clinic, var reason] when returned == s_returned => new Held.GivenBack(clinic, reason),
        [var reason, After, ..] when TryReadEnd(words[1..], out var after) && after is not null => new Held.AfterOffer(reason, after),
        [QuestionUndoneWord] => new Held.QuestionUndone(),
        [var what] when ReadPatientsDeed(what) is { } deed => new Held.Because(deed),
        [var what, var emergency] when emergency == s_emergency && ReadPatientsDeed(what) is { } deed => new Held.Because(deed, Emergency: true),
        _ => new Held.For(words),
    };

    private static string? Write(Released released) => released switch
    {
        Released.AsItIs => null,
        Released.NoDuplicate => NotADuplicate,
        Released.MoreOffers it => string.Create(CultureInfo.InvariantCulture, $"{MoreOffersAfter} {it.After}"),
        Released.PlaceFreed it => $"{PlaceAt} {it.Clinic}",
        Released.Because it => Write(it.What).Action,
        _ => throw new ArgumentOutOfRangeException(nameof(released), released, null),
    };

    private static Released? ReadReleased(string[] words) => words switch
    {
        [] => new Released.AsItIs(),
        [NotADuplicate] => new Released.NoDuplicate(),
        [MoreOffersAfter, var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var after) => new Released.MoreOffers(after),
        [PlaceAt, var clinic] => new Released.PlaceFreed(clinic),
        [var what] when ReadPatientsDeed(what) is { } deed => new Released.Because(deed),
        _ => null,
    };

    private static string Write(Declined declined) => declined switch
    {
        Declined.ByClinic it => it.Reason,
        Declined.GivenBack it => $"{it.Clinic} {it.Reason}",
        Declined.ByPatient it => $"{PatientDeclined} {it.Clinic}",
        Declined.OfferEnded it => $"{it.End.Why} {it.End.Clinic}",
        Declined.OfferRecalled it => $"{RecalledWord} {it.Clinic} {it.Gate}",
        _ => throw new ArgumentOutOfRangeException(nameof(declined), declined, null),
    };

    private static Declined? ReadDeclined(string[] words) => words switch
    {
        [var reason] => new Declined.ByClinic(reason),
        [PatientDeclined, var clinic] => new Declined.ByPatient(clinic),
        [var why, var clinic] when OfferEnd.Codes.Contains(why, StringComparer.Ordinal) => new Declined.OfferEnded(new OfferEnd(why, clinic)),
        [var clinic, var reason] when ReturnReason.All.Contains(reason, StringComparer.Ordinal) => new Declined.GivenBack(clinic, reason),
        [RecalledWord, var clinic, var gate] => new Declined.OfferRecalled(clinic, gate),
        _ => null,
    };

    // Clinics, then what it came after and who was passed over, in the one order or in the other, as versions have written it.
    private static Offered.Anew? ReadOffered(string[] words)
    {
        var to = words.TakeWhile(w => w is not (After or PassedOverWord or CutOff)).ToList();
        OfferEnd? after = null;
        var passedOver = new List<PassedOver>();
        for (var rest = words[to.Count..]; ;)
        {
            switch (rest)
            {
                case [] or [CutOff]:
                    return new Offered.Anew(to, after, passedOver);
                case [After, var why, var clinic, .. var more]:
                    (after, rest) = (new OfferEnd(why, clinic), more);
                    break;
                case [PassedOverWord, .. var more]:
                    rest = more;
                    break;
                case [var one, .. var more] when one.Split(':') is [var clinic, var gate]:
                    passedOver.Add(new PassedOver(clinic, gate));
                    rest = more;
                    break;
                default:
                    return null;
            }
        }
    }

    private static IEnumerable<string> Ended(OfferEnd? end) => end is null ? [] : [After, end.Why, end.Clinic];

    private static bool TryReadEnd(string[] words, out OfferEnd? end)
    {
        end = words is [After, var why, var clinic] ? new OfferEnd(why, clinic) : null;
        return end is not null || words.Length == 0;
    }

    private static HistoryEvent? ReadPatientsDeed(string action) =>
        action is "information-added" or "consent-given" or "consent-withdrawn" or "contact-corrected" or "message-corrected"
            ? Read(action, []) : null;

    private static string BesideAction(string action) => action switch
    {
        "acceptance-undone" => "clinic-undo",
        "returned" => "clinic-return",
        "held" => "clinic-hold",
        "booked" => "clinic-book",
        "closed" => "clinic-close",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "It is no step of one clinic beside another."),
    };

    private static string? ActionBeside(string action) => action switch
    {
        "clinic-undo" => "acceptance-undone",
        "clinic-return" => "returned",
        "clinic-hold" => "held",
        "clinic-book" => "booked",
        "clinic-close" => "closed",
        _ => null,
    };

    private static string ActionOf(TakenBackThen then) => then switch
    {
        TakenBackThen.NextIsAsked => "declined",
        TakenBackThen.NextIsAskedAfterYes => "returned",
        TakenBackThen.IsHeld => "held",
        _ => TakenBackWord,
    };

    private static TakenBackThen? ThenOf(string action) => action switch
    {
        "declined" => TakenBackThen.NextIsAsked,
        "returned" => TakenBackThen.NextIsAskedAfterYes,
        "held" => TakenBackThen.IsHeld,
        TakenBackWord => TakenBackThen.Nothing,
        _ => null,
    };

    private static string? Join(IEnumerable<string> words) => string.Join(' ', words) is { Length: > 0 } text ? text : null;
}
