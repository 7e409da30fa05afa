namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does it treat the patient's type of the condition? Who does not know theirs goes to clinics that treat every type.</summary>
internal sealed class ConditionTypeGate() : InquiryGate(Gate.ConditionType, "condition-type", endsOffers: true)
{
    protected override string? WhyNot(Offering offering, Asking asking) =>
        offering.Treats.ConditionType is null || offering.Treats.ConditionType == asking.Facts.ConditionType ? null
        : asking.Facts.ConditionType is { } type ? $"The clinic does not treat this type ({type}) of {asking.ConditionName}."
        : $"The patient does not know the type of {asking.ConditionName}, and the clinic treats certain types only.";

    protected override Fact WhyYes(Offering offering, Asking asking) => new(
        offering.Treats.ConditionType is { } type ? $"The clinic treats this type ({type})." : "The clinic treats every type of it.");
}
