using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Mail;

/// <summary>The mails as they are stored, opened again.</summary>
public sealed class MailWriterTests
{
    private static readonly PatientVault s_vault = new(MasterKey.Parse(Convert.ToBase64String(new byte[32]), "the test"));
    private static readonly MailWriter s_writer = new(Mails.Languages, s_vault, Mails.Links);
    private static readonly InquiryRecord s_inquiry = An.InquiryRecord();
    private static readonly SealedPatient s_patient = s_vault.Seal(s_inquiry.Id, An.Patient());

    [Fact]
    public void A_mail_is_stored_under_its_kind_and_sealed()
    {
        var mail = s_writer.Acknowledgement(s_inquiry, s_patient, held: false, urgent: false);

        Assert.Equal((MailKind.Acknowledgement, s_inquiry.Id, s_inquiry.Id.Value), (mail.Kind, mail.InquiryId, mail.AboutId));
        Assert.DoesNotContain("IR-7K3M-9Q2P", System.Text.Encoding.UTF8.GetString(mail.Sealed), StringComparison.Ordinal);
        Assert.Contains("IR-7K3M-9Q2P", Open(mail).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_mails_that_outlive_the_patients_key_have_one_of_their_own()
    {
        var erased = s_writer.Erased(s_inquiry, s_patient);
        var link = s_writer.ClinicLink(Guid.CreateVersion7(), ReferralId.New(), A.Clinic(), "token");

        Assert.All([erased, link], mail =>
        {
            Assert.True(MailKinds.HasOwnKey(mail.Kind));
            Assert.NotEmpty(s_writer.Open(new SealedMail { WrappedKey = mail.OwnKey!.Bytes, Sealed = mail.Sealed }).Text);
            Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => Open(mail));
        });
        Assert.Null(s_writer.Withdrawn(s_inquiry, s_patient).OwnKey);
    }

    [Theory]
    [InlineData("es", "es")]
    [InlineData("ar", "ar")]
    [InlineData("fr", "en")]
    public void The_patient_reads_the_language_of_the_inquiry_else_English(string language, string written) =>
        Assert.Equal(written, Open(s_writer.Withdrawn(s_inquiry with { Facts = s_inquiry.Facts with { Language = language } }, s_patient)).Language);

    [Theory]
    [InlineData("es", "es", "en")]
    [InlineData("ar", "de", "ar", "es")]
    [InlineData("en", "de", "tr")]
    public void A_clinic_reads_the_first_of_its_languages_that_we_have(string written, params string[] languages) =>
        Assert.Equal(
            written, Open(s_writer.OfferPlaced(s_inquiry, s_patient, default, A.Clinic() with { Languages = languages })).Language);

    [Fact]
    public void What_is_asked_for_twice_is_one_mail_and_what_happens_twice_is_two()
    {
        var referral = An.Referral();
        Assert.Equal(Accepted(1).AboutId, Accepted(1).AboutId);
        Assert.NotEqual(Accepted(1).AboutId, Accepted(3).AboutId);
        Assert.Equal(referral.Id, Accepted(3).SubjectId);

        NewMail Accepted(int version) => s_writer.ClinicAccepted(s_inquiry, s_patient, referral with { Version = version }, A.Clinic());
    }

    [Fact]
    public void An_addition_is_told_once_to_the_clinic_of_each_referral()
    {
        var (referral, addition) = (An.Referral(), new Guid("018f3a52-7c1d-7a2b-9c3d-4e5f60718295"));

        var mail = s_writer.InformationAdded(s_inquiry, s_patient, addition, referral.Id, A.Clinic(), "token");

        Assert.Equal((MailAbout.Of(addition, "018f3a527c1d7a2b9c3d4e5f60718294"), referral.Id), (mail.AboutId, mail.SubjectId));
    }

    [Fact]
    public void That_the_next_clinic_is_asked_is_told_once_on_each_day_of_the_patient()
    {
        var evening = new DateTimeOffset(2026, 11, 20, 4, 59, 0, TimeSpan.Zero); // 23:59 in New York

        Assert.Equal(About(evening), About(evening.AddHours(-23)));
        Assert.NotEqual(About(evening), About(evening.AddMinutes(1)));

        Guid About(DateTimeOffset now) => s_writer.MovedOn(s_inquiry, s_patient, 2, now).AboutId;
    }

    [Fact]
    public void A_clinic_gets_its_own_link_and_the_patient_theirs()
    {
        Assert.Contains("https://router.example/referral?t=referral-token", Open(Offer()).Text, StringComparison.Ordinal);
        Assert.Contains("https://router.example/status?t=status-token", Open(s_writer.Acknowledgement(s_inquiry, s_patient, held: false, urgent: false)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Mail_about_a_patient_goes_to_who_asks_for_them()
    {
        var patient = s_vault.Seal(s_inquiry.Id, An.Patient() with { InquirerName = "Carla Carer", InquirerEmail = "carla@example.org" });

        var mail = Open(patient, s_writer.Acknowledgement(s_inquiry, patient, held: false, urgent: false));

        Assert.Equal(("Carla Carer", "carla@example.org"), (mail.ToName, mail.ToAddress));
        Assert.Contains("Hello Carla Carer,", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clinic_is_written_to_at_its_own_address() =>
        Assert.Equal("referrals@clinic.example", Open(Offer()).ToAddress);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Without_an_address_of_coordinators_nobody_is_alerted(string? address)
    {
        var writer = new MailWriter(Mails.Languages, s_vault, new MailLinks(new Uri("https://router.example"), address));

        Assert.Empty(writer.UrgentAlert(s_inquiry, s_patient, Guid.Empty, owner: null));
        Assert.Null(writer.RecallNotice(s_inquiry, s_patient, default, "MX-1", Gate.Accreditation));
    }

    private static NewMail Offer() => s_writer.ReferralOffer(s_inquiry, s_patient, default, A.Clinic(), Moment.Now, "referral-token");

    private static MailContent Open(NewMail mail) => Open(s_patient, mail);

    private static MailContent Open(SealedPatient patient, NewMail mail) => s_writer.Open(new SealedMail { WrappedKey = patient.WrappedKey, Sealed = mail.Sealed });
}
