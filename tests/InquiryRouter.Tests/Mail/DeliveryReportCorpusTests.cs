using System.Text.RegularExpressions;
using InquiryRouter.Core.Mail;
using InquiryRouter.Tests.Support;
using MimeKit;

namespace InquiryRouter.Tests.Mail;

/// <summary>
/// The reader of refusals against a public set of delivery reports with their expected classes, where the set is there: a folder
/// <c>shared/mail-corpus</c> beside one of the folders above. It belongs to others and is not copied.
/// </summary>
public sealed partial class DeliveryReportCorpusTests
{
    // Reports that say in so many words that there is no such user, where the set knows of the server that it says so of what it filters; two whose reason
    // the set has from elsewhere; and an account that is disabled, which we count as gone.
    private static readonly string[] s_saidToBeDead =
    [
        "lhost-amazonses-20.eml", "lhost-messagingserver-08.eml", "lhost-postfix-01.eml", "lhost-postfix-03.eml", "lhost-receivingses-01.eml", "lhost-sendmail-27.eml",
        "rfc3464-01.eml", "rfc3464-42.eml",
    ];

    [Fact]
    public void An_address_is_given_up_only_when_the_set_says_so_or_the_server_does()
    {
        var reports = Read();

        var wrong = reports.Where(r => !r.Hard && r.Read().Meaning == RefusalMeaning.DeadAddress).Select(r => r.File).Distinct(StringComparer.Ordinal);

        Assert.Empty(wrong.Except(s_saidToBeDead, StringComparer.Ordinal));
    }

    [Fact]
    public void Most_dead_addresses_are_recognised()
    {
        var hard = Read().Where(r => r.Hard).ToList();

        Assert.True(hard.Count > 40, $"Only {hard.Count} reports of dead addresses were found.");
        Assert.InRange(hard.Count(r => r.Read().Meaning == RefusalMeaning.DeadAddress), hard.Count * 3 / 4, hard.Count);
    }

    [Theory]
    [InlineData("mailboxfull", RefusalMeaning.Passing)]
    [InlineData("expired", RefusalMeaning.Passing)]
    [InlineData("authfailure", RefusalMeaning.NeedsPerson)]
    [InlineData("policyviolation", RefusalMeaning.NeedsPerson)]
    [InlineData("norelaying", RefusalMeaning.NeedsPerson)]
    public void What_the_set_says_of_the_reason_is_what_follows(string reason, RefusalMeaning meaning)
    {
        // An expired mail of a server that gave none of its codes is one that was refused for no reason.
        var reports = Read().Where(r => r.Reason == reason && !r.Hard && !s_saidToBeDead.Contains(r.File) && r.Said.Length > 0 && r.Status[0] is '4' or '5').ToList();

        Assert.NotEmpty(reports);
        var right = reports.Count(r => r.Read().Meaning == meaning);
        Assert.InRange(right, reports.Count * 4 / 5, reports.Count);
    }

    private static List<Report> Read()
    {
        var folder = Find();
        Assert.SkipWhen(folder is null, "There is no folder shared/mail-corpus beside the checkout: its delivery reports were not read.");
        var reports = new List<Report>();
        foreach (var group in File.ReadLines(Path.Combine(folder!, "reports-expected.tsv")).Skip(1).Select(l => l.Split('\t')).GroupBy(l => l[0], StringComparer.Ordinal))
        {
            var said = Recipients(Path.Combine(folder, "reports", group.Key));
            reports.AddRange(group.Where(l => l[4] is not ("feedback" or "vacation")).Zip(said, (line, fields) => new Report(
                group.Key, line[4], line[5] == "true", fields["Status"] ?? "5.0.0", Kind().Replace(fields["Diagnostic-Code"] ?? string.Empty, string.Empty))));
        }

        return reports;
    }

    // A file may hold what is no mail.
    private static IEnumerable<HeaderList> Recipients(string file)
    {
        using var message = MimeMessage.Load(file);
        return [.. message.BodyParts.OfType<MessageDeliveryStatus>().SelectMany(s => s.StatusGroups).Where(g => g.Contains("Action"))];
    }

    private static string? Find()
    {
        for (var at = new DirectoryInfo(Repository.Root); at is not null; at = at.Parent)
        {
            if (Path.Combine(at.FullName, "shared", "mail-corpus") is var folder && Directory.Exists(folder))
            {
                return folder;
            }
        }

        return null;
    }

    // "smtp; 550 …": of which kind the text is.
    [GeneratedRegex(@"^\s*[A-Za-z0-9-]+\s*;\s*", RegexOptions.None, 1000)]
    private static partial Regex Kind();

    [GeneratedRegex(@"^\s*([245]\d\d)\b", RegexOptions.None, 1000)]
    private static partial Regex Reply();

    private sealed record Report(string File, string Reason, bool Hard, string Status, string Said)
    {
        public Refusal Read()
        {
            var reply = Reply().Match(Said);
            return RefusalReader.Read(
                reply.Success ? int.Parse(reply.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : null, Status, Said, RefusedAt.Recipient);
        }
    }
}
