using System.Globalization;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching.Networks;

/// <summary>Writes the rows of clinics. A row once written is never changed but for its end.</summary>
internal static class ClinicWriting
{
    /// <summary>Ends what the clinics were before this version, and writes what they are from it on.</summary>
    public static async Task WriteAsync(Tx tx, long version, IReadOnlyList<Clinic> clinics)
    {
        var codes = clinics.Select(c => c.Code).ToArray();
        await tx.ExecuteAsync("UPDATE Clinic SET ToVersion = @version WHERE ToVersion IS NULL AND Code IN @codes", new { version, codes });
        await AddClinicsAsync(tx, version, clinics);
        var seqs = (await tx.QueryAsync<ClinicRow>("SELECT Seq, Code FROM Clinic WHERE FromVersion = @version AND Code IN @codes", new { version, codes }))
            .ToDictionary(c => c.Code, c => c.Seq, StringComparer.Ordinal);
        await AddPlacesAndPeopleAsync(tx, clinics, seqs);
        await AddOffersAsync(tx, clinics, seqs);
        await AddPhysiciansAsync(tx, clinics, seqs);
        await AddCredentialsAsync(tx, clinics, seqs);
    }

    private static Task AddClinicsAsync(Tx tx, long version, IReadOnlyList<Clinic> clinics) => tx.InsertAsync(
        """
        INSERT INTO Clinic (Code, FromVersion, Name, Active, Country, City, TimeZone, Email, ContactName, Languages, AgeGroups, WeeklyCap, DailyPace,
                            Opens, Closes, WorkDays, Holidays, LeavePeriods, OfferWindowHours, PausedUntil, MailFailsSince,
                            TransplantsPerYear, Phone)
        VALUES (@Code, @version, @Name, @Active, @Country, @City, @TimeZone, @Email, @ContactName, @Languages, @AgeGroups, @WeeklyCap, @DailyPace,
                @Opens, @Closes, @WorkDays, @Holidays, @LeavePeriods, @OfferWindowHours, @PausedUntil, @MailFailsSince,
                @TransplantsPerYear, @Phone)
        """,
        clinics.Select(clinic => new
        {
            clinic.Code, version, clinic.Name, clinic.Active, clinic.Country, clinic.City, clinic.TimeZone, clinic.Email, clinic.ContactName,
            Languages = CodeList.Join(clinic.Languages), AgeGroups = CodeList.Join(clinic.AgeGroups), clinic.WeeklyCap, clinic.DailyPace,
            Opens = clinic.Opens.ToString("HH:mm", CultureInfo.InvariantCulture), Closes = ClosingTime.Text(clinic.Closes),
            WorkDays = CodeList.Join(clinic.WorkDays.Select(NetworkWords.Of)), Holidays = CodeList.Join(clinic.Holidays.Select(NetworkWords.Of)),
            LeavePeriods = CodeList.Join(clinic.Leave.Select(NetworkWords.Of)), clinic.OfferWindowHours, clinic.PausedUntil,
            clinic.MailFailsSince, clinic.TransplantsPerYear, clinic.Phone,
        }));

    private static async Task AddPlacesAndPeopleAsync(Tx tx, IReadOnlyList<Clinic> clinics, IReadOnlyDictionary<string, long> seqs)
    {
        await tx.InsertAsync(
            "INSERT INTO ClinicSite (ClinicSeq, N, Code, Name, City) VALUES (@ClinicSeq, @N, @Code, @Name, @City)",
            Each(clinics, seqs, c => c.Sites).Select(r => new { r.ClinicSeq, r.N, r.Row.Code, r.Row.Name, r.Row.City }));
        await tx.InsertAsync(
            "INSERT INTO ClinicContact (ClinicSeq, N, Name, Role, Email) VALUES (@ClinicSeq, @N, @Name, @Role, @Email)",
            Each(clinics, seqs, c => c.Contacts).Select(r => new { r.ClinicSeq, r.N, r.Row.Name, r.Row.Role, r.Row.Email }));
        await tx.InsertAsync(
            """
            INSERT INTO ClinicSuspension (ClinicSeq, N, SuspendedPart, Authority, FromDay, UntilDay, Source)
            VALUES (@ClinicSeq, @N, @Of, @Authority, @From, @Until, @Source)
            """,
            Each(clinics, seqs, c => c.Suspensions)
                .Select(r => new { r.ClinicSeq, r.N, r.Row.Of, r.Row.Authority, r.Row.From, r.Row.Until, r.Row.Source }));
    }

    private static async Task AddOffersAsync(Tx tx, IReadOnlyList<Clinic> clinics, IReadOnlyDictionary<string, long> seqs)
    {
        await tx.InsertAsync(
            """
            INSERT INTO ClinicTreatment (ClinicSeq, N, ConditionCode, ConditionType, TreatmentCode, CellSources, Site, Route)
            VALUES (@ClinicSeq, @N, @Condition, @ConditionType, @Treatment, @CellSources, @Site, @Route)
            """,
            Each(clinics, seqs, c => c.Treatments).Select(r => new
            {
                r.ClinicSeq, r.N, r.Row.Condition, r.Row.ConditionType, r.Row.Treatment, CellSources = CodeList.Join(r.Row.CellSources), r.Row.Site,
                r.Row.Route,
            }));
        await tx.InsertAsync(
            """
            INSERT INTO Package (ClinicSeq, N, Name, TreatmentCode, ConditionCode, PriceAmount, PriceCurrency, Includes, ValidFrom, ValidTo)
            VALUES (@ClinicSeq, @N, @Name, @Treatment, @Condition, @PriceAmount, @PriceCurrency, @Includes, @ValidFrom, @ValidTo)
            """,
            Each(clinics, seqs, c => c.Packages).Select(r => new
            {
                r.ClinicSeq, r.N, r.Row.Name, r.Row.Treatment, r.Row.Condition, r.Row.PriceAmount, r.Row.PriceCurrency,
                Includes = CodeList.Join(r.Row.Includes), r.Row.ValidFrom, r.Row.ValidTo,
            }));
    }

    private static async Task AddPhysiciansAsync(Tx tx, IReadOnlyList<Clinic> clinics, IReadOnlyDictionary<string, long> seqs)
    {
        await tx.InsertAsync(
            """
            INSERT INTO Physician (ClinicSeq, N, Name, Active, Specialties, Memberships, Experience, ReferencesCheckedAt)
            VALUES (@ClinicSeq, @N, @Name, @Active, @Specialties, @Memberships, @Experience, @ReferencesCheckedAt)
            """,
            Each(clinics, seqs, c => c.Physicians).Select(r => new
            {
                r.ClinicSeq, r.N, r.Row.Name, r.Row.Active, Specialties = CodeList.Join(r.Row.Specialties),
                Memberships = NetworkWords.JoinNames(r.Row.Memberships), Experience = CodeList.Join(r.Row.Experience.Select(NetworkWords.Of)),
                r.Row.ReferencesCheckedAt,
            }));
        await tx.InsertAsync(
            """
            INSERT INTO PhysicianCertification (ClinicSeq, PhysicianN, N, Board, ValidTo, VerifiedBy, VerifiedAt)
            VALUES (@ClinicSeq, @PhysicianN, @N, @Board, @ValidTo, @VerifiedBy, @VerifiedAt)
            """,
            Each(clinics, seqs, c => c.Physicians)
                .SelectMany(p => p.Row.Certifications.Index(), (p, c) => (p.ClinicSeq, PhysicianN: p.N, N: c.Index, Row: c.Item))
                .Select(r => new { r.ClinicSeq, r.PhysicianN, r.N, r.Row.Board, r.Row.ValidTo, r.Row.VerifiedBy, r.Row.VerifiedAt }));
    }

    private static Task AddCredentialsAsync(Tx tx, IReadOnlyList<Clinic> clinics, IReadOnlyDictionary<string, long> seqs) => tx.InsertAsync(
        """
        INSERT INTO Credential (ClinicSeq, N, Body, IssuerRecognisedBy, Programme, Scope, Site, Number, ValidFrom, ValidTo, Status,
                                VerifiedBy, VerifiedAt, NextCheck, SourceUrl, EvidenceHash, Conditions, Treatments, CellSources)
        VALUES (@ClinicSeq, @N, @Body, @IssuerRecognisedBy, @Programme, @Scope, @Site, @Number, @ValidFrom, @ValidTo, @Status,
                @VerifiedBy, @VerifiedAt, @NextCheck, @SourceUrl, @EvidenceHash, @Conditions, @Treatments, @CellSources)
        """,
        Each(clinics, seqs, c => c.Credentials).Select(r => new
        {
            r.ClinicSeq, r.N, r.Row.Body, r.Row.IssuerRecognisedBy, r.Row.Programme, Scope = CodeList.Join(r.Row.Scope), r.Row.Site,
            r.Row.Number, r.Row.ValidFrom, r.Row.ValidTo, r.Row.Status, r.Row.VerifiedBy, r.Row.VerifiedAt,
            r.Row.NextCheck, r.Row.SourceUrl, r.Row.EvidenceHash, Conditions = CodeList.Join(r.Row.Conditions),
            Treatments = CodeList.Join(r.Row.Treatments), CellSources = CodeList.Join(r.Row.CellSources),
        }));

    /// <summary>What the clinics have of one kind, each with the row of its clinic and its place among the clinic's.</summary>
    private static IEnumerable<(long ClinicSeq, int N, T Row)> Each<T>(
        IReadOnlyList<Clinic> clinics, IReadOnlyDictionary<string, long> seqs, Func<Clinic, IReadOnlyList<T>> rows) =>
        clinics.SelectMany(c => rows(c).Index(), (c, row) => (seqs[c.Code], row.Index, row.Item));
}
