namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>The fields of a file; in CSV the clinic's are the columns, the others the parts of an entry, in this order.</summary>
internal static class ClinicFields
{
    public static readonly string[] File = ["source", "asOf", "reviewed", "clinics"];

    public static readonly string[] Clinic =
    [
        "code", "name", "active", "country", "city", "timeZone", "email", "contactName", "phone", "contacts", "sites", "languages",
        "ageGroups", "weeklyCap", "dailyPace", "opens", "closes", "workDays", "holidays", "leave", "suspensions", "transplantsPerYear", "offerWindowHours",
        "treatments", "packages", "physicians", "credentials",
    ];

    /// <summary>What a file need not have. The entries a match cannot do without must stand there, were it as empty lists: a clinic is replaced whole.</summary>
    public static readonly string[] Optional =
        [
            "active", "phone", "contacts", "sites", "dailyPace", "holidays", "leave", "suspensions", "transplantsPerYear",
            "offerWindowHours", "packages", "physicians",
        ];

    public static readonly string[] Contact = ["name", "role", "email"];

    public static readonly string[] Site = ["code", "name", "city"];

    public static readonly string[] Leave = ["from", "to"];

    public static readonly string[] Suspension = ["of", "authority", "from", "until", "source"];

    public static readonly string[] Treatment = ["condition", "conditionType", "treatment", "cellSources", "site", "route"];

    public static readonly string[] Package =
        ["name", "treatment", "condition", "priceAmount", "priceCurrency", "includes", "validFrom", "validTo"];

    public static readonly string[] Physician =
        ["name", "active", "specialties", "certifications", "memberships", "experience", "referencesCheckedAt"];

    public static readonly string[] Certification = ["board", "validTo", "verifiedBy", "verifiedAt"];

    public static readonly string[] Experience = ["condition", "patients"];

    public static readonly string[] Credential =
    [
        "body", "scope", "number", "validFrom", "validTo", "status", "verifiedBy", "verifiedAt", "sourceUrl",
        "issuerRecognisedBy", "programme", "site", "nextCheck", "evidenceHash", "conditions", "treatments", "cellSources",
    ];
}
