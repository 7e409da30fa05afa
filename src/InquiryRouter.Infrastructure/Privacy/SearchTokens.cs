using System.Text;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening.Duplicates;

namespace InquiryRouter.Infrastructure.Privacy;

/// <summary>A search key as it is stored: nobody learns from it what it stands for, and the same key has the same token.</summary>
public sealed record SearchToken(SearchKind Kind, byte[] Token)
{
    /// <summary>Half a hash: in a billion inquiries two keys share one by chance with a probability of 10^-20, and indexes are half as long.</summary>
    public const int Length = 16;
}

/// <summary>Hashes what an inquiry is found by, before the transaction that stores it.</summary>
public static class SearchTokens
{
    private const int NameTokenLength = 8;

    /// <inheritdoc cref="SearchKeys.Of"/>
    public static IReadOnlyList<SearchToken> SearchTokensOf(this KeyedHash hash, PatientData patient, int birthYear, bool withMessage) =>
        [.. SearchKeys.Of(patient, birthYear, withMessage).Select(hash.SearchTokenOf)];

    public static SearchToken SearchTokenOf(this KeyedHash hash, SearchKey key) =>
        new(key.Kind, hash.Compute("search-" + key.Kind, Encoding.UTF8.GetBytes(key.Text))[..SearchToken.Length]);

    /// <summary>Hashes of what <see cref="NameWords"/> says, each once: 8 bytes, so that two words share one by chance once in billions.</summary>
    public static IReadOnlyList<byte[]> NameTokensOf(this KeyedHash hash, PatientData patient) =>
        [.. NameWords.Of(patient).Select(hash.NameTokenOf)];

    public static byte[] NameTokenOf(this KeyedHash hash, string word) =>
        hash.Compute("name-word", Encoding.UTF8.GetBytes(word))[..NameTokenLength];
}
