using System.Globalization;
using InquiryRouter.FaultTests.Support;
using InquiryRouter.FaultTests.Support.Load;
using InquiryRouter.FaultTests.Support.Mail;
using InquiryRouter.FaultTests.Support.Server;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.TestSupport;
using Microsoft.Data.Sqlite;
using Xunit;

namespace InquiryRouter.FaultTests;

/// <summary>What must never be done by half is killed in the middle, again and again: erasing patients, and replacing the master key.</summary>
public sealed class KillingErasuresAndRotations(ITestOutputHelper output)
{
    private const int Patients = 150;
    private static readonly TimeSpan s_drainLimit = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_while_it_erases_a_patient_is_whole_or_gone_and_in_the_end_nothing_is_left_of_any()
    {
        await using var installation = new Installation();
        await PostAsync(installation, new Receipts(new Random(FaultSettings.Seed)), Patients);
        var keys = await ReadAsync(installation, "SELECT WrappedKey FROM InquiryPatient", r => (byte[])r.GetValue(0));
        Assert.Equal(Patients, keys.Count);

        // Over for long: the retention of the next start erases them.
        await RunAsync(installation, "UPDATE Inquiry SET State = 'Closed', ChangedAt = '2020-01-01 00:00:00.000'");
        var moments = new Random(FaultSettings.Seed);
        var (left, halves) = (Patients, 0);
        for (var round = 1; round <= FaultSettings.Rounds; round++)
        {
            var server = await installation.ServeAsync(Cancellation);

            // Some more are gone: it is in the middle of the next.
            var enough = Math.Max(0, left - moments.Next(1, Patients / FaultSettings.Rounds));
            await Waiting.UntilAsync(async () => await LeftAsync(installation) <= enough);
            await server.KillAsync();
            var now = await LeftAsync(installation);
            halves += now is > 0 and < Patients ? 1 : 0;
            await EachIsWholeOrGoneAsync(installation);
            output.WriteLine($"Round {round} of seed {FaultSettings.Seed}: {left - now} erased until it was killed, {now} to go.");
            left = now;
        }

        await installation.ServeAsync(Cancellation);
        await Waiting.UntilAsync(async () => await LeftAsync(installation) == 0);
        await Completion.UntilNothingIsLeftAsync(installation, s_drainLimit, output, Cancellation);
        await EachIsWholeOrGoneAsync(installation);

        // The clock looks every 15 seconds.
        await Waiting.UntilAsync(() => Task.FromResult(Remains(installation, keys).Count == 0), () => string.Join(", ", Remains(installation, keys).Take(10)));
        Assert.True(halves > 0, "No kill came in the middle: nothing was tried.");
    }

    [Fact]
    public async Task Killed_while_the_master_key_is_replaced_everybody_is_served_and_every_row_opens()
    {
        await using var installation = new Installation();
        var receipts = new Receipts(new Random(FaultSettings.Seed));
        await PostAsync(installation, receipts, Patients);
        var data = new DataOptions { Directory = installation.DataDirectory };
        var moments = new Random(FaultSettings.Seed);
        var server = await installation.ServeAsync(Cancellation);
        using var senders = new Senders(installation.Server, receipts);
        for (var round = 1; round <= FaultSettings.Rounds; round++)
        {
            var rotation = installation.Start("keys", "rotate");
            var posting = senders.PostAsync(20, TimeSpan.FromMilliseconds(50), CancellationToken.None);
            await Task.Delay(moments.Next(300, 4000), Cancellation);
            await rotation.KillAsync();
            if (round % 3 == 0)
            {
                await server.KillAsync();
            }

            await posting;
            server = server.HasEnded ? await installation.ServeAsync(Cancellation) : server;
            output.WriteLine($"Round {round} of seed {FaultSettings.Seed}: killed after it had said: {rotation.Output.ReplaceLineEndings(" ").Trim()}");
        }

        await senders.PostUnansweredAsync();
        await Completion.UntilNothingIsLeftAsync(installation, s_drainLimit, output, Cancellation);
        var ended = await installation.RunAsync(["keys", "rotate"], Cancellation);
        output.WriteLine(ended.Output);
        Assert.Equal(0, ended.Code);
        await server.KillAsync();

        // Without the old keys, the books can be read to the last line.
        Directory.Delete(MasterKeyFile.OldFolder(data.MasterKeyFile), recursive: true);
        await Completion.ReckonAsync(installation, receipts, PickupFolder.Read(installation.DataDirectory), output);
    }

    private async Task PostAsync(Installation installation, Receipts receipts, int number)
    {
        await installation.ImportClinicsAsync(Cancellation);
        var server = await installation.ServeAsync(Cancellation);
        using var senders = new Senders(installation.Server, receipts);
        await senders.PostAsync(number, TimeSpan.Zero, CancellationToken.None);
        await Completion.UntilNothingIsLeftAsync(installation, s_drainLimit, output, Cancellation);
        await server.KillAsync();
    }

    private static async Task<int> LeftAsync(Installation installation) =>
        (int)(await ReadAsync(installation, "SELECT COUNT(*) FROM Inquiry WHERE State <> 'Erased'", r => r.GetInt64(0)))[0];

    private static async Task EachIsWholeOrGoneAsync(Installation installation)
    {
        var halves = await ReadAsync(
            installation,
            """
            SELECT I.Reference || ' ' || I.State FROM Inquiry I
            WHERE (I.State = 'Erased') <> (I.ConditionCode = 'erased') OR (I.State = 'Erased') = EXISTS (SELECT 1 FROM InquiryPatient P WHERE P.InquiryId = I.Id)
                OR (I.State = 'Erased' AND (
                    EXISTS (SELECT 1 FROM SearchToken T WHERE T.InquiryId = I.Id) OR EXISTS (SELECT 1 FROM NameToken N WHERE N.Seq = I.Seq) OR EXISTS (SELECT 1 FROM Referral R WHERE R.InquiryId = I.Id AND R.State IN ('Offered', 'Viewed'))
                    OR EXISTS (SELECT 1 FROM AuditEntry A WHERE A.InquiryId = I.Id AND A.Version > I.AuditCount)
                    OR NOT EXISTS (SELECT 1 FROM AuditEntry A WHERE A.InquiryId = I.Id AND A.Version = I.AuditCount AND A.Action = 'erased')))
            """,
            r => r.GetString(0));
        Assert.Empty(halves);
    }

    // Destroyed keys in the files of the database, and letters to patients.
    private static List<string> Remains(Installation installation, IReadOnlyList<byte[]> keys)
    {
        try
        {
            return Found(installation, keys);
        }
        catch (Exception exception) when (exception is FileNotFoundException or InvalidOperationException)
        {
            // Deleted, or being written, at this moment.
            return [exception.GetType().Name];
        }
    }

    private static List<string> Found(Installation installation, IReadOnlyList<byte[]> keys)
    {
        var found = new List<string>();
        foreach (var file in new[] { installation.DatabaseFile, installation.DatabaseFile + "-wal" }.Where(File.Exists))
        {
            var bytes = SharedFile.Read(file);
            found.AddRange(keys.Where(k => bytes.AsSpan().IndexOf(k.AsSpan(0, 20)) >= 0).Select(k => $"{Convert.ToHexString(k, 0, 6)} in {Path.GetFileName(file)}"));
        }

        found.AddRange(PickupFolder.Read(installation.DataDirectory).Where(m => m.Recipient.EndsWith("@fault.example", StringComparison.Ordinal) && m.Recipient.StartsWith("patient", StringComparison.Ordinal))
            .Select(m => m.MailId.ToString()));
        return found;
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(Installation installation, string sql, Func<SqliteDataReader, T> read)
    {
        await using var connection = await OpenAsync(installation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(Cancellation))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static async Task RunAsync(Installation installation, string sql)
    {
        await using var connection = await OpenAsync(installation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<SqliteConnection> OpenAsync(Installation installation)
    {
        var connection = new SqliteConnection(string.Create(CultureInfo.InvariantCulture, $"Data Source={installation.DatabaseFile};Pooling=False"));
        await connection.OpenAsync(Cancellation);
        return connection;
    }
}
