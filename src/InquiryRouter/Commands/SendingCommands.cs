using System.CommandLine;
using InquiryRouter.Application.Operations;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Commands;

/// <summary>Sending after a restoring: what waits, and the word that lets it go on. Kinds, numbers and references only.</summary>
internal static class SendingCommands
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var show = new Command("show", "Shows whether sending is held since a restoring, and what goes out once it is resumed.");
        show.SetAction((parsed, cancellation) => ShowAsync(parsed, output, cancellation));
        var park = new Option<bool>("--park-mails")
        {
            Description = "Mails that waited in the backup stay parked, each for a person to send or put away: they may have been sent since.",
        };
        var resume = new Command("resume", "Lets everything go on. Look at 'sending show' first.") { park };
        resume.SetAction((parsed, cancellation) => ResumeAsync(parsed, parsed.GetValue(park), output, cancellation));
        root.Add(new Command("sending", "Sending is held after a restoring, until a person has seen what would be sent.") { show, resume });
    }

    /// <summary>What is held back, in lines.</summary>
    public static async Task WriteAsync(WhatIsHeldBack held, TextWriter output)
    {
        var of = held.Hold.BackupAt is { } at ? FormattableString.Invariant($"a backup of {at:yyyy-MM-dd HH:mm} UTC") : "a backup";
        await output.WriteLineAsync(FormattableString.Invariant($"Sending is held since {held.Hold.Since:yyyy-MM-dd HH:mm} UTC: {held.Hold.Who} restored {of}. What goes on when it is resumed:"));
        await WriteAsync("mails", held.Mails, output);
        await WriteAsync("messages between stages", held.Messages, output);
        await WriteAsync("promises that have fallen due", held.Due, output);
        if (held.OnTheirWay.Count > 0)
        {
            var more = held.OnTheirWay.Count == ReadHeldBack.MostNamed ? ", and perhaps more" : string.Empty;
            await output.WriteLineAsync(
                $"  offered to a clinic, though one may have been asked since the backup: {string.Join(", ", held.OnTheirWay)}{more}");
        }
    }

    private static async Task WriteAsync(string what, IReadOnlyList<HeldBack> groups, TextWriter output)
    {
        await output.WriteLineAsync(groups.Count == 0 ? $"  {what}: none" : $"  {what}:");
        foreach (var group in groups)
        {
            await output.WriteLineAsync(FormattableString.Invariant($"    {group.Number,7} {group.What}, the oldest of {group.Oldest:yyyy-MM-dd HH:mm} UTC"));
        }
    }

    private static async Task<int> ShowAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        if (await services.GetRequiredService<ReadHeldBack>().RunAsync(cancellation) is not { } held)
        {
            await output.WriteLineAsync("Sending is not held.");
            return 0;
        }

        await WriteAsync(held, output);
        await output.WriteLineAsync("To let it go on: InquiryRouter sending resume, or with --park-mails when mails of the backup may have been sent.");
        return 0;
    }

    private static async Task<int> ResumeAsync(ParseResult parsed, bool parkMails, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        await output.WriteLineAsync(await services.GetRequiredService<ResumeSending>().RunAsync(parkMails, CommandContext.Coordinator, cancellation) switch
        {
            null => "Sending was not held: nothing was done.",
            0 => "Everything goes on.",
            { } parked => $"Everything goes on but {parked} mail{(parked == 1 ? string.Empty : "s")} that waited in the backup. "
                + "See them with: InquiryRouter operations list --cause restored",
        });
        return 0;
    }
}
