using InquiryRouter.Core.Reports;
using InquiryRouter.Infrastructure.Data.Stores.Reports;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>
/// The numbers of clinics in memory, a month as it was counted: a year of ten thousand clinics is too many rows to read for each page.
/// A month is read again when it was counted again, which the small table of counts says.
/// </summary>
public sealed class ClinicFiguresCache(Database database) : IDisposable
{
    // Sums of so many periods are kept: those somebody chooses with one press, and some that were typed.
    private const int MostSums = 8;

    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Dictionary<DateOnly, CountedMonth> _months = [];
    private readonly Dictionary<(DateOnly From, DateOnly Last), (IReadOnlyList<CountedMonth> Of, IReadOnlyList<ClinicFigures> Sums)> _sums = [];

    /// <summary>Each clinic that was offered something, with its sums over some months, in the order of codes.</summary>
    /// <param name="from">The first month, by its first day.</param>
    /// <param name="last">The last.</param>
    /// <param name="cancellation">Ends the question.</param>
    public async Task<IReadOnlyList<ClinicFigures>> SumAsync(DateOnly from, DateOnly last, CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            var months = await database.ReadAsync(session => ReadAsync(session, from, last), cancellation);
            if (_sums.TryGetValue((from, last), out var known) && known.Of.SequenceEqual(months))
            {
                return known.Sums;
            }

            if (_sums.Count >= MostSums)
            {
                _sums.Clear();
            }

            var sums = Sum(months);
            _sums[(from, last)] = (months, sums);
            return sums;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private static List<ClinicFigures> Sum(IReadOnlyList<CountedMonth> months)
    {
        var sums = new Dictionary<string, ClinicFigures>(StringComparer.Ordinal);
        foreach (var figures in months.SelectMany(m => m.Figures))
        {
            sums[figures.ClinicCode] = sums.TryGetValue(figures.ClinicCode, out var sum) ? sum.Plus(figures) : figures;
        }

        return [.. sums.Values.OrderBy(f => f.ClinicCode, StringComparer.Ordinal)];
    }

    // The version first: what was counted meanwhile is read again the next time.
    private async Task<IReadOnlyList<CountedMonth>> ReadAsync(Session session, DateOnly from, DateOnly last)
    {
        var months = new List<CountedMonth>();
        var runs = await StatStore.ListRunsAsync(session, StatStore.Month);
        foreach (var run in runs.Where(r => r.Start >= from && r.Start <= last).OrderBy(r => r.Start))
        {
            if (!_months.TryGetValue(run.Start, out var month) || month.Version != run.Version)
            {
                _months[run.Start] = month = new CountedMonth(run.Version, await StatClinicStore.ListAsync(session, run.Start));
            }

            months.Add(month);
        }

        return months;
    }

    private sealed class CountedMonth(int version, IReadOnlyList<ClinicFigures> figures)
    {
        public int Version => version;

        public IReadOnlyList<ClinicFigures> Figures => figures;
    }
}
