using System.Globalization;
using System.Text.RegularExpressions;

namespace InquiryRouter.Core.Mail;

/// <summary>
/// Reads a server's no, in an SMTP conversation or in a delivery report. An address is given up only for what is on a short list: a code that
/// says so (RFC 3463), or without a code the clear words for an unknown user. Everything else waits or is left to a person.
/// </summary>
public static partial class RefusalReader
{
    // What matters stands at the beginning; some servers add pages.
    private const int LongestText = 2000;

    private static readonly Dictionary<string, string> s_deadByStatus = new(StringComparer.Ordinal)
    {
        ["1.1"] = RefusalReason.NoSuchMailbox, ["1.2"] = RefusalReason.NoSuchDomain, ["1.3"] = RefusalReason.BadAddress,
        ["1.6"] = RefusalReason.MailboxMoved, ["1.10"] = RefusalReason.NoSuchMailbox, ["2.1"] = RefusalReason.MailboxDisabled,
    };

    private static readonly HashSet<string> s_dead = [.. s_deadByStatus.Values];

    private static readonly HashSet<string> s_passing =
        [RefusalReason.MailboxFull, RefusalReason.Greylisted, RefusalReason.Busy, RefusalReason.TryLater];

    /// <param name="reply">The three digits of the answer (RFC 5321); null: a report that names none.</param>
    /// <param name="status">The enhanced code (RFC 3463), with or without words behind it; null: none. One that the text begins with counts more.</param>
    /// <param name="text">What the server said; its words are read and not kept.</param>
    /// <param name="at">At which step.</param>
    public static Refusal Read(int? reply, string? status, string text, RefusedAt at)
    {
        text = text.Length > LongestText ? text[..LongestText] : text;

        // Addresses and links are left out: they are made of words, too.
        var words = Space().Replace(NoWords().Replace(text, " "), " ").ToLowerInvariant();
        var code = StatusOf(AtBeginning().Match(text)) ?? StatusOf(Alone().Match(status ?? string.Empty));
        var reason = ReasonOf(reply, code?.Detail, words);
        if (s_dead.Contains(reason) && at == RefusedAt.Sender)
        {
            reason = RefusalReason.SenderRefused;
        }

        // What is temporary may still say why; when it has lasted too long, that is what a person reads.
        var temporary = reply is >= 400 and < 500 || code?.Class == '4';
        return temporary
            ? new(RefusalMeaning.Passing, reason == RefusalReason.Unexplained ? RefusalReason.TryLater : reason)
            : new(s_passing.Contains(reason) ? RefusalMeaning.Passing : s_dead.Contains(reason) ? RefusalMeaning.DeadAddress : RefusalMeaning.NeedsPerson, reason);
    }

    // Words that accuse us come first: servers put them behind any code, 5.1.1 among them.
    private static string ReasonOf(int? reply, string? detail, string words) =>
        Accused(words)
        ?? (TooLargeWords().IsMatch(words) ? RefusalReason.TooLarge
        : FullWords().IsMatch(words) ? RefusalReason.MailboxFull
        : GreylistWords().IsMatch(words) ? RefusalReason.Greylisted
        : BusyWords().IsMatch(words) ? RefusalReason.Busy
        : LaterWords().IsMatch(words) ? RefusalReason.TryLater
        : detail is not null ? OfStatus(reply, detail)
        : OfReply(reply) ?? (IsUnknownUser(words) ? RefusalReason.NoSuchMailbox : RefusalReason.Unexplained));

    private static string? Accused(string words) =>
        AuthenticationWords().IsMatch(words) ? RefusalReason.Authentication
        : BlockListWords().IsMatch(words) ? RefusalReason.BlockList
        : ReverseDnsWords().IsMatch(words) ? RefusalReason.ReverseDns
        : RelayWords().IsMatch(words) ? RefusalReason.Relaying
        : SenderWords().IsMatch(words) ? RefusalReason.SenderRefused
        : SpamWords().IsMatch(words) ? RefusalReason.Spam
        : null;

    private static string OfStatus(int? reply, string detail) => detail switch
    {
        _ when s_deadByStatus.TryGetValue(detail, out var dead) => dead,
        "1.7" or "1.8" or "7.27" => RefusalReason.SenderRefused,
        "2.2" => RefusalReason.MailboxFull,
        "2.3" or "3.4" => RefusalReason.TooLarge,
        "3.1" or "3.2" or "4.5" or "5.3" => RefusalReason.Busy,
        "7.25" => RefusalReason.ReverseDns,
        "7.20" or "7.21" or "7.22" or "7.23" or "7.24" or "7.26" or "7.509" => RefusalReason.Authentication,
        _ when detail.StartsWith("7.", StringComparison.Ordinal) => OfReply(reply) ?? RefusalReason.Policy,
        _ when detail.StartsWith("6.", StringComparison.Ordinal) => RefusalReason.Content,
        _ when detail.StartsWith("5.", StringComparison.Ordinal) => RefusalReason.Protocol,
        _ when detail.StartsWith("4.", StringComparison.Ordinal) => RefusalReason.Routing,
        _ => RefusalReason.Unexplained,
    };

    // Replies that say by themselves what it is about.
    private static string? OfReply(int? reply) => reply switch
    {
        523 => RefusalReason.TooLarge,
        530 or 534 or 535 or 538 => RefusalReason.SignIn,
        552 => RefusalReason.MailboxFull,
        >= 500 and <= 504 => RefusalReason.Protocol,
        _ => null,
    };

    // "User unknown" of a server that looked for our sender is not about the recipient.
    private static bool IsUnknownUser(string words) => UnknownUserWords().IsMatch(words) && !AboutSender().IsMatch(words);

    // x.0.0 is what a server or a report says that knows no code: none.
    private static (char Class, string Detail)? StatusOf(Match match) =>
        match.Success && match.Groups["detail"].ValueSpan is not "0.0" ? (match.Groups["class"].Value[0], match.Groups["detail"].Value) : null;

    /// <summary>The codes of an answer for the record, without its words: <c>550 5.1.1</c>.</summary>
    /// <param name="reply">Its three digits.</param>
    /// <param name="text">What the server said.</param>
    public static string Codes(int reply, string text)
    {
        var match = AtBeginning().Match(text);
        var digits = reply.ToString(CultureInfo.InvariantCulture);
        return match.Success ? $"{digits} {match.Groups["class"].Value}.{match.Groups["detail"].Value}" : digits;
    }
}
