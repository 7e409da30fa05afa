namespace InquiryRouter.Core.Mail;

/// <summary>Why a mail waits or stands still: codes that are stored, and the sentence a coordinator reads.</summary>
public static class MailCause
{
    public const string NotConnected = "not-connected";
    public const string SignInFailed = "sign-in-failed";
    public const string ConnectionLost = "connection-lost";
    public const string TimedOut = "time-out";
    public const string NotWritten = "not-written";
    public const string NoAnswer = "no-answer-after-data";
    public const string UnknownTwice = "unknown";
    public const string Unreadable = "unreadable";
    public const string Suppressed = "suppressed";
    public const string Restored = "restored";
    public const string NoUnicodeAddresses = "no-unicode-addresses";

    private static readonly Dictionary<string, string> s_sentences = new(StringComparer.Ordinal)
    {
        [NotConnected] = "The mail server cannot be reached.",
        [SignInFailed] = "The mail server does not take our user name and password.",
        [ConnectionLost] = "The connection to the mail server ended in the middle.",
        [TimedOut] = "The mail server did not answer in time.",
        [NotWritten] = "The mail file could not be written.",
        [NoAnswer] = "The whole mail was sent, and no answer came: it may have arrived.",
        [UnknownTwice] = "It was handed over without an answer: it may have arrived.",
        [Unreadable] = "The mail cannot be opened or written: is the master key the one it was sealed under?",
        [Restored] = "It waited when the backup was made that the database was restored from: it may have been sent since.",
        [Suppressed] = "An earlier mail to this address was refused for good.",
        [NoUnicodeAddresses] =
            "The name before the @ is not in ASCII letters, and our mail server does not pass such addresses on (it offers no SMTPUTF8).",
        [RefusalReason.NoSuchMailbox] = "The receiver's server says that there is no such mailbox.",
        [RefusalReason.NoSuchDomain] = "The domain of the address takes no mail.",
        [RefusalReason.BadAddress] = "The address is not written as one.",
        [RefusalReason.MailboxMoved] = "The mailbox has moved, and the server does not say where to.",
        [RefusalReason.MailboxDisabled] = "The mailbox is disabled.",
        [RefusalReason.MailboxFull] = "The mailbox is full.",
        [RefusalReason.Greylisted] = "The receiver's server wants to see a second try.",
        [RefusalReason.Busy] = "The receiver's server is too busy, or finds that we send too much.",
        [RefusalReason.TryLater] = "The receiver's server asks to try later.",
        [RefusalReason.SenderRefused] = "The receiver's server does not accept our sender address. Check Mail:From and the DNS of its domain.",
        [RefusalReason.Authentication] = "Our mail fails SPF, DKIM or DMARC. Check the DNS records of the sender's domain and Mail:Dkim*.",
        [RefusalReason.ReverseDns] = "The address our mail server sends from has no matching name (PTR record). Its operator can set one.",
        [RefusalReason.BlockList] = "The address our mail server sends from is on a block list. Ask its operator to have it taken off.",
        [RefusalReason.Spam] = "Our mail was taken for spam.",
        [RefusalReason.Relaying] = "Our mail server does not pass mail on for us. Check Mail:Host, Mail:Username and Mail:From.",
        [RefusalReason.SignIn] = "The mail server wants us to sign in. Check Mail:Username and Mail:Password.",
        [RefusalReason.Policy] = "A rule of the receiver's server refuses our mail.",
        [RefusalReason.TooLarge] = "The mail is too large for the receiver's server.",
        [RefusalReason.Content] = "The receiver's server cannot take the form of the mail.",
        [RefusalReason.Routing] = "The receiver's server does not deliver to this address: often there is no such mailbox.",
        [RefusalReason.Protocol] = "The receiver's server did not accept a command. Is Mail:Host a mail server of ours?",
        [RefusalReason.Unexplained] = "The receiver's server refused the mail and did not say why.",
    };

    /// <summary>What a code means; one of another version explains itself by its name.</summary>
    public static string Sentence(string code) => s_sentences.GetValueOrDefault(code, code);
}
