namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does the clinic treat the condition?</summary>
internal sealed class ConditionGate() : InquiryGate(Gate.Condition, "condition", endsOffers: true)
{
    protected override string? WhyNot(Offering offering, Asking asking) =>
        offering.Treats.Condition == asking.Facts.Condition ? null : No(asking).Sentence;

    /// <summary>The answer for a clinic that the index leaves out: nothing it treats is for the condition.</summary>
    public static Stop No(Asking asking) => new(Gate.Condition, $"The clinic does not treat {asking.ConditionName}.");

    protected override Fact WhyYes(Offering offering, Asking asking) => new($"The clinic treats {asking.ConditionName}.");
}
