using System.Text;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class PendingActionsOnSqlite() : PendingActionContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class PendingActionsOnSqlServer() : PendingActionContract(DatabaseProvider.SqlServer);

public abstract class PendingActionContract(DatabaseProvider provider) : StoreContract(provider)
{
    [Contract]
    public async Task What_is_begun_is_found_until_it_ends_and_ends_once()
    {
        var inquiry = await StoreInquiryAsync();
        var action = Action(inquiry.Id);
        await WriteAsync(tx => PendingActionStore.AddAsync(tx, action));

        var found = (await ReadAsync(s => PendingActionStore.FindAsync(s, inquiry.Id)))!;
        Assert.Equal(
            (action.Id, action.InquiryId, action.Form, action.Line, action.ActorName, action.UserId, action.DueAt),
            (found.Id, found.InquiryId, found.Form, found.Line, found.ActorName, found.UserId, found.DueAt));
        Assert.Equal(action.Sealed, found.Sealed);
        Assert.NotEmpty(found.WrappedKey);

        await WriteAsync(tx => PendingActionStore.EndAsync(tx, action.Id));
        Assert.Null(await ReadAsync(s => PendingActionStore.FindAsync(s, inquiry.Id)));
        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => PendingActionStore.EndAsync(tx, action.Id)));
    }

    [Contract]
    public async Task With_one_inquiry_one_thing_is_begun_at_a_time()
    {
        var (inquiry, other) = (await StoreInquiryAsync(), await StoreInquiryAsync());
        await WriteAsync(tx => PendingActionStore.AddAsync(tx, Action(inquiry.Id)));

        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => PendingActionStore.AddAsync(tx, Action(inquiry.Id))));
        await WriteAsync(tx => PendingActionStore.AddAsync(tx, Action(other.Id) with { UserId = null }));
        Assert.Null((await ReadAsync(s => PendingActionStore.FindAsync(s, other.Id)))!.UserId);
    }

    [Contract]
    public async Task It_goes_with_the_patient()
    {
        var inquiry = await StoreInquiryAsync();
        await WriteAsync(tx => PendingActionStore.AddAsync(tx, Action(inquiry.Id)));

        await WriteAsync(tx => ErasureStore.EraseAsync(tx, inquiry, Actor.Coordinator("Ana"), null, []));

        Assert.Equal(0, await ReadAsync(s => s.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM PendingAction")));
    }

    private PendingAction Action(Core.Intake.InquiryId inquiry) => new()
    {
        Id = Guid.CreateVersion7(), InquiryId = inquiry, Form = "take-back", Line = 3, ActorName = "Łucja", UserId = UserId.New(),
        Sealed = Encoding.UTF8.GetBytes("sealed"), DueAt = Now.AddSeconds(10),
    };
}
