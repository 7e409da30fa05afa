using System.CommandLine;
using System.Globalization;
using InquiryRouter.Application;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Commands;

/// <summary>The inbox of the coordinators: what needs a person, taken, given on, put off, done.</summary>
internal static class WorkCommands
{
    private const int PageSize = 100;
    private const string Everyone = "everyone";

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var work = new Command("work", "What needs a person: urgent first, then by the moment it is due.");
        work.Add(ListCommand(output));
        work.Add(TakeCommand(output));
        work.Add(GiveCommand(output));
        work.Add(SnoozeCommand(output));
        work.Add(DoneCommand(output));
        root.Add(work);
    }

    private static Command ListCommand(TextWriter output)
    {
        var kind = new Option<string[]>("--kind") { Description = $"Only of this kind, several times for several: {string.Join(", ", WorkKinds.All.Select(WorkKinds.Code))}." };
        var mine = new Option<bool>("--mine") { Description = "Only what you have taken." };
        var free = new Option<bool>("--free") { Description = "Only what nobody has taken, or somebody who is not there." };
        var snoozed = new Option<bool>("--snoozed") { Description = "What was put off instead of what was not." };
        var after = new Option<long?>("--after") { Description = "The page behind this one: the last ID of the page before." };
        var list = new Command("list", "Lists it, a hundred at a time, and counts the kinds.");
        list.Add(kind);
        list.Add(mine);
        list.Add(free);
        list.Add(snoozed);
        list.Add(after);
        list.SetAction(async (parsed, cancellation) =>
        {
            await using var services = CommandContext.Open(parsed);
            var filter = new WorkFilter
            {
                Kinds = [.. CommandContext.CodesOf(parsed.GetValue(kind)).Select(KindOf)],
                OwnerId = parsed.GetValue(mine) ? await MeAsync(services, cancellation) : null,
                Free = parsed.GetValue(free),
                Snoozed = parsed.GetValue(snoozed),
            };
            return await ListAsync(services, filter, parsed.GetValue(after), output, cancellation);
        });
        return list;
    }

    private static Command TakeCommand(TextWriter output)
    {
        var (id, version) = (Id(), Version());
        var take = new Command("take", "Makes one yours: others see that you are at it. It is everyone's again when half of its time has passed.");
        take.Add(id);
        take.Add(version);
        take.SetAction(async (parsed, cancellation) =>
        {
            await using var services = CommandContext.Open(parsed);
            var outcome = await services.GetRequiredService<TakeWork>().RunAsync(
                Seen(parsed, id, version), await MeAsync(services, cancellation), CommandContext.Coordinator, cancellation);
            return await SayAsync(outcome, "It is yours.", "It is yours already.", output);
        });
        return take;
    }

    private static Command GiveCommand(TextWriter output)
    {
        var (id, version) = (Id(), Version());
        var to = new Argument<string>("NAME") { Description = $"Whom to; '{Everyone}': whoever comes next." };
        var give = new Command("give", "Gives one to somebody else, or back to everyone.");
        give.Add(id);
        give.Add(to);
        give.Add(version);
        give.SetAction(async (parsed, cancellation) =>
        {
            await using var services = CommandContext.Open(parsed);
            var name = CommandContext.CodeOf(parsed.GetValue(to));
            Guid? owner = name == Everyone ? null : await FindAsync(services, name, cancellation) ?? throw new CommandRefusedException($"There is nobody called '{name}'.");
            var outcome = await services.GetRequiredService<GiveWork>().RunAsync(Seen(parsed, id, version), owner, CommandContext.Coordinator, cancellation);
            return await SayAsync(outcome, owner is null ? "It is everyone's." : $"It is with {name}.", "It is there already.", output);
        });
        return give;
    }

    private static Command SnoozeCommand(TextWriter output)
    {
        var (id, version) = (Id(), Version());
        var until = new Argument<string>("UNTIL") { Description = "When it comes back by itself: 2026-12-01 or 2026-12-01T14:00, UTC." };
        var snooze = new Command("snooze", "Puts one off. It comes back by itself, sooner when something is added to it.");
        snooze.Add(id);
        snooze.Add(until);
        snooze.Add(version);
        snooze.SetAction(async (parsed, cancellation) =>
        {
            var typed = CommandContext.CodeOf(parsed.GetValue(until));
            if (!DateTimeOffset.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
            {
                throw new CommandRefusedException($"'{typed}' is no moment. It looks like 2026-12-01, or 2026-12-01T14:00.");
            }

            await using var services = CommandContext.Open(parsed);
            var outcome = await services.GetRequiredService<SnoozeWork>().RunAsync(Seen(parsed, id, version), moment, CommandContext.Coordinator, cancellation);
            return await SayAsync(
                outcome, string.Create(CultureInfo.InvariantCulture, $"It comes back on {moment:yyyy-MM-dd HH:mm} UTC."), "It does already.", output);
        });
        return snooze;
    }

    private static Command DoneCommand(TextWriter output)
    {
        var (id, version) = (Id(), Version());
        var done = new Command("done", "Says that you have read what only asks to be read. Everything else goes when it is answered.");
        done.Add(id);
        done.Add(version);
        done.SetAction(async (parsed, cancellation) =>
        {
            await using var services = CommandContext.Open(parsed);
            var outcome = await services.GetRequiredService<FinishWork>().RunAsync(Seen(parsed, id, version), CommandContext.Coordinator, cancellation);
            return await SayAsync(outcome, "It is done.", "It is done already.", output);
        });
        return done;
    }

    private static Argument<long> Id() => new("ID") { Description = "As 'work list' shows it." };

    private static Option<int?> Version() =>
        new("--version-seen") { Description = "Only if it is still as you saw it; the list shows its version behind the ID." };

    private static SeenWork Seen(ParseResult parsed, Argument<long> id, Option<int?> version) => new(parsed.GetValue(id), parsed.GetValue(version));

    private static WorkKind KindOf(string code) => WorkKinds.Of(code)
        ?? throw new CommandRefusedException($"'{code}' is no kind of work. There are: {string.Join(", ", WorkKinds.All.Select(WorkKinds.Code))}.");

    private static Task<Guid?> FindAsync(IServiceProvider services, string name, CancellationToken cancellation) =>
        services.GetRequiredService<Work>().ReadAsync(session => services.GetRequiredService<IOwners>().FindAsync(session, name), cancellation);

    private static async Task<Guid> MeAsync(IServiceProvider services, CancellationToken cancellation) =>
        await FindAsync(services, CommandContext.Coordinator.Name, cancellation)
        ?? throw new CommandRefusedException($"'{CommandContext.Coordinator.Name}' is nobody who can take work.");

    private static async Task<int> ListAsync(IServiceProvider services, WorkFilter filter, long? after, TextWriter output, CancellationToken cancellation)
    {
        var list = services.GetRequiredService<ListWork>();
        var place = after is not { } last ? null
            : await list.FindAsync(last, cancellation) is { } found ? WorkPlace.Of(found.Work)
            : throw new CommandRefusedException($"There is no open work {last} any more: begin with the first page.");
        var (me, now) = (await MeAsync(services, cancellation), services.GetRequiredService<Work>().Now);
        var items = await list.RunAsync(filter, place, PageSize, cancellation);
        foreach (var item in items)
        {
            await output.WriteLineAsync(Line(item, me, now));
        }

        if (items.Count == PageSize)
        {
            await output.WriteLineAsync($"More with: --after {items[^1].Work.Seq}");
        }

        var counts = await services.GetRequiredService<CountWork>().RunAsync(cancellation);
        foreach (var count in counts)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{WorkKinds.Code(count.Kind)}: {count.Number}{(count.Late > 0 ? $", {count.Late} late" : string.Empty)}"));
        }

        await output.WriteLineAsync(counts.Count == 0 ? "Nothing needs a person." : $"{counts.Sum(c => c.Number)} open in all.");
        return 0;
    }

    private static string Line(WorkItem item, Guid me, DateTimeOffset now)
    {
        var work = item.Work;
        var about = work.Reference ?? work.ClinicCode ?? (work.MailId ?? work.MessageId)?.ToString() ?? string.Empty;
        var owner = item.Owner is { } who ? who == me ? "  yours" : "  taken" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture,
            $"{work.Seq} ({work.Version})  {about}  {WorkKinds.Code(work.Kind)}{(work.Urgent ? "  URGENT" : string.Empty)}{owner}  due {work.DueAt:yyyy-MM-dd HH:mm} UTC{(work.DueAt < now ? " LATE" : string.Empty)}, since {work.Since:yyyy-MM-dd HH:mm}{(work.Reason.Length > 0 ? $"  {work.Reason}" : string.Empty)}");
    }

    private static async Task<int> SayAsync(Outcome outcome, string done, string already, TextWriter output)
    {
        await output.WriteLineAsync(outcome switch
        {
            Outcome.Done => done,
            Outcome.AlreadyDone => already,
            Outcome.NotFound => throw new CommandRefusedException("There is no such open work: it may have been answered. See: InquiryRouter work list"),
            Outcome.NotPossible { Why: TakeWork.Changed } => throw new CommandRefusedException("It has changed since you saw it; nothing was done. See: InquiryRouter work list"),
            Outcome.NotPossible { Why: GiveWork.NotThere } => throw new CommandRefusedException("They are not there at this moment; nothing was done."),
            Outcome.NotPossible { Why: SnoozeWork.IsUrgent } => throw new CommandRefusedException("An emergency is not put off."),
            Outcome.NotPossible { Why: SnoozeWork.WrongMoment } =>
                throw new CommandRefusedException($"It can be put off until a moment in the next {(int)SnoozeWork.Longest.TotalDays} days."),
            Outcome.NotPossible { Why: FinishWork.NotByReading } => throw new CommandRefusedException(
                "Reading does not answer this: it goes by itself when it is answered (release, pair, operations, an import). See docs/operating.md."),
            _ => throw new InvalidOperationException($"{outcome} is not known."),
        });
        return 0;
    }
}
