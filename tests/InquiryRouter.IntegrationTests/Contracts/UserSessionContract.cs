using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class UserSessionsOnSqlite() : UserSessionContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class UserSessionsOnSqlServer() : UserSessionContract(DatabaseProvider.SqlServer);

public abstract class UserSessionContract(DatabaseProvider provider) : StoreContract(provider)
{
    private readonly UserId _ana = UserId.New();

    [Contract]
    public async Task A_session_is_found_by_its_key_with_what_was_shown()
    {
        await AddAsync(1);

        var found = await FindAsync(1);
        Assert.Equal((_ana, "password,totp", "Firefox on Linux"), (found!.UserId, found.Factors, found.Device));
        Assert.Equal((Now, Now, Now), (found.CreatedAt, found.ProvedAt, found.SeenAt));
        Assert.Null(await FindAsync(2));
    }

    [Contract]
    public async Task It_ends_after_half_an_hour_without_a_deed()
    {
        await AddAsync(1);
        Clock.Advance(SignInRules.LongestIdle - TimeSpan.FromSeconds(1));
        Assert.NotNull(await FindAsync(1));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await FindAsync(1));
    }

    [Contract]
    public async Task It_ends_after_twelve_hours_whatever_is_done()
    {
        await AddAsync(1);
        for (var passed = TimeSpan.Zero; passed < SignInRules.LongestSession - TimeSpan.FromMinutes(20); passed += TimeSpan.FromMinutes(20))
        {
            Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.NotNull(await FindAsync(1));
            await WriteAsync(tx => UserSessionStore.SeenAsync(tx, Key(1)));
        }

        Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Null(await FindAsync(1));
    }

    [Contract]
    public async Task Of_more_than_ten_the_oldest_end()
    {
        for (byte i = 1; i <= SignInRules.MostSessions + 2; i++)
        {
            await AddAsync(i);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(SignInRules.MostSessions, (await ReadAsync(s => UserSessionStore.ListAsync(s, _ana))).Count);
        Assert.Null(await FindAsync(2));
        Assert.NotNull(await FindAsync(3));
    }

    [Contract]
    public async Task One_is_ended_once_and_all_but_one_at_once()
    {
        for (byte i = 1; i <= 4; i++)
        {
            await AddAsync(i);
        }

        await AddAsync(9, UserId.New());
        Assert.True(await WriteAsync(tx => UserSessionStore.EndAsync(tx, Key(1), SessionEnd.SignedOut)));
        Assert.False(await WriteAsync(tx => UserSessionStore.EndAsync(tx, Key(1), SessionEnd.SignedOut)));
        Assert.Null(await FindAsync(1));

        Assert.Equal(2, await WriteAsync(tx => UserSessionStore.EndAllAsync(tx, _ana, SessionEnd.FactorChanged, Key(3))));
        Assert.Equal(Key(3), Assert.Single(await ReadAsync(s => UserSessionStore.ListAsync(s, _ana))).KeyHash);
        Assert.Equal(1, await WriteAsync(tx => UserSessionStore.EndAllAsync(tx, _ana, SessionEnd.Disabled)));
        Assert.NotNull(await FindAsync(9));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM UserSession WHERE EndReason = 'Disabled'"));
    }

    [Contract]
    public async Task An_ended_one_is_not_seen_again_and_old_ones_are_swept()
    {
        await AddAsync(1);
        await WriteAsync(tx => UserSessionStore.EndAsync(tx, Key(1), SessionEnd.SignedOut));
        await WriteAsync(tx => UserSessionStore.SeenAsync(tx, Key(1)));
        Assert.Null(await FindAsync(1));

        Clock.Advance(UserSessionStore.Kept + TimeSpan.FromMinutes(1));
        await AddAsync(2);
        Assert.Equal(1, await WriteAsync(tx => UserSessionStore.SweepAsync(tx, tx.Now - UserSessionStore.Kept, 10)));
        Assert.NotNull(await FindAsync(2));
    }

    private static byte[] Key(byte value) => [.. Enumerable.Repeat(value, 32)];

    private Task AddAsync(byte key, UserId? user = null) =>
        WriteAsync(tx => UserSessionStore.AddAsync(tx, Key(key), user ?? _ana, "password,totp", "Firefox on Linux"));

    private Task<UserSession?> FindAsync(byte key) => ReadAsync(s => UserSessionStore.FindAsync(s, Key(key)));
}
