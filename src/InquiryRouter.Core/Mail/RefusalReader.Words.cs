using System.Text.RegularExpressions;

namespace InquiryRouter.Core.Mail;

/// <content>What servers say, in small letters.</content>
public static partial class RefusalReader
{
    [GeneratedRegex("""\s+""", RegexOptions.None, 1000)]
    private static partial Regex Space();

    [GeneratedRegex("""[^\s<>]*@[^\s<>]+|https?://\S+""", RegexOptions.None, 1000)]
    private static partial Regex NoWords();

    /// <summary>An enhanced code at the beginning of a text, perhaps behind the reply.</summary>
    [GeneratedRegex("""^\s*(?:[245]\d\d[ -])?(?<class>[245])\.(?<detail>\d{1,3}\.\d{1,3})(?!\S)""", RegexOptions.None, 1000)]
    private static partial Regex AtBeginning();

    [GeneratedRegex("""^\s*(?<class>[245])\.(?<detail>\d{1,3}\.\d{1,3})\b""", RegexOptions.None, 1000)]
    private static partial Regex Alone();

    /// <summary>Lists of addresses that send what nobody wants, and those who keep them.</summary>
    [GeneratedRegex(
        """block ?list|black[ -]?list|deny ?list|\brbl\b|dnsbl|spamhaus|spamcop|barracuda|\bsorbs\b"""
        + """|blocked (?:using|by)|(?<!not )listed (?:in|on|at|by)\b|reputation"""
        + """|host (?:is )?(?:blocked|rejected)|address (?:is )?blocked""",
        RegexOptions.None, 1000)]
    private static partial Regex BlockListWords();

    /// <summary>Proofs that a mail is of its sender's domain.</summary>
    [GeneratedRegex("""\bspf\b|\bdkim\b|\bdmarc\b|unauthenticated|\barc (?:seal|chain)""", RegexOptions.None, 1000)]
    private static partial Regex AuthenticationWords();

    [GeneratedRegex("""\bptr\b|\brdns\b|reverse[ -](?:dns|lookup|host)""", RegexOptions.None, 1000)]
    private static partial Regex ReverseDnsWords();

    [GeneratedRegex(
        """relay(?:ing)?(?: \w+){0,2} (?:denied|not|prohibited|forbidden|refused)"""
        + """|not (?:permitted |allowed |configured |authori[sz]ed )?(?:to )?relay""",
        RegexOptions.None, 1000)]
    private static partial Regex RelayWords();

    /// <summary>Of the sender, who is us.</summary>
    [GeneratedRegex(
        """sender(?:'s)? (?:address |domain |email )?(?:is )?(?:rejected|denied|refused|blocked|unknown|invalid|not|verif|does not)"""
        + """|(?:verify|verification of|validate) (?:the )?sender|callout""",
        RegexOptions.None, 1000)]
    private static partial Regex SenderWords();

    [GeneratedRegex("""\bspam|\bube\b|\buce\b|unsolicited|\bvirus|malware|phishing|bulk mail""", RegexOptions.None, 1000)]
    private static partial Regex SpamWords();

    [GeneratedRegex(
        """too (?:large|big|long)|(?:size|length) (?:exceeds|exceeded|limit)"""
        + """|exceeds (?:the )?(?:fixed )?(?:maximum|size|limit)|maximum (?:message )?size""",
        RegexOptions.None, 1000)]
    private static partial Regex TooLargeWords();

    [GeneratedRegex(
        """(?:mailbox|inbox|folder|user)(?: for \S+)?(?: is)? full|\bquota\b"""
        + """|insufficient (?:system )?storage|no space left|out of storage""",
        RegexOptions.None, 1000)]
    private static partial Regex FullWords();

    [GeneratedRegex("""gr[ea]y[ -]?list""", RegexOptions.None, 1000)]
    private static partial Regex GreylistWords();

    [GeneratedRegex(
        """too busy|too many|rate[ -]limit|(?:sending|sent|receiving mail) (?:to )?too (?:fast|quickly)"""
        + """|too quickly|at a rate|not accepting connections"""
        + """|(?:service|server|system)(?: is)?(?: currently| temporarily)? (?:unavailable|not available|busy|overloaded)""",
        RegexOptions.None, 1000)]
    private static partial Regex BusyWords();

    [GeneratedRegex(
        """try (?:it |again |your message )*later|try again"""
        + """|(?:retry|resend|send) (?:it |again |your message )*later|\blater\b|temporar|plus tard|más tarde"""
        + """|sp[aä]ter""",
        RegexOptions.None, 1000)]
    private static partial Regex LaterWords();

    /// <summary>The clear words, and no others.</summary>
    [GeneratedRegex(
        """(?:user|recipient|mailbox|account|address)(?: is)? unknown"""
        + """|unknown (?:user|recipient|mailbox|account|local[ -]?part)"""
        + """|no such (?:user|recipient|mailbox|account|address|person|local user)"""
        + """|(?:user|recipient|mailbox|account)(?: was| could)? not (?:be )?(?:found|exist)"""
        + """|(?:user|recipient|mailbox|account|email address|e-mail address)(?: \S+){0,7} (?:does not|doesn't|doesn´t|doesn’t) exist"""
        + """|this user (?:does not|doesn't) have an? |(?:user|recipient)(?: \S+){0,2} not listed in""",
        RegexOptions.None, 1000)]
    private static partial Regex UnknownUserWords();

    /// <summary>What makes "user unknown" speak of somebody else.</summary>
    [GeneratedRegex("""sender|mail from|return[ -]path|envelope|\bverif""", RegexOptions.None, 1000)]
    private static partial Regex AboutSender();
}
