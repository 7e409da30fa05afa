using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching.Networks;

/// <summary>Reads clinics with everything that belongs to them: the rows of the clinics first, then of each table what belongs to some hundreds of them.</summary>
internal static class ClinicReading
{
    // SQL Server takes at most 2,100 parameters a statement.
    private const int ClinicsAtOnce = 500;

    private const string Columns =
        """
        SELECT Seq, FromVersion, Code, Name, Active, Country, City, TimeZone, Email, ContactName, Languages, AgeGroups, WeeklyCap, DailyPace, Opens, Closes,
               WorkDays, Holidays, LeavePeriods, OfferWindowHours, PausedUntil, MailFailsSince, TransplantsPerYear, Phone
        FROM Clinic
        """;

    /// <summary>The clinics in force at a version.</summary>
    public static async Task<IReadOnlyList<Clinic>> AtAsync(Session session, long version) =>
        await CompleteAsync(session, await session.QueryAsync<ClinicRow>(
            $"{Columns} WHERE FromVersion <= @version AND (ToVersion IS NULL OR ToVersion > @version) ORDER BY Seq", new { version }));

    /// <summary>Those of the clinics named that are there now, by their codes.</summary>
    public static async Task<IReadOnlyDictionary<string, Clinic>> NowAsync(Session session, IReadOnlyList<string> codes) =>
        (await CompleteAsync(session, await session.QueryAsync<ClinicRow>($"{Columns} WHERE ToVersion IS NULL AND Code IN @codes", new { codes })))
        .ToDictionary(c => c.Code, StringComparer.Ordinal);

    /// <summary>One clinic, as it is now or was at a version; null: there was none.</summary>
    public static async Task<ClinicSince?> FindAsync(Session session, string code, long? version)
    {
        var row = version is null
            ? await session.QueryFirstOrDefaultAsync<ClinicRow>($"{Columns} WHERE ToVersion IS NULL AND Code = @code", new { code })
            : await session.QueryFirstOrDefaultAsync<ClinicRow>(
                $"{Columns} WHERE Code = @code AND FromVersion <= @version AND (ToVersion IS NULL OR ToVersion > @version)", new { code, version });
        return row is null ? null : new ClinicSince((await CompleteAsync(session, [row]))[0], row.FromVersion);
    }

    private static async Task<IReadOnlyList<Clinic>> CompleteAsync(Session session, IEnumerable<ClinicRow> rows)
    {
        var clinics = new List<Clinic>();
        foreach (var part in rows.Chunk(ClinicsAtOnce))
        {
            var children = await ChildrenAsync(session, [.. part.Select(c => c.Seq)]);
            clinics.AddRange(part.Select(c => c.ToClinic(children)));
        }

        return clinics;
    }

    private static async Task<ClinicChildren> ChildrenAsync(Session session, long[] seqs)
    {
        var of = new { seqs };
        return new ClinicChildren(
            ByClinic(await session.QueryAsync<SiteRow>("SELECT ClinicSeq, Code, Name, City FROM ClinicSite WHERE ClinicSeq IN @seqs ORDER BY ClinicSeq, N", of)),
            ByClinic(await session.QueryAsync<ContactRow>("SELECT ClinicSeq, Name, Role, Email FROM ClinicContact WHERE ClinicSeq IN @seqs ORDER BY ClinicSeq, N", of)),
            ByClinic(await session.QueryAsync<TreatmentRow>(
                """
                SELECT ClinicSeq, ConditionCode, ConditionType, TreatmentCode, CellSources, Site, Route
                FROM ClinicTreatment WHERE ClinicSeq IN @seqs ORDER BY ClinicSeq, N
                """,
                of)),
            ByClinic(await session.QueryAsync<PackageRow>(
                """
                SELECT ClinicSeq, Name, TreatmentCode, ConditionCode, PriceAmount, PriceCurrency, Includes, ValidFrom, ValidTo
                FROM Package WHERE ClinicSeq IN @seqs ORDER BY ClinicSeq, N
                """,
                of)),
            ByClinic(await session.QueryAsync<PhysicianRow>(
                """
                SELECT ClinicSeq, N, Name, Active, Specialties, Memberships, Experience, ReferencesCheckedAt
                FROM Physician WHERE ClinicSeq IN @seqs ORDER BY ClinicSeq, N
                """,
                of)),
            ByClinic(await session.QueryAsync<CertificationRow>(
                """
                SELECT ClinicSeq, PhysicianN, Board, ValidTo, VerifiedBy, VerifiedAt
                FROM PhysicianCertification WHERE ClinicSeq IN @seqs ORDER BY ClinicSeq, PhysicianN, N
                """,
                of)),
            ByClinic(await session.QueryAsync<CredentialRow>(
                """
                SELECT ClinicSeq, Body, IssuerRecognisedBy, Programme, Scope, Site, Number, ValidFrom, ValidTo, Status, VerifiedBy, VerifiedAt,
                       NextCheck, SourceUrl, EvidenceHash, Conditions, Treatments, CellSources
                FROM Credential WHERE ClinicSeq IN @seqs ORDER BY ClinicSeq, N
                """,
                of)),
            ByClinic(await session.QueryAsync<SuspensionRow>(
                """
                SELECT ClinicSeq, SuspendedPart, Authority, FromDay, UntilDay, Source
                FROM ClinicSuspension WHERE ClinicSeq IN @seqs ORDER BY ClinicSeq, N
                """,
                of)));
    }

    private static ILookup<long, T> ByClinic<T>(IEnumerable<T> rows)
        where T : ChildRow => rows.ToLookup(r => r.ClinicSeq);
}
