namespace InquiryRouter.Core.Mail;

/// <summary>What a server's no means for a mail.</summary>
public enum RefusalMeaning
{
    /// <summary>It passes: the mailbox is full, the server is busy or wants to see a second try.</summary>
    Passing,

    /// <summary>The address takes no mail and will not: nothing is sent to it any more.</summary>
    DeadAddress,

    /// <summary>It accuses the sender or the content, or explains nothing: a person must look, and the address is not to blame.</summary>
    NeedsPerson,
}

/// <summary>At which step a server said no.</summary>
public enum RefusedAt
{
    /// <summary>Before it knew for whom the mail is (<c>MAIL FROM</c>): never the fault of an address.</summary>
    Sender,

    /// <summary>At the recipient, or in a delivery report, which speaks of one.</summary>
    Recipient,

    /// <summary>At the content; a mail of ours has one recipient, so it may still be about them.</summary>
    Content,
}

/// <summary>A no that was understood.</summary>
/// <param name="Meaning">What follows.</param>
/// <param name="Reason">A code of <see cref="RefusalReason"/>.</param>
public readonly record struct Refusal(RefusalMeaning Meaning, string Reason);

/// <summary>Why a mail was not taken: short codes for records, lists and mails to coordinators.</summary>
public static class RefusalReason
{
    public const string NoSuchMailbox = "no-such-mailbox";
    public const string NoSuchDomain = "no-such-domain";
    public const string BadAddress = "bad-address";
    public const string MailboxMoved = "mailbox-moved";
    public const string MailboxDisabled = "mailbox-disabled";

    public const string MailboxFull = "mailbox-full";
    public const string Greylisted = "greylisted";
    public const string Busy = "busy";
    public const string TryLater = "try-later";

    public const string SenderRefused = "sender-refused";
    public const string Authentication = "authentication-failed";
    public const string ReverseDns = "reverse-dns";
    public const string BlockList = "block-list";
    public const string Spam = "taken-for-spam";
    public const string Relaying = "relaying-denied";
    public const string SignIn = "sign-in-required";
    public const string Policy = "policy";
    public const string TooLarge = "too-large";
    public const string Content = "content";
    public const string Routing = "routing";
    public const string Protocol = "protocol";
    public const string Unexplained = "unexplained";
}
