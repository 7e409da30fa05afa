using System.Text.RegularExpressions;
using HandlebarsDotNet.Compiler;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Tests.Mail;

public sealed partial class MailTemplatesTests
{
    private static readonly MailTemplates s_templates = new();

    /// <summary>Every field a template may name.</summary>
    private static readonly Dictionary<string, object> s_fields = new(StringComparer.Ordinal)
    {
        ["ContactName"] = "Ana <b>Example</b> & Co",
        ["Reference"] = "IR-7K3M-9Q2P",
        ["StatusUrl"] = "https://router.example/status?t=token",
        ["Urgent"] = true,
        ["ClinicName"] = "Clínica & Hospital",
        ["ClinicCity"] = "Tijuana",
        ["ClinicCode"] = "MX-1",
        ["CoordinatorAddress"] = "coordinators@router.example",
        ["Requirement"] = "accreditation",
        ["ReferralUrl"] = "https://router.example/referral?t=token",
        ["Until"] = "Friday 20 November 2026, 11:00",
        ["TimeZone"] = "America/Tijuana",
    };

    public static TheoryData<MailKind> Kinds => new(Enum.GetValues<MailKind>());

    public static TheoryData<MailKind, string> FieldsOfKinds
    {
        get
        {
            var data = new TheoryData<MailKind, string>();
            foreach (var kind in Enum.GetValues<MailKind>())
            {
                foreach (var name in FieldsOf(kind))
                {
                    data.Add(kind, name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_renders_a_subject_a_text_and_a_page(MailKind kind)
    {
        var mail = Render(kind, s_fields);

        Assert.Matches("^[^\n{}]*IR-7K3M-9Q2P[^\n{}]*$", mail.Subject);
        Assert.All([mail.Text, mail.Html], part =>
        {
            Assert.Contains("IR-7K3M-9Q2P", part, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", part, StringComparison.Ordinal);
        });
        Assert.StartsWith("<!DOCTYPE html>", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FieldsOfKinds))]
    public void A_field_the_model_lacks_is_an_error(MailKind kind, string field)
    {
        var model = s_fields.Where(f => f.Key != field).ToDictionary(StringComparer.Ordinal);

        Assert.Throws<HandlebarsUndefinedBindingException>(() => Render(kind, model));
    }

    [Fact]
    public void What_a_person_typed_is_text_on_the_page_and_not_markup()
    {
        var mail = Render(MailKind.Acknowledgement, s_fields);

        Assert.Contains("Ana &lt;b&gt;Example&lt;/b&gt; &amp; Co", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Hello Ana <b>Example</b> & Co,", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailKind.Acknowledgement)]
    [InlineData(MailKind.AcknowledgementHeld)]
    [InlineData(MailKind.ClinicAccepted)]
    [InlineData(MailKind.AskPatient)]
    public void A_mail_to_a_patient_has_the_status_link_in_both_parts(MailKind kind)
    {
        var mail = Render(kind, s_fields);

        Assert.Contains("https://router.example/status?t=token", mail.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"https://router.example/status?t=token\"", System.Net.WebUtility.HtmlDecode(mail.Html), StringComparison.Ordinal);
    }

    [Fact]
    public void The_offer_says_until_when_in_the_zone_of_the_clinic()
    {
        var mail = Render(MailKind.ReferralOffer, s_fields);

        Assert.All([mail.Text, mail.Html], part =>
        {
            Assert.Contains("Friday 20 November 2026, 11:00", part, StringComparison.Ordinal);
            Assert.Contains("America/Tijuana", part, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_words_about_an_emergency_stand_there_exactly_when_it_may_be_one(bool urgent)
    {
        var mail = Render(MailKind.AcknowledgementHeld, With("Urgent", urgent));

        Assert.Equal(urgent, mail.Text.Contains("emergency number now", StringComparison.Ordinal));
        Assert.Equal(urgent, mail.Html.Contains("emergency number now", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "URGENT: Inquiry IR-7K3M-9Q2P waits for a coordinator")]
    [InlineData(false, "Inquiry IR-7K3M-9Q2P waits for a coordinator")]
    public void A_coordinator_sees_in_the_subject_what_is_urgent(bool urgent, string subject) =>
        Assert.Equal(subject, Render(MailKind.CoordinatorAlert, With("Urgent", urgent)).Subject);

    private static MailContent Render(MailKind kind, Dictionary<string, object> model) =>
        s_templates.Render(kind, "Ana Example", "ana@example.org", model);

    private static Dictionary<string, object> With(string field, object value) => new(s_fields, StringComparer.Ordinal) { [field] = value };

    private static IEnumerable<string> FieldsOf(MailKind kind) =>
        Field().Matches(Template($"{kind}.txt") + Template($"{kind}.html")).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal);

    private static string Template(string name)
    {
        using var stream = typeof(MailTemplates).Assembly.GetManifestResourceStream($"mail/{name}.hbs");
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(?:#if )?([A-Z]\w*)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
