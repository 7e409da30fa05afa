using System.Text.RegularExpressions;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Languages;

/// <summary>While no coordinator can be reached, no sentence tells a patient that somebody reads.</summary>
public sealed partial class NobodyReadsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    // What has happened, and what a coordinator writes who is there.
    private static readonly string[] s_trueAnyway =
    [
        "status.history.released", "status.history.openedAgain", "status.state.duplicate.text", "mail.coordinatorQuestion.asks",
        "mail.inquiryClosed.why.other", "ask.phone", "quote.item.coordinator", "status.history.withdrawn.mail-undeliverable", "status.link.again",
    ];

    private static readonly string[] s_toOthers =
    [
        "mail.coordinatorAlert.", "mail.operationsAlert.", "mail.workDigest.", "mail.recallNotice.", "mail.acceptedLapse.", "mail.checkInAnswered.",
        "mail.console.", "mail.coordinatorMessage.", "mail.pre.coordinator", "mail.offer", "mail.acceptanceConfirmed.", "referral.",
    ];

    public static TheoryData<string> EveryLanguage => [.. Mails.Languages.All.Select(w => w.Code)];

    [Fact]
    public void Every_sentence_to_a_patient_that_speaks_of_a_person_has_one_for_when_nobody_is_there()
    {
        var words = Mails.Languages.English;
        var bare = words.Keys.Where(key => !key.EndsWith(Words.NobodySuffix, StringComparison.Ordinal) && !words.Keys.Contains(key + Words.NobodySuffix)
            && !s_trueAnyway.Contains(key) && !s_toOthers.Any(o => key.StartsWith(o, StringComparison.Ordinal)) && OfAPerson().IsMatch(words[key]));

        Assert.Equal(string.Empty, string.Join(", ", bare));
    }

    [Fact]
    public void What_is_said_when_nobody_is_there_is_said_in_place_of_something_else()
    {
        var words = Mails.Languages.English;

        Assert.All(words.Keys.Where(k => k.EndsWith(Words.NobodySuffix, StringComparison.Ordinal)), key =>
        {
            var usual = key[..^Words.NobodySuffix.Length];
            Assert.NotEqual(words[usual], words[key]);
            Assert.Equal(words[key], words.WhenNobodyReads[usual]);
        });
    }

    [Theory]
    [MemberData(nameof(EveryLanguage))]
    public void A_mail_to_a_patient_has_either_all_of_the_usual_sentences_or_none(string language)
    {
        var words = Mails.Languages.For(language);
        var changing = words.Keys.Where(k => k.StartsWith("mail.", StringComparison.Ordinal) && k.EndsWith(Words.NobodySuffix, StringComparison.Ordinal))
            .Select(k => k[..^Words.NobodySuffix.Length]).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kind in Enum.GetValues<MailKind>().Where(k => MailKinds.Audience(k) == MailAudience.Patient))
        {
            foreach (var mail in Mails.Of(kind, language))
            {
                var usual = changing.Where(k => Says(mail, words[k])).ToList();
                var nobody = changing.Where(k => Says(mail, words[k + Words.NobodySuffix])).ToList();
                Assert.True(usual.Count == 0 || nobody.Count == 0, $"{kind}: {string.Join(", ", usual)} beside {string.Join(", ", nobody)}");
                seen.UnionWith(usual);
                seen.UnionWith(nobody.Select(k => k + Words.NobodySuffix));
            }
        }

        Assert.Equal(string.Empty, string.Join(", ", changing.SelectMany(k => new[] { k, k + Words.NobodySuffix }).Except(seen)
            .Where(k => k is not ("mail.askPatient.write.nobody" or "mail.addressChanged.notYou.nobody"))));
    }

    [Theory]
    [MemberData(nameof(EveryLanguage))]
    public void A_mail_about_an_emergency_says_whom_to_call_and_not_to_wait_when_nobody_is_there(string language)
    {
        var words = Mails.Languages.For(language);

        Assert.Contains(Mails.Of(MailKind.AcknowledgementHeld, language), mail => Says(mail, words["mail.acknowledgementHeld.urgent.nobody"]));
        Assert.Contains(Mails.Of(MailKind.Acknowledgement, language), mail => Says(mail, words["mail.acknowledgement.emergency.nobody"]));
    }

    [Theory]
    [InlineData(UserRoles.Coordinator, true, 0, true)]
    [InlineData(UserRoles.Manager | UserRoles.Admin, true, 6, true)]
    [InlineData(UserRoles.Coordinator, true, 8, false)]
    [InlineData(UserRoles.Coordinator, false, 0, false)]
    [InlineData(UserRoles.Admin | UserRoles.Auditor, true, 0, false)]
    [InlineData(UserRoles.Coordinator, true, null, false)]
    public void Who_reads_is_not_away_and_was_seen_lately_can_be_reached(UserRoles roles, bool isThere, int? daysAgo, bool reached) =>
        Assert.Equal(reached, Attendance.IsReached(roles, isThere, daysAgo is { } days ? s_now - TimeSpan.FromDays(days) : null, s_now));

    // Places are filled in, lines are folded.
    private static bool Says(MailContent mail, string sentence) =>
        Flat(mail.Text).Contains(Place().Split(Flat(sentence)).MaxBy(part => part.Length)!, StringComparison.Ordinal);

    private static string Flat(string text) => Spaces().Replace(text, " ");

    [GeneratedRegex("coordinator|our team|answer you\\b|we answer|looks at it|tell us at once|write to us", RegexOptions.IgnoreCase)]
    private static partial Regex OfAPerson();

    [GeneratedRegex(@"\{[a-zA-Z]+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
