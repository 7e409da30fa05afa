using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Commands;

/// <summary>What has stopped and waits for a person: seen, sent again, put away, taken back. Ids and codes only.</summary>
internal static class OperationsCommands
{
    private const int MostListed = 500;
    private const int LongestReason = 200;

    private static readonly JsonSerializerOptions s_json =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var operations = new Command("operations", "What has stopped, and goes no further until a person decides.");
        operations.Add(ListCommand(output));
        operations.Add(RequeueCommand(output));
        operations.Add(SetAsideCommand(output));
        operations.Add(TakeBackCommand(output));
        root.Add(operations);
    }

    private static Command ListCommand(TextWriter output)
    {
        var cause = Cause();
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var list = new Command("list", "Lists what has stopped, by its cause and singly, with what was tried.");
        list.Add(cause);
        list.Add(json);
        list.SetAction((parsed, cancellation) =>
            ListAsync(parsed, Typed.Code(parsed.GetValue(cause)), parsed.GetValue(json), output, cancellation));
        return list;
    }

    private static Command RequeueCommand(TextWriter output)
    {
        var (ids, cause) = (Ids(), Cause());
        var all = new Option<bool>("--all") { Description = "All messages, and all mails that were refused; not those to dead addresses, or that may have arrived." };
        var requeue = new Command(
            "requeue", "Sends again what has stopped, once its cause is mended. What was done of it before is not done twice.");
        requeue.Add(ids);
        requeue.Add(cause);
        requeue.Add(all);
        requeue.SetAction((parsed, cancellation) =>
        {
            var choice = Choice(
                "requeue", CommandContext.CodesOf(parsed.GetValue(ids)), Typed.Code(parsed.GetValue(cause)), parsed.GetValue(all));
            return RequeueAsync(parsed, choice, output, cancellation);
        });
        return requeue;
    }

    private static Command SetAsideCommand(TextWriter output)
    {
        var (ids, cause) = (Ids(), Cause());
        var reason = new Option<string?>("--reason")
        {
            Description = "Why, for whoever looks later. No names: the shell keeps what is typed.",
        };
        var setAside = new Command("set-aside", "Puts away what is not to be sent again; it can be taken back.");
        setAside.Add(ids);
        setAside.Add(cause);
        setAside.Add(reason);
        setAside.SetAction((parsed, cancellation) =>
        {
            var choice = Choice("set-aside", CommandContext.CodesOf(parsed.GetValue(ids)), Typed.Code(parsed.GetValue(cause)), all: false);
            return SetAsideAsync(parsed, choice, Typed.Line(parsed.GetValue(reason)), output, cancellation);
        });
        return setAside;
    }

    private static Command TakeBackCommand(TextWriter output)
    {
        var (ids, cause) = (Ids(), Cause());
        var takeBack = new Command("take-back", "Takes back what was set aside: it waits for a person as before.");
        takeBack.Add(ids);
        takeBack.Add(cause);
        takeBack.SetAction((parsed, cancellation) =>
        {
            var choice = Choice("take-back", CommandContext.CodesOf(parsed.GetValue(ids)), Typed.Code(parsed.GetValue(cause)), all: false);
            return TakeBackAsync(parsed, choice, output, cancellation);
        });
        return takeBack;
    }

    private static Argument<string[]> Ids() =>
        new("ID") { Arity = ArgumentArity.ZeroOrMore, Description = "As 'operations list' shows them; several are separated by spaces." };

    private static Option<string?> Cause() => new("--cause") { Description = "Only what has this cause, as 'operations list' shows it." };

    private static async Task<int> ListAsync(
        ParseResult parsed, string? cause, bool asJson, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var stopped = await services.GetRequiredService<ListStopped>().RunAsync(cause, MostListed, cancellation);
        if (asJson)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(stopped, s_json));
            return 0;
        }

        foreach (var group in stopped.Groups)
        {
            var oldest = FormattableString.Invariant($"{group.Oldest:yyyy-MM-dd HH:mm} UTC");
            await output.WriteLineAsync($"{group.Cause}: {group.Count} {group.Type}, the oldest of {oldest}");
        }

        var links = services.GetRequiredService<MailLinks>();
        foreach (var item in stopped.Waiting)
        {
            await WriteAsync(item, links, output);
        }

        if (stopped.SetAside.Count > 0)
        {
            await output.WriteLineAsync("Set aside; take one back with: InquiryRouter operations take-back ID, or all of a cause with --cause CAUSE");
            foreach (var item in stopped.SetAside)
            {
                await WriteAsync(item, links, output);
            }
        }

        await output.WriteLineAsync(Summary(stopped, cause));
        return 0;
    }

    private static string Summary(Stopped stopped, string? cause)
    {
        var waiting = stopped.Groups.Sum(g => g.Count);
        if (waiting == 0)
        {
            return cause is null
                ? "Nothing has stopped."
                : $"Nothing {(stopped.SetAside.Count > 0 ? "else " : string.Empty)}of the cause '{cause}' has stopped. "
                    + "What has, of any cause: InquiryRouter operations list";
        }

        var mails = stopped.Groups.Where(g => g.OfMails).Sum(g => g.Count);
        var what = string.Join(" and ", new[] { Counted(waiting - mails, "message"), Counted(mails, "mail") }.Where(c => c.Length > 0));
        var shown = waiting > stopped.Waiting.Count ? $" The {stopped.Waiting.Count} oldest are shown." : string.Empty;
        return $"{what} {(waiting == 1 ? "has" : "have")} stopped.{shown} "
            + "Send them again, once their cause is mended, with: InquiryRouter operations requeue ID, or --cause CAUSE, or --all";
    }

    private static string Counted(long number, string what) => number == 0 ? string.Empty : $"{number} {what}{(number == 1 ? string.Empty : "s")}";

    private static async Task WriteAsync(StoppedItem item, MailLinks links, TextWriter output)
    {
        var reference = item.Reference ?? "no inquiry";
        var line = FormattableString.Invariant($"{item.Id}  {reference}  {item.Type}  {item.Cause}  of {item.Since:yyyy-MM-dd HH:mm} UTC");
        await output.WriteLineAsync(item.SetAsideReason is { } reason ? $"{line}  {reason}" : line);
        if (!item.CanBeSent)
        {
            await output.WriteLineAsync("    Its text is gone, so it cannot be sent again: set it aside.");
        }

        if (item.Reference is { } known)
        {
            await output.WriteLineAsync($"    {links.Console(known)}");
        }

        foreach (var entry in item.History)
        {
            var times = entry.Times == 1 ? string.Empty : FormattableString.Invariant($" {entry.Times} times since {entry.FirstAt:yyyy-MM-dd HH:mm:ss}, last");
            var what = FormattableString.Invariant($"    {entry.Action}{times} {entry.LastAt:yyyy-MM-dd HH:mm:ss} UTC: {entry.Who} {entry.Detail}");
            await output.WriteLineAsync(what.TrimEnd());
        }
    }

    private static async Task<int> RequeueAsync(ParseResult parsed, StoppedChoice choice, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var outcome = await services.GetRequiredService<RequeueStopped>().RunAsync(choice, CommandContext.Coordinator, cancellation);
        if (choice.Ids.Count == 0 && choice.Cause is null && outcome.MailsLeft > 0)
        {
            await output.WriteLineAsync(
                $"{Counted(outcome.MailsLeft, "mail")} left out: the address is dead, it may have arrived already, or its text is gone. "
                + "Name them, or their cause, to send them again.");
        }

        return await SayAsync(outcome, choice.Ids.Count, "tried again", "has stopped and can be sent", output);
    }

    private static async Task<int> SetAsideAsync(
        ParseResult parsed, StoppedChoice choice, string? reason, TextWriter output, CancellationToken cancellation)
    {
        if (reason is not { Length: > 0 and <= LongestReason })
        {
            throw new CannotStartException(
                $"Say why, in at most {LongestReason} characters: InquiryRouter operations set-aside ID --reason TEXT");
        }

        await using var services = CommandContext.Open(parsed);
        var outcome = await services.GetRequiredService<SetAsideStopped>().RunAsync(choice, reason, CommandContext.Coordinator, cancellation);
        return await SayAsync(outcome, choice.Ids.Count, "set aside", "has stopped", output);
    }

    private static async Task<int> TakeBackAsync(
        ParseResult parsed, StoppedChoice choice, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var outcome = await services.GetRequiredService<TakeBackStopped>().RunAsync(choice, CommandContext.Coordinator, cancellation);
        return await SayAsync(outcome, choice.Ids.Count, "taken back", "is set aside", output);
    }

    private static async Task<int> SayAsync(StoppedOutcome outcome, int asked, string done, string state, TextWriter output)
    {
        if (outcome.Done == 0)
        {
            await output.WriteLineAsync($"Nothing that fits {state}. See what does with: InquiryRouter operations list");
            return 1;
        }

        var others = asked > outcome.Done ? $" Of the others none {state}." : string.Empty;
        await output.WriteLineAsync($"{outcome.Done} {(outcome.Done == 1 ? "is" : "are")} {done}.{others}");
        return 0;
    }

    private static StoppedChoice Choice(string command, string[] ids, string? cause, bool all)
    {
        var ways = (ids.Length > 0 ? 1 : 0) + (cause is null ? 0 : 1) + (all ? 1 : 0);
        return ways == 1
            ? new StoppedChoice([.. ids.Select(IdOf)], cause)
            : throw new CannotStartException(
                $"Say which, in one way: InquiryRouter operations {command} ID, or --cause CAUSE"
                + (command == "requeue" ? ", or --all" : string.Empty));
    }

    private static Guid IdOf(string typed) => Guid.TryParse(typed, out var id)
        ? id
        : typed.StartsWith('-') ? throw new CannotStartException($"'{typed}' is not an option of this command.")
        : throw new CannotStartException(
            $"'{typed}' is not an id. 'InquiryRouter operations list' shows them, like 019ac0de-0000-7000-8000-000000000000.");
}
