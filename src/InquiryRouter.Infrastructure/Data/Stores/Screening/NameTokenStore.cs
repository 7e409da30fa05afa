using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening.Duplicates;

namespace InquiryRouter.Infrastructure.Data.Stores.Screening;

/// <summary>An inquiry that words lead to: opened, it says whether it is meant.</summary>
public sealed record NameCandidate
{
    public required FoundReference Found { get; init; }

    public required byte[] WrappedKey { get; init; }

    public required byte[] Sealed { get; init; }
}

/// <summary>What candidates must be besides.</summary>
/// <param name="Born">Year of birth; null: any.</param>
/// <param name="Country">ISO code; null: any.</param>
public sealed record NameNarrowing(int? Born = null, string? Country = null);

/// <summary>An inquiry whose names are to be made searchable, as it was read.</summary>
public sealed record UnsearchableInquiry
{
    public required long Seq { get; init; }

    public required byte[] WrappedKey { get; init; }

    public required byte[] Sealed { get; init; }
}

/// <summary>Keyed hashes of the words of a name, and of the end of a phone number, by which a person finds an inquiry.</summary>
public static class NameTokenStore
{
    /// <summary>Words of one question; of more the rarest are asked for.</summary>
    public const int MostAsked = 4;

    /// <summary>A word that more have is common.</summary>
    public const int MostCounted = 2000;

    /// <summary>The row that says how far old inquiries are searchable; none: all are.</summary>
    internal const string BackfillName = "name-tokens";


    /// <summary>Stores what the inquiry is searched by, in one statement; a second time changes nothing.</summary>
    /// <param name="tx">A transaction.</param>
    /// <param name="inquiryId">Stored already.</param>
    /// <param name="tokens">At most <see cref="NameWords.Most"/>, each once.</param>
    public static async Task AddAsync(Tx tx, InquiryId inquiryId, IReadOnlyList<byte[]> tokens)
    {
        if (tokens.Count > NameWords.Most)
        {
            throw new ArgumentException($"An inquiry has at most {NameWords.Most} name tokens, not {tokens.Count}.", nameof(tokens));
        }

        if (tokens.Count == 0)
        {
            return;
        }

        try
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO NameToken (Token, Seq)
                SELECT T.Token, I.Seq FROM Inquiry I CROSS JOIN (
                    SELECT @token1 AS Token UNION ALL SELECT @token2 UNION ALL SELECT @token3 UNION ALL SELECT @token4
                    UNION ALL SELECT @token5 UNION ALL SELECT @token6 UNION ALL SELECT @token7 UNION ALL SELECT @token8
                    UNION ALL SELECT @token9 UNION ALL SELECT @token10 UNION ALL SELECT @token11 UNION ALL SELECT @token12) T
                WHERE I.Id = @inquiryId AND T.Token IS NOT NULL
                """,
                new
                {
                    inquiryId, token1 = Token(0), token2 = Token(1), token3 = Token(2), token4 = Token(3), token5 = Token(4), token6 = Token(5),
                    token7 = Token(6), token8 = Token(7), token9 = Token(8), token10 = Token(9), token11 = Token(10), token12 = Token(11),
                });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            // An earlier try stored all of them and did not get to its end.
        }

        byte[]? Token(int i) => i < tokens.Count ? tokens[i] : null;
    }

    /// <summary>Names or a phone were corrected: it is found by the new ones only.</summary>
    public static async Task ReplaceAsync(Tx tx, InquiryId inquiryId, IReadOnlyList<byte[]> tokens)
    {
        await RemoveAsync(tx, inquiryId);
        await AddAsync(tx, inquiryId, tokens);
    }

    /// <summary>Forgets what an inquiry was found by; part of its erasure.</summary>
    public static Task<int> RemoveAsync(Tx tx, InquiryId inquiryId) => tx.ExecuteAsync(
        "DELETE FROM NameToken WHERE Seq = (SELECT Seq FROM Inquiry WHERE Id = @inquiryId)", new { inquiryId });

    /// <summary>How many inquiries have this token, counted up to <see cref="MostCounted"/>: which of several words is the rarest.</summary>
    public static async Task<int> CountAsync(Session session, byte[] token) => (await session.QueryAsync<long>(
        session.Dialect.First("Seq", "FROM NameToken WHERE Token = @token ORDER BY Seq"), new { token, take = MostCounted })).Count();

    /// <summary>Inquiries that have all of these, newest first.</summary>
    /// <param name="session">A session.</param>
    /// <param name="tokens">One to <see cref="MostAsked"/>, the rarest first.</param>
    /// <param name="narrowing">What they must be besides.</param>
    /// <param name="take">How many at most.</param>
    public static async Task<IReadOnlyList<NameCandidate>> FindAsync(
        Session session, IReadOnlyList<byte[]> tokens, NameNarrowing narrowing, int take) =>
        [.. (await session.QueryAsync<CandidateRow>(
            session.Dialect.First(
                "I.Reference, I.State, I.ReceivedAt, I.BirthYear, I.Country, I.ConditionCode, P.WrappedKey, P.Sealed",
                """
                FROM NameToken A INNER JOIN Inquiry I ON I.Seq = A.Seq INNER JOIN InquiryPatient P ON P.InquiryId = I.Id
                WHERE A.Token = @token1
                    AND (@token2 IS NULL OR EXISTS (SELECT 1 FROM NameToken B WHERE B.Token = @token2 AND B.Seq = A.Seq))
                    AND (@token3 IS NULL OR EXISTS (SELECT 1 FROM NameToken C WHERE C.Token = @token3 AND C.Seq = A.Seq))
                    AND (@token4 IS NULL OR EXISTS (SELECT 1 FROM NameToken D WHERE D.Token = @token4 AND D.Seq = A.Seq))
                    AND (@Born IS NULL OR I.BirthYear = @Born) AND (@Country IS NULL OR I.Country = @Country)
                ORDER BY A.Seq DESC
                """),
            new
            {
                token1 = tokens[0], token2 = tokens.ElementAtOrDefault(1), token3 = tokens.ElementAtOrDefault(2),
                token4 = tokens.ElementAtOrDefault(3), narrowing.Born, narrowing.Country, take,
            })).Select(r => r.ToCandidate())];

    /// <summary>How far the search of inquiries from before there was one has been made; null: it is.</summary>
    public static Task<long?> FindBackfillAsync(Session session) =>
        session.QuerySingleOrDefaultAsync<long?>("SELECT Seq FROM Backfill WHERE Name = @BackfillName", new { BackfillName });

    /// <summary>The next inquiries after one; those that are searchable already are not opened again, but <paramref name="take"/> counts them.</summary>
    /// <returns>Up to where was looked, and what was found there; null: there is nothing after it.</returns>
    public static async Task<(long UpTo, IReadOnlyList<UnsearchableInquiry> Found)?> ListBackfillAsync(Session session, long after, int take)
    {
        var places = (await session.QueryAsync<long>(
            session.Dialect.First("Seq", "FROM Inquiry WHERE Seq > @after ORDER BY Seq"), new { after, take })).ToList();
        if (places.Count == 0)
        {
            return null;
        }

        return (places[^1], [.. await session.QueryAsync<UnsearchableInquiry>(
            """
            SELECT I.Seq, P.WrappedKey, P.Sealed FROM Inquiry I INNER JOIN InquiryPatient P ON P.InquiryId = I.Id
            WHERE I.Seq > @after AND I.Seq <= @UpTo AND NOT EXISTS (SELECT 1 FROM NameToken T WHERE T.Seq = I.Seq)
            """,
            new { after, UpTo = places[^1] })]);
    }

    /// <summary>
    /// Makes an old inquiry searchable. What was corrected or erased since it was read has its own tokens, or none; what waits for screening gets
    /// them there.
    /// </summary>
    public static async Task FillAsync(Tx tx, UnsearchableInquiry read, IReadOnlyList<byte[]> tokens)
    {
        // Where readers are shown versions, an erasure that is not committed yet is waited for.
        if (await tx.ExecuteAsync("UPDATE Inquiry SET Version = Version WHERE Seq = @Seq AND State <> 'Erased'", new { read.Seq }) == 0)
        {
            return;
        }

        foreach (var token in tokens)
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO NameToken (Token, Seq)
                SELECT @token, I.Seq FROM Inquiry I INNER JOIN InquiryPatient P ON P.InquiryId = I.Id
                WHERE I.Seq = @Seq AND I.State <> 'Received' AND P.Sealed = @Sealed
                    AND NOT EXISTS (SELECT 1 FROM NameToken T WHERE T.Token = @token AND T.Seq = @Seq)
                """,
                new { token, read.Seq, read.Sealed });
        }
    }

    /// <summary>It has come as far as this; null: it is done. False: another process was first.</summary>
    public static async Task<bool> SetBackfillAsync(Tx tx, long from, long? upTo) => await tx.ExecuteAsync(
        upTo is null
            ? "DELETE FROM Backfill WHERE Name = @BackfillName AND Seq = @from"
            : "UPDATE Backfill SET Seq = @upTo WHERE Name = @BackfillName AND Seq = @from",
        new { BackfillName, from, upTo }) == 1;

    private sealed class CandidateRow
    {
        public string Reference { get; init; } = string.Empty;

        public InquiryState State { get; init; }

        public DateTimeOffset ReceivedAt { get; init; }

        public int BirthYear { get; init; }

        public string Country { get; init; } = string.Empty;

        public string ConditionCode { get; init; } = string.Empty;

        public byte[] WrappedKey { get; init; } = [];

        public byte[] Sealed { get; init; } = [];

        public NameCandidate ToCandidate() => new()
        {
            Found = new FoundReference
            {
                Reference = Reference, State = State, ReceivedAt = ReceivedAt, BirthYear = BirthYear, Country = Country, ConditionCode = ConditionCode,
            },
            WrappedKey = WrappedKey, Sealed = Sealed,
        };
    }
}
