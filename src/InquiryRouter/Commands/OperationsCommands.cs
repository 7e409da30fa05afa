using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure;

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
        var list = new Command("list", "Lists what has stopped, by its cause and singly, with what was tried.") { TreatUnmatchedTokensAsErrors = false };
        list.Add(cause);
        list.Add(json);
        list.SetAction((parsed, cancellation) => ListAsync(parsed, parsed.GetValue(cause), parsed.GetValue(json), output, cancellation));
        return list;
    }

    private static Command RequeueCommand(TextWriter output)
    {
        var (ids, cause) = (Ids(ArgumentArity.ZeroOrMore), Cause());
        var all = new Option<bool>("--all") { Description = "All of it, whatever the cause." };
        var requeue = new Command("requeue", "Sends again what has stopped, once its cause is mended. What was done of it before is not done twice.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        requeue.Add(ids);
        requeue.Add(cause);
        requeue.Add(all);
        requeue.SetAction((parsed, cancellation) =>
            RequeueAsync(parsed, Choice(parsed.GetValue(ids)!, parsed.GetValue(cause), parsed.GetValue(all), "requeue"), output, cancellation));
        return requeue;
    }

    private static Command SetAsideCommand(TextWriter output)
    {
        var (ids, cause) = (Ids(ArgumentArity.ZeroOrMore), Cause());
        var reason = new Option<string?>("--reason") { Description = "Why, for whoever looks later. No names: it is seen in logs of the shell." };
        var setAside = new Command("set-aside", "Puts away what is not to be sent again; it can be taken back.") { TreatUnmatchedTokensAsErrors = false };
        setAside.Add(ids);
        setAside.Add(cause);
        setAside.Add(reason);
        setAside.SetAction((parsed, cancellation) => SetAsideAsync(
            parsed, Choice(parsed.GetValue(ids)!, parsed.GetValue(cause), all: false, "set-aside"), parsed.GetValue(reason)?.Trim(), output, cancellation));
        return setAside;
    }

    private static Command TakeBackCommand(TextWriter output)
    {
        var ids = Ids(ArgumentArity.OneOrMore);
        var takeBack = new Command("take-back", "Takes back what was set aside: it waits for a person as before.") { TreatUnmatchedTokensAsErrors = false };
        takeBack.Add(ids);
        takeBack.SetAction((parsed, cancellation) => TakeBackAsync(parsed, [.. parsed.GetValue(ids)!.Select(IdOf)], output, cancellation));
        return takeBack;
    }

    private static Argument<string[]> Ids(ArgumentArity arity) => new("ID") { Arity = arity, Description = "As 'operations list' shows them; several are separated by spaces." };

    private static Option<string?> Cause() => new("--cause") { Description = "Only what has this cause, as 'operations list' shows it." };

    private static async Task<int> ListAsync(ParseResult parsed, string? cause, bool asJson, TextWriter output, CancellationToken cancellation)
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
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{group.Cause}: {group.Count} {group.Type}, the oldest of {group.Oldest:yyyy-MM-dd HH:mm} UTC"));
        }

        foreach (var item in stopped.Waiting)
        {
            await WriteAsync(item, output);
        }

        if (stopped.SetAside.Count > 0)
        {
            await output.WriteLineAsync("Set aside; take one back with: InquiryRouter operations take-back ID");
        }

        foreach (var item in stopped.SetAside)
        {
            await WriteAsync(item, output);
        }

        var waiting = stopped.Groups.Sum(g => g.Count);
        var shown = waiting > stopped.Waiting.Count ? $" The {stopped.Waiting.Count} oldest are shown." : string.Empty;
        await output.WriteLineAsync(waiting == 0
            ? "Nothing has stopped."
            : $"{waiting} {(waiting == 1 ? "message has" : "messages have")} stopped.{shown} Send them again, once their cause is mended, with: InquiryRouter operations requeue ID, or --cause CAUSE, or --all");
        return 0;
    }

    private static async Task WriteAsync(StoppedItem item, TextWriter output)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{item.Id}  {item.Reference ?? "no inquiry"}  {item.Type}  {item.Cause}  of {item.Since:yyyy-MM-dd HH:mm} UTC{(item.SetAsideReason is { } reason ? $"  {reason}" : string.Empty)}"));
        foreach (var entry in item.History)
        {
            var times = entry.Times == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" {entry.Times} times since {entry.FirstAt:yyyy-MM-dd HH:mm:ss}, last");
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"    {entry.Action}{times} {entry.LastAt:yyyy-MM-dd HH:mm:ss} UTC: {entry.Who} {entry.Detail}").TrimEnd());
        }
    }

    private static async Task<int> RequeueAsync(ParseResult parsed, StoppedChoice choice, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var outcome = await services.GetRequiredService<RequeueStopped>().RunAsync(choice, Actor.Coordinator(Environment.UserName), cancellation);
        return await SayAsync(outcome, choice.Ids.Count, "sent again", "has stopped", output);
    }

    private static async Task<int> SetAsideAsync(ParseResult parsed, StoppedChoice choice, string? reason, TextWriter output, CancellationToken cancellation)
    {
        if (reason is not { Length: > 0 and <= LongestReason })
        {
            throw new CannotStartException($"Say why, in at most {LongestReason} characters: InquiryRouter operations set-aside ID --reason TEXT");
        }

        await using var services = CommandContext.Open(parsed);
        var outcome = await services.GetRequiredService<SetAsideStopped>().RunAsync(choice, reason, Actor.Coordinator(Environment.UserName), cancellation);
        return await SayAsync(outcome, choice.Ids.Count, "set aside", "has stopped", output);
    }

    private static async Task<int> TakeBackAsync(ParseResult parsed, IReadOnlyCollection<Guid> ids, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var outcome = await services.GetRequiredService<TakeBackStopped>().RunAsync(ids, Actor.Coordinator(Environment.UserName), cancellation);
        return await SayAsync(outcome, ids.Count, "taken back", "is set aside", output);
    }

    private static async Task<int> SayAsync(StoppedOutcome outcome, int asked, string done, string state, TextWriter output)
    {
        var others = asked > outcome.Done ? $" Of the others none {state}." : string.Empty;
        await output.WriteLineAsync(outcome.Done == 0
            ? $"Nothing that fits {state}. See what does with: InquiryRouter operations list"
            : $"{outcome.Done} {(outcome.Done == 1 ? "is" : "are")} {done}.{others}");
        return outcome.Done == 0 ? 1 : 0;
    }

    private static StoppedChoice Choice(IReadOnlyList<string> ids, string? cause, bool all, string command)
    {
        var ways = (ids.Count > 0 ? 1 : 0) + (cause is null ? 0 : 1) + (all ? 1 : 0);
        return ways == 1
            ? new StoppedChoice([.. ids.Select(IdOf)], cause)
            : throw new CannotStartException($"Say which, in one way: InquiryRouter operations {command} ID, or --cause CAUSE{(command == "requeue" ? ", or --all" : string.Empty)}");
    }

    private static Guid IdOf(string typed) => Guid.TryParse(typed, out var id)
        ? id
        : throw new CannotStartException($"'{typed}' is not an id. InquiryRouter operations list shows them, like 019ac0de-0000-7000-8000-000000000000.");
}
