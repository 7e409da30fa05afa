using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Import.Rules;

/// <summary>What an entry of a clinic's packages must be.</summary>
internal sealed class PackageRules(KnownCodes codes, ProblemList problems)
{
    // Both databases keep cents exactly up to here.
    private const decimal HighestPrice = 1_000_000_000_000m;
    private const decimal LowestPrice = 0.01m;
    private const int NameLength = 200;
    private const int IncludesLength = 1000;

    public Package? Check(ObjectReader fields)
    {
        var before = problems.Count;
        var (from, to) = fields.Period("validFrom", "validTo");
        var package = new Package
        {
            Name = fields.Text("name", NameLength),
            Treatment = fields.Word("treatment", codes.IsTreatment, codes.TreatmentsAllowed),
            Condition = fields.OptionalWord("condition", codes.IsCondition, $"Nothing, for every condition, or one of them. {codes.ConditionsAllowed}"),
            PriceAmount = fields.Digits(
                "priceAmount", LowestPrice, HighestPrice, decimals: 2,
                "An amount above 0 and up to 1,000,000,000,000 with at most 2 decimals, in digits and a point only, such as 14500.50."),
            PriceCurrency = fields.Word("priceCurrency", codes.IsCurrency, "The three capital letters of a currency in ISO 4217, such as USD."),
            Includes = fields.Listed("includes", KnownCodes.IsWord, KnownCodes.WordAllowed, IncludesLength, atLeast: 0),
            ValidFrom = from.GetValueOrDefault(),
            ValidTo = to.GetValueOrDefault(),
        };
        return problems.Count == before ? package : null;
    }
}
