using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Privacy;

/// <summary>
/// What an erasure leaves to be done after its commit, whoever made it and however that ended: its line in the ledger, the pickup files of its mails,
/// those that are being written at that moment too, and copies in the log of the database. Each step may be done any number of times.
/// </summary>
public sealed partial class ErasureRemains(Database database, string mailDirectory, ErasureLedger ledger, ILogger<ErasureRemains> log)
{
    private const int AskedTogether = 200;
    private const int IdLength = 32;
    private const string FileEnd = ".eml";

    // A mail that was claimed before its inquiry was erased may be written until its lease ends.
    private static readonly TimeSpan s_latestWriting = TimeSpan.FromMinutes(10);

    private DateTimeOffset? _scrubbed;

    /// <summary>Deletes files of mails whose inquiries were erased lately, and cleans the database when one was since the last time.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        var (newest, erased, mails) = await database.ReadAsync(
            async session =>
            {
                var since = session.Now - s_latestWriting;
                return await ErasureStore.FindNewestAsync(session, since) is { } last
                    ? (last, await ErasureStore.ListSinceAsync(session, since), await ErasureStore.ListMailsAsync(session, since))
                    : default((DateTimeOffset?, IReadOnlyList<InquiryId>, IReadOnlyList<ErasedMail>));
            },
            cancellation);
        if (newest is not null)
        {
            Enter(erased);
            Delete(mails);
            if (newest != _scrubbed && await database.ScrubAsync())
            {
                _scrubbed = newest;
            }
        }
    }

    /// <summary>Looks at every file there is, and cleans the database: for a process that has just started, whatever the one before was killed at.</summary>
    public async Task FinishAllAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(mailDirectory))
        {
            // Their names have the mails' ids: nothing has to be looked into.
            var ids = Directory.EnumerateFiles(mailDirectory, $"*{FileEnd}*").Select(IdOf).OfType<Guid>().Distinct();
            foreach (var some in ids.Chunk(AskedTogether))
            {
                Delete(await database.ReadAsync(session => ErasureStore.ListErasedAsync(session, some), cancellation));
            }
        }

        // A ledger that was lost, or that belongs to a database from before there was one, is written anew.
        Enter(await database.ReadAsync(session => ErasureStore.ListSinceAsync(session, DateTimeOffset.MinValue), cancellation));
        await database.ScrubAsync();
    }

    private void Enter(IReadOnlyList<InquiryId> erased)
    {
        try
        {
            ledger.Add(erased, database.Clock.GetUtcNow());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotEntered(ledger.Path, exception.GetType().Name);
        }
    }

    private static Guid? IdOf(string path)
    {
        var name = Path.GetFileName(path);
        name = name.EndsWith(PickupTransport.Unfinished, StringComparison.Ordinal) ? name[..^PickupTransport.Unfinished.Length] : name;
        return name.EndsWith(FileEnd, StringComparison.Ordinal) && name.Length > IdLength + FileEnd.Length
            && Guid.TryParseExact(name.AsSpan(name.Length - FileEnd.Length - IdLength, IdLength), "N", out var id) ? id : null;
    }

    private void Delete(IEnumerable<ErasedMail> mails)
    {
        if (Directory.Exists(mailDirectory))
        {
            foreach (var path in mails.Select(m => Path.Combine(mailDirectory, PickupTransport.FileName(m.Id, m.CreatedAt))))
            {
                Delete(path);
                Delete(path + PickupTransport.Unfinished);
            }
        }
    }

    private void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotDeleted(Path.GetFileName(path), exception.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The erasure ledger {File} cannot be written ({Cause}): an older backup would bring the erased back. It is tried again for ten minutes, and at the next start.")]
    private partial void LogNotEntered(string file, string cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "The file {File} of an erased inquiry's mail cannot be deleted ({Cause}); it is tried again for ten minutes, and at the next start. Let this user delete it.")]
    private partial void LogNotDeleted(string file, string cause);
}
