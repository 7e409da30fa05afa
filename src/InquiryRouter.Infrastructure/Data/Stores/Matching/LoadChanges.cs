using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching;

/// <summary>What a unit of work changes of the load of clinics, until <see cref="LoadStore.CountAsync"/> counts it as the last thing of the unit.</summary>
public sealed class LoadChanges
{
    // Each text changes one row, or opens it; a # is the number of the change in its command.
    private const string TakeWeek =
        """
        UPDATE ClinicLoad SET Offered = Offered + 1 WHERE ClinicCode = @clinic# AND Week = @period# AND Offered < @n#;
        INSERT INTO ClinicLoad (ClinicCode, Week, Offered, Cap) SELECT @clinic#, @period#, 1, @n#
            WHERE @n# > 0 AND NOT EXISTS (SELECT 1 FROM ClinicLoad WHERE ClinicCode = @clinic# AND Week = @period#);
        """;

    private const string TakeDay =
        """
        UPDATE ClinicDay SET Offered = Offered + 1 WHERE ClinicCode = @clinic# AND Day = @period# AND Offered < @n#;
        INSERT INTO ClinicDay (ClinicCode, Day, Offered) SELECT @clinic#, @period#, 1
            WHERE @n# > 0 AND NOT EXISTS (SELECT 1 FROM ClinicDay WHERE ClinicCode = @clinic# AND Day = @period#);
        """;

    private const string FreeWeek =
        """
        UPDATE ClinicLoad SET Offered = CASE WHEN Offered > @n# THEN Offered - 1 ELSE 0 END WHERE ClinicCode = @clinic# AND Week = @period#;
        INSERT INTO ClinicLoad (ClinicCode, Week, Offered, Cap) SELECT @clinic#, @period#, 0, 0
            WHERE NOT EXISTS (SELECT 1 FROM ClinicLoad WHERE ClinicCode = @clinic# AND Week = @period#);
        """;

    private const string Accrue =
        """
        UPDATE ClinicShare SET Owed = Owed + @n# WHERE ClinicCode = @clinic# AND Week = @period#;
        INSERT INTO ClinicShare (ClinicCode, Week, Owed) SELECT @clinic#, @period#, @n#
            WHERE NOT EXISTS (SELECT 1 FROM ClinicShare WHERE ClinicCode = @clinic# AND Week = @period#);
        """;

    private readonly List<LoadChange> _changes = [];

    /// <summary>Takes a place of a clinic's week and of its day, if its cap and its pace leave one.</summary>
    public void Take(Clinic clinic, DateOnly week, DateOnly day)
    {
        _changes.Add(new LoadChange(clinic.Code, TakeWeek, week, clinic.WeeklyCap));
        _changes.Add(new LoadChange(clinic.Code, TakeDay, day, clinic.DailyPace ?? int.MaxValue));
    }

    /// <summary>Frees a place of a clinic's week.</summary>
    public void Free(string clinicCode, DateOnly week) => _changes.Add(new LoadChange(clinicCode, FreeWeek, week, 0));

    /// <summary>Accrues its share of a decision that several clinics could have come first in.</summary>
    /// <param name="clinicCode">Whose.</param>
    /// <param name="week">Of its own calendar.</param>
    /// <param name="share">In millionths of an offer: for the one whose turn it was, less the whole offer.</param>
    public void Owe(string clinicCode, DateOnly week, long share) => _changes.Add(new LoadChange(clinicCode, Accrue, week, share));

    /// <summary>In one order, whoever asks: two units that change the same clinics wait for each other, and never both for the other.</summary>
    internal IReadOnlyList<LoadChange> Sorted() =>
        [.. _changes.OrderBy(c => c.ClinicCode, StringComparer.Ordinal).ThenBy(c => c.Sql, StringComparer.Ordinal).ThenBy(c => c.Period)];
}

/// <param name="Sql">What changes it.</param>
/// <param name="Period">A week by its Monday, or a day.</param>
/// <param name="N">What is added, or the most there may be.</param>
internal sealed record LoadChange(string ClinicCode, string Sql, DateOnly Period, long N);
