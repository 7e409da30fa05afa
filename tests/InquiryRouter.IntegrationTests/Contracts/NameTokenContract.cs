using System.Security.Cryptography;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class NameTokenOnSqlite() : NameTokenContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class NameTokenOnSqlServer() : NameTokenContract(DatabaseProvider.SqlServer);

public abstract class NameTokenContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly Actor s_screening = Actor.Stage("screening");
    private readonly byte[] _ana = Token();
    private readonly byte[] _beatriz = Token();
    private readonly byte[] _garcia = Token();

    [Contract]
    public async Task What_has_all_the_words_is_found_newest_first_and_no_more_than_asked_for()
    {
        var first = await AddAsync(_ana, _garcia);
        var second = await AddAsync(_garcia, _ana, _beatriz);
        await AddAsync(_ana);

        Assert.Equal([second.Reference, first.Reference], await FindAsync([_garcia, _ana]));
        Assert.Equal([second.Reference], await FindAsync([_beatriz, _garcia, _ana]));
        Assert.Equal([second.Reference], await FindAsync([_garcia], take: 1));
        Assert.Empty(await FindAsync([Token(), _ana]));
        Assert.Equal(3, await ReadAsync(session => NameTokenStore.CountAsync(session, _ana)));
        Assert.Equal(0, await ReadAsync(session => NameTokenStore.CountAsync(session, Token())));
    }

    [Contract]
    public async Task A_year_of_birth_and_a_country_leave_out_the_others()
    {
        var one = await AddAsync(Of(1984, "US"), _ana);
        var two = await AddAsync(Of(1990, "MX"), _ana);

        Assert.Equal([one.Reference], await FindAsync([_ana], new NameNarrowing(Born: 1984)));
        Assert.Equal([two.Reference], await FindAsync([_ana], new NameNarrowing(Country: "MX")));
        Assert.Empty(await FindAsync([_ana], new NameNarrowing(1984, "MX")));
    }

    [Contract]
    public async Task Stored_a_second_time_they_change_nothing_and_the_transaction_goes_on()
    {
        var id = (await AddAsync(_ana, _garcia)).Id;

        await WriteAsync(async tx =>
        {
            await NameTokenStore.AddAsync(tx, id, [_ana, _garcia]);
            await NameTokenStore.AddAsync(tx, id, []);
        });

        Assert.Equal(2, await NumberAsync("SELECT COUNT(*) FROM NameToken"));
    }

    [Contract]
    public async Task As_many_as_there_can_be_are_stored_and_not_one_more()
    {
        var tokens = Enumerable.Range(0, NameWords.Most).Select(_ => Token()).ToArray();
        await AddAsync(tokens);

        Assert.Equal(NameWords.Most, await NumberAsync("SELECT COUNT(*) FROM NameToken"));
        await Assert.ThrowsAsync<ArgumentException>(() => AddAsync([.. tokens, _ana]));
    }

    [Contract]
    public async Task A_corrected_inquiry_is_found_by_the_new_words_only_and_an_erased_one_by_none()
    {
        var one = await AddAsync(_ana, _garcia);
        var other = await AddAsync(_garcia);

        await WriteAsync(tx => NameTokenStore.ReplaceAsync(tx, one.Id, [_beatriz]));
        Assert.Equal([other.Reference], await FindAsync([_garcia]));
        Assert.Equal([one.Reference], await FindAsync([_beatriz]));

        await WriteAsync(tx => ErasureStore.EraseAsync(tx, one, Actor.Patient, null, []));
        Assert.Empty(await FindAsync([_beatriz]));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM NameToken"));
    }

    [Contract]
    public async Task A_reference_is_found_by_its_beginning_and_an_erased_one_is_not()
    {
        var one = await StoreInquiryAsync();
        var other = await StoreInquiryAsync();

        Assert.Contains(one.Reference, await BeginningAsync(one.Reference[3..6].ToLowerInvariant()));
        Assert.Equal([other.Reference], (await BeginningAsync(other.Reference[..11])));
        await WriteAsync(tx => ErasureStore.EraseAsync(tx, other, Actor.Patient, null, []));
        Assert.Empty(await BeginningAsync(other.Reference[..11]));
    }

    [Contract]
    public async Task Old_inquiries_are_filled_in_once_those_that_have_words_or_wait_for_screening_or_were_corrected_meanwhile_are_left_alone()
    {
        var old = await ScreenedAsync();
        var known = await ScreenedAsync();
        await WriteAsync(tx => NameTokenStore.AddAsync(tx, known.Id, [_ana]));
        await StoreInquiryAsync();
        var corrected = await ScreenedAsync();

        Assert.Equal(0, await ReadAsync(NameTokenStore.FindBackfillAsync));
        var (upTo, found) = Assert.NotNull(await ReadAsync(session => NameTokenStore.ListBackfillAsync(session, 0, 10)));
        Assert.Equal(3, found.Count);
        await WriteAsync(async tx =>
        {
            var patient = (await InquiryStore.FindPatientAsync(tx, corrected.Id))!;
            await InquiryStore.CorrectAsync(tx, corrected.Id, corrected.Facts, A.Vault.Reseal(patient, A.Vault.Open(patient)));
        });
        await WriteAsync(async tx =>
        {
            Assert.True(await NameTokenStore.SetBackfillAsync(tx, 0, upTo));
            foreach (var read in found)
            {
                await NameTokenStore.FillAsync(tx, read, [_ana, _garcia]);
                await NameTokenStore.FillAsync(tx, read, [_ana]);
            }
        });

        Assert.Equal([known.Reference, old.Reference], await FindAsync([_ana]));
        Assert.Equal([old.Reference], await FindAsync([_garcia]));
        Assert.False(await WriteAsync(tx => NameTokenStore.SetBackfillAsync(tx, 0, upTo)));
        Assert.Null(await ReadAsync(session => NameTokenStore.ListBackfillAsync(session, upTo, 10)));
        Assert.True(await WriteAsync(tx => NameTokenStore.SetBackfillAsync(tx, upTo, null)));
        Assert.Null(await ReadAsync(NameTokenStore.FindBackfillAsync));
    }

    private static NewInquiry Of(int born, string country)
    {
        var inquiry = A.NewInquiry();
        return inquiry with { Facts = inquiry.Facts with { BirthYear = born, Country = country } };
    }

    private static byte[] Token() => RandomNumberGenerator.GetBytes(8);

    private Task<InquiryRecord> AddAsync(params byte[][] tokens) => AddAsync(null, tokens);

    private async Task<InquiryRecord> AddAsync(NewInquiry? inquiry, params byte[][] tokens)
    {
        var stored = await StoreInquiryAsync(inquiry);
        await WriteAsync(tx => NameTokenStore.AddAsync(tx, stored.Id, tokens));
        return stored;
    }

    private async Task<InquiryRecord> ScreenedAsync()
    {
        var stored = await StoreInquiryAsync();
        await WriteAsync(tx => InquiryStore.MoveAsync(tx, stored, new InquiryMove(InquiryTrigger.Clear, s_screening)));
        return await FindInquiryAsync(stored.Id);
    }

    private async Task<IEnumerable<string>> FindAsync(IReadOnlyList<byte[]> tokens, NameNarrowing? narrowing = null, int take = 20) =>
        (await ReadAsync(session => NameTokenStore.FindAsync(session, tokens, narrowing ?? new NameNarrowing(), take))).Select(c => c.Found.Reference);

    private async Task<IEnumerable<string>> BeginningAsync(string typed) => (await ReadAsync(session =>
        SearchTokenStore.FindBeginningAsync(session, Assert.NotNull(Reference.ReadBeginning(typed)), 20))).Select(f => f.Reference);
}
