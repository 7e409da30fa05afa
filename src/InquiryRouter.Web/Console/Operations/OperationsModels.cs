using System.Globalization;
using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data.Stores.FollowUp;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Web.Console.Operations;

/// <param name="Groups">What has stopped, by cause and type.</param>
/// <param name="HeldBack">What goes on once sending is resumed; null: it is not held.</param>
/// <param name="Jobs">Of the clock, by name.</param>
public sealed record OperationsModel(
    IReadOnlyList<StoppedGroup> Groups, Health Health, WhatIsHeldBack? HeldBack, IReadOnlyList<ClockRun> Jobs, DateTimeOffset Now, ConsoleUser User);

/// <param name="After">Where the page before ended.</param>
/// <param name="Problem">Why nothing was done; null: nothing was asked for.</param>
public sealed record StoppedGroupModel(string Cause, string Type, long After, StoppedPage Page, StoppedProblem? Problem, ConsoleUser User);

/// <param name="Typed">As it was typed.</param>
/// <param name="Of">What it was typed for; null: all of the page.</param>
public sealed record StoppedProblem(string Text, string? Typed, Guid? Of);

public sealed record AsideModel(StoppedPage Page, ConsoleUser User);

/// <param name="Ids">As they were sent again.</param>
public sealed record TriesModel(IReadOnlyList<StoppedTry> Tries, IReadOnlyList<Guid> Ids)
{
    /// <summary>Some are on their way still: the page looks again by itself.</summary>
    public bool IsRunning => Tries.Any(t => t.Outcome is TryOutcome.Running or TryOutcome.Later);
}

/// <summary>What has stopped, in words.</summary>
internal static class OperationsWords
{
    private static readonly Dictionary<string, string> s_states = new(StringComparer.Ordinal)
    {
        [nameof(MailState.Failed)] = "Mails to addresses that do not exist", [nameof(MailState.Parked)] = "Mails that were refused",
        [nameof(MailState.Unconfirmed)] = "Mails that may have arrived", [nameof(MailState.Suppressed)] = "Mails to suppressed addresses",
    };

    /// <summary>A group's type.</summary>
    public static string Type(string type) => Rest(type) is { } state ? s_states.GetValueOrDefault(state, state) : $"Message {type}";

    /// <summary>An item's type.</summary>
    public static string Item(string type) => Rest(type) is { } kind ? $"Mail {kind}" : $"Message {type}";

    public static bool IsMail(string type) => Rest(type) is not null;

    public static string Cause(string cause) => MailCause.Sentence(cause) is var said && said != cause ? $"{cause}: {said}" : cause;

    public static string Entry(StoppedEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.Action}{(entry.Times > 1 ? $" {entry.Times} times, last" : null)} {ConsoleWords.Moment(entry.LastAt)} UTC: {entry.Who} {entry.Detail}").TrimEnd();

    public static (string Badge, string Text) Outcome(StoppedTry tried) => tried.Outcome switch
    {
        TryOutcome.Running => ("accent", "Being tried"),
        TryOutcome.Later => ("warn", "Failed, is tried again by itself"),
        TryOutcome.Done => ("good", "Done"),
        TryOutcome.NotWanted => ("good", "Not sent: it is not true any more"),
        TryOutcome.FailedAgain => ("bad", "Failed again"),
        TryOutcome.SetAside => ("warn", "Set aside"),
        TryOutcome.Gone => (string.Empty, "Not kept any more"),
        _ => throw new ArgumentOutOfRangeException(nameof(tried), tried.Outcome, null),
    };

    /// <summary>What goes on once sending is resumed, group by group.</summary>
    public static IEnumerable<(string What, HeldBack Group)> HeldBack(WhatIsHeldBack held) =>
    [
        .. held.Mails.Select(g => ($"Mail {g.What}", g)), .. held.Messages.Select(g => ($"Message {g.What}", g)),
        .. held.Due.Select(g => ($"Promise {g.What}", g)),
    ];

    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string? Rest(string type) => type.StartsWith(StoppedGroup.Mail + " ", StringComparison.Ordinal) ? type[(StoppedGroup.Mail.Length + 1)..] : null;
}
