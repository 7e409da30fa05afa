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
        foreach (var clinic in clinics)
        {
            await AddClinicAsync(tx, version, clinic);
        }

        var seqs = (await tx.QueryAsync<ClinicRow>("SELECT Seq, Code FROM Clinic WHERE FromVersion = @version AND Code IN @codes", new { version, codes }))
            .ToDictionary(c => c.Code, c => c.Seq, StringComparer.Ordinal);
        foreach (var clinic in clinics)
        {
            await AddChildrenAsync(tx, seqs[clinic.Code], clinic);
        }
    }

    private static Task<int> AddClinicAsync(Tx tx, long version, Clinic clinic) => tx.ExecuteAsync(
        """
        INSERT INTO Clinic (Code, FromVersion, Name, Active, Country, City, TimeZone, Email, ContactName, Languages, AgeGroups, WeeklyCap, DailyPace,
                            Opens, Closes, WorkDays, Holidays, LeavePeriods, OfferWindowHours, PausedUntil, MailFailsSince,
                            TransplantsPerYear)
        VALUES (@Code, @version, @Name, @Active, @Country, @City, @TimeZone, @Email, @ContactName, @Languages, @AgeGroups, @WeeklyCap, @DailyPace,
                @Opens, @Closes, @WorkDays, @Holidays, @LeavePeriods, @OfferWindowHours, @PausedUntil, @MailFailsSince,
                @TransplantsPerYear)
        """,
        new
        {
            clinic.Code, version, clinic.Name, clinic.Active, clinic.Country, clinic.City, clinic.TimeZone, clinic.Email, clinic.ContactName,
            Languages = CodeList.Join(clinic.Languages), AgeGroups = CodeList.Join(clinic.AgeGroups), clinic.WeeklyCap, clinic.DailyPace,
            Opens = clinic.Opens.ToString("HH:mm", CultureInfo.InvariantCulture), Closes = ClosingTime.Text(clinic.Closes),
            WorkDays = CodeList.Join(clinic.WorkDays.Select(NetworkWords.Of)), Holidays = CodeList.Join(clinic.Holidays.Select(NetworkWords.Of)),
            LeavePeriods = CodeList.Join(clinic.Leave.Select(NetworkWords.Of)), clinic.OfferWindowHours, clinic.PausedUntil,
            clinic.MailFailsSince, clinic.TransplantsPerYear,
        });

    private static async Task AddChildrenAsync(Tx tx, long clinicSeq, Clinic clinic)
    {
        foreach (var (n, site) in clinic.Sites.Index())
        {
            await tx.ExecuteAsync(
                "INSERT INTO ClinicSite (ClinicSeq, N, Code, Name, City) VALUES (@clinicSeq, @n, @Code, @Name, @City)",
                new { clinicSeq, n, site.Code, site.Name, site.City });
        }

        foreach (var (n, contact) in clinic.Contacts.Index())
        {
            await tx.ExecuteAsync(
                "INSERT INTO ClinicContact (ClinicSeq, N, Name, Role, Email) VALUES (@clinicSeq, @n, @Name, @Role, @Email)",
                new { clinicSeq, n, contact.Name, contact.Role, contact.Email });
        }

        foreach (var (n, treatment) in clinic.Treatments.Index())
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO ClinicTreatment (ClinicSeq, N, ConditionCode, ConditionType, TreatmentCode, CellSources, Site, Route)
                VALUES (@clinicSeq, @n, @Condition, @ConditionType, @Treatment, @CellSources, @Site, @Route)
                """,
                new
                {
                    clinicSeq, n, treatment.Condition, treatment.ConditionType, treatment.Treatment, CellSources = CodeList.Join(treatment.CellSources), treatment.Site,
                    treatment.Route,
                });
        }

        foreach (var (n, package) in clinic.Packages.Index())
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO Package (ClinicSeq, N, Name, TreatmentCode, ConditionCode, PriceAmount, PriceCurrency, Includes, ValidFrom, ValidTo)
                VALUES (@clinicSeq, @n, @Name, @Treatment, @Condition, @PriceAmount, @PriceCurrency, @Includes, @ValidFrom, @ValidTo)
                """,
                new
                {
                    clinicSeq, n, package.Name, package.Treatment, package.Condition, package.PriceAmount, package.PriceCurrency,
                    Includes = CodeList.Join(package.Includes), package.ValidFrom, package.ValidTo,
                });
        }

        foreach (var (n, physician) in clinic.Physicians.Index())
        {
            await AddPhysicianAsync(tx, clinicSeq, n, physician);
        }

        foreach (var (n, credential) in clinic.Credentials.Index())
        {
            await AddCredentialAsync(tx, clinicSeq, n, credential);
        }

        foreach (var (n, suspension) in clinic.Suspensions.Index())
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO ClinicSuspension (ClinicSeq, N, SuspendedPart, Authority, FromDay, UntilDay, Source)
                VALUES (@clinicSeq, @n, @Of, @Authority, @From, @Until, @Source)
                """,
                new { clinicSeq, n, suspension.Of, suspension.Authority, suspension.From, suspension.Until, suspension.Source });
        }
    }

    private static async Task AddPhysicianAsync(Tx tx, long clinicSeq, int n, Physician physician)
    {
        await tx.ExecuteAsync(
            """
            INSERT INTO Physician (ClinicSeq, N, Name, Active, Specialties, Memberships, Experience, ReferencesCheckedAt)
            VALUES (@clinicSeq, @n, @Name, @Active, @Specialties, @Memberships, @Experience, @ReferencesCheckedAt)
            """,
            new
            {
                clinicSeq, n, physician.Name, physician.Active, Specialties = CodeList.Join(physician.Specialties),
                Memberships = NetworkWords.JoinNames(physician.Memberships), Experience = CodeList.Join(physician.Experience.Select(NetworkWords.Of)),
                physician.ReferencesCheckedAt,
            });
        foreach (var (m, certification) in physician.Certifications.Index())
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO PhysicianCertification (ClinicSeq, PhysicianN, N, Board, ValidTo, VerifiedBy, VerifiedAt)
                VALUES (@clinicSeq, @n, @m, @Board, @ValidTo, @VerifiedBy, @VerifiedAt)
                """,
                new { clinicSeq, n, m, certification.Board, certification.ValidTo, certification.VerifiedBy, certification.VerifiedAt });
        }
    }

    private static Task<int> AddCredentialAsync(Tx tx, long clinicSeq, int n, Credential credential) => tx.ExecuteAsync(
        """
        INSERT INTO Credential (ClinicSeq, N, Body, IssuerRecognisedBy, Programme, Scope, Site, Number, ValidFrom, ValidTo, Status,
                                VerifiedBy, VerifiedAt, NextCheck, SourceUrl, EvidenceHash, Conditions, Treatments, CellSources)
        VALUES (@clinicSeq, @n, @Body, @IssuerRecognisedBy, @Programme, @Scope, @Site, @Number, @ValidFrom, @ValidTo, @Status,
                @VerifiedBy, @VerifiedAt, @NextCheck, @SourceUrl, @EvidenceHash, @Conditions, @Treatments, @CellSources)
        """,
        new
        {
            clinicSeq, n, credential.Body, credential.IssuerRecognisedBy, credential.Programme, Scope = CodeList.Join(credential.Scope), credential.Site,
            credential.Number, credential.ValidFrom, credential.ValidTo, credential.Status, credential.VerifiedBy, credential.VerifiedAt,
            credential.NextCheck, credential.SourceUrl, credential.EvidenceHash, Conditions = CodeList.Join(credential.Conditions),
            Treatments = CodeList.Join(credential.Treatments), CellSources = CodeList.Join(credential.CellSources),
        });
}
