using System.Globalization;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Web.Patient;

/// <summary>The fields of the two forms of a correction.</summary>
internal static class CorrectionFields
{
    /// <summary>How the patient, or who asks for them, is reached.</summary>
    public static readonly IReadOnlyList<string> Contact =
        ["inquirer.name", "inquirer.email", "patient.name", "patient.email", "patient.phone"];

    /// <summary>What clinics are found by.</summary>
    public static readonly IReadOnlyList<string> Request =
    [
        "patient.birthYear", "patient.country", "patient.language", "patient.alsoReads", "condition", "conditionType", "conditionNamed",
        "treatment", "cellSource", "destinations", "timeframe", "budget.amount", "budget.currency", "message",
    ];

    /// <summary>The fields as somebody would have typed them.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Typed(InquiryForm form)
    {
        var fields = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        Add("inquirer.name", form.InquirerName);
        Add("inquirer.email", form.InquirerEmail);
        Add("patient.name", form.PatientName);
        Add("patient.email", form.PatientEmail);
        Add("patient.phone", form.PatientPhone is { } phone ? PhoneNumber.Shown(phone) : null);
        Add("patient.birthYear", form.PatientBirthYear?.ToString(CultureInfo.InvariantCulture));
        Add("patient.country", form.PatientCountry);
        Add("patient.language", form.PatientLanguage);
        fields["patient.alsoReads"] = form.PatientAlsoReads ?? [];
        Add("condition", form.Condition);
        Add("conditionType", form.ConditionType);
        Add("conditionNamed", form.ConditionNamed);
        Add("treatment", form.Treatment);
        Add("cellSource", form.CellSource);
        fields["destinations"] = form.Destinations ?? [];
        Add("timeframe", form.Timeframe);
        Add("budget.amount", form.BudgetAmount?.ToString("0.##", CultureInfo.InvariantCulture));
        Add("budget.currency", form.BudgetCurrency);
        Add("message", form.Message);
        return fields;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                fields[name] = [value];
            }
        }
    }
}
