namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does the clinic treat patients of this age? Who may still be under 18 is a child.</summary>
internal sealed class AgeGroupGate() : InquiryGate(Gate.AgeGroup, "age-group", endsOffers: true)
{
    protected override string? WhyNot(Offering offering, Asking asking) =>
        offering.Clinic.AgeGroups.Contains(asking.IsChild ? "child" : "adult", StringComparer.Ordinal) ? null
        : $"The clinic treats {string.Join(" and ", offering.Clinic.AgeGroups)} patients only.";

    protected override Fact WhyYes(Offering offering, Asking asking) =>
        new($"The clinic treats {string.Join(" and ", offering.Clinic.AgeGroups)} patients; this one counts as {(asking.IsChild ? "a child" : "an adult")}.");
}
