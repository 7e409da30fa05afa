using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Checks;

namespace InquiryRouter.Application.Network;

/// <summary>What became of a review.</summary>
public abstract record ReviewOutcome
{
    private ReviewOutcome()
    {
    }

    public sealed record Done : ReviewOutcome
    {
        public static readonly Done It = new();
    }

    /// <summary>It was so already.</summary>
    public sealed record AlreadyDone : ReviewOutcome
    {
        public static readonly AlreadyDone It = new();
    }

    /// <summary>The row says something else now, or is gone: it was not what was read.</summary>
    public sealed record Stale : ReviewOutcome
    {
        public static readonly Stale It = new();
    }

    /// <summary>The files do not agree with each other; nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<ReferenceProblem> Problems) : ReviewOutcome;
}

/// <summary>
/// Somebody says that they have read a row of a reference file with its source, or that it is right no more. The file with that one word changed is
/// in force from then on, as after an import: who, when and what they compared it with is kept beside it.
/// </summary>
public sealed class ReviewRule(Work work)
{
    private const int LongestRemark = 1000;

    /// <param name="fileName">Which file.</param>
    /// <param name="rowHash">The row as it was read.</param>
    /// <param name="reviewed">False: it is right no more.</param>
    /// <param name="remark">What it was compared with; null: nothing is said.</param>
    /// <param name="by">Who.</param>
    /// <param name="who">The same, as the access log says it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ReviewOutcome> RunAsync(
        string fileName, string rowHash, bool reviewed, string? remark, UserId by, Actor who, CancellationToken cancellation)
    {
        if (!ReferenceFiles.IsName(fileName))
        {
            return ReviewOutcome.Stale.It;
        }

        var said = Typed.Lines(remark)?.Trim() ?? string.Empty;
        return await work.WriteAsync(
            async tx =>
            {
                await ReferenceStore.StoreShippedAsync(tx);
                var file = (await ReferenceStore.LoadAsync(tx, await NetworkStore.VersionAsync(tx)))[fileName];
                if (ReferenceReview.With(file, rowHash, reviewed) is not { } changed)
                {
                    return ReviewOutcome.Stale.It;
                }

                if (changed.Hash == file.Hash)
                {
                    return ReviewOutcome.AlreadyDone.It;
                }

                if (await ReferenceStore.ImportAsync(tx, changed, await SourceAsync(tx, fileName, who)) is ReferenceImportOutcome.Refused refused)
                {
                    return (ReviewOutcome)new ReviewOutcome.Refused(refused.Problems);
                }

                await RuleReviewStore.AddAsync(tx, new RuleReview
                {
                    FileName = fileName, RowHash = rowHash, Reviewed = reviewed, By = by, Name = who.Name,
                    Remark = said.Length <= LongestRemark ? said : said[..LongestRemark],
                });
                await new RecordSystem(
                    SystemEvent.RulesChanged(reviewed ? "reviewed" : "review-taken-back", $"{fileName} {rowHash[..12]}"), who).ApplyAsync(tx, new Applied());
                return ReviewOutcome.Done.It;
            },
            cancellation);
    }

    // What is the demo network's stays known as that.
    private static async Task<string> SourceAsync(Session session, string fileName, Actor who) =>
        (await ReferenceStore.HistoryAsync(session)).Any(f => f.Name == fileName && f is { ToVersion: null, Source: DemoRules.Source })
            ? DemoRules.Source
            : $"reviewed by {who.Name}";
}

/// <summary>A reference file in the list.</summary>
/// <param name="Stored">Since when it is in force, and who brought it; null: as shipped, and nothing was stored yet.</param>
/// <param name="Rows">How many it has.</param>
/// <param name="Unreviewed">How many of them nobody has reviewed; null: its rows do not say.</param>
public sealed record ListedReferenceFile(string Name, StoredReferenceFile? Stored, int Rows, int? Unreviewed);

/// <summary>One file with its rows.</summary>
/// <param name="Reviews">Who has reviewed which row, by its hash.</param>
public sealed record ReferenceDesk(
    string Name, StoredReferenceFile? Stored, IReadOnlyList<ReviewedRow> Rows, IReadOnlyDictionary<string, RuleReview> Reviews);

/// <summary>The reference files in force as somebody reviews them.</summary>
public sealed class ReadReviews(Work work)
{
    private const int MostKept = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, IReadOnlyList<ReviewedRow>> _rows = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<ListedReferenceFile>> ListAsync(CancellationToken cancellation)
    {
        var (files, stored) = await LoadAsync(cancellation);
        return
        [
            .. ReferenceFiles.Names.Select(name => (name, Rows: RowsOf(files[name]))).Select(f => new ListedReferenceFile(
                f.name, stored.GetValueOrDefault(f.name), f.Rows.Count,
                f.Rows.Any(r => r.Reviewed is not null) ? f.Rows.Count(r => r.Reviewed == false) : null)),
        ];
    }

    /// <returns>Null: there is no such file.</returns>
    public async Task<ReferenceDesk?> FindAsync(string name, CancellationToken cancellation)
    {
        if (!ReferenceFiles.IsName(name))
        {
            return null;
        }

        var (files, stored) = await LoadAsync(cancellation);
        var reviews = await work.ReadAsync(session => RuleReviewStore.NewestAsync(session, name), cancellation);
        return new ReferenceDesk(name, stored.GetValueOrDefault(name), RowsOf(files[name]), reviews);
    }

    private Task<(ReferenceFiles Files, Dictionary<string, StoredReferenceFile> Stored)> LoadAsync(CancellationToken cancellation) => work.ReadAsync(
        async session => (
            await ReferenceStore.LoadAsync(session, await NetworkStore.VersionAsync(session)),
            (await ReferenceStore.HistoryAsync(session)).Where(f => f.ToVersion is null).ToDictionary(f => f.Name, StringComparer.Ordinal)),
        cancellation);

    // A text never changes: it is read once.
    private IReadOnlyList<ReviewedRow> RowsOf(ReferenceFile file)
    {
        lock (_lock)
        {
            if (_rows.TryGetValue(file.Hash, out var known))
            {
                return known;
            }

            if (_rows.Count >= MostKept)
            {
                _rows.Clear();
            }

            return _rows[file.Hash] = ReferenceReview.Rows(file);
        }
    }
}
