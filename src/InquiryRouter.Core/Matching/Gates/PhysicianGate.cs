namespace InquiryRouter.Core.Matching.Gates;

/// <summary>
/// Does a physician of the right specialty work there, with a verified board certification in force? Some treatments ask for two: a
/// transplant for a haematologist, and for somebody who knows the disease (EBMT patient statement, PMC6760538).
/// </summary>
internal sealed class PhysicianGate() : RequirementGate(Gate.Physician, "physician")
{
    protected override string? WhyNot(Offering offering)
    {
        foreach (var specialties in Asked(offering))
        {
            if (offering.Clinic.Physicians.Any(p => Shortcoming(p, specialties, offering.Day) is null))
            {
                continue;
            }

            var asked = string.Join(" or ", specialties);
            var physicians = offering.Clinic.Physicians;
            return physicians.IsEmpty
                ? $"The clinic names no physician of {asked}."
                : $"No certified physician of {asked}:"
                    + $" {string.Join("; ", physicians.Select(p => $"{p.Name} {Shortcoming(p, specialties, offering.Day)}"))}.";
        }

        return null;
    }

    /// <summary>The physicians that count.</summary>
    public static IEnumerable<Physician> Qualified(Offering offering) =>
        offering.Clinic.Physicians.Where(p => Asked(offering).Any(s => Shortcoming(p, s, offering.Day) is null));

    private static string? Shortcoming(Physician physician, IReadOnlyList<string> specialties, DateOnly day) =>
        !physician.Active ? "no longer works there"
        : !physician.Specialties.Any(s => specialties.Contains(s, StringComparer.Ordinal)) ? $"practises {Practised(physician)}"
        : !physician.Certifications.Any(c => c.IsInForce(day)) ? "has no verified board certification in force"
        : null;

    private static string Practised(Physician physician) =>
        physician.Specialties.Count == 0 ? "no stated specialty" : string.Join(", ", physician.Specialties);

    // Each list needs a physician. Those of the treatment, whatever the condition, where it names some; otherwise the condition's.
    private static IEnumerable<IReadOnlyList<string>> Asked(Offering offering)
    {
        var lists = offering.Rules.Lists;
        var ofCondition = lists.Conditions.TryGetValue(offering.Treats.Condition, out var condition) ? condition.Specialties : [];
        if (!lists.Treatments.TryGetValue(offering.Treats.Treatment, out var treatment) || treatment.Specialties.Count == 0)
        {
            return [ofCondition];
        }

        return treatment.AsksConditionSpecialist ? [treatment.Specialties, ofCondition] : [treatment.Specialties];
    }

    protected override Fact WhyYes(Offering offering) => new(string.Join(" ", Qualified(offering).Select(p =>
        $"{p.Name} ({Practised(p)}), certified by {string.Join(", ", p.Certifications.Where(c => c.IsInForce(offering.Day)).Select(c => c.Board))}"
        + $"; {p.Experience.Where(e => e.Condition == offering.Treats.Condition).Sum(e => e.Patients)} patients with {offering.ConditionName}"
        + $"{(p.ReferencesCheckedAt is { } day ? $", references checked {day:O}" : ", references not checked")}.")));
}
