using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;

namespace InquiryRouter.Core.Screening.Duplicates;

/// <summary>What an inquiry is found by. Stored by name.</summary>
public enum SearchKind
{
    /// <summary>An address of the patient, or of who asks for them.</summary>
    Mail,

    Phone,

    /// <summary>The spelling key of the name, with the year of birth.</summary>
    Name,

    /// <summary>The words of a message long enough to be somebody's own, when it has a sign of spam.</summary>
    Message,
}

/// <summary>In clear, and only in memory: what is stored is its keyed hash.</summary>
public sealed record SearchKey(SearchKind Kind, string Text);

/// <summary>What an inquiry is found by, normalised so that the same person writing it differently is found.</summary>
public static class SearchKeys
{
    /// <summary>A shorter message is written by many ("please send me information").</summary>
    public const int LettersOfOwnMessage = 60;

    private static readonly string[] s_dotless = ["gmail.com", "googlemail.com"];

    /// <summary>All of them, each once.</summary>
    /// <param name="patient">Whom it is about, and what was written.</param>
    /// <param name="birthYear">The patient's.</param>
    /// <param name="withMessage">By the message too: only of what has a sign of spam, where copies count.</param>
    public static IReadOnlyList<SearchKey> Of(PatientData patient, int birthYear, bool withMessage)
    {
        var keys = Mails(patient).Select(m => new SearchKey(SearchKind.Mail, m)).ToList();
        if (patient.Phone is { } phone)
        {
            keys.Add(new SearchKey(SearchKind.Phone, PhoneNumber.Key(phone)));
        }

        if (PersonName.Of(patient.Name).Key is { Length: > 0 } name)
        {
            keys.Add(new SearchKey(SearchKind.Name, string.Create(CultureInfo.InvariantCulture, $"{name}|{birthYear}")));
        }

        if (withMessage && Message(patient.Message) is { } message)
        {
            keys.Add(new SearchKey(SearchKind.Message, message));
        }

        return keys;
    }

    /// <summary>Where mail of this inquiry goes, of the patient and of who asks for them.</summary>
    public static IReadOnlyList<string> Mails(PatientData patient) =>
        [.. new[] { patient.Email, patient.InquirerEmail }.OfType<string>().Select(Mail).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// The mailbox an address leads to (<see cref="Mailbox.Key"/>), without a plus tag; at Gmail without dots as well, which it ignores.
    /// </summary>
    public static string Mail(string address)
    {
        var key = Mailbox.Key(address);
        var at = key.LastIndexOf('@');
        var (local, domain) = at < 0 ? (key, string.Empty) : (key[..at], key[(at + 1)..]);
        if (local.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus)
        {
            local = local[..plus];
        }

        if (s_dotless.Contains(domain, StringComparer.Ordinal))
        {
            (local, domain) = (local.Replace(".", string.Empty, StringComparison.Ordinal), s_dotless[0]);
        }

        return $"{local}@{domain}";
    }

    private static string? Message(string? message)
    {
        if (message is null || message.Length < LettersOfOwnMessage)
        {
            return null;
        }

        var text = PlainText.Normalise(message);
        return text.Count(c => c != ' ') >= LettersOfOwnMessage ? text : null;
    }
}
