namespace InquiryRouter.Web.Intake;

/// <summary>Who pays the facilitator.</summary>
public enum PaidBy
{
    /// <summary>The operator has not said; the pages say just that.</summary>
    NotSet,
    Clinics,
    Patients,
    ClinicsAndPatients,

    /// <summary>Neither clinics nor patients.</summary>
    Neither,
}

/// <summary>Settings under <c>Facilitator</c>: what patients are told of whoever runs this service.</summary>
public sealed class FacilitatorOptions
{
    public const string Section = "Facilitator";

    /// <summary>The longest <see cref="PaidNote"/>.</summary>
    public const int LongestNote = 500;

    public PaidBy PaidBy { get; set; } = PaidBy.NotSet;

    /// <summary>How much, and for what, in the operator's own words; shown as they are in every language.</summary>
    public string? PaidNote { get; set; }
}
