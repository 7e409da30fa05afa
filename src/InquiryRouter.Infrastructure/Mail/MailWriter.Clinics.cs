using System.Globalization;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Mail;

/// <content>Mails to clinics, in the first of their languages that we have, and to coordinators, in English.</content>
public sealed partial class MailWriter
{
    /// <summary>A referral waits behind a link. Once for each referral.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="referralId">The referral.</param>
    /// <param name="clinic">Whom it is offered to.</param>
    /// <param name="offerUntil">When the offer ends.</param>
    /// <param name="token">Of a link to the referral.</param>
    public NewMail ReferralOffer(
        InquiryRecord inquiry, SealedPatient patient, ReferralId referralId, Clinic clinic, DateTimeOffset offerUntil, string token) =>
        ToClinic(
            MailKind.ReferralOffer, inquiry, patient, referralId.Value, clinic, token,
            new MailFields { ["until"] = ClinicTime(clinic, offerUntil) });

    /// <summary>Half of the time to answer is over. Once for each referral.</summary>
    /// <inheritdoc cref="ReferralOffer"/>
    public NewMail OfferReminder(
        InquiryRecord inquiry, SealedPatient patient, ReferralId referralId, Clinic clinic, DateTimeOffset offerUntil, string token) =>
        ToClinic(
            MailKind.OfferReminder, inquiry, patient, referralId.Value, clinic, token,
            new MailFields { ["until"] = ClinicTime(clinic, offerUntil) });

    /// <summary>The inquiry was held, and goes on: the clinic can answer again. Once for each line of the history.</summary>
    /// <inheritdoc cref="ReferralOffer"/>
    public NewMail OfferResumed(
        InquiryRecord inquiry, SealedPatient patient, ReferralId referralId, Clinic clinic, DateTimeOffset offerUntil, string token) =>
        ToClinic(
            MailKind.OfferResumed, inquiry, patient, Line(inquiry, referralId.Value), clinic, token,
            new MailFields { ["until"] = ClinicTime(clinic, offerUntil) })
            with { SubjectId = referralId };

    /// <summary>The time to answer is over. Once for each referral.</summary>
    public NewMail OfferExpired(
        InquiryRecord inquiry, SealedPatient patient, ReferralId referralId, Clinic clinic, DateTimeOffset offerUntil) =>
        ToClinic(
            MailKind.OfferExpired, inquiry, patient, referralId.Value, clinic, token: null,
            new MailFields { ["until"] = ClinicTime(clinic, offerUntil) });

    /// <summary>Its offer was taken back. Once for each referral.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="referralId">The referral.</param>
    /// <param name="clinic">Whose it was.</param>
    /// <param name="reason">Why a coordinator took it back, as <see cref="TakeBackReason"/> has it; null: it was no coordinator.</param>
    public NewMail OfferWithdrawn(
        InquiryRecord inquiry, SealedPatient patient, ReferralId referralId, Clinic clinic, string? reason = null) =>
        ToClinic(MailKind.OfferWithdrawn, inquiry, patient, referralId.Value, clinic, token: null, WhyWithdrawn(reason));

    /// <summary>The same when the patient is erased: it must be read when their key is gone.</summary>
    public NewMail OfferErased(InquiryRecord inquiry, ReferralId referralId, Clinic clinic) => SealAlone(
        MailKind.OfferWithdrawn, inquiry.Id, referralId.Value,
        ClinicContent(MailKind.OfferWithdrawn, inquiry, clinic, clinic.ContactName, clinic.Email, token: null, WhyWithdrawn(null)));

    // What is said is so: of a slip of ours, a clinic isn't told that its accreditation may have ended.
    private static MailFields WhyWithdrawn(string? reason) => new()
    {
        ["why"] = reason is TakeBackReason.Mistake or TakeBackReason.ClinicAsked or TakeBackReason.ClinicSilent or TakeBackReason.Other
            ? $"mail.offerWithdrawn.why.{reason}" : "mail.offerWithdrawn.why",
    };

    /// <summary>
    /// The patient no longer agrees, or is erased: what the clinic keeps of them is to be deleted. Each recipient is told of it (Regulation (EU) 2016/679,
    /// Article 19). It is read when the patient's key may be gone. Once for each line of the history that asks for it.
    /// </summary>
    /// <param name="inquiry">As it was loaded.</param>
    /// <param name="referral">The clinic had seen who the patient is.</param>
    /// <param name="clinic">Whose referral it is.</param>
    public NewMail DeleteRequest(InquiryRecord inquiry, ReferralRecord referral, Clinic clinic) => SealAlone(
        MailKind.DeleteRequest, inquiry.Id, Line(inquiry, referral.Id.Value),
        ClinicContent(MailKind.DeleteRequest, inquiry, clinic, clinic.ContactName, clinic.Email, token: null, more: null)) with { SubjectId = referral.Id };

    /// <summary>It was asked beside others, and another one was first. Once for each referral.</summary>
    public NewMail OfferPlaced(InquiryRecord inquiry, SealedPatient patient, ReferralId referralId, Clinic clinic) =>
        ToClinic(MailKind.OfferPlaced, inquiry, patient, referralId.Value, clinic, token: null);

    /// <summary>After its yes: the link again, and how to undo it. Once for each yes of a referral.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="referral">As it was loaded, before the yes.</param>
    /// <param name="clinic">Whose yes.</param>
    /// <param name="token">Of a link to the referral.</param>
    public NewMail AcceptanceConfirmed(InquiryRecord inquiry, SealedPatient patient, ReferralRecord referral, Clinic clinic, string token) =>
        ToClinic(
            MailKind.AcceptanceConfirmed, inquiry, patient, Step(referral), clinic, token,
            new MailFields { ["shown"] = referral.DisclosedAt is not null })
            with { SubjectId = referral.Id };

    /// <summary>The patient has added something. Once for each addition and referral.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="additionId">What was added.</param>
    /// <param name="referralId">Whose clinic is told.</param>
    /// <param name="clinic">The clinic.</param>
    /// <param name="token">Of a link to the referral.</param>
    public NewMail InformationAdded(
        InquiryRecord inquiry, SealedPatient patient, Guid additionId, ReferralId referralId, Clinic clinic, string token) =>
        ToClinic(MailKind.InformationAdded, inquiry, patient, MailAbout.Of(additionId, referralId.Value.ToString("N")), clinic, token)
            with { SubjectId = referralId };

    /// <summary>The patient asks the clinic something. Once for each question.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="questionId">What is asked.</param>
    /// <param name="referralId">The clinic's referral.</param>
    /// <param name="clinic">The clinic.</param>
    /// <param name="token">Of a link to the referral.</param>
    public NewMail PatientQuestion(
        InquiryRecord inquiry, SealedPatient patient, Guid questionId, ReferralId referralId, Clinic clinic, string token) =>
        ToClinic(MailKind.PatientQuestion, inquiry, patient, questionId, clinic, token) with { SubjectId = referralId };

    /// <summary>A coordinator has written to the clinic. Once for each message.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="messageId">What was written.</param>
    /// <param name="referralId">The clinic's referral.</param>
    /// <param name="clinic">The clinic.</param>
    /// <param name="token">Of a link to the referral.</param>
    public NewMail CoordinatorMessage(
        InquiryRecord inquiry, SealedPatient patient, Guid messageId, ReferralId referralId, Clinic clinic, string token) =>
        ToClinic(MailKind.CoordinatorMessage, inquiry, patient, messageId, clinic, token) with { SubjectId = referralId };

    /// <summary>The patient shows who they are. Once for each time they choose so.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="referral">As it was loaded, before the choice.</param>
    /// <param name="clinic">Who may see it now.</param>
    /// <param name="token">Of a link to the referral.</param>
    /// <param name="again">They agree anew; then once for each line of the history.</param>
    public NewMail IdentityShown(InquiryRecord inquiry, SealedPatient patient, ReferralRecord referral, Clinic clinic, string token, bool again = false) =>
        ToClinic(MailKind.IdentityShown, inquiry, patient, again ? Line(inquiry, referral.Id.Value) : Step(referral), clinic, token)
            with { SubjectId = referral.Id };

    /// <summary>To a colleague inside the clinic. Once for each time it is forwarded.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="forwardId">A new id.</param>
    /// <param name="referralId">The referral.</param>
    /// <param name="clinic">The clinic of both.</param>
    /// <param name="toName">The colleague.</param>
    /// <param name="toAddress">Theirs; the caller has checked that the clinic may name it.</param>
    /// <param name="sender">Who forwards it.</param>
    /// <param name="token">Of a link to the referral.</param>
    public NewMail ForwardedReferral(
        InquiryRecord inquiry, SealedPatient patient, Guid forwardId, ReferralId referralId, Clinic clinic,
        string toName, string toAddress, string sender, string token) =>
        Seal(MailKind.ForwardedReferral, inquiry.Id, forwardId, patient, ClinicContent(
            MailKind.ForwardedReferral, inquiry, clinic, toName, toAddress, token, new MailFields { ["sender"] = sender })) with { SubjectId = referralId };

    /// <summary>The link to the list of its referrals. Once for each request; about no inquiry, so under a key of its own.</summary>
    /// <param name="requestId">A new id.</param>
    /// <param name="referralId">Of the page it is asked for on: tells whose mail it is.</param>
    /// <param name="clinic">The clinic.</param>
    /// <param name="token">Of a link to the list.</param>
    public NewMail ClinicLink(Guid requestId, ReferralId referralId, Clinic clinic, string token) =>
        SealAlone(MailKind.ClinicLink, InquiryId.None, requestId, Render(
            MailKind.ClinicLink, LanguageOf(clinic), clinic.ContactName, clinic.Email,
            new MailFields { ["name"] = clinic.ContactName, ["url"] = links.Clinic(token) })) with { SubjectId = referralId };

    /// <summary>To the coordinators on duty: an inquiry is held for an emergency. Once for each event and person: one that is held twice is told twice.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="messageId">The event.</param>
    /// <param name="owner">Who has taken what is urgent about it; null: nobody.</param>
    public IReadOnlyList<CoordinatorMail> UrgentAlert(InquiryRecord inquiry, SealedPatient patient, Guid messageId, Guid? owner) =>
        ToOnDuty(MailKind.CoordinatorAlert, inquiry, patient, messageId, owner, new MailFields
        {
            ["title"] = "mail.coordinatorAlert.subjectUrgent",
            ["says"] = "mail.coordinatorAlert.urgent",
        });

    /// <summary>To the coordinators on duty: the patient has added words of an emergency, and the inquiry is not held for it. Once for each addition and person.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="noteId">What was added.</param>
    public IReadOnlyList<CoordinatorMail> EmergencyAlert(InquiryRecord inquiry, SealedPatient patient, Guid noteId) =>
        ToOnDuty(MailKind.CoordinatorAlert, inquiry, patient, noteId, owner: null, new MailFields
        {
            ["title"] = "mail.coordinatorAlert.subjectEmergency",
            ["says"] = "mail.coordinatorAlert.emergency",
        });

    /// <summary>To the coordinators: a clinic has answered what they wrote. Null when no address is set. Once for each answer.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="noteId">The answer.</param>
    public NewMail? ClinicAnswered(InquiryRecord inquiry, SealedPatient patient, Guid noteId) =>
        ToCoordinators(MailKind.CoordinatorAlert, inquiry, patient, noteId, new MailFields
        {
            ["title"] = "mail.coordinatorAlert.subjectClinicAnswered",
            ["says"] = "mail.coordinatorAlert.clinicAnswered",
        });

    /// <summary>To the coordinators: the patient has answered what they asked, and the inquiry does not wait for it. Null when no address is set. Once for each answer.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="noteId">The answer.</param>
    public NewMail? PatientAnswered(InquiryRecord inquiry, SealedPatient patient, Guid noteId) =>
        ToCoordinators(MailKind.CoordinatorAlert, inquiry, patient, noteId, new MailFields
        {
            ["title"] = "mail.coordinatorAlert.subjectPatientAnswered",
            ["says"] = "mail.coordinatorAlert.patientAnswered",
        });

    /// <summary>To the coordinators: what was sent about an inquiry has been handled by nobody. Null when no address is set. Once for each message.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="messageId">What was sent.</param>
    public NewMail? StandstillAlert(InquiryRecord inquiry, SealedPatient patient, Guid messageId) =>
        ToCoordinators(MailKind.CoordinatorAlert, inquiry, patient, MailAbout.Of(messageId, "stands-still"), new MailFields
        {
            ["title"] = "mail.coordinatorAlert.subjectStandstill",
            ["says"] = "mail.coordinatorAlert.standstill",
        });

    /// <summary>To the coordinators: the patient's address takes no mail, and the inquiry is not held for it. Null when no address is set. Once for each mail that failed.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="mailId">What did not arrive.</param>
    public NewMail? PatientUnreachable(InquiryRecord inquiry, SealedPatient patient, Guid mailId) =>
        ToCoordinators(MailKind.CoordinatorAlert, inquiry, patient, mailId, new MailFields
        {
            ["title"] = "mail.coordinatorAlert.subjectUnreachable",
            ["says"] = "mail.coordinatorAlert.unreachable",
        });

    /// <summary>
    /// To the coordinators: a patient whose address takes no mail does not know what was to be told. Null for what can wait, or when no address is
    /// set. Once for each mail that failed.
    /// </summary>
    /// <param name="kind">What did not arrive.</param>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="mailId">What did not arrive.</param>
    public NewMail? PatientNotTold(MailKind kind, InquiryRecord inquiry, SealedPatient patient, Guid mailId) =>
        kind is MailKind.ClinicAccepted or MailKind.QuoteReceived or MailKind.NeedsInformation or MailKind.GivenBack or MailKind.AcceptanceUndone
            or MailKind.CoordinatorQuestion or MailKind.TakenBack
            ? ToCoordinators(MailKind.CoordinatorAlert, inquiry, patient, mailId, new MailFields
            {
                ["title"] = "mail.coordinatorAlert.subjectNotTold",
                ["says"] = $"mail.coordinatorAlert.notTold.{kind}",
            })
            : null;

    /// <summary>To the coordinators: a clinic's address takes no mail. Null when no address is set. Once for each mail that failed.</summary>
    /// <param name="clinicCode">The clinic.</param>
    /// <param name="mailId">What did not arrive.</param>
    public NewMail? ClinicUnreachable(string clinicCode, Guid mailId) => OperationsAlert(mailId, new MailFields
    {
        ["title"] = "mail.operationsAlert.clinic.subject",
        ["says"] = "mail.operationsAlert.clinic",
        ["code"] = clinicCode,
        ["why"] = string.Empty,
        ["url"] = links.ConsolePage($"clinics/{clinicCode}"),
    });

    /// <summary>
    /// To the coordinators: a clinic is to be told by other means what its mail did not bring. Null for what can wait, or when no address is set. Once
    /// for each mail that failed.
    /// </summary>
    /// <param name="kind">What did not arrive.</param>
    /// <param name="reference">Of the inquiry; it may be erased.</param>
    /// <param name="clinicCode">The clinic.</param>
    /// <param name="hadSaidYes">It had the patient.</param>
    /// <param name="mailId">What did not arrive.</param>
    public NewMail? ClinicNotTold(MailKind kind, string reference, string clinicCode, bool hadSaidYes, Guid mailId)
    {
        var says = kind switch
        {
            MailKind.DeleteRequest => "mail.operationsAlert.notTold.delete",
            MailKind.AcceptanceConfirmed or MailKind.IdentityShown or MailKind.InformationAdded => "mail.operationsAlert.notTold.patient",
            MailKind.OfferWithdrawn or MailKind.OfferPlaced when hadSaidYes => "mail.operationsAlert.notTold.over",
            _ => null,
        };
        return says is null ? null : OperationsAlert(MailAbout.Of(mailId, "not told"), new MailFields
        {
            ["title"] = "mail.operationsAlert.notTold.subject",
            ["says"] = says,
            ["code"] = clinicCode,
            ["reference"] = reference,
            ["why"] = string.Empty,
            ["url"] = links.ConsolePage($"clinics/{clinicCode}"),
        });
    }

    /// <summary>
    /// To the coordinators: the patient says that a booking or a treatment is not so, as the clinic has reported it; the inquiry may be
    /// closed. Null when no address is set. Once for each time they say so.
    /// </summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="noteId">What they said.</param>
    /// <param name="clinicCode">The clinic.</param>
    public NewMail? TreatmentDisputed(InquiryRecord inquiry, Guid noteId, string clinicCode) => OperationsAlert(noteId, new MailFields
    {
        ["title"] = "mail.operationsAlert.disputed.subject",
        ["says"] = "mail.operationsAlert.disputed",
        ["code"] = clinicCode,
        ["reference"] = inquiry.Reference,
        ["why"] = string.Empty,
        ["url"] = links.Console(inquiry.Reference),
    });

    /// <summary>To the coordinators: mails of ours are refused, and why. Null when no address is set. Once for each cause and day.</summary>
    /// <param name="cause">A code of <see cref="MailCause"/>.</param>
    /// <param name="day">Today.</param>
    public NewMail? MailsRefused(string cause, DateOnly day) => OperationsAlert(
        MailAbout.Of(Guid.Empty, string.Create(CultureInfo.InvariantCulture, $"refused {cause} {day:O}")), new MailFields
        {
            ["title"] = "mail.operationsAlert.refused.subject",
            ["says"] = "mail.operationsAlert.refused",
            ["code"] = cause,
            ["why"] = MailCause.Sentence(cause),
            ["url"] = links.ConsolePage("operations"),
        });

    /// <summary>To the common address of the coordinators: what needs a person. Null when none is set. Once for each hour, and for each day.</summary>
    /// <param name="aboutId">Of the hour or the day.</param>
    /// <param name="digest">What it says.</param>
    public NewMail? WorkDigest(Guid aboutId, WorkDigest digest) =>
        links.CoordinatorAddress is not { } address ? null : WorkDigest(aboutId, digest, "Coordinators", address);

    /// <summary>The same to one of them.</summary>
    public NewMail WorkDigest(Guid aboutId, WorkDigest digest, AppUser user) => WorkDigest(aboutId, digest, NameOf(user), user.Mail);

    private NewMail WorkDigest(Guid aboutId, WorkDigest digest, string name, string address)
    {
        var fields = digest.Fields(links);
        fields["url"] = links.Console();
        return SealAlone(
            MailKind.WorkDigest, InquiryId.None, aboutId, Render(MailKind.WorkDigest, languages.English, name, address, fields));
    }

    private NewMail? OperationsAlert(Guid aboutId, MailFields fields) =>
        links.CoordinatorAddress is not { } address ? null
        : SealAlone(MailKind.OperationsAlert, InquiryId.None, aboutId, Render(
            MailKind.OperationsAlert, languages.English, "Coordinators", address, fields));

    /// <summary>To the coordinators: an offer was taken back, and why. Null when no address is set. Once for each referral.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="referralId">The offer.</param>
    /// <param name="clinicCode">Whose offer it was.</param>
    /// <param name="gate">What the clinic no longer meets, by its code: the sentence could name what the patient has.</param>
    public NewMail? RecallNotice(InquiryRecord inquiry, SealedPatient patient, ReferralId referralId, string clinicCode, Gate gate) =>
        ToCoordinators(
            MailKind.RecallNotice, inquiry, patient, referralId.Value,
            new MailFields { ["code"] = clinicCode, ["requirement"] = GateList.Code(gate) });

    /// <summary>To the coordinators: a clinic that has accepted an inquiry no longer meets a requirement. Null when no address is set.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="lapseId">A new id for each lapse: of each they are told once.</param>
    /// <param name="clinicCode">The clinic.</param>
    /// <param name="gate">What the clinic no longer meets, by its code: the sentence could name what the patient has.</param>
    public NewMail? AcceptedLapse(InquiryRecord inquiry, SealedPatient patient, Guid lapseId, string clinicCode, Gate gate) =>
        ToCoordinators(MailKind.AcceptedLapse, inquiry, patient, lapseId, new MailFields { ["code"] = clinicCode, ["requirement"] = GateList.Code(gate) });

    /// <summary>To the coordinators: the patient's answer to a check-in that needs a person. Null when no address is set. Once for each answer.</summary>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="noteId">The answer.</param>
    /// <param name="answer">A code of <see cref="CheckInAnswer"/>.</param>
    /// <param name="clinicCodes">The clinics that have the patient.</param>
    public NewMail? CheckInAnswered(InquiryRecord inquiry, SealedPatient patient, Guid noteId, string answer, IReadOnlyList<string> clinicCodes) =>
        ToCoordinators(MailKind.CheckInAnswered, inquiry, patient, noteId, new MailFields
        {
            ["title"] = $"mail.checkInAnswered.{answer}.subject", ["says"] = $"mail.checkInAnswered.{answer}", ["code"] = string.Join(", ", clinicCodes),
        });
}
