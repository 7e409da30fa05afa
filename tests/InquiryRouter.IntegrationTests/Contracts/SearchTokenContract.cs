using System.Security.Cryptography;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Privacy;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class SearchTokenOnSqlite() : SearchTokenContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class SearchTokenOnSqlServer() : SearchTokenContract(DatabaseProvider.SqlServer);

public abstract class SearchTokenContract(DatabaseProvider provider) : StoreContract(provider)
{
    private const int Many = 20;

    private readonly SearchToken _mail = Token(SearchKind.Mail);
    private readonly SearchToken _phone = Token(SearchKind.Phone);
    private readonly SearchToken _name = Token(SearchKind.Name);
    private readonly SearchToken _message = Token(SearchKind.Message);

    [Contract]
    public async Task Each_of_its_tokens_finds_an_inquiry_again()
    {
        var first = await AddAsync(_mail, _phone, _name, _message);

        foreach (var token in new[] { _mail, _phone, _name })
        {
            Assert.Equal([first], await OthersOfAsync(token));
        }

        Assert.Empty(await OthersOfAsync(Token(SearchKind.Mail)));
    }

    [Contract]
    public async Task A_message_in_common_makes_nobody_a_duplicate()
    {
        await AddAsync(_mail, _message);

        Assert.Empty(await OthersOfAsync(Token(SearchKind.Mail), _message));
    }

    [Contract]
    public async Task An_inquiry_does_not_find_itself()
    {
        var id = InquiryId.New();
        await WriteAsync(tx => SearchTokenStore.AddAsync(tx, id, [_mail]));

        Assert.Empty(await WriteAsync(tx => SearchTokenStore.FindOthersAsync(tx, id, [_mail], Many)));
    }

    [Contract]
    public async Task What_has_a_token_is_found_by_it_newest_first_and_no_more_than_asked_for()
    {
        var first = await AddAsync(_mail, _phone);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await AddAsync(_mail);

        Assert.Equal([second, first], await ReadAsync(session => SearchTokenStore.FindAsync(session, _mail, Many)));
        Assert.Equal([second], await ReadAsync(session => SearchTokenStore.FindAsync(session, _mail, 1)));
        Assert.Empty(await ReadAsync(session => SearchTokenStore.FindAsync(session, _mail with { Kind = SearchKind.Phone }, Many)));
    }

    [Contract]
    public async Task A_corrected_inquiry_is_found_by_the_new_address_only_and_by_its_message_as_before()
    {
        var id = await AddAsync(_mail, _phone, _message);
        var corrected = Token(SearchKind.Mail);

        await WriteAsync(tx => SearchTokenStore.ReplaceContactAsync(tx, id, [corrected, _name]));

        Assert.Equal([id], await OthersOfAsync(corrected));
        Assert.Empty(await OthersOfAsync(_mail));
        Assert.Empty(await OthersOfAsync(_phone));
        Assert.Equal(
            1, await ReadAsync(session => SearchTokenStore.CountCopiesAsync(session, InquiryId.New(), [_message], Now.AddDays(-1), Many)));
    }

    [Contract]
    public async Task Stored_a_second_time_they_change_nothing_and_the_transaction_goes_on()
    {
        var id = InquiryId.New();
        await WriteAsync(tx => SearchTokenStore.AddAsync(tx, id, [_mail, _phone]));

        await WriteAsync(async tx =>
        {
            await SearchTokenStore.AddAsync(tx, id, [_mail, _phone]);
            await SpamScoreStore.AddAsync(tx, id, SpamVerdict.Of([SpamReason.Markup]));
        });

        Assert.Equal(2, await NumberAsync("SELECT COUNT(*) FROM SearchToken"));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM SpamScore"));
    }

    [Contract]
    public async Task As_many_as_there_can_be_are_stored_and_not_one_more()
    {
        var tokens = Enumerable.Range(0, SearchTokenStore.Most).Select(_ => Token(SearchKind.Mail)).ToList();
        await AddAsync([.. tokens]);

        Assert.Equal(SearchTokenStore.Most, await NumberAsync("SELECT COUNT(*) FROM SearchToken"));
        await Assert.ThrowsAsync<ArgumentException>(() => AddAsync([.. tokens, _name]));
        await Assert.ThrowsAsync<ArgumentException>(() => AddAsync());
    }

    [Contract]
    public async Task Of_many_those_with_the_name_come_first_then_the_newest()
    {
        var named = await AddAsync(_mail, _name);
        await AddAsync(_mail);
        Clock.Advance(TimeSpan.FromMinutes(1));
        var newest = await AddAsync(_mail);

        var found = await WriteAsync(tx => SearchTokenStore.FindOthersAsync(tx, InquiryId.New(), [_mail, _name], 3));

        Assert.Equal(2, found.Count);
        Assert.Contains(named, found);
        Assert.Contains(newest, found);
    }

    [Contract]
    public async Task Of_two_at_the_same_moment_at_least_one_finds_the_other()
    {
        for (var round = 0; round < 20; round++)
        {
            SearchToken[] shared = [Token(SearchKind.Mail), Token(SearchKind.Name)];
            var outcomes = await AtOnceAsync(2, _ => WriteAsync(async tx =>
            {
                var id = InquiryId.New();
                await SearchTokenStore.AddAsync(tx, id, shared);
                return (await SearchTokenStore.FindOthersAsync(tx, id, shared, Many)).Count;
            }));

            // A deadlock ends one of them, which is tried again and then finds the other.
            Assert.Contains(outcomes, o => o.Result > 0 || o.Error is DatabaseUnavailableException);
        }
    }

    [Contract]
    public async Task Copies_of_a_message_are_counted_since_a_moment_and_up_to_a_number()
    {
        await AddAsync(_message);
        Clock.Advance(TimeSpan.FromHours(1));
        var since = Now;
        Clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 4; i++)
        {
            await AddAsync(_message, Token(SearchKind.Mail));
        }

        Assert.Equal(4, await CopiesAsync(since, 10));
        Assert.Equal(5, await CopiesAsync(since.AddDays(-1), 10));
        Assert.Equal(3, await CopiesAsync(since, 3));
        Assert.Equal(0, await ReadAsync(session => SearchTokenStore.CountCopiesAsync(session, InquiryId.New(), [_mail], since, 10)));
    }

    [Contract]
    public async Task An_erased_inquiry_is_found_by_nothing()
    {
        var id = await AddAsync(_mail, _name, _message);
        var other = await AddAsync(_mail);

        await WriteAsync(tx => SearchTokenStore.RemoveAsync(tx, id));

        Assert.Equal([other], await OthersOfAsync(_mail, _name));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM SearchToken"));
    }

    [Contract]
    public async Task A_spam_score_comes_back_with_every_reason()
    {
        var id = InquiryId.New();
        var spam = SpamVerdict.Of([SpamReason.ManyLinks, SpamReason.MostlyLinks]);
        await WriteAsync(tx => SpamScoreStore.AddAsync(tx, id, spam));
        await WriteAsync(tx => SpamScoreStore.AddAsync(tx, InquiryId.New(), SpamVerdict.None));

        var found = await ReadAsync(session => SpamScoreStore.FindAsync(session, id));

        Assert.Equal(spam.Score, found.Score);
        Assert.Equal(spam.Reasons, found.Reasons);
        Assert.Equal(0, (await ReadAsync(session => SpamScoreStore.FindAsync(session, InquiryId.New()))).Score);
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM SpamScore"));
    }

    private static SearchToken Token(SearchKind kind) => new(kind, RandomNumberGenerator.GetBytes(SearchToken.Length));

    private async Task<InquiryId> AddAsync(params SearchToken[] tokens)
    {
        var id = InquiryId.New();
        await WriteAsync(tx => SearchTokenStore.AddAsync(tx, id, tokens));
        return id;
    }

    private Task<IReadOnlySet<InquiryId>> OthersOfAsync(params SearchToken[] tokens) =>
        WriteAsync(tx => SearchTokenStore.FindOthersAsync(tx, InquiryId.New(), tokens, Many));

    private Task<int> CopiesAsync(DateTimeOffset since, int take) =>
        ReadAsync(session => SearchTokenStore.CountCopiesAsync(session, InquiryId.New(), [_message], since, take));
}
