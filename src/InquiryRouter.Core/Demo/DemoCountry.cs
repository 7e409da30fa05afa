namespace InquiryRouter.Core.Demo;

/// <summary>Where invented patients live: how many of them, what they are called, and what they write.</summary>
/// <param name="Phone">A number of the country's plan, # for a digit; null: they give none.</param>
internal sealed record DemoCountry(
    string Code, double Weight, DemoNames Names, string Language, string[] Zones, string Currency, double DollarIs, string? Phone)
{
    public static readonly IReadOnlyList<DemoCountry> All =
    [
        new("US", 40, DemoNames.English, "en", ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"], "USD", 1,
            "+1213#######"),
        new("CA", 8, DemoNames.English, "en", ["America/Toronto", "America/Vancouver"], "CAD", 1.4, "+1604#######"),
        new("GB", 9, DemoNames.English, "en", ["Europe/London"], "GBP", 0.8, "+4474########"),
        new("AU", 4, DemoNames.English, "en", ["Australia/Sydney"], "AUD", 1.5, "+614########"),
        new("IE", 1.5, DemoNames.English, "en", ["Europe/Dublin"], "EUR", 0.9, null),
        new("NZ", 1, DemoNames.English, "en", ["Pacific/Auckland"], "NZD", 1.7, null),
        new("ZA", 1, DemoNames.English, "en", ["Africa/Johannesburg"], "USD", 1, null),
        new("MX", 6, DemoNames.Spanish, "es", ["America/Mexico_City"], "USD", 1, "+5255########"),
        new("CO", 2.5, DemoNames.Spanish, "es", ["America/Bogota"], "USD", 1, null),
        new("AR", 1.5, DemoNames.Spanish, "es", ["America/Argentina/Buenos_Aires"], "USD", 1, null),
        new("ES", 3, DemoNames.Spanish, "es", ["Europe/Madrid"], "EUR", 0.9, "+346########"),
        new("PE", 1, DemoNames.Spanish, "es", ["America/Lima"], "USD", 1, null),
        new("AE", 3, DemoNames.Arabic, "ar", ["Asia/Dubai"], "AED", 3.7, null),
        new("SA", 4, DemoNames.Arabic, "ar", ["Asia/Riyadh"], "SAR", 3.75, null),
        new("KW", 1.5, DemoNames.Arabic, "ar", ["Asia/Kuwait"], "USD", 1, null),
        new("EG", 1, DemoNames.Arabic, "ar", ["Africa/Cairo"], "USD", 1, null),
        new("DE", 5, DemoNames.German, "de", ["Europe/Berlin"], "EUR", 0.9, null),
        new("CH", 1, DemoNames.German, "de", ["Europe/Zurich"], "CHF", 0.9, null),
        new("FR", 2, DemoNames.French, "fr", ["Europe/Paris"], "EUR", 0.9, null),
        new("IN", 2, DemoNames.Indian, "en", ["Asia/Kolkata"], "USD", 1, null),
        new("BR", 1.5, DemoNames.Portuguese, "pt", ["America/Sao_Paulo"], "USD", 1, null),
    ];

    public static DemoCountry Of(string code) => All.First(c => c.Code == code);
}
