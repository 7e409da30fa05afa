namespace InquiryRouter.Core.Matching.Gates;

/// <summary>
/// Does it treat the patient's type of the condition? Who does not know theirs goes to clinics that treat every type, or a type that most
/// patients have; which those are is in the lists of the network's version, so that a decision of before stays what it was.
/// </summary>
internal sealed class ConditionTypeGate() : InquiryGate(Gate.ConditionType, "condition-type", endsOffers: true)
{
    protected override string? WhyNot(Offering offering, Asking asking) =>
        offering.Treats.ConditionType is null || offering.Treats.ConditionType == asking.Facts.ConditionType ? null
        : asking.Facts.ConditionType is { } type ? $"The clinic does not treat this type ({type}) of {asking.ConditionName}."
        : IsCommon(offering, asking) ? null
        : $"The patient does not know the type of {asking.ConditionName}, and the clinic treats certain types only.";

    protected override Fact WhyYes(Offering offering, Asking asking) => new(
        offering.Treats.ConditionType is not { } type ? "The clinic treats every type of it."
        : asking.Facts.ConditionType is null ? $"The patient does not know the type, and the clinic treats a common one ({type})."
        : $"The clinic treats this type ({type}).");

    private static bool IsCommon(Offering offering, Asking asking) =>
        asking.Lists.Conditions.TryGetValue(asking.Facts.Condition, out var condition)
        && condition.CommonTypes.Contains(offering.Treats.ConditionType, StringComparer.Ordinal);
}
