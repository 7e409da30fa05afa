using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class AccessLinkOnSqlite() : AccessLinkContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class AccessLinkOnSqlServer() : AccessLinkContract(DatabaseProvider.SqlServer);

public abstract class AccessLinkContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(90);
    private readonly string _token = AccessLinkStore.NewToken();
    private readonly Guid _subject = Guid.CreateVersion7();

    [Contract]
    public async Task A_link_opens_its_subject_until_it_ends()
    {
        await AddAsync();

        Assert.Equal(new OpenLink(_subject, Now + s_lifetime), await FindAsync(_token));
        Clock.Advance(s_lifetime - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await FindAsync(_token));
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await FindAsync(_token));
    }

    [Contract]
    public async Task A_link_opens_nothing_of_another_purpose()
    {
        await AddAsync();

        Assert.Null(await FindAsync(_token, LinkPurpose.Status));
    }

    [Contract]
    public async Task A_revoked_link_opens_nothing()
    {
        await AddAsync();
        await WriteAsync(tx => tx.ExecuteAsync("UPDATE AccessLink SET RevokedAt = @Now WHERE SubjectId = @_subject", new { tx.Now, _subject }));

        Assert.Null(await FindAsync(_token));
    }

    [Contract]
    public async Task Only_the_exact_token_opens_a_link()
    {
        await AddAsync();

        for (var i = 0; i < _token.Length; i++)
        {
            Assert.Null(await FindAsync(_token[..i] + (_token[i] == 'A' ? 'B' : 'A') + _token[(i + 1)..]));
        }

        string?[] others = [null, "", " ", _token + "A", _token[..^1], _token + " ", new('A', 101), _token.ToUpperInvariant(), AccessLinkStore.NewToken()];
        foreach (var other in others)
        {
            Assert.Null(await FindAsync(other));
        }
    }

    [Contract]
    public async Task The_database_keeps_the_hash_of_a_token_only()
    {
        await AddAsync();

        var stored = await ReadAsync(session => session.QuerySingleOrDefaultAsync<byte[]>("SELECT TokenHash FROM AccessLink"));

        Assert.Equal(AccessLinkStore.Hash(_token), stored);
        Assert.Equal(43, _token.Length);
    }

    [Contract]
    public async Task A_link_knows_whom_it_was_sent_to()
    {
        var person = AccessLinkStore.PersonOf("Ward@Clinic.example");
        await WriteAsync(tx => AccessLinkStore.AddAsync(tx, AccessLinkStore.Hash(_token), LinkPurpose.Referral, _subject, s_lifetime, person));

        Assert.Equal(AccessLinkStore.PersonOf("ward@clinic.example"), (await FindAsync(_token))!.Person);
    }

    [Contract]
    public async Task Open_links_are_listed_by_name_and_one_is_ended_by_it()
    {
        var inquiry = new InquiryId(_subject);
        var other = AccessLinkStore.NewToken();
        await WriteAsync(async tx =>
        {
            await AccessLinkStore.AddAsync(tx, AccessLinkStore.Hash(_token), LinkPurpose.Status, _subject, s_lifetime);
            await AccessLinkStore.AddAsync(tx, AccessLinkStore.Hash(other), LinkPurpose.Unsubscribe, _subject, s_lifetime);
            await AccessLinkStore.AddAsync(tx, AccessLinkStore.Hash(AccessLinkStore.NewToken()), LinkPurpose.Status, Guid.CreateVersion7(), s_lifetime);
        });
        var name = AccessLinkStore.NameOf(AccessLinkStore.Hash(_token));
        Assert.True(AccessLinkStore.IsName(name));

        var listed = await ReadAsync(session => AccessLinkStore.ListOfInquiryAsync(session, inquiry));
        Assert.Equal(2, listed.Count);
        Assert.Equal((LinkPurpose.Status, _subject), listed.Where(l => l.Name == name).Select(l => (l.Purpose, l.SubjectId)).Single());

        // Never the patient's own: every mail to them has it.
        Assert.Equal(0, await WriteAsync(tx => AccessLinkStore.RevokeNamedAsync(tx, name)));
        Assert.NotNull(await FindAsync(_token, LinkPurpose.Status));
        var named = AccessLinkStore.NameOf(AccessLinkStore.Hash(other));
        Assert.Equal(1, await WriteAsync(tx => AccessLinkStore.RevokeNamedAsync(tx, named)));
        Assert.Equal(0, await WriteAsync(tx => AccessLinkStore.RevokeNamedAsync(tx, named)));
        Assert.Null(await FindAsync(other, LinkPurpose.Unsubscribe));
        Assert.Single(await ReadAsync(session => AccessLinkStore.ListOfInquiryAsync(session, inquiry)));
        Assert.Empty(await ReadAsync(session => AccessLinkStore.ListOfClinicAsync(session, "MX-A")));
    }

    private Task AddAsync() =>
        WriteAsync(tx => AccessLinkStore.AddAsync(tx, AccessLinkStore.Hash(_token), LinkPurpose.Referral, _subject, s_lifetime));

    private Task<OpenLink?> FindAsync(string? token, LinkPurpose purpose = LinkPurpose.Referral) =>
        ReadAsync(session => AccessLinkStore.FindAsync(session, token, purpose));
}
