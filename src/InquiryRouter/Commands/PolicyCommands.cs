using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using InquiryRouter.Application.Policies;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Commands;

/// <summary>The policy: show it, check a changed one, see what it would have done, put it in force.</summary>
internal static class PolicyCommands
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var policy = new Command("policy", "The routing policy: weights of the score, near ties, approval, offers. Every change makes a new version.");
        var version = new Option<int?>("--version") { Description = "Another version than the one in force.", HelpName = "N" };
        var show = Leaf("show", "Prints the policy in force as a file you can edit, and all versions.", version);
        show.SetAction((parsed, cancellation) => ShowAsync(parsed, parsed.GetValue(version), output, cancellation));
        policy.Add(show);

        var file = new Argument<FileInfo>("FILE") { Description = "A policy as JSON, in the form that 'policy show' prints." };
        var check = Leaf("check", "Says whether a policy could be activated. Changes nothing.", file);
        check.SetAction((parsed, cancellation) => CheckAsync(parsed, parsed.GetValue(file)!, output, cancellation));
        policy.Add(check);

        var since = new Option<DateOnly>("--since")
        {
            Description = "The first day (UTC) whose decisions are looked at.", HelpName = "DATE", Required = true, CustomParser = Day,
        };
        var attempt = Leaf("try", "Makes past decisions again under a changed policy and shows which would have been others. Changes nothing.", file, since);
        attempt.SetAction((parsed, cancellation) => TryAsync(parsed, parsed.GetValue(file)!, parsed.GetValue(since), output, cancellation));
        policy.Add(attempt);

        var activate = Leaf("activate", "Puts a policy in force, from the next decision on; one that is in force already makes no new version.", file);
        activate.SetAction((parsed, cancellation) => ActivateAsync(parsed, parsed.GetValue(file)!, output, cancellation));
        policy.Add(activate);
        root.Add(policy);
    }

    private static Command Leaf(string name, string description, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        return command;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, int? version, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var policies = services.GetRequiredService<PolicyCache>();
        var policy = version is { } asked
            ? await policies.AtAsync(asked, cancellation) ?? throw new CommandRefusedException($"--version is {asked}; there is no such policy.")
            : await policies.CurrentAsync(cancellation);
        await output.WriteLineAsync(Encoding.UTF8.GetString(PolicyFile.Write(policy)));
        var all = await services.GetRequiredService<Database>().ReadAsync(PolicyStore.ListAsync, cancellation);
        foreach (var known in all)
        {
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{(known.Version == policy.Version ? "*" : " ")} version {known.Version}: {known.Name}, activated {known.ActivatedAt:yyyy-MM-dd HH:mm} UTC by {known.ActivatedBy}"));
        }

        return 0;
    }

    private static async Task<int> CheckAsync(ParseResult parsed, FileInfo file, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        return await ReadAsync(services, file, output, cancellation) is null ? CommandLine.Refused : await SayAsync(output, $"{file.Name} could be activated.");
    }

    private static async Task<int> ActivateAsync(ParseResult parsed, FileInfo file, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        if (await ReadAsync(services, file, output, cancellation) is not { } policy)
        {
            await output.WriteLineAsync("Nothing was activated.");
            return CommandLine.Refused;
        }

        return await SayAsync(output, await services.GetRequiredService<ActivatePolicy>().RunAsync(policy, CommandContext.Coordinator, cancellation) switch
        {
            Activation.InForce now => $"Policy version {now.Version} ({policy.Name}) is in force.",
            var same => $"Nothing has changed: policy version {same.Version} ({policy.Name}) is this policy, and stays in force.",
        });
    }

    private static async Task<int> TryAsync(ParseResult parsed, FileInfo file, DateOnly since, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        if (await ReadAsync(services, file, output, cancellation) is not { } policy)
        {
            return CommandLine.Refused;
        }

        var trial = (await services.GetRequiredService<TryPolicy>().RunAsync(
            policy, new DateTimeOffset(since, TimeOnly.MinValue, TimeSpan.Zero), cancellation))!;
        foreach (var changed in trial.Examples)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{changed.Reference}  {changed.At:yyyy-MM-dd HH:mm}  {Said(changed.Then)} -> {Said(changed.Now)}"));
        }

        if (trial.Changed > trial.Examples.Count)
        {
            await output.WriteLineAsync($"… and {trial.Changed - trial.Examples.Count} more.");
        }

        foreach (var (clinic, (then, now)) in trial.Balance.Where(b => b.Value.Then != b.Value.Now))
        {
            await output.WriteLineAsync($"  {clinic,-14} offered {then} times, would be {now}");
        }

        if (trial.Incomplete > 0)
        {
            await output.WriteLineAsync($"  {trial.Incomplete} decisions cannot be made again: what they were made from is not in this database any more.");
        }

        return await SayAsync(output, $"{trial.Changed} of {trial.All} decisions since {since:yyyy-MM-dd} would have been others. Nothing was changed.");
    }

    private static string Said(FirstOffer offer) => offer.Approval.Length == 0 ? offer.Clinic : $"{offer.Clinic} (after a yes: {offer.Approval})";

    private static async Task<Policy?> ReadAsync(ServiceProvider services, FileInfo file, TextWriter output, CancellationToken cancellation)
    {
        CommandContext.MustExist(file);

        var (policy, problems) = PolicyFile.Read(await File.ReadAllBytesAsync(file.FullName, cancellation), version: 0, services.GetRequiredService<ReferenceLists>());
        foreach (var problem in problems)
        {
            await output.WriteLineAsync($"{file.Name}: {problem.Field} is {(problem.Value.Length == 0 ? "not there" : problem.Value)}; allowed: {problem.Allowed}");
        }

        return policy;
    }

    private static async Task<int> SayAsync(TextWriter output, string sentence)
    {
        await output.WriteLineAsync(sentence);
        return 0;
    }

    private static DateOnly Day(ArgumentResult given)
    {
        if (DateOnly.TryParseExact(given.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        given.AddError($"--since is '{given.Tokens[0].Value}'. It is a day, like 2026-11-29.");
        return default;
    }
}
