using InquiryRouter.FaultTests.Support;
using InquiryRouter.FaultTests.Support.Bookkeeping;
using InquiryRouter.FaultTests.Support.Load;
using InquiryRouter.FaultTests.Support.Mail;
using InquiryRouter.FaultTests.Support.Server;
using Microsoft.Data.Sqlite;
using Xunit;

namespace InquiryRouter.FaultTests;

/// <summary>The other tests can fail: whatever is taken away, doubled or changed after a good run is found.</summary>
public sealed class TheReckoningNotices(ITestOutputHelper output)
{
    private const int Inquiries = 12;

    /// <summary>What is done to the database, and words of the problem that must be reported.</summary>
    private static readonly (string Damage, string Reported)[] s_damages =
    [
        ("DELETE FROM Inquiry WHERE Seq = 1", "there are 0 inquiries"),
        ("""
         CREATE TEMP TABLE Twin AS SELECT * FROM Inquiry WHERE Seq = 1;
         UPDATE Twin SET Seq = 1000, Id = X'00000000000000000000000000000001', Reference = 'IR-TWIN';
         INSERT INTO Inquiry SELECT * FROM Twin;
         INSERT INTO InquiryPatient SELECT X'00000000000000000000000000000001', MasterKeyId, WrappedKey, Sealed FROM InquiryPatient
         WHERE InquiryId = (SELECT Id FROM Inquiry WHERE Seq = 1);
         """, "has 2 inquiries of one Idempotency-Key"),
        ("UPDATE Inquiry SET State = 'Received' WHERE Seq = 1", "is Received, not Referred"),
        ("UPDATE AuditEntry SET Detail = 'other' WHERE Version = 2 AND InquiryId = (SELECT Id FROM Inquiry WHERE Seq = 1)", "is not intact"),
        ("DELETE FROM AuditEntry WHERE Version = 4 AND InquiryId = (SELECT Id FROM Inquiry WHERE Seq = 1)", "is not intact"),
        ("DELETE FROM AccessLink WHERE Purpose = 'Status'", "does not open it"),
        ("DELETE FROM Referral WHERE Seq = 1", "has 0 referrals"),
        ("DELETE FROM FollowUp WHERE Seq = 1", "with 0 follow-ups to come"),
        ("UPDATE ClinicLoad SET Offered = Offered + 1 WHERE ClinicCode = (SELECT MIN(ClinicCode) FROM ClinicLoad)", "its counter says"),
        ("UPDATE Outbox SET State = 0 WHERE Seq = 1", "are not sent"),
        ("UPDATE Outbox SET State = 2 WHERE Seq = 1", "are parked"),
        ("UPDATE Mail SET State = 4 WHERE Seq = 1", "is not sent"),
        ("UPDATE Mail SET State = 5 WHERE Seq = 1", "is not sent"),
        ("UPDATE Mail SET State = 4 WHERE Seq = 1", "and no work says so"),
        ("UPDATE Outbox SET State = 2 WHERE Seq = 1", "and no work says so"),
        ("""
         INSERT INTO Work (Kind, SubjectId, InquiryId, Reason, Urgent, Mark, Since, DueAt, Version)
         SELECT 'Held', Id, Id, '', 0, 0, ReceivedAt, ReceivedAt, 1 FROM Inquiry WHERE Seq = 1;
         """, "and nobody is needed for it"),
        ("DELETE FROM Mail WHERE Seq = 1", "nothing is written down about it"),
        ("DELETE FROM Mail WHERE Seq = 1", "has 0 mails"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_lost_doubled_or_changed()
    {
        await using var installation = new Installation();
        var receipts = new Receipts(new Random(FaultSettings.Seed));
        await PostAsync(installation, receipts);
        var arrived = PickupFolder.Read(installation.DataDirectory);
        await Completion.ReckonAsync(installation, receipts, arrived, output);

        foreach (var (damage, reported) in s_damages)
        {
            var damaged = Damage(installation.DataDirectory, damage);
            await ShouldReportAsync(receipts, damaged, arrived, reported);
            Directory.Delete(damaged, recursive: true);
        }

        await ShouldReportAsync(receipts, installation.DataDirectory, [.. arrived.Skip(1)], "did not arrive");
        await ShouldReportAsync(receipts, installation.DataDirectory, [.. arrived, arrived[0]], "arrived 2 times");
        await ShouldReportAsync(receipts, installation.DataDirectory, [arrived[0] with { Recipient = "other@fault.example" }, .. arrived.Skip(1)], "instead of");
        await ShouldReportAsync(receipts, installation.DataDirectory, [arrived[0] with { Text = "" }, .. arrived.Skip(1)], "does not name its inquiry");

        var unknown = Damage(installation.DataDirectory, "UPDATE Mail SET Unknowns = 1");
        Assert.Empty((await ReckonAsync(receipts, unknown, [.. arrived, arrived[0]])).Problems);
        await ShouldReportAsync(receipts, unknown, [.. arrived, arrived[0] with { Bytes = [1] }], "other bytes");
        await ShouldReportAsync(receipts, unknown, [.. arrived, arrived[0], arrived[0]], "arrived 3 times");
    }

    private async Task PostAsync(Installation installation, Receipts receipts)
    {
        await installation.ImportClinicsAsync(Cancellation);
        var server = await installation.ServeAsync(Cancellation);
        using var senders = new Senders(installation.Server, receipts);
        await senders.PostAsync(Inquiries, TimeSpan.Zero, Cancellation);
        await Completion.UntilNothingIsLeftAsync(installation, TimeSpan.FromMinutes(2), output, Cancellation);
        await server.KillAsync();
    }

    private static async Task ShouldReportAsync(Receipts receipts, string dataDirectory, IReadOnlyList<ArrivedMail> arrived, string reported)
    {
        var reckoning = await ReckonAsync(receipts, dataDirectory, arrived);
        Assert.True(
            reckoning.Problems.Any(p => p.Contains(reported, StringComparison.Ordinal)),
            $"'{reported}' was not reported, but: {string.Join(" ", reckoning.Problems)}");
    }

    private static async Task<Reckoning> ReckonAsync(Receipts receipts, string dataDirectory, IReadOnlyList<ArrivedMail> arrived)
    {
        await using var books = new Books(dataDirectory);
        return await Reckoning.MakeAsync(receipts, books, arrived);
    }

    /// <summary>A copy of the data with something done to it.</summary>
    private static string Damage(string dataDirectory, string sql)
    {
        var copy = dataDirectory + "-damaged";
        foreach (var file in Directory.EnumerateFiles(dataDirectory, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(dataDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        using var connection = new SqliteConnection($"Data Source={Path.Combine(copy, "inquiryrouter.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        return copy;
    }
}
