using System.Text;
using InquiryRouter.TestSupport;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.FaultTests.Support.Canary;

/// <summary>Words nobody else would write, and the search for them, in every form a program may turn a text into.</summary>
internal static class CanarySearch
{
    /// <summary>Who somebody is and what they wrote: only where they, or who writes to them, must read it.</summary>
    public static readonly IReadOnlyList<string> Person =
    [
        "Canaryanna", "canary.anna", "4155550132", "Canarymessage", "Canaryparent", "canary.parent", "Canaryform", "canary.form", "Canaryspam", "nobody.canary", "refused.canary",
        "Canarywrong", "canary.wrong", "Canarymalformed", "Canaryoversized", "Canarytext", "Canaryflood", "Canaryremark", "Canarylink", "Canarykey",
    ];

    /// <summary>Also what they have and where they came from: in the database until they are erased, and in nothing that leaves it by itself.</summary>
    public static readonly IReadOnlyList<string> All = [.. Person, "lupus", "Canarycampaign", "Canarycondition", "canarypage"];

    private const int ShortestGroups = 8;

    private static readonly string[] s_databaseFiles = ["", "-wal", "-shm"];

    /// <summary>Which of the words are in these bytes.</summary>
    public static IReadOnlyList<string> Find(string place, ReadOnlySpan<byte> bytes, IReadOnlyList<string> words)
    {
        var found = new List<string>();
        foreach (var word in words)
        {
            foreach (var form in Forms(word))
            {
                if (bytes.IndexOf(form) >= 0)
                {
                    found.Add($"{word} in {place}");
                    break;
                }
            }
        }

        return found;
    }

    public static IReadOnlyList<string> Find(string place, string text, IReadOnlyList<string> words) => Find(place, Encoding.UTF8.GetBytes(text), words);

    /// <summary>The files of the database: itself, its log, its index of the log.</summary>
    public static IReadOnlyList<string> OfDatabase(string file, IReadOnlyList<string> words) =>
        [.. s_databaseFiles.Select(end => file + end).Where(File.Exists).SelectMany(f => Find(Path.GetFileName(f), SharedFile.Read(f), words))];

    /// <summary>Everything that leaves the database by itself: outbox bodies, errors beside them, history.</summary>
    public static IReadOnlyList<string> OfRows(string databaseFile, IReadOnlyList<string> words)
    {
        using var connection = new SqliteConnection($"Data Source={databaseFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT 'Outbox', Body || ' ' || COALESCE(LastError, '') FROM Outbox UNION ALL SELECT 'Mail', Kind || ' ' || COALESCE(LastError, '') FROM Mail
            UNION ALL SELECT 'AuditEntry', Action || ' ' || ActorName || ' ' || COALESCE(Detail, '') FROM AuditEntry
            UNION ALL SELECT 'Inbox', Consumer FROM Inbox UNION ALL SELECT 'Suppression', Reason FROM Suppression
            UNION ALL SELECT 'MailTry', Outcome FROM MailTry
            """;
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
        {
            found.AddRange(Find(reader.GetString(0), reader.GetString(1), words));
        }

        return found;
    }

    private static IEnumerable<byte[]> Forms(string word)
    {
        string[] spellings = [word, word.ToLowerInvariant(), word.ToUpperInvariant(), Uri.EscapeDataString(word)];
        foreach (var spelling in spellings.Distinct(StringComparer.Ordinal))
        {
            yield return Encoding.UTF8.GetBytes(spelling);
            yield return Encoding.Unicode.GetBytes(spelling);
        }

        // Wherever it begins within Base64's groups of three.
        for (var shift = 0; shift < 3; shift++)
        {
            // Without its first and last group, which depend on the neighbours; a short rest would be found in anything.
            var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', shift) + word));
            var whole = text[(shift == 0 ? 0 : 4)..^4];
            if (whole.Length >= ShortestGroups)
            {
                yield return Encoding.ASCII.GetBytes(whole);
            }
        }
    }
}
