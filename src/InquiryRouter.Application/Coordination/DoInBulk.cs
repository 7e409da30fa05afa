using System.Text.Json;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Application.Coordination;

/// <summary>What is done with each of many pieces of work.</summary>
public abstract record BulkDeed(string Code)
{
    public sealed record Take(Guid Owner) : BulkDeed("take");

    /// <param name="To">Null: everyone's.</param>
    public sealed record Give(Guid? To) : BulkDeed(To is null ? "pass" : "give");

    public sealed record Snooze(DateTimeOffset Until) : BulkDeed("snooze");

    public sealed record Finish() : BulkDeed("finish");
}

/// <summary>What became of one of many.</summary>
/// <param name="Seq">Which piece of work.</param>
/// <param name="Reference">Of its inquiry; null: it has none, or was gone.</param>
/// <param name="Skipped">Why nothing was done with it, as a code; null: it was done, or it was so already.</param>
/// <param name="After">Its version after it was done; null: it was not.</param>
/// <param name="OwnerId">Who had it before.</param>
/// <param name="OwnedAt">Since when.</param>
/// <param name="SnoozedUntil">Until when it was put off before.</param>
/// <param name="Kept">Why it could not be taken back, as a code; null: it was, or nobody has tried.</param>
public sealed record BulkItem(
    long Seq, string? Reference, string? Skipped, int? After, Guid? OwnerId, DateTimeOffset? OwnedAt, DateTimeOffset? SnoozedUntil,
    string? Kept = null)
{
    /// <summary>A code: it was closed before, by whatever it waited for or by somebody.</summary>
    public const string Closed = "closed";

    public bool IsDone => After is not null;
}

/// <summary>What became of all.</summary>
public sealed record BulkReport(Guid Id, string Deed, IReadOnlyList<BulkItem> Items, bool IsUndone);

/// <summary>
/// Does the same with many pieces of work: exactly those that were on screen, each only if it is still as it was seen there. What
/// was left alone is
/// reported with why, and all of it can be taken back.
/// </summary>
public sealed class DoInBulk(Work work, TakeWork take, GiveWork give, SnoozeWork snooze, FinishWork finish)
{
    /// <summary>A page of the inbox.</summary>
    public const int Most = 100;

    /// <param name="seen">Which, and as they were seen.</param>
    /// <param name="deed">What is done with each.</param>
    /// <param name="user">Who may take it back.</param>
    /// <param name="who">Who does it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>By what it is reported and taken back.</returns>
    public async Task<Guid> RunAsync(IReadOnlyList<SeenWork> seen, BulkDeed deed, UserId user, Actor who, CancellationToken cancellation)
    {
        var items = new List<BulkItem>();
        foreach (var one in seen.DistinctBy(s => s.Seq).Take(Most))
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }

            items.Add(await TryAsync(one, deed, who));
        }

        var action = new BulkAction { Id = Guid.NewGuid(), UserId = user, Deed = deed.Code, Items = Bulk.Write(items) };

        // What is done is done, and is reported even when the browser has gone.
        await work.ApplyAsync([new Store("bulk", tx => BulkActionStore.AddAsync(tx, action))], CancellationToken.None);
        return action.Id;
    }

    // Each by itself, and not to be cancelled in the middle: what one of them comes to does not hide what the others came to.
    private async Task<BulkItem> TryAsync(SeenWork one, BulkDeed deed, Actor who)
    {
        try
        {
            return await DoAsync(one, deed, who, CancellationToken.None);
        }
        catch (ConflictException)
        {
            return new BulkItem(one.Seq, null, TakeWork.Changed, null, null, null, null);
        }
    }

    private async Task<BulkItem> DoAsync(SeenWork one, BulkDeed deed, Actor who, CancellationToken cancellation)
    {
        var before = await work.ReadAsync(session => WorkStore.FindAsync(session, one.Seq), cancellation);
        var outcome = deed switch
        {
            BulkDeed.Take taken => await take.RunAsync(one, taken.Owner, who, cancellation),
            BulkDeed.Give given => await give.RunAsync(one, given.To, who, cancellation),
            BulkDeed.Snooze put => await snooze.RunAsync(one, put.Until, who, cancellation),
            _ => await finish.RunAsync(one, who, cancellation),
        };
        var item = new BulkItem(
            one.Seq, before?.Reference, Skipped: null, After: null, before?.OwnerId, before?.OwnedAt, before?.SnoozedUntil);
        return outcome switch
        {
            // Guarded by the version that was seen, each deed adds one: what a colleague does right after it is not taken for ours.
            Outcome.Done when one.Version is { } version => item with { After = version + 1 },
            Outcome.Done => item with
            {
                After = await work.ReadAsync(session => WorkStore.FindVersionAsync(session, one.Seq), cancellation),
            },
            Outcome.AlreadyDone => item,
            Outcome.NotPossible not => item with { Skipped = not.Why },
            _ => item with { Skipped = BulkItem.Closed },
        };
    }
}

/// <summary>What was done with many is taken back with all of them; one that was changed since stays as it is, and is reported.</summary>
public sealed class UndoBulk(Work work)
{
    /// <returns>Null: there is no such deed of theirs. What was taken back before is only reported.</returns>
    public async Task<BulkReport?> RunAsync(Guid id, UserId user, Actor who, CancellationToken cancellation)
    {
        if (await FindAsync(id, user, cancellation) is not { } report)
        {
            return null;
        }

        if (report.IsUndone)
        {
            return report;
        }

        var items = new List<BulkItem>();
        foreach (var item in report.Items)
        {
            items.Add(item.IsDone && !await TryAsync(item, who) ? item with { Kept = TakeWork.Changed } : item);
        }

        await work.WriteAsync(tx => BulkActionStore.UndoneAsync(tx, id, Bulk.Write(items)), CancellationToken.None);
        return await FindAsync(id, user, cancellation);
    }

    /// <summary>What became of it.</summary>
    /// <returns>Null: there is no such deed of theirs.</returns>
    public Task<BulkReport?> FindAsync(Guid id, UserId user, CancellationToken cancellation) => work.ReadAsync(
        async session => await BulkActionStore.FindAsync(session, user, id) is { } found
            ? new BulkReport(found.Id, found.Deed, Bulk.Read(found.Items), found.UndoneAt is not null)
            : null,
        cancellation);

    // What was opened again meanwhile stays as it is.
    private async Task<bool> TryAsync(BulkItem item, Actor who)
    {
        try
        {
            return await RestoreAsync(item, who, CancellationToken.None);
        }
        catch (ConflictException)
        {
            return false;
        }
    }

    private Task<bool> RestoreAsync(BulkItem item, Actor who, CancellationToken cancellation) => work.RunAsync(
        async session => await WorkStore.FindClosedOrOpenAsync(session, item.Seq) is { } found && found.Version == item.After
            ? (Found: found,
                Inquiry: WorkLedger.IsOfInquiry(found.Kind) ? await InquiryStore.FindAsync(session, found.InquiryId!.Value) : null)
            : default((OpenWork Found, InquiryRecord? Inquiry)?),
        facts => Task.FromResult<Decided<bool>>(
            facts is not var (found, inquiry) ? false
            : true.By<bool>(
                new Store("work restored", tx => WorkStore.RestoreAsync(tx, found, item.OwnerId, item.OwnedAt, item.SnoozedUntil)),
                inquiry is null
                    ? null : new WriteHistory(inquiry, new HistoryEvent.Worked("restored", WorkKinds.InHistory(found.Kind)), who),
                inquiry is null ? null : new LookAgain(inquiry.Id, who))),
        cancellation);
}

internal static class Bulk
{
    public static string Write(IReadOnlyList<BulkItem> items) => JsonSerializer.Serialize(items, JsonSerializerOptions.Web);

    public static IReadOnlyList<BulkItem> Read(string items) =>
        JsonSerializer.Deserialize<List<BulkItem>>(items, JsonSerializerOptions.Web)!;
}
