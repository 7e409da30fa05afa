using System.Globalization;
using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>Renders and seals mails, before the transaction that stores them. No health data in a subject, nor in any mail to a clinic.</summary>
public sealed class MailWriter(MailTemplates templates, PatientVault vault, MailLinks links)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>To the patient, or to who asks for them: we have it, and what happens next.</summary>
    /// <param name="held">A coordinator looks at it first.</param>
    /// <param name="urgent">The message had words of an emergency.</param>
    public NewMail Acknowledgement(InquiryRecord inquiry, SealedPatient patient, bool held, bool urgent)
    {
        var data = vault.Open(patient);
        return ToContact(held ? MailKind.AcknowledgementHeld : MailKind.Acknowledgement, inquiry, inquiry.Id, patient, data, new
        {
            data.ContactName, inquiry.Reference, StatusUrl = links.Status(data.StatusToken), Urgent = urgent,
        });
    }

    /// <summary>To the patient: this clinic has accepted and will be in touch.</summary>
    public NewMail ClinicAccepted(InquiryRecord inquiry, SealedPatient patient, Guid referralId, Clinic clinic)
    {
        var data = vault.Open(patient);
        return ToContact(MailKind.ClinicAccepted, inquiry, referralId, patient, data, new
        {
            data.ContactName, inquiry.Reference, ClinicName = clinic.Name, ClinicCity = clinic.City, StatusUrl = links.Status(data.StatusToken),
        });
    }

    /// <summary>To a clinic: a referral waits behind a link.</summary>
    public NewMail ReferralOffer(InquiryRecord inquiry, SealedPatient patient, Guid referralId, Clinic clinic, DateTimeOffset offerUntil, string token)
    {
        var until = TimeZoneInfo.ConvertTime(offerUntil, TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone));
        var content = templates.Render(MailKind.ReferralOffer, clinic.ContactName, clinic.Email, new
        {
            clinic.ContactName, ClinicName = clinic.Name, inquiry.Reference, ReferralUrl = links.Referral(token),
            Until = until.ToString("dddd d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture), clinic.TimeZone,
        });
        return Seal(MailKind.ReferralOffer, inquiry.Id, referralId, patient, content);
    }

    /// <summary>To the coordinators: an inquiry waits for them. Null when no address is set.</summary>
    public NewMail? CoordinatorAlert(InquiryRecord inquiry, SealedPatient patient, Guid messageId)
    {
        if (links.CoordinatorAddress is not { } address)
        {
            return null;
        }

        var content = templates.Render(MailKind.CoordinatorAlert, "Coordinators", address, new { inquiry.Reference, inquiry.Urgent });
        // About the event: an inquiry that is held twice is told twice.
        return Seal(MailKind.CoordinatorAlert, inquiry.Id, messageId, patient, content);
    }

    /// <summary>To a clinic: its offer was taken back.</summary>
    public NewMail OfferWithdrawn(InquiryRecord inquiry, SealedPatient patient, Guid referralId, Clinic clinic) =>
        Seal(MailKind.OfferWithdrawn, inquiry.Id, referralId, patient, templates.Render(MailKind.OfferWithdrawn, clinic.ContactName, clinic.Email, new
        {
            clinic.ContactName, ClinicName = clinic.Name, inquiry.Reference,
        }));

    /// <summary>To a clinic that was asked beside others: another one was first.</summary>
    public NewMail OfferPlaced(InquiryRecord inquiry, SealedPatient patient, Guid referralId, Clinic clinic) =>
        Seal(MailKind.OfferPlaced, inquiry.Id, referralId, patient, templates.Render(MailKind.OfferPlaced, clinic.ContactName, clinic.Email, new
        {
            clinic.ContactName, ClinicName = clinic.Name, inquiry.Reference,
        }));

    /// <summary>To the coordinators: an offer was taken back, and why. Null when no address is set.</summary>
    /// <param name="gate">What the clinic no longer meets, by its code: the sentence could name what the patient has.</param>
    public NewMail? RecallNotice(InquiryRecord inquiry, SealedPatient patient, Guid referralId, string clinicCode, Gate gate) =>
        links.CoordinatorAddress is not { } address ? null
        : Seal(MailKind.RecallNotice, inquiry.Id, referralId, patient, templates.Render(MailKind.RecallNotice, "Coordinators", address, new
        {
            inquiry.Reference, ClinicCode = clinicCode, Requirement = Gates.Code(gate),
        }));

    /// <summary>To the patient: the clinics we asked could not take the inquiry; what could be different?</summary>
    /// <param name="matchId">The decision that has come to its end: the patient is asked once for each.</param>
    public NewMail AskPatient(InquiryRecord inquiry, SealedPatient patient, Guid matchId)
    {
        var data = vault.Open(patient);
        return ToContact(MailKind.AskPatient, inquiry, matchId, patient, data, new
        {
            data.ContactName, inquiry.Reference, StatusUrl = links.Status(data.StatusToken), CoordinatorAddress = links.CoordinatorAddress ?? string.Empty,
        });
    }

    public MailContent Open(SealedMail mail) => JsonSerializer.Deserialize<MailContent>(vault.OpenFor(mail.WrappedKey, mail.Sealed), s_json)!;

    private NewMail ToContact(MailKind kind, InquiryRecord inquiry, Guid aboutId, SealedPatient patient, PatientData data, object model) =>
        Seal(kind, inquiry.Id, aboutId, patient, templates.Render(kind, data.ContactName, data.ContactEmail, model));

    private NewMail Seal(MailKind kind, Guid inquiryId, Guid aboutId, SealedPatient patient, MailContent content) =>
        new(Guid.CreateVersion7(), inquiryId, aboutId, kind, vault.SealFor(patient, JsonSerializer.SerializeToUtf8Bytes(content, s_json)));
}

/// <summary>The addresses that links in mails begin with, and where coordinators are reached.</summary>
public sealed class MailLinks(Uri publicUrl, string? coordinatorAddress)
{
    public string? CoordinatorAddress { get; } = string.IsNullOrWhiteSpace(coordinatorAddress) ? null : coordinatorAddress;

    public string Status(string token) => new Uri(publicUrl, $"/status?t={token}").AbsoluteUri;

    public string Referral(string token) => new Uri(publicUrl, $"/referral?t={token}").AbsoluteUri;
}
