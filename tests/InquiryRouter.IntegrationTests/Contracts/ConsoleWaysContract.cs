using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class ConsoleWaysOnSqlite() : ConsoleWaysContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class ConsoleWaysOnSqlServer() : ConsoleWaysContract(DatabaseProvider.SqlServer);

/// <summary>How people work in the console: preferences, views, what was done in bulk, neighbours in the list.</summary>
public abstract class ConsoleWaysContract(DatabaseProvider provider) : StoreContract(provider)
{
    private readonly UserId _ana = UserId.New();
    private readonly UserId _ben = UserId.New();

    [Contract]
    public async Task Preferences_are_each_persons_and_an_older_one_overwrites_none()
    {
        Assert.Equal(UserPreference.Default, await ReadAsync(s => PreferenceStore.FindAsync(s, _ana)));
        await WriteAsync(tx => PreferenceStore.SaveAsync(tx, _ana, new UserPreference { SingleKeys = false, GoesOn = true, Digest = false, Version = 0 }));
        await WriteAsync(tx => PreferenceStore.SaveAsync(tx, _ana, new UserPreference { SingleKeys = false, GoesOn = false, Digest = true, Version = 1 }));

        foreach (var version in new[] { 0, 1 })
        {
            await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(
                tx => PreferenceStore.SaveAsync(tx, _ana, new UserPreference { SingleKeys = true, GoesOn = true, Digest = false, Version = version })));
        }

        Assert.Equal(
            new UserPreference { SingleKeys = false, GoesOn = false, Digest = true, Version = 2 },
            await ReadAsync(s => PreferenceStore.FindAsync(s, _ana)));
        Assert.Equal(UserPreference.Default, await ReadAsync(s => PreferenceStore.FindAsync(s, _ben)));
    }

    [Contract]
    public async Task Views_are_ones_own_and_those_that_are_shared_and_only_who_made_one_removes_it()
    {
        var own = View(_ana, "Mine", shared: false);
        var shared = View(_ana, "Para todos", shared: true);
        var bens = View(_ben, "Ben's", shared: false);
        foreach (var view in new[] { own, shared, bens })
        {
            await WriteAsync(tx => SavedViewStore.AddAsync(tx, view));
        }

        Assert.Equal([own, shared], await ReadAsync(s => SavedViewStore.ListAsync(s, _ana, 10)));
        Assert.Equal([bens, shared], await ReadAsync(s => SavedViewStore.ListAsync(s, _ben, 10)));
        Assert.Single(await ReadAsync(s => SavedViewStore.ListAsync(s, _ana, 1)));
        Assert.False(await WriteAsync(tx => SavedViewStore.RemoveAsync(tx, _ben, shared.Id)));
        Assert.True(await WriteAsync(tx => SavedViewStore.RemoveAsync(tx, _ana, shared.Id)));

        Assert.Equal([bens], await ReadAsync(s => SavedViewStore.ListAsync(s, _ben, 10)));
    }

    [Contract]
    public async Task What_was_done_in_bulk_is_found_by_who_did_it_taken_back_once_and_kept_for_a_week()
    {
        var action = new BulkAction { Id = Guid.NewGuid(), UserId = _ana, Deed = "take", Items = "[1]" };
        await WriteAsync(tx => BulkActionStore.AddAsync(tx, action));

        Assert.Equal(action, await ReadAsync(s => BulkActionStore.FindAsync(s, _ana, action.Id)));
        Assert.Null(await ReadAsync(s => BulkActionStore.FindAsync(s, _ben, action.Id)));
        Assert.True(await WriteAsync(tx => BulkActionStore.UndoneAsync(tx, action.Id, "[2]")));
        Assert.False(await WriteAsync(tx => BulkActionStore.UndoneAsync(tx, action.Id, "[3]")));
        Assert.Equal(action with { Items = "[2]", UndoneAt = Now }, await ReadAsync(s => BulkActionStore.FindAsync(s, _ana, action.Id)));
        Assert.Equal(0, await WriteAsync(tx => BulkActionStore.SweepAsync(tx, tx.Now, 10)));
        Assert.Equal(1, await WriteAsync(tx => BulkActionStore.SweepAsync(tx, tx.Now.AddSeconds(1), 10)));
    }

    [Contract]
    public async Task Of_an_inquiry_the_newer_and_the_older_one_are_found_of_a_state_or_of_all()
    {
        var first = await StoreInquiryAsync();
        var second = await StoreInquiryAsync();
        var third = await StoreInquiryAsync();

        Assert.Equal((third.Reference, first.Reference), await ReadAsync(s => CaseStore.BesideAsync(s, null, second.Reference)));
        Assert.Equal(
            (third.Reference, first.Reference), await ReadAsync(s => CaseStore.BesideAsync(s, InquiryState.Received, second.Reference)));
        Assert.Equal((null, null), await ReadAsync(s => CaseStore.BesideAsync(s, InquiryState.Held, second.Reference)));
        Assert.Equal((null, second.Reference), await ReadAsync(s => CaseStore.BesideAsync(s, null, third.Reference)));
        Assert.Equal((null, null), await ReadAsync(s => CaseStore.BesideAsync(s, null, "IR-0000-0000")));
    }

    private static SavedView View(UserId owner, string name, bool shared) =>
        new() { Id = Guid.NewGuid(), OwnerId = owner, Name = name, Filter = "show=free&kind=held", Shared = shared };

    [Contract]
    public async Task The_list_is_gone_through_backwards_page_by_page_as_it_was_forwards()
    {
        var all = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            all.Insert(0, (await StoreInquiryAsync()).Reference);
        }

        foreach (var filter in new[] { new InquiryFilter(), new InquiryFilter { State = Core.Intake.InquiryState.Received } })
        {
            var first = await ReadAsync(s => InquiryListStore.ListAsync(s, filter, before: null, 2));
            var second = await ReadAsync(s => InquiryListStore.ListAsync(s, filter, first.Next, 2));
            var third = await ReadAsync(s => InquiryListStore.ListAsync(s, filter, second.Next, 2));
            Assert.Null(first.Newer);
            Assert.Equal(all, [.. Names(first), .. Names(second), .. Names(third)]);

            var back = await ReadAsync(s => InquiryListStore.ListNewerAsync(s, filter, third.Newer!.Value, 2));
            Assert.Equal(Names(second), Names(back));
            Assert.Equal(Names(third), Names(await ReadAsync(s => InquiryListStore.ListAsync(s, filter, back.Next, 2))));
            var front = await ReadAsync(s => InquiryListStore.ListNewerAsync(s, filter, back.Newer!.Value, 2));
            Assert.Equal(Names(first), Names(front));
            Assert.Null(front.Newer);
        }

        static string[] Names(InquiryPage page) => [.. page.Items.Select(i => i.Reference)];
    }
}
