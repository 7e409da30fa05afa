namespace InquiryRouter.Core.Matching.Gates;

/// <summary>
/// Is the price within the policy's ceiling above the budget? Below it the price counts in the score; without a budget, a price
/// or a ceiling nothing
/// is compared.
/// </summary>
internal sealed class BudgetGate() : InquiryGate(Gate.Budget, "budget")
{
    protected override string? WhyNot(Offering offering, Asking asking)
    {
        var comparable = asking.BudgetUsd > 0 && asking.Policy.BudgetCeiling is not null && offering.Scores.PriceUsd is not null;
        if (!comparable || offering.Scores.PriceUsd <= asking.BudgetUsd * asking.Policy.BudgetCeiling)
        {
            return null;
        }

        var lists = offering.Rules.Lists;
        var package = offering.Packages.MinBy(p => lists.InUsd(p.PriceAmount, p.PriceCurrency) ?? decimal.MaxValue)!;
        return $"Its price ({package.PriceAmount:0} {package.PriceCurrency}) is far above the patient's budget"
            + $" ({asking.Facts.BudgetAmount:0} {asking.Facts.BudgetCurrency}).";
    }

    protected override Fact WhyYes(Offering offering, Asking asking) => new(
        asking.BudgetUsd is not > 0 ? "The patient named no budget that can be compared."
        : offering.Scores.PriceUsd is not { } price ? "The clinic states no price that can be compared."
        : asking.Policy.BudgetCeiling is not { } ceiling ? "The policy has no ceiling: the price only counts in the score."
        : $"Its price, about {price:0} USD, is at most {ceiling:0.##} times the budget of about {asking.BudgetUsd:0} USD.");
}
