using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>Why a clinic was not ranked: one sentence for a coordinator, with the fact it rests on.</summary>
internal sealed class ReasonTexts(MatchIndex index)
{
    private MatchRules Rules => index.Network.Rules;

    private ReferenceLists Lists => index.Network.Rules.Lists;

    /// <summary>Whether the sentence is the same for every clinic stopped by the gate, as far as this inquiry goes.</summary>
    public static bool IsCommon(Gate gate) => gate is Gate.Inactive or Gate.Condition or Gate.ConditionType or Gate.Treatment or Gate.CellSource or Gate.Language;

    /// <summary>Whether it depends on more than the clinic and what is asked for: on the budget, or on the load of the moment.</summary>
    public static bool IsOfTheMoment(Gate gate) => gate is Gate.Budget or Gate.AlreadyTried or Gate.Conflict or Gate.WeeklyCap or Gate.DailyPace;

    /// <summary>Whether it rests on one of the things the clinic treats, and on nothing of the inquiry but which one that is.</summary>
    public static bool IsOfAnOffering(Gate gate) => gate is Gate.CountryRuleForbids or Gate.CountryRuleCredential or Gate.Accreditation or Gate.Physician;

    /// <param name="offering">Of several offerings the first that got to the gate, which is the one to speak of; null: not known yet.</param>
    public string Explain(Gate gate, int position, InquiryFacts facts, MatchLoad load, ClinicTreatment? offering = null)
    {
        var clinic = index.Network.Clinics[position];
        var day = index.Days[position];
        return gate switch
        {
            Gate.Inactive => "The clinic is not active in the network.",
            Gate.OnLeave => $"The clinic takes no referrals until {clinic.AwayUntil(day):O}.",
            Gate.Condition => $"The clinic does not treat {Lists.ConditionName(facts.Condition)}.",
            Gate.ConditionType => facts.ConditionType is null
                ? $"The patient does not know the type of {Lists.ConditionName(facts.Condition)}, and the clinic treats certain types only."
                : $"The clinic does not treat this type ({facts.ConditionType}) of {Lists.ConditionName(facts.Condition)}.",
            Gate.Treatment => $"The clinic does not offer {Lists.TreatmentName(facts.Treatment)} for {Lists.ConditionName(facts.Condition)}.",
            Gate.CellSource => $"The clinic does not work with cells from {facts.CellSource}.",
            Gate.CountryRuleUnknown => $"No rule on this treatment is known for {Lists.CountryName(clinic.Country)}; a coordinator must decide.",
            Gate.CountryRuleForbids or Gate.CountryRuleCredential => Law(clinic, offering ?? Stopped(gate, clinic, facts, day), day),
            Gate.FacilitatorPermission => Permission(clinic),
            Gate.Accreditation => Credentials(clinic, offering ?? Stopped(gate, clinic, facts, day), day),
            Gate.Physician => Physicians(clinic, offering ?? Stopped(gate, clinic, facts, day), day),
            Gate.AgeGroup => $"The clinic treats {string.Join(" and ", clinic.AgeGroups)} patients only.",
            Gate.Destination => $"The patient does not want to travel to {Lists.CountryName(clinic.Country)}.",
            Gate.Language => $"Nobody at the clinic speaks the patient's language ({(Lists.Languages.TryGetValue(facts.Language, out var language) ? language.Name : facts.Language)}).",
            Gate.Budget => $"Its price ({Price(clinic, offering ?? Stopped(Gate.None, clinic, facts, day), day)}) is far above the patient's budget ({facts.BudgetAmount:0} {facts.BudgetCurrency}).",
            Gate.AlreadyTried => EarlierOffer(load.Earlier.TryGetValue(clinic.Code, out var earlier) ? earlier : Earlier.Asked),
            Gate.Conflict => "The clinic was asked about this patient already, by another inquiry that was linked to this one.",
            Gate.WeeklyCap => WeeklyCap(clinic, load.Of(clinic.Code)),
            Gate.DailyPace => $"The clinic has had its {clinic.DailyPace} referrals of today.",
            _ => throw new ArgumentOutOfRangeException(nameof(gate), gate, null),
        };
    }

    // A price is looked at when no requirement stops the offering.
    private ClinicTreatment Stopped(Gate requirement, Clinic clinic, InquiryFacts facts, DateOnly day) =>
        clinic.Treatments.First(
            t => t.Condition == facts.Condition && MatchQuery.WishFor(new OfferingKind(t.ConditionType, t.Treatment, t.CellSources), facts, Lists) == Gate.None
                && Requirements.Check(clinic, t, Rules, day) == requirement);

    private string Permission(Clinic clinic)
    {
        var permission = Rules.Permission(clinic.Country)!;
        return $"{Lists.CountryName(clinic.Country)} asks facilitators for a permission ({permission.Name}), and we hold none in force. Source: {permission.Source}{Unreviewed(permission.Reviewed)}.";
    }

    private string Law(Clinic clinic, ClinicTreatment offering, DateOnly day)
    {
        var rule = Rules.RuleFor(clinic.Country, offering.Treatment, offering.Condition, day)!;
        var need = rule.Outcome switch
        {
            RuleOutcome.RequiresCredential => $" The clinic has no verified credential in force of {Rules.BodyName(rule.Requires)}.",
            RuleOutcome.TrialOnly when Requirements.Held(rule, clinic, offering, day).FirstOrDefault() is { } other =>
                $" Its trial registration does not name {Lists.TreatmentName(offering.Treatment)} and {Lists.ConditionName(offering.Condition)}; it names {string.Join(", ", other.Scope)}.",
            RuleOutcome.TrialOnly => $" The clinic has no verified trial registration in force with {Rules.BodyName(rule.Requires)}.",
            _ => string.Empty,
        };
        return $"{Lists.CountryName(clinic.Country)}: {rule.Summary}{need} Source: {rule.Source}{Unreviewed(rule.Reviewed)}.";
    }

    private string Credentials(Clinic clinic, ClinicTreatment offering, DateOnly day)
    {
        var found = clinic.Credentials.Select(c => $"{Rules.BodyName(c.Body)} " + (
            Requirements.Shortcoming(c, clinic, offering, Rules)
            ?? (!c.IsVerified ? "is claimed, not verified"
                : c.Status != "active" ? $"is {c.Status}"
                : day > c.ValidTo ? $"ended on {c.ValidTo:O}"
                : $"begins on {c.ValidFrom:O}"))).ToList();
        return found.Count == 0
            ? "The clinic has no credential."
            : $"No verified accreditation in force covers this treatment: {string.Join("; ", found)}.";
    }

    private string Physicians(Clinic clinic, ClinicTreatment offering, DateOnly day)
    {
        var asked = string.Join(" or ", Requirements.AskedSpecialties(offering, Lists));
        var found = clinic.Physicians.Select(p => $"{p.Name} {Requirements.Shortcoming(p, offering, Rules, day)}").ToList();
        return found.Count == 0
            ? $"The clinic names no physician of {asked}."
            : $"No certified physician of {asked}: {string.Join("; ", found)}.";
    }

    private string Price(Clinic clinic, ClinicTreatment offering, DateOnly day)
    {
        var package = Requirements.Packages(clinic, offering, day).MinBy(p => Lists.InUsd(p.PriceAmount, p.PriceCurrency) ?? decimal.MaxValue)!;
        return $"{package.PriceAmount:0} {package.PriceCurrency}";
    }

    private static string WeeklyCap(Clinic clinic, ClinicLoad load) =>
        clinic.WeeklyCap < 1 ? "The clinic takes no referrals: its weekly cap is 0."
        : load.ThisWeek >= clinic.WeeklyCap ? $"The clinic has had its {clinic.WeeklyCap} referrals of this week."
        : $"The clinic's free places of this week ({clinic.WeeklyCap - load.ThisWeek}) are kept for patients who have been waiting longer.";

    private static string EarlierOffer(Earlier earlier) => earlier switch
    {
        Earlier.Declined => "The clinic has declined this inquiry.",
        Earlier.Expired => "The clinic let the offer of this inquiry lapse.",
        Earlier.Withdrawn => "An offer of this inquiry to the clinic was withdrawn.",
        Earlier.Returned => "The clinic has given this patient back.",
        _ => "The clinic has been offered this inquiry before.",
    };

    private static string Unreviewed(bool reviewed) => reviewed ? string.Empty : " (not yet reviewed)";
}
