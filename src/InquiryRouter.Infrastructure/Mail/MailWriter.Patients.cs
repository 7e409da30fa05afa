using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Mail;

/// <content>Mails to the patient, or to who asks for them, in the language of the inquiry.</content>
public sealed partial class MailWriter
{
    /// <summary>We have it, and what happens next. Once for each inquiry.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="held">A coordinator looks at it first.</param>
    /// <param name="urgent">The message had words of an emergency: then nothing else is said.</param>
    /// <param name="asksConsent">They have not agreed that clinics see it: nothing goes on before.</param>
    public NewMail Acknowledgement(InquiryRecord inquiry, SealedPatient patient, bool held, bool urgent, bool asksConsent = false)
    {
        var words = LanguageOf(inquiry);
        var known = facts?.Brief(inquiry.Facts.Treatment, inquiry.Facts.Condition) ?? [];
        var fields = new MailFields
        {
            ["urgent"] = urgent,
            ["asksConsent"] = asksConsent,
            ["drugInduced"] = inquiry.Facts.IsDrugInduced,
            ["questions"] = links.Questions(words),
            ["known"] = urgent ? [] : known.Select(f => FactFields(f, words)).ToArray(),
        };
        return ToPatient(held ? MailKind.AcknowledgementHeld : MailKind.Acknowledgement, inquiry, patient, inquiry.Id.Value, fields);
    }

    private static MailFields FactFields(TreatmentFact fact, Words words) => new()
    {
        ["text"] = words.Name(NameKind.Facts, fact.Code, fact.Text), ["cite"] = fact.Cite, ["link"] = fact.Link ?? string.Empty,
    };

    /// <summary>This clinic has accepted. Once for each yes of a referral.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="referral">As it was loaded, before the yes.</param>
    /// <param name="clinic">Whose yes.</param>
    /// <param name="identityShown">The clinic now sees who the patient is.</param>
    public NewMail ClinicAccepted(InquiryRecord inquiry, SealedPatient patient, ReferralRecord referral, Clinic clinic, bool identityShown = true) =>
        ToPatient(MailKind.ClinicAccepted, inquiry, patient, Step(referral), ClinicFields(clinic, ("city", clinic.City), ("shown", identityShown))) with { SubjectId = referral.Id };

    /// <summary>This clinic has taken its yes back. Once for each yes of a referral.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="referral">As it was loaded, before it was taken back.</param>
    /// <param name="clinic">Whose yes it was.</param>
    public NewMail AcceptanceUndone(InquiryRecord inquiry, SealedPatient patient, ReferralRecord referral, Clinic clinic) =>
        ToPatient(MailKind.AcceptanceUndone, inquiry, patient, Step(referral), ClinicFields(clinic)) with { SubjectId = referral.Id };

    /// <summary>A clinic could not take it and the next one is asked. Once for each day, on the patient's calendar: store it with <see cref="MailStore.TryAddAsync"/>.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="asked">How many clinics have been asked in all.</param>
    /// <param name="now">This moment.</param>
    public NewMail MovedOn(InquiryRecord inquiry, SealedPatient patient, int asked, DateTimeOffset now)
    {
        var day = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(inquiry.Facts.TimeZone)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return ToPatient(MailKind.MovedOn, inquiry, patient, MailAbout.Of(inquiry.Id.Value, day), new MailFields { ["asked"] = asked });
    }

    /// <summary>The clinic that had accepted cannot go on, and a coordinator looks at it. Once for each referral.</summary>
    public NewMail GivenBack(InquiryRecord inquiry, SealedPatient patient, ReferralId referralId, Clinic clinic) =>
        ToPatient(MailKind.GivenBack, inquiry, patient, referralId.Value, ClinicFields(clinic));

    /// <summary>The clinics we asked could not take the inquiry; what could be different? Once for each decision.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="matchId">The decision that has come to its end.</param>
    public NewMail AskPatient(InquiryRecord inquiry, SealedPatient patient, Guid matchId) =>
        ToPatient(MailKind.AskPatient, inquiry, patient, matchId, new MailFields { ["coordinator"] = links.CoordinatorAddress ?? string.Empty });

    /// <summary>No clinic fits everything; which one wish would open a way. Once for each wish: store it with <see cref="MailStore.TryAddAsync"/>.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="relaxations">What could be different, the most helpful first.</param>
    public NewMail NoClinicFits(InquiryRecord inquiry, SealedPatient patient, IReadOnlyList<Relaxation> relaxations)
    {
        var best = relaxations.Count > 0 ? relaxations[0] : null;
        return ToPatient(MailKind.NoClinicFits, inquiry, patient, MailAbout.Of(inquiry.Id.Value, $"no clinic fits {best?.Kind}"), best is { } wish
            ? new MailFields
            {
                ["would"] = $"mail.noClinicFits.would.{wish.Kind}", ["clinics"] = wish.Clinics, ["button"] = $"mail.noClinicFits.button.{wish.Kind}",
            }
            : new MailFields { ["would"] = string.Empty, ["clinics"] = 0, ["button"] = "mail.button.page" });
    }

    /// <summary>A quote can be seen. Once for each quote.</summary>
    public NewMail QuoteReceived(InquiryRecord inquiry, SealedPatient patient, Guid quoteId, ReferralId referralId, Clinic clinic) =>
        ToPatient(MailKind.QuoteReceived, inquiry, patient, quoteId, ClinicFields(clinic)) with { SubjectId = referralId };

    /// <summary>A clinic asks for more. Once for each question.</summary>
    public NewMail NeedsInformation(InquiryRecord inquiry, SealedPatient patient, Guid questionId, ReferralId referralId, Clinic clinic) =>
        ToPatient(MailKind.NeedsInformation, inquiry, patient, questionId, ClinicFields(clinic)) with { SubjectId = referralId };

    /// <summary>A clinic has answered what the patient asked. Once for each answer.</summary>
    public NewMail ClinicReply(InquiryRecord inquiry, SealedPatient patient, Guid replyId, ReferralId referralId, Clinic clinic) =>
        ToPatient(MailKind.ClinicReply, inquiry, patient, replyId, ClinicFields(clinic)) with { SubjectId = referralId };

    /// <summary>A coordinator asks for something. Once for each question.</summary>
    public NewMail CoordinatorQuestion(InquiryRecord inquiry, SealedPatient patient, Guid questionId) =>
        ToPatient(MailKind.CoordinatorQuestion, inquiry, patient, questionId);

    /// <summary>A coordinator has closed it. Once for each time it is closed.</summary>
    /// <param name="inquiry">As it was loaded, before it was closed.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="reason">Of <see cref="CloseReason"/>.</param>
    public NewMail InquiryClosed(InquiryRecord inquiry, SealedPatient patient, HoldReason reason) => ToPatient(
        MailKind.InquiryClosed, inquiry, patient, MailAbout.Of(inquiry.Id.Value, $"closed {inquiry.Version}"),
        new MailFields { ["why"] = $"mail.inquiryClosed.why.{CloseReason.Code(reason)}" });

    /// <summary>A coordinator has taken it back from a clinic that had accepted. Once for each referral.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="referral">The clinic's.</param>
    /// <param name="clinic">The clinic.</param>
    /// <param name="next">The next clinic is asked; else a coordinator looks at it first.</param>
    public NewMail TakenBack(InquiryRecord inquiry, SealedPatient patient, ReferralId referral, Clinic clinic, bool next) =>
        ToPatient(MailKind.TakenBack, inquiry, patient, referral.Value, ClinicFields(clinic, ("next", next)));

    /// <summary>How is it going? Once for each follow-up.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="followUpId">The follow-up that fell due.</param>
    /// <param name="referralId">The clinic's referral.</param>
    /// <param name="unsubscribeToken">Of a link that stops check-ins.</param>
    public NewMail CheckIn(InquiryRecord inquiry, SealedPatient patient, Guid followUpId, ReferralId referralId, string unsubscribeToken)
    {
        var unsubscribe = links.Unsubscribe(unsubscribeToken);
        return ToPatient(MailKind.CheckIn, inquiry, patient, followUpId, new MailFields { ["unsubscribe"] = unsubscribe }, unsubscribe) with { SubjectId = referralId };
    }

    /// <summary>Withdrawn, as they asked. Once for each time it is withdrawn.</summary>
    /// <param name="inquiry">As it was loaded, before it was withdrawn.</param>
    /// <param name="patient">Its patient.</param>
    public NewMail Withdrawn(InquiryRecord inquiry, SealedPatient patient) =>
        ToPatient(MailKind.Withdrawn, inquiry, patient, MailAbout.Of(inquiry.Id.Value, $"withdrawn {inquiry.Version}"));

    /// <summary>Erased, as they asked: sealed under a key of its own, so that it can be sent after the patient's key is gone. Once for each inquiry.</summary>
    public NewMail Erased(InquiryRecord inquiry, SealedPatient patient)
    {
        var data = vault.Open(patient);
        var name = NameOf(data, inquiry);
        return SealAlone(MailKind.Erased, inquiry.Id, inquiry.Id.Value, Render(
            MailKind.Erased, LanguageOf(inquiry), name, data.ContactEmail,
            new MailFields { ["name"] = name, ["reference"] = inquiry.Reference }));
    }

    /// <summary>To the address that was theirs until now, without a name: it may be a stranger's. Once for each time it is changed.</summary>
    /// <param name="inquiry">As it was loaded, before the change.</param>
    /// <param name="patient">As they were before it.</param>
    public NewMail AddressChanged(InquiryRecord inquiry, SealedPatient patient)
    {
        var address = vault.Open(patient).ContactEmail;
        return Seal(MailKind.AddressChanged, inquiry.Id, Line(inquiry, inquiry.Id.Value), patient, Render(
            MailKind.AddressChanged, LanguageOf(inquiry), address, address,
            new MailFields { ["reference"] = inquiry.Reference, ["coordinator"] = links.CoordinatorAddress ?? string.Empty }));
    }

    /// <summary>To the address that is theirs from now on, with the new link. Once for each time it is changed.</summary>
    /// <param name="inquiry">As it was loaded, before the change.</param>
    /// <param name="patient">As they are after it.</param>
    public NewMail AddressConfirmed(InquiryRecord inquiry, SealedPatient patient) =>
        ToPatient(MailKind.AddressConfirmed, inquiry, patient, Line(inquiry, inquiry.Id.Value));

    /// <summary>The lost link again. Once for each request.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="requestId">A new id.</param>
    public NewMail StatusLink(InquiryRecord inquiry, SealedPatient patient, Guid requestId) =>
        ToPatient(MailKind.StatusLink, inquiry, patient, MailAbout.Of(requestId, inquiry.Reference));

    private static MailFields ClinicFields(Clinic clinic, params ReadOnlySpan<(string Name, object Value)> more)
    {
        var fields = new MailFields { ["clinic"] = clinic.Name };
        foreach (var (name, value) in more)
        {
            fields.Add(name, value);
        }

        return fields;
    }

    // What leaves the version as it is still writes a line of the history.
    private static Guid Line(InquiryRecord inquiry, Guid subject) => MailAbout.Of(subject, $"line {inquiry.AuditCount}");

    // A referral may be accepted, given back and accepted again: its version tells which of them it is.
    private static Guid Step(ReferralRecord referral) => MailAbout.Of(referral.Id.Value, $"version {referral.Version}");
}
