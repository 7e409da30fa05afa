using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>What has stopped: it goes no further until a person decides.</summary>
/// <param name="Groups">What waits for a person, by cause and type.</param>
/// <param name="Waiting">The same singly, oldest first; not all, when there are many.</param>
/// <param name="SetAside">What a person has put away, oldest first.</param>
public sealed record Stopped(IReadOnlyList<StoppedGroup> Groups, IReadOnlyList<StoppedItem> Waiting, IReadOnlyList<StoppedItem> SetAside);

/// <param name="Type">The name of an event, or <see cref="Mail"/> and the state of mails.</param>
/// <param name="Oldest">When the first of them was made.</param>
/// <param name="Newest">When the last was.</param>
public sealed record StoppedGroup(string Cause, string Type, long Count, DateTimeOffset Oldest, DateTimeOffset Newest)
{
    /// <summary>What the type of mails begins with.</summary>
    public const string Mail = "mail";

    /// <summary>They are mails, and no messages of the bus.</summary>
    public bool OfMails => Type.StartsWith(Mail + " ", StringComparison.Ordinal);
}

/// <summary>One thing that has stopped. Ids and codes only.</summary>
/// <param name="Id">Names it, and stays the same when it is sent again.</param>
/// <param name="Cause">Why it stopped, as a code.</param>
/// <param name="Type">The name of an event, or <see cref="StoppedGroup.Mail"/> and the kind of a mail.</param>
/// <param name="Reference">Of the inquiry it is about; null: of none that is known.</param>
/// <param name="Since">When it was made.</param>
/// <param name="SetAsideReason">Why a person has put it away; null: it waits for one.</param>
/// <param name="CanBeSent">False: a mail whose text is gone, because whom it was about is erased; it can only be set aside.</param>
/// <param name="History">What was done about it, oldest first.</param>
public sealed record StoppedItem(
    Guid Id, string Cause, string Type, string? Reference, DateTimeOffset Since, string? SetAsideReason, bool CanBeSent,
    IReadOnlyList<StoppedEntry> History);

/// <summary>Something that happened to it, however often it did.</summary>
/// <param name="Action">What, as a code.</param>
/// <param name="Who">A consumer, a queue, the clock, or a person.</param>
/// <param name="Detail">Why, as a code; empty: nothing more is to be said.</param>
public sealed record StoppedEntry(string Action, string Who, string Detail, int Times, DateTimeOffset FirstAt, DateTimeOffset LastAt)
{
    internal static StoppedEntry Of(OutboxHistoryEntry entry) =>
        new(entry.Action, entry.Who, entry.Detail, entry.Times, entry.FirstAt, entry.LastAt);
}

/// <summary>Which of what has stopped: some by their ids, else all of a cause, else all.</summary>
public sealed record StoppedChoice(IReadOnlyCollection<Guid> Ids, string? Cause)
{
    /// <summary>For what is never done with all.</summary>
    /// <exception cref="InvalidOperationException">It names neither ids nor a cause.</exception>
    internal void MustSayWhich()
    {
        if (Ids.Count == 0 && Cause is null)
        {
            throw new InvalidOperationException("Neither ids nor a cause was named.");
        }
    }
}

/// <summary>What came of it.</summary>
/// <param name="Done">How many. Those that were in no such state, or that somebody else was first with, are not among them.</param>
/// <param name="MailsLeft">Mails that were meant or could have been, and were left: their text is gone, their address is dead, or they may have arrived.</param>
public sealed record StoppedOutcome(int Done, int MailsLeft = 0);
