using System.Globalization;
using System.Text;
using Dapper;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching;

/// <summary>How much the clinics have been offered: places of weeks and days, shares of near ties, how they answered, who waits for them.</summary>
public static class LoadStore
{
    // It is two days at once around the world; a week is on the safe side.
    private const int DaysKept = 7;

    /// <summary>The load of every clinic that has any, and who waits for which.</summary>
    public static async Task<LoadView> ReadAsync(Session session, NetworkSnapshot network, Policy policy)
    {
        var today = DateOnly.FromDateTime(session.Now.UtcDateTime);
        var from = new { week = today.AddDays(-8), day = today.AddDays(-1), share = CapWeek.Of(today).AddDays(-7 * (policy.FairnessWeeks - 1)) };
        var weeks = await session.QueryAsync<CountRow>("SELECT ClinicCode, Week AS Period, Offered FROM ClinicLoad WHERE Week >= @week", from);
        var days = await session.QueryAsync<CountRow>("SELECT ClinicCode, Day AS Period, Offered FROM ClinicDay WHERE Day >= @day", from);
        var shares = await session.QueryAsync<ShareRow>("SELECT ClinicCode, SUM(Owed) AS Owed FROM ClinicShare WHERE Week >= @share GROUP BY ClinicCode", from);
        var records = await session.QueryAsync<RecordRow>("SELECT ClinicCode, ResponseMinutes, Answered, Accepted FROM ClinicRecord");
        var waiting = await session.QueryAsync<WaitingRow>("SELECT InquiryId, ClinicCode, Since FROM Waiting ORDER BY Since, InquiryId");

        var loads = new Dictionary<string, ClinicLoad>(StringComparer.Ordinal);
        foreach (var row in records)
        {
            Change(row.ClinicCode, l => l with { ResponseMinutes = row.ResponseMinutes, Answered = row.Answered, Accepted = row.Accepted });
        }

        foreach (var row in shares)
        {
            Change(row.ClinicCode, l => l with { Owed = row.Owed });
        }

        // A Monday, and a midnight, come at different moments around the world: each clinic counts in its own.
        foreach (var row in weeks.Where(r => network.ByCode.TryGetValue(r.ClinicCode, out var clinic) && CapWeek.Of(session.Now, clinic.TimeZone) == r.Period))
        {
            Change(row.ClinicCode, l => l with { ThisWeek = row.Offered });
        }

        foreach (var row in days.Where(r => network.ByCode.TryGetValue(r.ClinicCode, out var clinic) && CapWeek.Day(session.Now, clinic.TimeZone) == r.Period))
        {
            Change(row.ClinicCode, l => l with { Today = row.Offered });
        }

        return new LoadView(loads, waiting.ToLookup(w => w.ClinicCode, w => new Waiter(w.InquiryId, w.Since), StringComparer.Ordinal));

        void Change(string code, Func<ClinicLoad, ClinicLoad> change) =>
            loads[code] = change(loads.TryGetValue(code, out var load) ? load : ClinicLoad.None);
    }

    /// <summary>The places of some clinics at this moment, as the database counts them.</summary>
    public static async Task<IReadOnlyDictionary<string, ClinicLoad>> PlacesAsync(Session session, IReadOnlyCollection<Clinic> clinics)
    {
        var codes = clinics.Select(c => c.Code).ToArray();
        var today = DateOnly.FromDateTime(session.Now.UtcDateTime);
        var weeks = (await session.QueryAsync<CountRow>(
            "SELECT ClinicCode, Week AS Period, Offered FROM ClinicLoad WHERE ClinicCode IN @codes AND Week >= @from", new { codes, from = today.AddDays(-8) }))
            .ToLookup(r => r.ClinicCode, StringComparer.Ordinal);
        var days = (await session.QueryAsync<CountRow>(
            "SELECT ClinicCode, Day AS Period, Offered FROM ClinicDay WHERE ClinicCode IN @codes AND Day >= @from", new { codes, from = today.AddDays(-1) }))
            .ToLookup(r => r.ClinicCode, StringComparer.Ordinal);

        // A Monday begins at different moments around the world: each clinic counts in its own.
        return clinics.ToDictionary(
            c => c.Code,
            c => new ClinicLoad
            {
                ThisWeek = weeks[c.Code].FirstOrDefault(r => r.Period == CapWeek.Of(session.Now, c.TimeZone))?.Offered ?? 0,
                Today = days[c.Code].FirstOrDefault(r => r.Period == CapWeek.Day(session.Now, c.TimeZone))?.Offered ?? 0,
            },
            StringComparer.Ordinal);
    }

    /// <summary>How one clinic answered over the last twelve months, and when that was counted; null: nothing is known.</summary>
    public static async Task<(ClinicLoad Record, DateTimeOffset At)?> FindRecordAsync(Session session, string clinicCode) =>
        await session.QuerySingleOrDefaultAsync<RecordRow>(
            "SELECT ClinicCode, ResponseMinutes, Answered, Accepted, At FROM ClinicRecord WHERE ClinicCode = @clinicCode", new { clinicCode }) is { } row
            ? (ClinicLoad.None with { ResponseMinutes = row.ResponseMinutes, Answered = row.Answered, Accepted = row.Accepted }, row.At)
            : null;

    /// <summary>
    /// Counts what a unit of work changes, by one command: the last of the unit, since from here to its commit every other that wants a place at one of
    /// these clinics waits. Each change touches exactly one row, or there is no place left.
    /// </summary>
    /// <exception cref="ConflictException">A place is gone, or a row was opened at the same moment: decide again.</exception>
    public static async Task CountAsync(Tx tx, LoadChanges changes)
    {
        if (changes.Sorted() is not { Count: > 0 } sorted)
        {
            return;
        }

        var sql = new StringBuilder();
        var parameters = new DynamicParameters();
        foreach (var (number, change) in sorted.Index())
        {
            var suffix = number.ToString(CultureInfo.InvariantCulture);
            sql.AppendLine(change.Sql.Replace("#", suffix, StringComparison.Ordinal));
            parameters.Add("clinic" + suffix, change.ClinicCode);
            parameters.Add("period" + suffix, change.Period);
            parameters.Add("n" + suffix, change.N);
        }

        try
        {
            if (await tx.ExecuteAsync(sql.ToString(), parameters) != sorted.Count)
            {
                throw new ConflictException($"A place was taken by others: {string.Join(' ', sorted.Select(c => c.ClinicCode).Distinct(StringComparer.Ordinal))}.");
            }
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("The load of a clinic was opened at the same moment.", exception);
        }
    }

    /// <summary>Deletes days nobody counts any more, and shares older than any policy looks back: also of clinics that have left the network.</summary>
    /// <returns>How many rows.</returns>
    public static async Task<int> SweepAsync(Tx tx)
    {
        var today = DateOnly.FromDateTime(tx.Now.UtcDateTime);
        return await tx.ExecuteAsync("DELETE FROM ClinicDay WHERE Day < @before", new { before = today.AddDays(-DaysKept) })
            + await tx.ExecuteAsync("DELETE FROM ClinicShare WHERE Week < @before", new { before = CapWeek.Of(today).AddDays(-7 * Policy.MostFairnessWeeks) });
    }

    /// <summary>From now on the inquiry waits for these clinics, which lack nothing but a place, and for no other. It keeps the moment it was received.</summary>
    public static async Task WaitAsync(Tx tx, InquiryId inquiryId, DateTimeOffset since, IEnumerable<string> clinics)
    {
        await StopWaitingAsync(tx, inquiryId);
        foreach (var code in clinics)
        {
            await tx.ExecuteAsync("INSERT INTO Waiting (InquiryId, ClinicCode, Since) VALUES (@inquiryId, @code, @since)", new { inquiryId, code, since });
        }
    }

    public static Task<int> StopWaitingAsync(Tx tx, InquiryId inquiryId) =>
        tx.ExecuteAsync("DELETE FROM Waiting WHERE InquiryId = @inquiryId", new { inquiryId });

    /// <summary>Replaces what is known of how the clinics answered.</summary>
    /// <exception cref="ConflictException">Another process does so at the same moment.</exception>
    public static async Task ReplaceRecordsAsync(Tx tx, IEnumerable<(string ClinicCode, ClinicLoad Record)> records)
    {
        await tx.ExecuteAsync("DELETE FROM ClinicRecord");
        try
        {
            await tx.InsertAsync(
                "INSERT INTO ClinicRecord (ClinicCode, ResponseMinutes, Answered, Accepted, At) VALUES (@ClinicCode, @ResponseMinutes, @Answered, @Accepted, @Now)",
                records.Select(r => new { r.ClinicCode, r.Record.ResponseMinutes, r.Record.Answered, r.Record.Accepted, tx.Now }));
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException("The records of the clinics were written at the same moment.", exception);
        }
    }

    private sealed class CountRow
    {
        public string ClinicCode { get; init; } = string.Empty;

        public DateOnly Period { get; init; }

        public int Offered { get; init; }
    }

    private sealed class ShareRow
    {
        public string ClinicCode { get; init; } = string.Empty;

        public long Owed { get; init; }
    }

    private sealed class RecordRow
    {
        public string ClinicCode { get; init; } = string.Empty;

        public int? ResponseMinutes { get; init; }

        public int Answered { get; init; }

        public int Accepted { get; init; }

        public DateTimeOffset At { get; init; }
    }

    private sealed class WaitingRow
    {
        public InquiryId InquiryId { get; init; }

        public string ClinicCode { get; init; } = string.Empty;

        public DateTimeOffset Since { get; init; }
    }
}
