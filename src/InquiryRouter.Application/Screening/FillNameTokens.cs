using System.Security.Cryptography;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Screening;

/// <summary>
/// Makes inquiries searchable by name that are older than that search: each is opened once, in small batches beside everything else. Killed at any
/// moment it goes on where it was; once done, there is nothing to ask.
/// </summary>
public sealed class FillNameTokens(Database database, PatientVault vault, KeyedHash hash)
{
    private const int BatchSize = 200;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await database.ReadAsync(NameTokenStore.FindBackfillAsync, cancellation) is { } from)
        {
            var batch = await database.ReadAsync(session => NameTokenStore.ListBackfillAsync(session, from, BatchSize), cancellation);
            var tokens = (batch?.Found ?? []).Select(read => (Read: read, Tokens: TokensOf(read))).ToList();
            var isOurs = await database.WriteAsync(
                async tx =>
                {
                    if (!await NameTokenStore.SetBackfillAsync(tx, from, batch?.UpTo))
                    {
                        return false;
                    }

                    foreach (var (read, found) in tokens)
                    {
                        await NameTokenStore.FillAsync(tx, read, found);
                    }

                    return true;
                },
                Priority.Background,
                cancellation);
            if (!isOurs)
            {
                // Another process does it.
                return;
            }
        }
    }

    // What nobody can open any more is found by nothing.
    private IReadOnlyList<byte[]> TokensOf(UnsearchableInquiry read)
    {
        try
        {
            return hash.NameTokensOf(vault.Open(read.WrappedKey, read.Sealed));
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
