using System.Text;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class NetworkDeskOnSqlite() : NetworkDeskContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class NetworkDeskOnSqlServer() : NetworkDeskContract(DatabaseProvider.SqlServer);

/// <summary>What the console's pages of the network read and keep.</summary>
public abstract class NetworkDeskContract(DatabaseProvider provider) : StoreContract(provider)
{
    [Contract]
    public async Task A_clinic_is_found_as_it_is_and_as_it_was_with_the_version_it_is_so_since()
    {
        await WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-1"), A.Clinic("MX-2")], "first"));
        await WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-1") with { WeeklyCap = 3 }], "second"));

        var (one, two) = (await FindAsync("MX-1"), await FindAsync("MX-2"));
        Assert.Equal((2, 3), (one!.Version, one.Clinic.WeeklyCap));
        Assert.Equal(A.Clinic("MX-1").Credentials.Length, one.Clinic.Credentials.Length);
        Assert.Equal(1, two!.Version);
        Assert.Equal(1000, (await FindAsync("MX-1", 1))!.Clinic.WeeklyCap);
        Assert.Null(await FindAsync("MX-1", 0));
        Assert.Null(await FindAsync("MX-9"));
    }

    [Contract]
    public async Task An_upload_is_its_owners_for_a_day_and_then_gone()
    {
        var (ana, ben, body) = (UserId.New(), UserId.New(), Encoding.UTF8.GetBytes(new string('x', 5000)));
        var upload = new ClinicUpload(Guid.CreateVersion7(), ana, "clinics.json", ClinicUploadStore.Pack(body));
        await WriteAsync(tx => ClinicUploadStore.AddAsync(tx, upload));

        var found = await ReadAsync(s => ClinicUploadStore.FindAsync(s, upload.Id, ana));
        await using var unpacked = ClinicUploadStore.Unpack(found!.Body);
        using var reader = new StreamReader(unpacked);
        Assert.Equal(("clinics.json", Encoding.UTF8.GetString(body)), (found.Name, await reader.ReadToEndAsync()));
        Assert.True(upload.Body.Length < body.Length / 10);
        Assert.Null(await ReadAsync(s => ClinicUploadStore.FindAsync(s, upload.Id, ben)));

        Clock.Advance(TimeSpan.FromHours(25));
        Assert.Null(await ReadAsync(s => ClinicUploadStore.FindAsync(s, upload.Id, ana)));
        await WriteAsync(tx => ClinicUploadStore.AddAsync(tx, upload with { Id = Guid.CreateVersion7() }));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM ClinicUpload"));
    }

    [Contract]
    public async Task An_imported_upload_is_gone()
    {
        var upload = new ClinicUpload(Guid.CreateVersion7(), UserId.New(), "a.csv", [1]);
        await WriteAsync(tx => ClinicUploadStore.AddAsync(tx, upload));

        Assert.Equal(1, await WriteAsync(tx => ClinicUploadStore.RemoveAsync(tx, upload.Id)));
        Assert.Equal(0, await WriteAsync(tx => ClinicUploadStore.RemoveAsync(tx, upload.Id)));
    }

    [Contract]
    public async Task A_clinic_without_referrals_and_without_a_record_has_none()
    {
        Assert.Empty(await ReadAsync(s => CaseStore.ListReferralsAsync(s, "MX-1", null, 10)));
        Assert.Empty(await ReadAsync(s => CaseStore.ListOpenOfClinicAsync(s, "MX-1", 10)));
        Assert.Empty(await ReadAsync(s => CaseStore.ListHeldForAsync(s, "MX-1", 10)));
        Assert.Null(await ReadAsync(s => LoadStore.FindRecordAsync(s, "MX-1")));
    }

    private Task<ClinicSince?> FindAsync(string code, long? version = null) => ReadAsync(s => NetworkStore.FindAsync(s, code, version));
}
