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

        if (IsKeyBesideDatabase(settings))
        {
            yield return ("key",
                "the master key lies in the directory of the database: who copies the one has the other. "
                + "Set Privacy:MasterKeyFile to a place of its own, and keep a copy apart from the backups.");
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
