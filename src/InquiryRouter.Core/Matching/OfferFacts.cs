using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>What a patient and a coordinator are shown of what a clinic offers for an inquiry; no gate and no score looks at it.</summary>
/// <param name="Routes">How the cells are given, as codes; empty: the clinic does not say.</param>
/// <param name="IsTransplant">Whether it is done in a transplant centre, where the number of transplants a year counts.</param>
/// <param name="TransplantsPerYear">Null: the clinic does not say.</param>
public sealed record OfferFacts(IReadOnlyList<string> Routes, bool IsTransplant, int? TransplantsPerYear)
{
    /// <summary>So few that it is said what that means.</summary>
    public bool AreFew => TransplantsPerYear < ClinicWarnings.FewTransplants;

    public static OfferFacts Of(Clinic clinic, InquiryFacts facts, ReferenceLists lists)
    {
        var offered = lists.Treatments.TryGetValue(facts.Treatment, out var wish)
            ? clinic.Treatments.Where(t => t.Condition == facts.Condition && wish.Covers.Contains(t.Treatment)).ToList()
            : [];
        return new OfferFacts(
            [.. offered.Select(t => t.Route).OfType<string>().Distinct(StringComparer.Ordinal)],
            offered.Exists(t => lists.Treatments.GetValueOrDefault(t.Treatment) is { AsksConditionSpecialist: true }),
            clinic.TransplantsPerYear);
    }
}
