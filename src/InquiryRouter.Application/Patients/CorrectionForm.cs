using InquiryRouter.Core.Intake;

namespace InquiryRouter.Application.Patients;

/// <summary>An inquiry as the form it came from, to be mended.</summary>
public static class CorrectionForm
{
    /// <summary>How the patient, or who asks for them, is reached.</summary>
    public static readonly IReadOnlyList<string> Contact = ["inquirer.name", "inquirer.email", "patient.name", "patient.email", "patient.phone"];

    /// <summary>What clinics are found by.</summary>
    public static readonly IReadOnlyList<string> Request =
    [
        "patient.birthYear", "patient.country", "patient.language", "condition", "conditionType", "treatment", "cellSource", "destinations", "timeframe",
        "budget.amount", "budget.currency", "message",
    ];

    public static InquiryForm Of(PatientCase found, PatientData data)
    {
        var (facts, consent) = (found.Inquiry.Facts, found.Consents[^1].Consent);
        return new InquiryForm
        {
            PatientName = data.Name, PatientEmail = data.Email, PatientPhone = data.Phone, PatientCountry = facts.Country, PatientLanguage = facts.Language,
            PatientTimeZone = facts.TimeZone, PatientBirthYear = facts.BirthYear, InquirerRelation = facts.Relation.ToString().ToLowerInvariant(),
            InquirerName = data.InquirerName, InquirerEmail = data.InquirerEmail, Condition = facts.Condition, ConditionType = facts.ConditionType,
            Treatment = facts.Treatment, CellSource = facts.CellSource, Destinations = facts.Destinations, BudgetAmount = facts.BudgetAmount,
            BudgetCurrency = facts.BudgetCurrency, Timeframe = facts.Timeframe, Message = data.Message, ShareWithClinics = consent.ShareWithClinics,
            Contact = true, Marketing = consent.Marketing, ConsentTextVersion = consent.TextVersion,
        };
    }

    /// <summary>What was typed about how they can be reached, with everything else as it is.</summary>
    public static InquiryForm WithContactTyped(InquiryForm now, InquiryForm typed)
    {
        now.PatientName = typed.PatientName;
        now.PatientEmail = typed.PatientEmail;
        now.PatientPhone = typed.PatientPhone;
        now.InquirerName = typed.InquirerName;
        now.InquirerEmail = typed.InquirerEmail;
        return now;
    }

    /// <summary>What was typed about the request, with everything else as it is.</summary>
    public static InquiryForm WithContactOf(InquiryForm now, InquiryForm typed)
    {
        typed.PatientName = now.PatientName;
        typed.PatientEmail = now.PatientEmail;
        typed.PatientPhone = now.PatientPhone;
        typed.InquirerRelation = now.InquirerRelation;
        typed.InquirerName = now.InquirerName;
        typed.InquirerEmail = now.InquirerEmail;

        // Who has moved to another country is in its time.
        typed.PatientTimeZone = string.Equals(typed.PatientCountry, now.PatientCountry, StringComparison.OrdinalIgnoreCase) ? now.PatientTimeZone : null;
        typed.ShareWithClinics = now.ShareWithClinics;
        typed.Contact = now.Contact;
        typed.Marketing = now.Marketing;
        typed.ConsentTextVersion = now.ConsentTextVersion;
        typed.SourcePage = null;
        typed.SourceCampaign = null;
        return typed;
    }

    /// <summary>The new facts with what a correction does not touch; equal to the old ones when nothing was changed.</summary>
    public static InquiryFacts Kept(InquiryFacts corrected, InquiryFacts before) => corrected with
    {
        Relation = before.Relation, SourcePage = before.SourcePage, SourceCampaign = before.SourceCampaign, IntakeFlags = before.IntakeFlags,

        // Records compare lists by reference.
        Destinations = corrected.Destinations.SequenceEqual(before.Destinations, StringComparer.Ordinal) ? before.Destinations : corrected.Destinations,
    };

    /// <summary>The fields of the page, as somebody would have typed them.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Typed(InquiryForm form)
    {
        var fields = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        Add("inquirer.name", form.InquirerName);
        Add("inquirer.email", form.InquirerEmail);
        Add("patient.name", form.PatientName);
        Add("patient.email", form.PatientEmail);
        Add("patient.phone", form.PatientPhone);
        Add("patient.birthYear", form.PatientBirthYear?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("patient.country", form.PatientCountry);
        Add("patient.language", form.PatientLanguage);
        Add("condition", form.Condition);
        Add("conditionType", form.ConditionType);
        Add("treatment", form.Treatment);
        Add("cellSource", form.CellSource);
        fields["destinations"] = form.Destinations ?? [];
        Add("timeframe", form.Timeframe);
        Add("budget.amount", form.BudgetAmount?.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture));
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
