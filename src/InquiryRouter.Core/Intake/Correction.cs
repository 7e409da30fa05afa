namespace InquiryRouter.Core.Intake;

/// <summary>An inquiry as the form it came from, mended in two parts: how the patient can be reached, and what they ask for.</summary>
public static class Correction
{
    /// <summary>What is stored, as it would be typed.</summary>
    public static InquiryForm FormOf(InquiryFacts facts, PatientData data, ConsentGiven consent) => new()
    {
        PatientName = data.Name, PatientEmail = data.Email, PatientPhone = data.Phone, PatientCountry = facts.Country,
        PatientLanguage = facts.Language, PatientAlsoReads = facts.AlsoReads, PatientTimeZone = facts.TimeZone,
        PatientBirthYear = facts.BirthYear,
        InquirerRelation = facts.Relation.ToString().ToLowerInvariant(), InquirerName = data.InquirerName, InquirerEmail = data.InquirerEmail,
        Condition = facts.Condition, ConditionType = facts.ConditionType, ConditionNamed = data.ConditionNamed, Treatment = facts.Treatment,
        CellSource = facts.CellSource,
        Destinations = facts.Destinations, BudgetAmount = facts.BudgetAmount, BudgetCurrency = facts.BudgetCurrency,
        Timeframe = facts.Timeframe, Message = data.Message, ShareWithClinics = consent.ShareWithClinics, Contact = true, Marketing = consent.Marketing, ConsentTextVersion = consent.TextVersion,
    };

    /// <summary>What was typed about how they can be reached, with everything else as it is.</summary>
    public static InquiryForm OfContact(InquiryForm now, InquiryForm typed)
    {
        now.PatientName = typed.PatientName;
        now.PatientEmail = typed.PatientEmail;
        now.PatientPhone = typed.PatientPhone;
        now.InquirerName = typed.InquirerName;
        now.InquirerEmail = typed.InquirerEmail;
        return now;
    }

    /// <summary>What was typed about the request, with everything else as it is.</summary>
    public static InquiryForm OfRequest(InquiryForm now, InquiryForm typed)
    {
        typed.PatientName = now.PatientName;
        typed.PatientEmail = now.PatientEmail;
        typed.PatientPhone = now.PatientPhone;
        typed.InquirerRelation = now.InquirerRelation;
        typed.InquirerName = now.InquirerName;
        typed.InquirerEmail = now.InquirerEmail;

        // Who has moved to another country is in its time.
        typed.PatientTimeZone = string.Equals(typed.PatientCountry, now.PatientCountry, StringComparison.OrdinalIgnoreCase)
            ? now.PatientTimeZone
            : null;
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
        Relation = before.Relation, SourcePage = before.SourcePage, SourceCampaign = before.SourceCampaign,
        IntakeFlags = before.IntakeFlags,

        // Records compare lists by reference.
        Destinations = corrected.Destinations.SequenceEqual(before.Destinations, StringComparer.Ordinal)
            ? before.Destinations
            : corrected.Destinations,
        AlsoReads = corrected.AlsoReads.SequenceEqual(before.AlsoReads, StringComparer.Ordinal) ? before.AlsoReads : corrected.AlsoReads,
    };
}
