namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does a physician of the right specialty work there, with a verified board certification in force?</summary>
internal sealed class PhysicianGate() : RequirementGate(Gate.Physician, "physician")
{
    protected override string? WhyNot(Offering offering)
    {
        if (Qualified(offering).Any())
        {
            return null;
        }

        var asked = string.Join(" or ", Specialties(offering));
        var physicians = offering.Clinic.Physicians;
        return physicians.IsEmpty
            ? $"The clinic names no physician of {asked}."
            : $"No certified physician of {asked}: {string.Join("; ", physicians.Select(p => $"{p.Name} {Shortcoming(p, offering)}"))}.";
    }

    /// <summary>The physicians that count.</summary>
    public static IEnumerable<Physician> Qualified(Offering offering) =>
        offering.Clinic.Physicians.Where(p => Shortcoming(p, offering) is null);

    private static string? Shortcoming(Physician physician, Offering offering) =>
        !physician.Active ? "no longer works there"
        : !physician.Specialties.Any(s => Specialties(offering).Contains(s, StringComparer.Ordinal)) ? $"practises {Practised(physician)}"
        : !physician.Certifications.Any(c => c.IsInForce(offering.Day)) ? "has no verified board certification in force"
        : null;

    private static string Practised(Physician physician) =>
        physician.Specialties.Count == 0 ? "no stated specialty" : string.Join(", ", physician.Specialties);

    // Those of the treatment, whatever the condition, where it names some; otherwise the condition's.
    private static IReadOnlyList<string> Specialties(Offering offering)
    {
        var lists = offering.Rules.Lists;
        return lists.Treatments.TryGetValue(offering.Treats.Treatment, out var treatment) && treatment.Specialties.Count > 0
            ? treatment.Specialties
            : lists.Conditions.TryGetValue(offering.Treats.Condition, out var condition) ? condition.Specialties
            : [];
    }
}
