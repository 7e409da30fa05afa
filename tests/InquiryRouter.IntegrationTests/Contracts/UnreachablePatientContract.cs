using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class UnreachablePatientOnSqlite() : UnreachablePatientContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class UnreachablePatientOnSqlServer() : UnreachablePatientContract(DatabaseProvider.SqlServer);

public abstract class UnreachablePatientContract(DatabaseProvider provider) : StoreContract(provider)
{
    private readonly InquiryId _inquiry = InquiryId.New();

    [Contract]
    public async Task A_patient_is_noted_until_the_address_is_corrected()
    {
        Assert.False(await IsKnownAsync());
        await WriteAsync(tx => UnreachablePatientStore.AddAsync(tx, _inquiry));
        Assert.True(await IsKnownAsync());

        Assert.True(await WriteAsync(tx => UnreachablePatientStore.RemoveAsync(tx, _inquiry)));
        Assert.False(await WriteAsync(tx => UnreachablePatientStore.RemoveAsync(tx, _inquiry)));
        Assert.False(await IsKnownAsync());
    }

    [Contract]
    public async Task Of_two_who_note_it_at_once_one_looks_again()
    {
        await WriteAsync(tx => UnreachablePatientStore.AddAsync(tx, _inquiry));

        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => UnreachablePatientStore.AddAsync(tx, _inquiry)));
    }

    private Task<bool> IsKnownAsync() => ReadAsync(session => UnreachablePatientStore.IsKnownAsync(session, _inquiry));
}
