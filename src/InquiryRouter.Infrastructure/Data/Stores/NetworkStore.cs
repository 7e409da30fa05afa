using System.Globalization;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data.Stores;

/// <summary>The clinics. Every change makes a new version of the network.</summary>
public static class NetworkStore
{
    // SQL Server takes at most 2,100 parameters a statement.
    private const int RowsAtOnce = 100;

    /// <summary>The version in force; 0 before anything was imported.</summary>
    public static Task<long> VersionAsync(Session session) =>
        session.QuerySingleOrDefaultAsync<long>("SELECT COALESCE(MAX(Version), 0) FROM Network");

    /// <summary>True before any clinic was imported, whatever the version.</summary>
    public static async Task<bool> IsEmptyAsync(Session session) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM Clinic") == 0;

    public static async Task<NetworkSnapshot> LoadAsync(Session session, MatchRules rules)
    {
        // An import between two of the questions must not make a network that never was.
        while (true)
        {
            var version = await VersionAsync(session);
            var clinics = await LoadClinicsAsync(session);
            if (await VersionAsync(session) == version)
            {
                return new NetworkSnapshot(version, clinics, rules);
            }
        }
    }

    private static async Task<IReadOnlyList<Clinic>> LoadClinicsAsync(Session session)
    {
        var treatments = (await session.QueryAsync<TreatmentRow>(
            "SELECT ClinicCode, ConditionCode, ConditionType, TreatmentCode, CellSources FROM ClinicTreatment ORDER BY ClinicCode, N"))
            .ToLookup(t => t.ClinicCode, StringComparer.Ordinal);
        var credentials = (await session.QueryAsync<CredentialRow>(
            "SELECT ClinicCode, Body, Scope, Number, ValidFrom, ValidTo, Status, VerifiedBy, VerifiedAt, SourceUrl FROM Credential ORDER BY ClinicCode, N"))
            .ToLookup(c => c.ClinicCode, StringComparer.Ordinal);
        var clinics = await session.QueryAsync<ClinicRow>(
            "SELECT Code, Name, Active, Country, City, TimeZone, Email, ContactName, Languages, AgeGroups, WeeklyCap, Opens, Closes, WorkDays FROM Clinic");
        return [.. clinics.Select(c => c.ToClinic(treatments[c.Code], credentials[c.Code]))];
    }

    /// <summary>Writes clinics whole, replacing those with the same code, and makes a new version.</summary>
    /// <returns>The new version.</returns>
    public static async Task<long> ReplaceAsync(Tx tx, IReadOnlyList<Clinic> clinics, string source, Action<int>? progress = null)
    {
        var version = await VersionAsync(tx) + 1;
        var done = 0;
        foreach (var part in clinics.Chunk(RowsAtOnce))
        {
            var codes = part.Select(c => c.Code).ToArray();
            await tx.ExecuteAsync("DELETE FROM Credential WHERE ClinicCode IN @codes", new { codes });
            await tx.ExecuteAsync("DELETE FROM ClinicTreatment WHERE ClinicCode IN @codes", new { codes });
            await tx.ExecuteAsync("DELETE FROM Clinic WHERE Code IN @codes", new { codes });
            foreach (var clinic in part)
            {
                await AddAsync(tx, clinic);
                await ReferralStore.SetCapAsync(tx, clinic);
            }

            done += part.Length;
            progress?.Invoke(done);
        }

        await tx.ExecuteAsync("INSERT INTO Network (Version, ImportedAt, Source) VALUES (@version, @Now, @source)", new { version, tx.Now, source });
        return version;
    }

    private static async Task AddAsync(Tx tx, Clinic clinic)
    {
        await tx.ExecuteAsync(
            """
            INSERT INTO Clinic (Code, Name, Active, Country, City, TimeZone, Email, ContactName, Languages, AgeGroups, WeeklyCap, Opens, Closes, WorkDays)
            VALUES (@Code, @Name, @Active, @Country, @City, @TimeZone, @Email, @ContactName, @Languages, @AgeGroups, @WeeklyCap, @Opens, @Closes, @WorkDays)
            """,
            new
            {
                clinic.Code, clinic.Name, clinic.Active, clinic.Country, clinic.City, clinic.TimeZone, clinic.Email, clinic.ContactName,
                Languages = Words.Join(clinic.Languages), AgeGroups = Words.Join(clinic.AgeGroups), clinic.WeeklyCap,
                Opens = clinic.Opens.ToString("HH:mm", CultureInfo.InvariantCulture), Closes = clinic.Closes.ToString("HH:mm", CultureInfo.InvariantCulture),
                WorkDays = Words.Join(clinic.WorkDays.Select(ClinicRow.Short)),
            });
        for (var n = 0; n < clinic.Treatments.Length; n++)
        {
            var t = clinic.Treatments[n];
            await tx.ExecuteAsync(
                """
                INSERT INTO ClinicTreatment (ClinicCode, N, ConditionCode, ConditionType, TreatmentCode, CellSources, Includes)
                VALUES (@Code, @n, @Condition, @ConditionType, @Treatment, @CellSources, '')
                """,
                new
                {
                    clinic.Code, n, t.Condition, t.ConditionType, t.Treatment, CellSources = Words.Join(t.CellSources),
                });
        }

        for (var n = 0; n < clinic.Credentials.Length; n++)
        {
            var c = clinic.Credentials[n];
            await tx.ExecuteAsync(
                """
                INSERT INTO Credential (ClinicCode, N, Body, Scope, Number, ValidFrom, ValidTo, Status, VerifiedBy, VerifiedAt, SourceUrl)
                VALUES (@Code, @n, @Body, @Scope, @Number, @ValidFrom, @ValidTo, @Status, @VerifiedBy, @VerifiedAt, @SourceUrl)
                """,
                new { clinic.Code, n, c.Body, Scope = Words.Join(c.Scope), c.Number, c.ValidFrom, c.ValidTo, c.Status, c.VerifiedBy, c.VerifiedAt, c.SourceUrl });
        }
    }
}
