using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Brands;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail.Packing;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>A mail to one of the coordinators.</summary>
/// <param name="Mail">As it is stored.</param>
/// <param name="To">Whom; null: their common address.</param>
public sealed record CoordinatorMail(NewMail Mail, UserId? To);

/// <summary>
/// Renders and seals mails, before the transaction that stores them, in the language of who reads them. No health data in a subject, nor in
/// any mail to a clinic or a coordinator, and there no name of a patient; in a patient's own, none but in the acknowledgement. Each method says what makes it one mail: asked for again, it is the same.
/// </summary>
/// <param name="languages">What mails are written in.</param>
/// <param name="vault">Seals them.</param>
/// <param name="links">Where they lead.</param>
/// <param name="isAttended">Whether a coordinator can be reached at this moment; null: always.</param>
/// <param name="onDuty">Those whom urgent work is mailed to at this moment; null: nobody but the common address.</param>
/// <param name="facts">What a patient is told of their treatment; null: nothing.</param>
/// <param name="brand">Who writes; null: nobody has said.</param>
public sealed partial class MailWriter(LanguageSet languages, PatientVault vault, MailLinks links, Func<bool>? isAttended = null,
    Func<IReadOnlyList<PersonOnDuty>>? onDuty = null, TreatmentFacts? facts = null, Brand? brand = null)
{
    public MailContent Open(SealedMail mail) => MailPacking.Unpack(vault.OpenFor(mail.WrappedKey, mail.Sealed));

    /// <summary>A mail to the patient for the address and the link they have now, when one is another than when it was written; null: it is as it should be.</summary>
    /// <param name="kind">Which mail.</param>
    /// <param name="mail">As it was stored, with who the patient is now.</param>
    /// <param name="content">What it says.</param>
    public MailContent? Readdressed(MailKind kind, SealedMail mail, MailContent content)
    {
        if (mail.Patient is null || kind == MailKind.AddressChanged)
        {
            return null;
        }

        var now = vault.Open(mail.WrappedKey, mail.Patient);
        var (text, html) = (links.WithStatus(content.Text, now.StatusToken), links.WithStatus(content.Html, now.StatusToken));
        return now.ContactEmail == content.ToAddress && text == content.Text && html == content.Html ? null : content with
        {
            ToName = MailNames.Line(now.ContactName), ToAddress = now.ContactEmail, Text = text, Html = html,
        };
    }

    // To the patient, or to who asks for them, with the link to the status page.
    private NewMail ToPatient(MailKind kind, InquiryRecord inquiry, SealedPatient patient, Guid aboutId, MailFields? more = null, string? unsubscribeUrl = null)
    {
        var data = vault.Open(patient);
        var name = NameOf(data, inquiry);
        var fields = new MailFields { ["name"] = name, ["reference"] = inquiry.Reference, ["url"] = links.Status(data.StatusToken) };
        var content = Render(kind, LanguageOf(inquiry), name, data.ContactEmail, With(fields, more));
        return Seal(kind, inquiry.Id, aboutId, patient, content with { UnsubscribeUrl = unsubscribeUrl });
    }

    private NewMail ToClinic(
        MailKind kind, InquiryRecord inquiry, SealedPatient patient, Guid aboutId, Clinic clinic, string? token, MailFields? more = null) =>
        Seal(kind, inquiry.Id, aboutId, patient, ClinicContent(kind, inquiry, clinic, clinic.ContactName, clinic.Email, token, more));

    private MailContent ClinicContent(MailKind kind, InquiryRecord inquiry, Clinic clinic, string toName, string toAddress, string? token, MailFields? more)
    {
        var fields = new MailFields { ["name"] = toName, ["reference"] = inquiry.Reference };
        if (token is not null)
        {
            fields["url"] = links.Referral(token);
        }

        return Render(kind, LanguageOf(clinic), toName, toAddress, With(fields, more));
    }

    // Where nothing of the name can be said, the reference is.
    private static string NameOf(PatientData data, InquiryRecord inquiry) =>
        MailNames.Line(data.ContactName) is { Length: > 0 } name ? name : inquiry.Reference;

    // Null when no address is set for them.
    private NewMail? ToCoordinators(MailKind kind, InquiryRecord inquiry, SealedPatient patient, Guid aboutId, MailFields more) =>
        links.CoordinatorAddress is not { } address ? null
        : Seal(kind, inquiry.Id, aboutId, patient, Render(
            kind, languages.English, "Coordinators", address,
            With(new MailFields { ["reference"] = inquiry.Reference, ["url"] = links.Console(inquiry.Reference) }, more)));

    // To whoever has the work, when they are on duty; else to all who are. To the common address too when none of them was in the console
    // lately. What is about the same goes to each of them once.
    private List<CoordinatorMail> ToOnDuty(
        MailKind kind, InquiryRecord inquiry, SealedPatient patient, Guid aboutId, Guid? owner, MailFields more)
    {
        var all = onDuty?.Invoke() ?? [];
        IReadOnlyList<PersonOnDuty> told = owner is { } theirs && all.Where(p => p.User.Id.Value == theirs && p.IsReached).ToList() is { Count: > 0 } own
            ? own : all;
        var fields = With(new MailFields { ["reference"] = inquiry.Reference, ["url"] = links.Console(inquiry.Reference) }, more);
        var mails = told.Select(p => new CoordinatorMail(
            Seal(kind, inquiry.Id, MailAbout.Of(aboutId, $"to {p.User.Id}"), patient, Render(
                kind, languages.English, NameOf(p.User), p.User.Mail, fields)),
            p.User.Id)).ToList();
        if (!told.Any(p => p.IsReached) && ToCoordinators(kind, inquiry, patient, aboutId, more) is { } common)
        {
            mails.Add(new CoordinatorMail(common, null));
        }

        return mails;
    }

    private static string NameOf(AppUser user) => MailNames.Line(user.Name) is { Length: > 0 } line ? line : user.Mail;

    private Words LanguageOf(Clinic clinic) => Said(languages.FirstOf(clinic.Languages));

    private Words LanguageOf(InquiryRecord inquiry) => Said(languages.For(inquiry.Facts.Language));

    private Words Said(Words words) => isAttended?.Invoke() == false ? words.WhenNobodyReads : words;

    // A moment on the clinic's clock, which it is told with the name of its zone.
    private string ClinicTime(Clinic clinic, DateTimeOffset moment)
    {
        var words = LanguageOf(clinic);
        return words.Text("at.zone", ("moment", words.Moment(moment, TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone))), ("zone", clinic.TimeZone));
    }

    private MailContent Render(MailKind kind, Words words, string toName, string toAddress, MailFields fields) =>
        MailTemplates.Render(kind, words, toName, toAddress, fields, brand);

    private NewMail Seal(MailKind kind, InquiryId inquiryId, Guid aboutId, SealedPatient patient, MailContent content) =>
        new(Guid.CreateVersion7(), inquiryId, aboutId, kind, vault.SealFor(patient, MailPacking.Pack(content)));

    private NewMail SealAlone(MailKind kind, InquiryId inquiryId, Guid aboutId, MailContent content)
    {
        var (key, bytes) = vault.SealAlone(MailPacking.Pack(content));
        return new NewMail(Guid.CreateVersion7(), inquiryId, aboutId, kind, bytes) { OwnKey = key };
    }

    private static MailFields With(MailFields fields, MailFields? more)
    {
        foreach (var (name, value) in more ?? [])
        {
            fields.Add(name, value);
        }

        return fields;
    }
}
