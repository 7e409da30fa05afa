using System.Text.Json;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Mail;

/// <summary>The mails as they are stored, opened again.</summary>
public sealed class MailWriterTests
{
    private static readonly PatientVault s_vault = new(MasterKey.Parse(Convert.ToBase64String(new byte[32]), "the test"));
    private static readonly MailWriter s_writer = new(new MailTemplates(), s_vault, new MailLinks(new Uri("https://router.example"), "coordinators@router.example"));
    private static readonly InquiryRecord s_inquiry = An.InquiryRecord();
    private static readonly SealedPatient s_patient = s_vault.Seal(s_inquiry.Id, An.Patient());

    private static readonly Dictionary<MailKind, Func<NewMail>> s_mails = new()
    {
        [MailKind.Acknowledgement] = () => s_writer.Acknowledgement(s_inquiry, s_patient, held: false, urgent: false),
        [MailKind.AcknowledgementHeld] = () => s_writer.Acknowledgement(s_inquiry, s_patient, held: true, urgent: true),
        [MailKind.ClinicAccepted] = () => s_writer.ClinicAccepted(s_inquiry, s_patient, Guid.Empty, A.Clinic()),
        [MailKind.ReferralOffer] = () => s_writer.ReferralOffer(s_inquiry, s_patient, Guid.Empty, A.Clinic(), Moment.Now, "referral-token"),
        [MailKind.CoordinatorAlert] = () => s_writer.CoordinatorAlert(s_inquiry with { Urgent = true }, s_patient, Guid.Empty)!,
        [MailKind.OfferPlaced] = () => s_writer.OfferPlaced(s_inquiry, s_patient, Guid.Empty, A.Clinic()),
        [MailKind.OfferWithdrawn] = () => s_writer.OfferWithdrawn(s_inquiry, s_patient, Guid.Empty, A.Clinic()),
        [MailKind.RecallNotice] = () => s_writer.RecallNotice(s_inquiry, s_patient, Guid.Empty, "MX-1", Gate.Accreditation)!,
        [MailKind.AskPatient] = () => s_writer.AskPatient(s_inquiry, s_patient, Guid.Empty),
    };

    public static TheoryData<MailKind> Kinds => new(Enum.GetValues<MailKind>());

    public static TheoryData<MailKind> NotToThePatient => [MailKind.ReferralOffer, MailKind.CoordinatorAlert, MailKind.OfferPlaced, MailKind.OfferWithdrawn, MailKind.RecallNotice];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_mail_is_stored_under_its_kind_and_sealed(MailKind kind)
    {
        var mail = s_mails[kind]();

        Assert.Equal((kind, s_inquiry.Id), (mail.Kind, mail.InquiryId));
        Assert.DoesNotContain("IR-7K3M-9Q2P", System.Text.Encoding.UTF8.GetString(mail.Sealed), StringComparison.Ordinal);
        Assert.Contains("IR-7K3M-9Q2P", Open(kind).Subject, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_subject_names_a_condition_or_a_treatment(MailKind kind) => AssertNoHealthData(Open(kind).Subject);

    [Theory]
    [MemberData(nameof(NotToThePatient))]
    public void A_mail_to_others_names_no_condition_and_no_treatment(MailKind kind)
    {
        var mail = Open(kind);

        Assert.All([mail.Text, mail.Html], AssertNoHealthData);
    }

    [Theory]
    [MemberData(nameof(NotToThePatient))]
    public void A_mail_to_others_does_not_say_who_the_patient_is(MailKind kind)
    {
        var everything = JsonSerializer.Serialize(Open(kind));

        Assert.All(
            ["Ana Example", "ana@example.org", "2133734253", "ten years", "status-token", "1984", "New_York"],
            told => Assert.DoesNotContain(told, everything, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_search_for_health_data_finds_it() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertNoHealthData("Stem Cell Therapy for you"));

    [Fact]
    public void A_clinic_gets_its_own_link_and_the_patient_theirs()
    {
        Assert.Contains("https://router.example/referral?t=referral-token", Open(MailKind.ReferralOffer).Text, StringComparison.Ordinal);
        Assert.Contains("https://router.example/status?t=status-token", Open(MailKind.Acknowledgement).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_of_the_offer_is_told_on_the_clock_of_the_clinic() =>
        Assert.Contains("Wednesday 18 November 2026, 04:00 (America/Tijuana)", Open(MailKind.ReferralOffer).Text, StringComparison.Ordinal);

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
        Assert.Equal("referrals@clinic.example", Open(MailKind.ReferralOffer).ToAddress);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Without_an_address_of_coordinators_nobody_is_alerted(string? address)
    {
        var writer = new MailWriter(new MailTemplates(), s_vault, new MailLinks(new Uri("https://router.example"), address));

        Assert.Null(writer.CoordinatorAlert(s_inquiry, s_patient, Guid.Empty));
        Assert.Null(writer.RecallNotice(s_inquiry, s_patient, Guid.Empty, "MX-1", Gate.Accreditation));
    }

    private static MailContent Open(MailKind kind) => Open(s_patient, s_mails[kind]());

    private static MailContent Open(SealedPatient patient, NewMail mail) => s_writer.Open(new SealedMail { WrappedKey = patient.WrappedKey, Sealed = mail.Sealed });

    private static void AssertNoHealthData(string text)
    {
        var names = Shipped.Lists.Conditions.Values.Where(c => c.Code != "other").SelectMany(c => c.Types.Select(t => t.Name).Append(c.Name).Append(c.Code))
            .Concat(Shipped.Lists.Treatments.Values.SelectMany(t => new[] { t.Name, t.Code }))
            .Concat(["stem cell", "transplant", "infusion", "disease", "treatment", "therapy"]);

        Assert.All(names, name => Assert.DoesNotContain(name, text, StringComparison.OrdinalIgnoreCase));
    }
}
