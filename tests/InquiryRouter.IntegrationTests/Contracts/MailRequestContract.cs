using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class MailRequestOnSqlite() : MailRequestContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class MailRequestOnSqlServer() : MailRequestContract(DatabaseProvider.SqlServer);

public abstract class MailRequestContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly byte[] s_address = Bytes(1);
    private static readonly byte[] s_asker = Bytes(2);
    private readonly InquiryId _inquiry = InquiryId.New();

    [Contract]
    public async Task To_an_address_counts_what_was_sent_by_who_asks_everything_and_each_for_its_time()
    {
        await AddAsync(new MailRequest(MailKind.Acknowledgement, _inquiry, s_address, s_asker));
        await AddAsync(new MailRequest(MailKind.Acknowledgement, _inquiry, s_address, s_asker, Withheld: true));
        await AddAsync(new MailRequest(MailKind.Acknowledgement, _inquiry, Bytes(3), null));
        await AddAsync(new MailRequest(MailKind.StatusLink, null, s_address, s_asker));

        Assert.Equal((1, 2), await CountAsync(MailKind.Acknowledgement));
        Assert.Equal((1, 1), await CountAsync(MailKind.StatusLink));
        Assert.Equal((0, 0), await CountAsync(MailKind.ForwardedReferral));
        Clock.Advance(MailAllowance.Day);
        Assert.Equal((0, 0), await CountAsync(MailKind.Acknowledgement));
    }

    [Contract]
    public async Task A_withheld_mail_is_known_by_its_inquiry()
    {
        await AddAsync(new MailRequest(MailKind.Acknowledgement, _inquiry, s_address, null, Withheld: true));
        await AddAsync(new MailRequest(MailKind.StatusLink, InquiryId.New(), s_address, null));

        Assert.True(await IsWithheldAsync(MailKind.Acknowledgement, _inquiry));
        Assert.False(await IsWithheldAsync(MailKind.StatusLink, _inquiry));
        Assert.False(await IsWithheldAsync(MailKind.Acknowledgement, InquiryId.New()));
    }

    [Contract]
    public async Task What_counts_no_more_is_forgotten_in_batches()
    {
        for (var i = 0; i < 3; i++)
        {
            await AddAsync(new MailRequest(MailKind.StatusLink, null, s_address, null));
        }

        Clock.Advance(MailRequestStore.Kept + TimeSpan.FromMinutes(1));
        await AddAsync(new MailRequest(MailKind.StatusLink, null, s_address, null));

        Assert.Equal(2, await WriteAsync(tx => MailRequestStore.SweepAsync(tx, 2)));
        Assert.Equal(1, await WriteAsync(tx => MailRequestStore.SweepAsync(tx, 2)));
        Assert.Equal(0, await WriteAsync(tx => MailRequestStore.SweepAsync(tx, 2)));
    }

    [Contract]
    public async Task What_was_withheld_is_known_for_longer_than_an_inquiry_waits_for_its_screening()
    {
        await AddAsync(new MailRequest(MailKind.Acknowledgement, _inquiry, s_address, null, Withheld: true));

        Clock.Advance(MailRequestStore.Kept + TimeSpan.FromMinutes(1));
        Assert.Equal(0, await WriteAsync(tx => MailRequestStore.SweepAsync(tx, 2)));
        Assert.True(await IsWithheldAsync(MailKind.Acknowledgement, _inquiry));
        Clock.Advance(MailRequestStore.WithheldKept);
        Assert.Equal(1, await WriteAsync(tx => MailRequestStore.SweepAsync(tx, 2)));
    }

    [Contract]
    public async Task As_many_as_may_go_to_an_address_are_taken_and_the_rest_stand_there_as_withheld()
    {
        var inquiries = Enumerable.Range(0, MailAllowance.ToOneAddress(MailKind.Acknowledgement) + 2).Select(_ => InquiryId.New()).ToList();
        var taken = new List<bool>();
        foreach (var inquiry in inquiries)
        {
            taken.Add(await TakeAsync(new MailRequest(MailKind.Acknowledgement, inquiry, s_address, null)));
        }

        Assert.Equal(MailAllowance.ToOneAddress(MailKind.Acknowledgement), taken.Count(t => t));
        Assert.Equal([false, false], taken[^2..]);
        Assert.False(await IsWithheldAsync(MailKind.Acknowledgement, inquiries[0]));
        Assert.True(await IsWithheldAsync(MailKind.Acknowledgement, inquiries[^1]));
        Assert.True(await TakeAsync(new MailRequest(MailKind.Acknowledgement, _inquiry, Bytes(9), null)), "Another address has its own.");
        Clock.Advance(MailAllowance.Day);
        Assert.True(await TakeAsync(new MailRequest(MailKind.Acknowledgement, _inquiry, s_address, null)), "Another day has its own.");
    }

    [Contract]
    public async Task Who_asks_causes_no_more_than_they_may_whatever_the_address()
    {
        var taken = new List<bool>();
        for (byte i = 10; i < 14; i++)
        {
            taken.Add(await TakeAsync(new MailRequest(MailKind.Acknowledgement, InquiryId.New(), Bytes(i), s_asker), mostByAsker: 2));
        }

        Assert.Equal([true, true, false, false], taken);
    }

    [Contract]
    public async Task Requests_of_the_same_moment_do_not_pass_together()
    {
        var most = MailAllowance.ToOneAddress(MailKind.Acknowledgement);
        var taken = await Task.WhenAll(Enumerable.Range(0, most * 3).Select(_ =>
            Task.Run(() => TakeAsync(new MailRequest(MailKind.Acknowledgement, InquiryId.New(), s_address, null)))));

        Assert.Equal(most, taken.Count(t => t));
    }

    private Task<bool> TakeAsync(MailRequest request, int? mostByAsker = null) =>
        WriteAsync(tx => MailRequestStore.TakeAsync(tx, request, mostByAsker));

    private Task AddAsync(MailRequest request) => WriteAsync(tx => MailRequestStore.AddAsync(tx, request));

    private Task<(int To, int By)> CountAsync(MailKind kind) => ReadAsync(async session =>
    {
        var since = session.Now - MailAllowance.Day;
        return (await MailRequestStore.CountToAsync(session, kind, s_address, since), await MailRequestStore.CountByAsync(session, kind, s_asker, since));
    });

    private Task<bool> IsWithheldAsync(MailKind kind, InquiryId inquiry) =>
        ReadAsync(session => MailRequestStore.IsWithheldAsync(session, kind, inquiry));

    private static byte[] Bytes(byte value) => [.. Enumerable.Repeat(value, 32)];
}
