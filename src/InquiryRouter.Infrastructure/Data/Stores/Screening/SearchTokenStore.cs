using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Data.Stores.Screening;

/// <summary>An inquiry that was found by a hash: nothing of it names a person.</summary>
public sealed record FoundReference
{
    public required string Reference { get; init; }

    public required InquiryState State { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required int BirthYear { get; init; }

    public required string Country { get; init; }

    public required string ConditionCode { get; init; }

    /// <summary>Who was searched for asks for the patient, and is not them.</summary>
    public bool AsksForPatient { get; init; }
}

/// <summary>Keyed hashes by which an inquiry is found again.</summary>
public static class SearchTokenStore
{
    /// <summary>As many tokens as an inquiry can have: two mailboxes, a phone, a name, a message.</summary>
    public const int Most = 5;

    /// <summary>Stores what the inquiry is found by, in one statement; a second time changes nothing.</summary>
    /// <param name="tokens">At least one, each once.</param>
    public static async Task AddAsync(Tx tx, InquiryId inquiryId, IReadOnlyList<SearchToken> tokens)
    {
        if (tokens.Count is 0 or > Most)
        {
            throw new ArgumentException($"An inquiry has 1 to {Most} search tokens, not {tokens.Count}.", nameof(tokens));
        }

        try
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO SearchToken (Token, InquiryId, Kind, At)
                SELECT @token1, @inquiryId, @kind1, @Now
                UNION ALL SELECT @token2, @inquiryId, @kind2, @Now WHERE @token2 IS NOT NULL
                UNION ALL SELECT @token3, @inquiryId, @kind3, @Now WHERE @token3 IS NOT NULL
                UNION ALL SELECT @token4, @inquiryId, @kind4, @Now WHERE @token4 IS NOT NULL
                UNION ALL SELECT @token5, @inquiryId, @kind5, @Now WHERE @token5 IS NOT NULL
                """,
                new
                {
                    inquiryId, tx.Now,
                    token1 = Token(0), kind1 = Kind(0), token2 = Token(1), kind2 = Kind(1), token3 = Token(2), kind3 = Kind(2),
                    token4 = Token(3), kind4 = Kind(3), token5 = Token(4), kind5 = Kind(4),
                });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            // An earlier try stored all of them and did not get to its end.
        }

        byte[]? Token(int i) => i < tokens.Count ? tokens[i].Token : null;
        string? Kind(int i) => i < tokens.Count ? tokens[i].Kind.ToString() : null;
    }

    /// <summary>
    /// Other inquiries with one of these tokens, those with the name first, then the newest. To be asked in the transaction that has stored this
    /// inquiry's own: then of two at the same moment at least one finds the other.
    /// </summary>
    public static async Task<IReadOnlySet<InquiryId>> FindOthersAsync(
        Tx tx, InquiryId inquiryId, IReadOnlyList<SearchToken> tokens, int take)
    {
        var asked = tokens.Where(t => t.Kind != SearchKind.Message).Select(t => t.Token).ToList();

        // A fixed number of places (nothing equals NULL): Dapper would write the text of a list anew at each call.
        return (await tx.QueryAsync<TokenRow>(
            tx.Dialect.FirstSettled(
                "SearchToken",
                "InquiryId",
                "WHERE Token IN (@token1, @token2, @token3, @token4) AND InquiryId <> @inquiryId ORDER BY CASE WHEN Kind = 'Name' THEN 0 ELSE 1 END, At DESC"),
            new { token1 = Token(0), token2 = Token(1), token3 = Token(2), token4 = Token(3), inquiryId, take })).Select(r => r.InquiryId).ToHashSet();

        byte[]? Token(int i) => i < asked.Count ? asked[i] : null;
    }

    /// <summary>The inquiries that are found by this, newest first.</summary>
    public static async Task<IReadOnlyList<InquiryId>> FindAsync(Session session, SearchToken token, int take) =>
        [.. (await session.QueryAsync<TokenRow>(
            session.Dialect.First("InquiryId", "FROM SearchToken WHERE Token = @Token AND Kind = @kind ORDER BY At DESC, InquiryId DESC"),
            new { token.Token, kind = token.Kind.ToString(), take })).Select(r => r.InquiryId)];

    /// <summary>The same, as a person may read them.</summary>
    public static async Task<IReadOnlyList<FoundReference>> FindReferencesAsync(Session session, SearchToken token, int take) =>
        [.. await session.QueryAsync<FoundReference>(
            session.Dialect.First(
                "I.Reference, I.State, I.ReceivedAt, I.BirthYear, I.Country, I.ConditionCode",
                "FROM SearchToken T INNER JOIN Inquiry I ON I.Id = T.InquiryId WHERE T.Token = @Token AND T.Kind = @kind ORDER BY I.Seq DESC"),
            new { token.Token, kind = token.Kind.ToString(), take })];

    /// <summary>Inquiries whose references begin alike, in their order.</summary>
    /// <param name="session">A session.</param>
    /// <param name="between">The first and the last that begins so.</param>
    /// <param name="take">How many at most.</param>
    public static async Task<IReadOnlyList<FoundReference>> FindBeginningAsync(Session session, (string First, string Last) between, int take) =>
        [.. await session.QueryAsync<FoundReference>(
            session.Dialect.First(
                "Reference, State, ReceivedAt, BirthYear, Country, ConditionCode",
                "FROM Inquiry WHERE Reference >= @First AND Reference <= @Last AND State <> 'Erased' ORDER BY Reference"),
            new { between.First, between.Last, take })];

    /// <summary>Names or addresses were corrected: it is found by the new ones only. The token of its message stays.</summary>
    public static async Task ReplaceContactAsync(Tx tx, InquiryId inquiryId, IReadOnlyList<SearchToken> tokens)
    {
        await tx.ExecuteAsync("DELETE FROM SearchToken WHERE InquiryId = @inquiryId AND Kind <> 'Message'", new { inquiryId });
        await AddAsync(tx, inquiryId, tokens);
    }

    /// <summary>How many other inquiries had this message since a moment, counted up to <paramref name="take"/>.</summary>
    public static async Task<int> CountCopiesAsync(
        Session session, InquiryId inquiryId, IReadOnlyList<SearchToken> tokens, DateTimeOffset since, int take)
    {
        if (tokens.FirstOrDefault(t => t.Kind == SearchKind.Message) is not { Token: var token })
        {
            return 0;
        }

        return (await session.QueryAsync<TokenRow>(
            session.Dialect.First("InquiryId", "FROM SearchToken WHERE Token = @token AND InquiryId <> @inquiryId AND At > @since ORDER BY InquiryId DESC"),
            new { token, inquiryId, since, take })).Count();
    }

    /// <summary>Forgets what an inquiry was found by; part of its erasure.</summary>
    public static Task<int> RemoveAsync(Tx tx, InquiryId inquiryId) =>
        tx.ExecuteAsync("DELETE FROM SearchToken WHERE InquiryId = @inquiryId", new { inquiryId });

    private sealed class TokenRow
    {
        public InquiryId InquiryId { get; init; }
    }
}
