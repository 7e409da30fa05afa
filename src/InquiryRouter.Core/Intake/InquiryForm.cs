namespace InquiryRouter.Core.Intake;

/// <summary>An inquiry as it was typed or sent: nothing checked yet. Property order follows the published JSON.</summary>
public sealed class InquiryForm
{
    public string? PatientName { get; set; }

    public string? PatientEmail { get; set; }

    public string? PatientPhone { get; set; }

    public string? PatientCountry { get; set; }

    public string? PatientLanguage { get; set; }

    public string? PatientTimeZone { get; set; }

    /// <summary>Languages the patient reads besides, for clinics; null: none.</summary>
    public IReadOnlyList<string>? PatientAlsoReads { get; set; }

    public int? PatientBirthYear { get; set; }

    public string? InquirerRelation { get; set; }

    public string? InquirerName { get; set; }

    public string? InquirerEmail { get; set; }

    public string? Condition { get; set; }

    public string? ConditionType { get; set; }

    /// <summary>Which condition it is, where <see cref="Condition"/> says that the list does not have it.</summary>
    public string? ConditionNamed { get; set; }

    public string? Treatment { get; set; }

    public string? CellSource { get; set; }

    public IReadOnlyList<string>? Destinations { get; set; }

    public decimal? BudgetAmount { get; set; }

    public string? BudgetCurrency { get; set; }

    public string? Timeframe { get; set; }

    public string? Message { get; set; }

    public bool? ShareWithClinics { get; set; }

    public bool? Contact { get; set; }

    public bool? Marketing { get; set; }

    public string? ConsentTextVersion { get; set; }

    public string? SourcePage { get; set; }

    public string? SourceCampaign { get; set; }
}
