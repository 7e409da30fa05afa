using System.CommandLine;
using System.Globalization;
using System.Text;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Commands;

/// <summary>The policy: show it, check a changed one, see what it would have done, put it in force.</summary>
internal static class PolicyCommands
{
    private const int PageSize = 200;
    private const int MostShown = 50;

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

        var since = new Option<DateOnly>("--since") { Description = "The first day (UTC) whose decisions are looked at.", HelpName = "DATE", Required = true };
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
        var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
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
            ? await policies.AtAsync(asked, cancellation) ?? throw new CannotStartException($"--version is {asked}; there is no such policy.")
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

        await services.GetRequiredService<PolicyCache>().StoreShippedAsync(cancellation);
        var database = services.GetRequiredService<Database>();
        try
        {
            var (version, isNew) = await database.WriteAsync(
                async tx =>
                {
                    var inForce = await PolicyStore.VersionAsync(tx);
                    if (await PolicyStore.IsSameAsync(tx, policy with { Version = inForce }))
                    {
                        return (inForce, false);
                    }

                    await PolicyStore.ActivateAsync(tx, policy with { Version = inForce + 1 }, Environment.UserName);
                    return (inForce + 1, true);
                },
                cancellation: cancellation);
            return await SayAsync(output, isNew
                ? $"Policy version {version} ({policy.Name}) is in force."
                : $"Nothing has changed: policy version {version} ({policy.Name}) is this policy, and stays in force.");
        }
        catch (ConflictException exception)
        {
            throw new CannotStartException("Somebody else activated a policy at this moment. Look at it with: InquiryRouter policy show", exception);
        }
    }

    private static async Task<int> TryAsync(ParseResult parsed, FileInfo file, DateOnly since, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        if (await ReadAsync(services, file, output, cancellation) is not { } policy)
        {
            return CommandLine.Refused;
        }

        var database = services.GetRequiredService<Database>();
        var decisions = new Decisions(services);
        var from = new DateTimeOffset(since, TimeOnly.MinValue, TimeSpan.Zero);
        var (all, changed, last) = (0, 0, 0L);
        var balance = new SortedDictionary<string, (int Then, int Now)>(StringComparer.Ordinal);
        while (true)
        {
            var page = await database.ReadAsync(session => MatchStore.ListSinceAsync(session, from, last, PageSize), cancellation);
            foreach (var (seq, stored) in page)
            {
                var inputs = await decisions.OfStoredAsync(stored, cancellation);
                var (then, now) = (First(inputs.Decide(), inputs), First(inputs with { Policy = policy }));
                Count(balance, then.Clinic, 1, 0);
                Count(balance, now.Clinic, 0, 1);
                all++;
                last = seq;
                if (then != now && ++changed <= MostShown)
                {
                    var inquiry = await database.ReadAsync(session => InquiryStore.FindAsync(session, stored.InquiryId), cancellation);
                    await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{inquiry!.Reference}  {stored.At:yyyy-MM-dd HH:mm}  {then} -> {now}"));
                }
            }

            if (page.Count < PageSize)
            {
                break;
            }
        }

        if (changed > MostShown)
        {
            await output.WriteLineAsync($"… and {changed - MostShown} more.");
        }

        foreach (var (clinic, (then, now)) in balance.Where(b => b.Value.Then != b.Value.Now))
        {
            await output.WriteLineAsync($"  {clinic,-14} first {then} times, would be {now}");
        }

        return await SayAsync(output, $"{changed} of {all} decisions since {since:yyyy-MM-dd} would have been others. Nothing was changed.");
    }

    private static First First(DecisionInputs inputs) => First(inputs.Decide(), inputs);

    private static First First(MatchDecision decision, DecisionInputs inputs) => decision.IsHeld
        ? new First("held", string.Empty)
        : new First(decision.Ranked[0].Clinic, string.Join(' ', ApprovalRules.Reasons(decision, inputs.Facts, inputs.Index, inputs.Policy, inputs.At)));

    private static void Count(SortedDictionary<string, (int Then, int Now)> balance, string clinic, int then, int now)
    {
        var known = balance.GetValueOrDefault(clinic);
        balance[clinic] = (known.Then + then, known.Now + now);
    }

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
}

/// <summary>Where a decision sends an inquiry first, and what it waits for.</summary>
internal readonly record struct First(string Clinic, string Approval)
{
    public override string ToString() => Approval.Length == 0 ? Clinic : $"{Clinic} (after a yes: {Approval})";
}
