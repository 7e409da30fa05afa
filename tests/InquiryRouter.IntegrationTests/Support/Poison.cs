using InquiryRouter.Infrastructure.Data;

namespace InquiryRouter.IntegrationTests.Support;

/// <summary>A fault in the database of an <see cref="InquiryApp"/> that one stage cannot get over, and that can be mended.</summary>
internal static class Poison
{
    /// <summary>What the history says a message has failed by.</summary>
    public static string Cause => AppDatabase.IsSqlServer ? "SqlException" : "SqliteException";

    /// <summary>From now on nothing can be inserted into the table that fits the condition.</summary>
    /// <param name="app">The app.</param>
    /// <param name="table">Which table.</param>
    /// <param name="condition">Of the new row, like <c>NEW.Kind = 'CheckIn'</c>.</param>
    public static Task PoisonAsync(this InquiryApp app, string table, string condition = "1 = 1") =>
        app.Database.WriteAsync(tx => tx.ExecuteAsync(app.Settings.Database.Provider == DatabaseProvider.SqlServer
            ? $"CREATE TRIGGER Poison ON {table} AFTER INSERT AS IF EXISTS (SELECT 1 FROM inserted AS NEW WHERE {condition}) THROW 50000, 'poison', 1"
            : $"CREATE TRIGGER Poison BEFORE INSERT ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, 'poison'); END"));

    public static Task MendAsync(this InquiryApp app) => app.Database.WriteAsync(tx => tx.ExecuteAsync("DROP TRIGGER Poison"));

    /// <summary>Waits until a message has failed.</summary>
    public static Task FailsAsync(this InquiryApp app) => app.UntilAsync(
        async () => await app.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State = 0 AND LastError IS NOT NULL") > 0, "a message fails");

    /// <summary>Waits until a message has failed so often that it is parked; the clock runs fast.</summary>
    public static Task ParksAsync(this InquiryApp app) => app.Clock.UntilAsync(
        async () => await app.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State = 2") > 0,
        () => "a message is parked",
        step: TimeSpan.FromSeconds(5));
}
