using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Tests.Support;
using MimeKit;

namespace InquiryRouter.Tests.Mail;

/// <summary>Every kind in every language, as a mail program parses it.</summary>
public sealed partial class EveryMailTests
{
    private static readonly MimeFactory s_factory = new(new MailOptions { From = "InquiryRouter <no-reply@router.example>" });

    // Of the mails without a link: what they report is over.
    private static readonly MailKind[] s_withoutLink =
    [
        MailKind.OfferWithdrawn, MailKind.OfferPlaced, MailKind.OfferExpired, MailKind.Erased, MailKind.AddressChanged, MailKind.DeleteRequest,
        MailKind.AccountChanged,
    ];

    public static TheoryData<MailKind, string> All
    {
        get
        {
            var data = new TheoryData<MailKind, string>();
            foreach (var kind in Enum.GetValues<MailKind>())
            {
                foreach (var words in Mails.Languages.All)
                {
                    data.Add(kind, words.Code);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_is_in_the_language_of_its_reader(MailKind kind, string language)
    {
        var words = WordsOf(kind, language);

        Assert.All(Parsed(kind, language), mail =>
        {
            Assert.Equal(words.Code, mail.Body!.Headers[HeaderId.ContentLanguage]);
            Assert.StartsWith($"<!DOCTYPE html>\n<html lang=\"{words.Code}\" dir=\"{words.Direction}\">", mail.HtmlBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            var footer = words[Footer(kind)];
            Assert.Contains(footer, mail.TextBody!, StringComparison.Ordinal);
            Assert.Contains(footer, VisibleText(mail.HtmlBody!), StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Its_subject_names_the_reference_and_nothing_of_the_patient(MailKind kind, string language)
    {
        var mails = Parsed(kind, language);
        var about = mails.Count(mail => mail.Subject!.Contains("IR-7K3M-9Q2P", StringComparison.Ordinal));

        // Four of the six alerts to the operator are about an inquiry.
        Assert.Equal(kind switch { MailKind.ClinicLink => 0, MailKind.OperationsAlert => 4, MailKind.WorkDigest or MailKind.AccountChanged => 0, _ => mails.Count }, about);
        Assert.All(mails, mail =>
        {
            Assert.DoesNotContain("Ana", mail.Subject!, StringComparison.Ordinal);
            Assert.DoesNotContain("Ejemplo", mail.Subject!, StringComparison.Ordinal);
            AssertNoHealthData(mail.Subject!);
        });
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Both_parts_say_the_same(MailKind kind, string language) =>
        Assert.All(Parsed(kind, language), mail =>
        {
            var alternatives = Assert.IsType<MultipartAlternative>(mail.Body);
            Assert.Equal(["text/plain", "text/html"], alternatives.Select(p => p.ContentType.MimeType));
            var page = VisibleText(mail.HtmlBody!);
            var said = mail.TextBody!.ReplaceLineEndings("\n").Split('\n').Select(l => Regex.Replace(l.Trim(), "^(!!|-) |:$", string.Empty, RegexOptions.None, TimeSpan.FromSeconds(1)))
                .Where(l => l.Length > 0 && !l.Contains("https://", StringComparison.Ordinal));

            // A row of the page has its label and its value apart.
            Assert.All(said, line => Assert.True(
                page.Contains(line, StringComparison.Ordinal) || line.Split(": ", 2).All(half => page.Contains(half, StringComparison.Ordinal)), line));
            Assert.Equal(Links(mail.TextBody!), Links(WebUtility.HtmlDecode(mail.HtmlBody!)));
        });

    [Theory]
    [MemberData(nameof(All))]
    public void It_has_a_link_exactly_where_there_is_something_to_see(MailKind kind, string language) =>
        Assert.All(Parsed(kind, language), mail =>
        {
            const string Token = "sample-token-that-opens-nothing";
            string[] expected = s_withoutLink.Contains(kind) ? []
                : kind == MailKind.CheckIn ? [$"https://router.example/status?t={Token}", $"https://router.example/unsubscribe?t={Token}"]
                : kind == MailKind.ClinicLink ? [$"https://router.example/referral/list?t={Token}"]
                : kind == MailKind.OperationsAlert
                    ? [Links(mail.TextBody!).Single(l => l.StartsWith("https://router.example/console/", StringComparison.Ordinal))]
                : kind == MailKind.WorkDigest ? ["https://router.example/console/inquiries/IR-7K3M-9Q2P", "https://router.example/console"]
                : MailKinds.Audience(kind) == MailAudience.Coordinators ? ["https://router.example/console/inquiries/IR-7K3M-9Q2P"]
                : Says(mail.TextBody!, "mail.acknowledgement.known", language)
                    ? [$"https://router.example/status?t={Token}", .. s_known.Select(f => f.Link!), $"https://router.example/questions?lang={language}"]
                : MailKinds.Audience(kind) == MailAudience.Patient ? [$"https://router.example/status?t={Token}"]
                : [$"https://router.example/referral?t={Token}"];
            Assert.Equal(expected, Links(mail.TextBody!));
        });

    [Theory]
    [MemberData(nameof(All))]
    public void Only_the_patient_reads_who_the_patient_is(MailKind kind, string language) =>
        // An address that was theirs may never have been.
        Assert.All(Contents(kind, language), mail => Assert.Equal(
            MailKinds.Audience(kind) == MailAudience.Patient && kind != MailKind.AddressChanged, JsonSerializer.Serialize(mail).Contains("Ana Example", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(All))]
    public void Nobody_reads_what_is_treated_but_whoever_is_told_what_is_known_of_it(MailKind kind, string language) =>
        Assert.All(Contents(kind, language), mail =>
        {
            AssertNoHealthData(WithoutFacts(kind, mail.Text, language));
            AssertNoHealthData(WithoutFacts(kind, VisibleText(mail.Html), language));
        });

    [Theory]
    [InlineData("en", "9 of 12 patients")]
    [InlineData("es", "9 de 12 pacientes")]
    [InlineData("ar", "تحسن 9 من 12")]
    public void The_acknowledgement_says_what_is_known_unless_it_may_be_an_emergency(string language, string found)
    {
        Assert.All(Contents(MailKind.Acknowledgement, language), m => Assert.Contains(found, m.Text, StringComparison.Ordinal));
        Assert.Equal(
            [true, false, true, true, true, false, true],
            Contents(MailKind.AcknowledgementHeld, language).Select(m => m.Text.Contains(found, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("ar")]
    public void The_note_about_a_medicine_stands_in_the_mail_of_whoever_named_that_type(string language) =>
        Assert.Equal(
            [false, false, true],
            Contents(MailKind.AcknowledgementHeld, language).Take(3).Select(m => Says(m.Text, "drugInduced.note", language)));

    [Theory]
    [MemberData(nameof(All))]
    public void It_can_be_unsubscribed_with_one_click_where_it_is_not_purely_transactional(MailKind kind, string language) =>
        Assert.All(Parsed(kind, language), mail =>
        {
            var may = MailKinds.MayBeUnsubscribed(kind);
            Assert.Equal(may ? "<https://router.example/unsubscribe?t=sample-token-that-opens-nothing>" : null, mail.Headers[HeaderId.ListUnsubscribe]);
            Assert.Equal(may ? "List-Unsubscribe=One-Click" : null, mail.Headers[HeaderId.ListUnsubscribePost]);
        });

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_of_a_template_or_a_place_is_left_in_it(MailKind kind, string language) =>
        Assert.All(Contents(kind, language), mail =>
        {
            Assert.DoesNotMatch(@"\{\{|\}\}|\{[a-zA-Z]+\}|mail\.[a-z]", mail.Subject + mail.Text + VisibleText(mail.Html));
            Assert.DoesNotMatch(@"\n\n\n|^\n|\n\n$", mail.Text);
        });

    [Theory]
    [MemberData(nameof(All))]
    public void Its_page_needs_nothing_from_elsewhere(MailKind kind, string language) =>
        Assert.All(Contents(kind, language), mail => Assert.DoesNotMatch("<(img|script|link|iframe|form)|url\\(|@import", mail.Html));

    [Fact]
    public void The_search_for_health_data_finds_it()
    {
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertNoHealthData("Stem Cell Therapy for you"));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertNoHealthData("Su consulta sobre lupus"));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertNoHealthData("طلبك بشأن " + Mails.Languages.For("ar").Name(NameKind.Conditions, "multiple-sclerosis", string.Empty)));
    }

    [Theory]
    [InlineData("en", "Wednesday 18 November 2026, 04:00 (America/Tijuana)")]
    [InlineData("es", "miércoles, 18 de noviembre de 2026, 04:00 (America/Tijuana)")]
    [InlineData("ar", "الأربعاء، 18 نوفمبر 2026، 04:00 (America/Tijuana)")]
    public void The_end_of_the_offer_is_told_on_the_clock_of_the_clinic(string language, string until) =>
        Assert.Contains(until, Parsed(MailKind.ReferralOffer, language)[0].TextBody!, StringComparison.Ordinal);

    [Fact]
    public void The_words_about_an_emergency_stand_there_exactly_when_it_may_be_one() =>
        Assert.Equal([false, true, false, false, false, true, false], Contents(MailKind.AcknowledgementHeld, "en").Select(m => m.Text.Contains("emergency number now", StringComparison.Ordinal)));

    [Fact]
    public void A_coordinator_sees_in_the_subject_what_is_urgent() => Assert.Equal(
        [
            "URGENT: Inquiry IR-7K3M-9Q2P waits for a coordinator",
            "URGENT: the patient of IR-7K3M-9Q2P has written of an emergency", "Inquiry IR-7K3M-9Q2P stands still",
            "Please call: mail to the patient of IR-7K3M-9Q2P does not arrive",
            "A clinic has answered about IR-7K3M-9Q2P", "The patient of IR-7K3M-9Q2P has answered",
            .. Enumerable.Repeat("Please call the patient of IR-7K3M-9Q2P: there is news", 7),
        ],
        Contents(MailKind.CoordinatorAlert, "es").Select(m => m.Subject));

    private static readonly IReadOnlyList<TreatmentFact> s_known =
        ReferenceDataFiles.LoadTreatmentFacts(ReferenceFiles.Shipped).Brief("stem-cell-therapy", "lupus");

    // The acknowledgement alone tells of health, and only in these sentences.
    private static string WithoutFacts(MailKind kind, string text, string language) => kind is not (MailKind.Acknowledgement or MailKind.AcknowledgementHeld)
        ? text
        : s_known.Select(f => Mails.Languages.For(language).Name(NameKind.Facts, f.Code, f.Text))
            .Concat(new[] { "mail.acknowledgement.known", "drugInduced.note" }.Select(key => Mails.Languages.For(language)[key]))
            .Aggregate(text, (left, said) => left.Replace(said, string.Empty, StringComparison.Ordinal));

    private static bool Says(string text, string key, string language) => text.Contains(Mails.Languages.For(language)[key], StringComparison.Ordinal);

    private static Words WordsOf(MailKind kind, string language) =>
        MailKinds.Audience(kind) is MailAudience.Coordinators or MailAudience.User ? Mails.Languages.English : Mails.Languages.For(language);

    private static string Footer(MailKind kind) => MailKinds.Audience(kind) switch
    {
        _ when kind is MailKind.Erased or MailKind.AddressChanged => "mail.footer.noLink",
        MailAudience.Patient => "mail.footer.patient",
        MailAudience.Clinic => "mail.footer.clinic",
        _ => "mail.footer.noLink",
    };

    private static IReadOnlyList<MailContent> Contents(MailKind kind, string language) => Mails.Of(kind, language);

    private static IReadOnlyList<MimeMessage> Parsed(MailKind kind, string language) =>
        [.. Contents(kind, language).Select(content =>
        {
            using var bytes = new MemoryStream();
            s_factory.Create(Guid.CreateVersion7(), Moment.Now, content).WriteTo(bytes);
            bytes.Position = 0;
            return MimeMessage.Load(bytes);
        })];

    private static IReadOnlyList<string> Links(string part) => [.. Link().Matches(part).Select(m => m.Value).Distinct(StringComparer.Ordinal)];

    private static string VisibleText(string html) =>
        WebUtility.HtmlDecode(Regex.Replace(Regex.Replace(html, "<style>.*?</style>", " ", RegexOptions.Singleline, TimeSpan.FromSeconds(1)), "<[^>]+>", " ", RegexOptions.None, TimeSpan.FromSeconds(1)));

    private static void AssertNoHealthData(string text)
    {
        var lists = Shipped.Lists;
        var codes = lists.Conditions.Values.Where(c => c.Code != "other").ToList();
        var names = codes.SelectMany(c => c.Types.Select(t => t.Name).Append(c.Name).Append(c.Code))
            .Concat(lists.Treatments.Values.SelectMany(t => new[] { t.Name, t.Code }))
            .Concat(Mails.Languages.All.SelectMany(words =>
                codes.Select(c => words.Name(NameKind.Conditions, c.Code, c.Name))
                    .Concat(codes.SelectMany(c => c.Types).Select(t => words.Name(NameKind.ConditionTypes, t.Code, t.Name)))
                    .Concat(lists.Treatments.Values.Select(t => words.Name(NameKind.Treatments, t.Code, t.Name)))))
            .Concat(["lupus", "stem cell", "transplant", "infusion", "disease", "treatment", "therapy", "células madre", "trasplante", "enfermedad", "tratamiento", "خلايا جذعية", "زراعة"]);

        Assert.All(names, name => Assert.DoesNotContain(name, text, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex("https?://[^\\s\"<>]+")]
    private static partial Regex Link();
}
