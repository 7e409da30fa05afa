using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Settings;

namespace InquiryRouter.Hosting;

/// <summary>What works on a first day and is no way to run it: the start and <c>doctor</c> say so.</summary>
public static class Oversights
{
    // Kept for examples by RFC 2606 and RFC 6761: nobody's mail comes from there.
    private static readonly string[] s_examples = ["example", "test", "invalid", "localhost", "example.com", "example.net", "example.org"];

    /// <returns>Each with its subject, and with what to do; none in Development.</returns>
    public static IEnumerable<(string Subject, string Text)> Of(AppSettings settings)
    {
        if (settings.IsDevelopment)
        {
            yield break;
        }

        if (settings.Mail.Transport == MailTransportKind.Pickup)
        {
            yield return ("mail", "mails are written to files and reach nobody. Set Mail:Transport to Smtp, and Mail:Host.");
        }

        if (EmailRules.SenderDomain(settings.Mail.From) is { } domain && IsExample(domain))
        {
            yield return ("sender",
                $"Mail:From is of {domain}, which is an example: mail servers refuse what comes from there. Set it to an address of yours.");
        }

        if (settings.PublicUrl.IsLoopback)
        {
            yield return ("links",
                $"links in mails begin with {settings.PublicUrl.GetLeftPart(UriPartial.Authority)}, which leads nowhere but to this machine. "
                + "Set Mail:PublicUrl to the address patients and clinics reach.");
        }

        foreach (var unsaid in Unsaid(settings))
        {
            yield return ("brand", unsaid);
        }

        if (IsKeyBesideDatabase(settings))
        {
            yield return ("key",
                "the master key lies in the directory of the database: who copies the one has the other. "
                + "Set Privacy:MasterKeyFile to a place of its own, and keep a copy apart from the backups.");
        }
    }

    /// <summary>Whoever tells a stranger of an illness has a right to know whom: what of it is not said yet.</summary>
    internal static IEnumerable<string> Unsaid(AppSettings settings)
    {
        var face = settings.Face;
        if (!face.IsNamed)
        {
            yield return $"patients and clinics read '{face.Name}' where your name should stand. Set Brand:Name.";
        }

        if (face.Imprint is null)
        {
            yield return "no page says who is responsible. Set Brand:Imprint to an address, or write brand/imprint.txt in Data:Directory.";
        }

        if (face.Privacy is null)
        {
            yield return "no page says what you do with what patients tell you. "
                + "Set Brand:Privacy to an address, or write brand/privacy.txt in Data:Directory.";
        }

        if (face.ReplyAddress is null)
        {
            yield return $"an answer to a mail goes to {settings.Mail.From}, and mails ask not to answer. Set Brand:ReplyAddress.";
        }
    }

    private static bool IsExample(string domain) => Array.Exists(
        s_examples, e => domain.Equals(e, StringComparison.OrdinalIgnoreCase) || domain.EndsWith("." + e, StringComparison.OrdinalIgnoreCase));

    private static bool IsKeyBesideDatabase(AppSettings settings)
    {
        if (settings.Database.Provider != DatabaseProvider.Sqlite || !string.IsNullOrWhiteSpace(settings.Privacy.MasterKey))
        {
            return false;
        }

        var directory = Path.GetDirectoryName(SqliteFileLock.FileOf(settings.ConnectionString))! + Path.DirectorySeparatorChar;
        return Path.GetFullPath(settings.Privacy.MasterKeyFile ?? settings.Data.MasterKeyFile).StartsWith(directory, StringComparison.Ordinal);
    }
}
