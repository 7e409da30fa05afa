using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class DraftsOnSqlite() : DraftContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class DraftsOnSqlServer() : DraftContract(DatabaseProvider.SqlServer);

public abstract class DraftContract(DatabaseProvider provider) : StoreContract(provider)
{
    private readonly UserId _ana = UserId.New();
    private readonly UserId _ben = UserId.New();

    [Contract]
    public async Task A_draft_comes_back_to_who_wrote_it_in_its_form_and_to_nobody_else()
    {
        var inquiry = await StoreInquiryAsync();
        await SaveAsync(_ana, inquiry, "note", "أول مسودة", null, 10);
        await SaveAsync(_ana, inquiry, "ask", "second", null, 11);
        await SaveAsync(_ben, inquiry, "note", "Ben's", null, 12);

        var drafts = await ListAsync(_ana, inquiry);

        Assert.Equal(
            [("note", "أول مسودة", 10L, Now), ("ask", "second", 11L, Now)], drafts.Select(d => (d.Form, TextOf(d), d.Version, d.At)));
        Assert.Equal("Ben's", TextOf(Assert.Single(await ListAsync(_ben, inquiry))));
        Assert.Empty(await ListAsync(_ana, await StoreInquiryAsync()));
        Assert.Equal(3, (await ReadAsync(session => DraftStore.ListOfInquiryAsync(session, inquiry.Id))).Count);
    }

    [Contract]
    public async Task It_is_replaced_only_by_who_saw_it()
    {
        var inquiry = await StoreInquiryAsync();
        await SaveAsync(_ana, inquiry, "note", "one", null, 10);
        await SaveAsync(_ana, inquiry, "note", "two", 10, 20);

        await Assert.ThrowsAsync<ConflictException>(() => SaveAsync(_ana, inquiry, "note", "three", 10, 30));
        await Assert.ThrowsAsync<ConflictException>(() => SaveAsync(_ana, inquiry, "note", "three", null, 30));

        Assert.Equal(("two", 20L), (TextOf((await ListAsync(_ana, inquiry))[0]), (await ListAsync(_ana, inquiry))[0].Version));
        Assert.Equal(20, await ReadAsync(session => DraftStore.FindVersionAsync(session, _ana, inquiry.Id, "note")));
        Assert.Null(await ReadAsync(session => DraftStore.FindVersionAsync(session, _ben, inquiry.Id, "note")));
    }

    [Contract]
    public async Task Of_two_that_begin_at_once_one_is_kept()
    {
        var inquiry = await StoreInquiryAsync();
        var patient = (await ReadAsync(session => InquiryStore.FindPatientAsync(session, inquiry.Id)))!;

        var all = await AtOnceAsync(4, async i =>
        {
            await Database.WriteAsync(tx => DraftStore.SaveAsync(tx, _ana, inquiry.Id, "note", Sealed(patient, $"{i}"), null, i + 1));
            return true;
        });

        Assert.Equal(1, all.Count(a => a.Result));
        Assert.All(all.Where(a => a.Error is not null), a => Assert.IsType<ConflictException>(a.Error));
        Assert.Single(await ListAsync(_ana, inquiry));
    }

    [Contract]
    public async Task It_is_removed_by_who_saw_the_newest_and_with_the_patient()
    {
        var inquiry = await StoreInquiryAsync();
        await SaveAsync(_ana, inquiry, "note", "one", null, 10);
        await SaveAsync(_ana, inquiry, "ask", "two", null, 11);
        await WriteAsync(tx => DraftStore.RemoveAsync(tx, _ana, inquiry.Id, "note", 9));
        await WriteAsync(tx => DraftStore.RemoveAsync(tx, _ben, inquiry.Id, "note", 10));
        Assert.Equal(2, (await ListAsync(_ana, inquiry)).Count);

        await WriteAsync(tx => DraftStore.RemoveAsync(tx, _ana, inquiry.Id, "note", 10));
        Assert.Equal("ask", Assert.Single(await ListAsync(_ana, inquiry)).Form);
        await WriteAsync(tx => ErasureStore.EraseAsync(tx, inquiry, Actor.Stage("test"), why: null, []));

        Assert.Equal(0, await NumberAsync("SELECT COUNT(*) FROM Draft"));
        var patient = A.Vault.Seal(inquiry.Id, A.NewInquiry().Patient);
        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(
            tx => DraftStore.SaveAsync(tx, _ana, inquiry.Id, "note", Sealed(patient, "late"), null, 12)));
    }

    [Contract]
    public void A_version_never_comes_back()
    {
        Assert.Equal(Now.ToUnixTimeMilliseconds(), DraftStore.NextVersion(Now, null));
        Assert.Equal(Now.ToUnixTimeMilliseconds() + 6, DraftStore.NextVersion(Now, Now.ToUnixTimeMilliseconds() + 5));
    }

    private async Task SaveAsync(UserId user, InquiryRecord inquiry, string form, string text, long? was, long version)
    {
        var patient = (await ReadAsync(session => InquiryStore.FindPatientAsync(session, inquiry.Id)))!;
        await WriteAsync(tx => DraftStore.SaveAsync(tx, user, inquiry.Id, form, Sealed(patient, text), was, version));
    }

    private Task<IReadOnlyList<DraftRecord>> ListAsync(UserId user, InquiryRecord inquiry) =>
        ReadAsync(session => DraftStore.ListAsync(session, user, inquiry.Id));

    private static byte[] Sealed(Infrastructure.Privacy.SealedPatient patient, string text) =>
        DraftStore.Seal(A.Vault, patient, new Dictionary<string, string> { ["text"] = text });

    private static string TextOf(DraftRecord draft) => DraftStore.Open(A.Vault, draft)["text"];
}
