using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class UsersOnSqlite() : UserContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class UsersOnSqlServer() : UserContract(DatabaseProvider.SqlServer);

public abstract class UserContract(DatabaseProvider provider) : StoreContract(provider)
{
    private readonly UserId _ana = UserId.New();

    [Contract]
    public async Task Somebody_is_found_by_id_and_by_mail_however_it_is_written()
    {
        Assert.True(await AddAsync(_ana, "Ana@Operator.example", UserRoles.Manager | UserRoles.Admin));

        var found = await FindAsync();
        Assert.Equal(("Ana@Operator.example", "Ana", true, 1), (found.Mail, found.Name, found.Active, found.Version));
        Assert.Equal(UserRoles.Manager | UserRoles.Admin, found.Roles);
        Assert.Equal(Now, found.CreatedAt);
        Assert.False(found.IsReady);
        Assert.Equal(_ana, (await ReadAsync(s => UserStore.FindByMailAsync(s, "ana@operator.EXAMPLE")))?.Id);
        Assert.Null(await ReadAsync(s => UserStore.FindByMailAsync(s, "bea@operator.example")));
        Assert.Null(await ReadAsync(s => UserStore.FindAsync(s, UserId.New())));
    }

    [Contract]
    public async Task One_mailbox_is_one_person()
    {
        Assert.True(await AddAsync(_ana, "ana@operator.example"));

        Assert.False(await AddAsync(UserId.New(), "ANA@operator.example"));
        Assert.Single(await ReadAsync(UserStore.ListAsync));
    }

    [Contract]
    public async Task A_change_is_stored_whole_and_only_over_what_it_was_made_from()
    {
        await AddAsync(_ana, "ana@operator.example");
        var read = await FindAsync();
        var changed = read with
        {
            Name = "Ana B.", Roles = UserRoles.Auditor, PasswordHash = "hash", SealedTotp = [1, 2, 3], Active = false,
            AwayFrom = new DateOnly(2026, 12, 1), AwayUntil = new DateOnly(2026, 12, 24),
        };
        await WriteAsync(tx => UserStore.UpdateAsync(tx, changed));

        var found = await FindAsync();
        Assert.Equal(
            (changed.Name, changed.Roles, changed.PasswordHash, false), (found.Name, found.Roles, found.PasswordHash, found.Active));
        Assert.Equal(changed.SealedTotp, found.SealedTotp);
        Assert.Equal((changed.AwayFrom, changed.AwayUntil, 2), (found.AwayFrom, found.AwayUntil, found.Version));
        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => UserStore.UpdateAsync(tx, changed)));
        await WriteAsync(tx =>
            UserStore.UpdateAsync(tx, found with { PasswordHash = null, SealedTotp = null, AwayFrom = null, AwayUntil = null }));
        Assert.Equal((null, null, null), ((await FindAsync()).PasswordHash, (await FindAsync()).SealedTotp, (await FindAsync()).AwayUntil));
    }

    [Contract]
    public async Task Of_ten_changes_at_once_one_is_stored()
    {
        await AddAsync(_ana, "ana@operator.example");
        var read = await FindAsync();

        var outcomes = await AtOnceAsync(10, async i =>
        {
            await WriteAsync(tx => UserStore.UpdateAsync(tx, read with { Name = $"Ana {i}" }));
            return true;
        });

        Assert.Single(outcomes, o => o.Error is null);
        Assert.All(outcomes.Where(o => o.Error is not null), o => Assert.IsType<ConflictException>(o.Error));
    }

    [Contract]
    public async Task A_code_of_the_app_is_used_once_also_by_ten_at_once_and_older_ones_with_it()
    {
        await AddAsync(_ana, "ana@operator.example");

        var outcomes = await AtOnceAsync(10, _ => WriteAsync(tx => UserStore.TryUseTotpAsync(tx, _ana, 500)));

        Assert.Single(outcomes, o => o.Result);
        Assert.False(await WriteAsync(tx => UserStore.TryUseTotpAsync(tx, _ana, 499)));
        Assert.True(await WriteAsync(tx => UserStore.TryUseTotpAsync(tx, _ana, 501)));
    }

    [Contract]
    public async Task A_better_hash_takes_the_place_of_the_one_it_was_made_for_and_no_other()
    {
        await AddAsync(_ana, "ana@operator.example");
        await WriteAsync(async tx => await UserStore.UpdateAsync(tx, (await UserStore.FindAsync(tx, _ana))! with { PasswordHash = "old" }));

        await WriteAsync(tx => UserStore.ReplaceHashAsync(tx, _ana, "old", "better"));
        await WriteAsync(tx => UserStore.ReplaceHashAsync(tx, _ana, "old", "worse"));

        Assert.Equal("better", (await FindAsync()).PasswordHash);
    }

    [Contract]
    public async Task Recovery_codes_are_used_once_each_and_new_ones_end_the_old()
    {
        var (codes, others) = (NewCodes(), NewCodes());
        await WriteAsync(tx => RecoveryCodeStore.ReplaceAsync(tx, _ana, codes.Select(c => RecoveryCodeStore.Hash(c)!)));

        var outcomes = await AtOnceAsync(10, _ => UseAsync(codes[0].ToLowerInvariant().Replace('-', ' ')));
        Assert.Single(outcomes, o => o.Result);
        Assert.Equal(RecoveryCodeStore.Count - 1, await ReadAsync(s => RecoveryCodeStore.CountAsync(s, _ana)));
        Assert.False(await WriteAsync(tx => RecoveryCodeStore.TryUseAsync(tx, UserId.New(), RecoveryCodeStore.Hash(codes[1])!)));

        await WriteAsync(tx => RecoveryCodeStore.ReplaceAsync(tx, _ana, others.Select(c => RecoveryCodeStore.Hash(c)!)));
        Assert.False(await UseAsync(codes[1]));
        Assert.True(await UseAsync(others[1]));
        Assert.Null(RecoveryCodeStore.Hash("123456"));
        Assert.Null(RecoveryCodeStore.Hash("not a code!"));
    }

    [Contract]
    public async Task Failures_count_for_their_subject_and_their_time_and_can_be_taken_back()
    {
        byte[] mine = [1], other = [2];
        await FailAsync(mine);
        await FailAsync(mine);
        await FailAsync(other);
        Assert.Equal((2, 1), (await CountAsync(mine), await CountAsync(other)));

        await WriteAsync(tx => SignInFailureStore.TakeBackAsync(tx, mine));
        Assert.Equal((1, 1), (await CountAsync(mine), await CountAsync(other)));
        await WriteAsync(tx => SignInFailureStore.ForgetAsync(tx, mine));
        Assert.Equal((0, 1), (await CountAsync(mine), await CountAsync(other)));

        Clock.Advance(SignInRules.FailureWindow);
        Assert.Equal(0, await CountAsync(other));
        Clock.Advance(SignInFailureStore.Kept);
        Assert.Equal(1, await WriteAsync(tx => SignInFailureStore.SweepAsync(tx, tx.Now - SignInFailureStore.Kept, 10)));
    }

    [Contract]
    public async Task A_challenge_is_answered_once_and_within_its_time()
    {
        await WriteAsync(tx => ChallengeStore.AddAsync(tx, "one", "state"));
        Assert.Null(await WriteAsync(tx => ChallengeStore.TakeAsync(tx, "two")));
        var outcomes = await AtOnceAsync(10, _ => WriteAsync(tx => ChallengeStore.TakeAsync(tx, "one")));
        Assert.Equal("state", Assert.Single(outcomes, o => o.Result is not null).Result);

        await WriteAsync(tx => ChallengeStore.AddAsync(tx, "late", "state"));
        Clock.Advance(SignInRules.ChallengeLifetime);
        Assert.Null(await WriteAsync(tx => ChallengeStore.TakeAsync(tx, "late")));
        await WriteAsync(tx => ChallengeStore.AddAsync(tx, "never", "state"));
        Clock.Advance(SignInRules.ChallengeLifetime + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await WriteAsync(tx => ChallengeStore.SweepAsync(tx, tx.Now)));
    }

    [Contract]
    public async Task A_passkey_is_one_persons_and_remembers_how_often_it_was_used()
    {
        var bea = UserId.New();
        await WriteAsync(tx => PasskeyStore.AddAsync(tx, Passkey(_ana, 7)));
        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => PasskeyStore.AddAsync(tx, Passkey(bea, 7))));
        await WriteAsync(tx => PasskeyStore.AddAsync(tx, Passkey(bea, 8)));

        Assert.True(await WriteAsync(tx => PasskeyStore.TryUseAsync(tx, [7], 42, backedUp: true)));
        Assert.False(await WriteAsync(tx => PasskeyStore.TryUseAsync(tx, [7], 42, backedUp: false)));
        Assert.False(await WriteAsync(tx => PasskeyStore.TryUseAsync(tx, [7], 0, backedUp: false)));
        Assert.False(await WriteAsync(tx => PasskeyStore.TryUseAsync(tx, [9], 1, backedUp: false)));
        var found = (await ReadAsync(s => PasskeyStore.FindAsync(s, [7])))!;
        Assert.Equal(
            (_ana, 42L, true, "key", "internal usb"), (found.UserId, found.SignCount, found.BackedUp, found.Name, found.Transports));
        Assert.Equal([1, 2], found.PublicKey);
        Assert.Equal(Now, found.CreatedAt);
        Assert.Single(await ReadAsync(s => PasskeyStore.ListAsync(s, _ana)));

        Assert.False(await WriteAsync(tx => PasskeyStore.RemoveAsync(tx, bea, [7])));
        Assert.True(await WriteAsync(tx => PasskeyStore.RemoveAsync(tx, _ana, [7])));
        await WriteAsync(tx => PasskeyStore.RemoveAllAsync(tx, bea));
        Assert.Null(await ReadAsync(s => PasskeyStore.FindAsync(s, [8])));
    }

    private static StoredPasskey Passkey(UserId user, byte id) => new()
    {
        UserId = user, CredentialId = [id], PublicKey = [1, 2], Name = "key", SignCount = 1, Transports = "internal usb", Verified = true,
        BackupEligible = true, BackedUp = false, Attestation = [3], ClientData = [4], CreatedAt = default,
    };

    private static List<string> NewCodes() => [.. Enumerable.Range(0, RecoveryCodeStore.Count).Select(_ => RecoveryCodeStore.New())];

    private Task<bool> UseAsync(string code) => WriteAsync(tx => RecoveryCodeStore.TryUseAsync(tx, _ana, RecoveryCodeStore.Hash(code)!));

    private Task FailAsync(byte[] subject) => WriteAsync(tx => SignInFailureStore.AddAsync(tx, subject));

    private Task<int> CountAsync(byte[] subject) =>
        ReadAsync(s => SignInFailureStore.CountAsync(s, subject, s.Now - SignInRules.FailureWindow));

    private Task<bool> AddAsync(UserId id, string mail, UserRoles roles = UserRoles.Coordinator) =>
        WriteAsync(tx => UserStore.TryAddAsync(tx, id, mail, "Ana", roles));

    private async Task<AppUser> FindAsync() => (await ReadAsync(s => UserStore.FindAsync(s, _ana)))!;
}
