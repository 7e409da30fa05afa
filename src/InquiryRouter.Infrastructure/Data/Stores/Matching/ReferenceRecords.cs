using InquiryRouter.Infrastructure.ReferenceData.Checks;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching;

/// <summary>One file as it was in force, from a version of the network to another, without its text.</summary>
public sealed record StoredReferenceFile
{
    public required string Name { get; init; }

    public required long FromVersion { get; init; }

    /// <summary>The first version it was no longer in force at; null: it still is.</summary>
    public required long? ToVersion { get; init; }

    /// <summary>False: an operator has imported it, and no later program replaces it.</summary>
    public required bool IsShipped { get; init; }

    /// <summary>SHA-256 of its text in hex.</summary>
    public required string Hash { get; init; }

    /// <summary>Who or what brought it.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }
}

/// <summary>What became of the files that are shipped with this program.</summary>
/// <param name="Version">Of the network, afterwards.</param>
/// <param name="Problems">
/// Not empty: they do not agree with what an operator has imported. Nothing was changed then; the files in force before, which agree among
/// themselves, stay in force until the operator imports files that fit.
/// </param>
public sealed record ShippedOutcome(long Version, IReadOnlyList<ReferenceProblem> Problems);

/// <summary>What became of a file to be imported.</summary>
public abstract record ReferenceImportOutcome
{
    private ReferenceImportOutcome()
    {
    }

    /// <summary>It is in force from this version of the network on.</summary>
    public sealed record Stored(long Version) : ReferenceImportOutcome;

    /// <summary>The same text was in force already.</summary>
    public sealed record Unchanged(long Version) : ReferenceImportOutcome;

    /// <summary>It has problems, or the others have with it; nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<ReferenceProblem> Problems) : ReferenceImportOutcome;
}
