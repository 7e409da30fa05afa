using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Network;

/// <summary>
/// The country rules that came with the demo network say yes where no law was read: good for its clinics, and for nobody else.
/// </summary>
public static class DemoRules
{
    /// <summary>Where the file in force comes from, when it is theirs.</summary>
    public const string Source = "demo network: synthetic rules";

    private const string CountryRules = "country-rules";

    // Reserved for examples: no real clinic has an address there (RFC 2606).
    private const string Example = ".example";

    /// <summary>Which of these clinics would be matched by them, although they are real; none, when rules of the operator or of the program are in force.</summary>
    /// <param name="session">Where it is asked.</param>
    /// <param name="clinics">Of the network, or about to be.</param>
    /// <returns>Their codes, in order.</returns>
    public static async Task<IReadOnlyList<string>> RealClinicsAsync(Session session, IEnumerable<Clinic> clinics)
    {
        var real = clinics.Where(IsReal).Select(c => c.Code).Order(StringComparer.Ordinal).ToList();
        return real.Count > 0 && await AreInForceAsync(session) ? real : [];
    }

    /// <summary>Whether the file in force is theirs.</summary>
    public static async Task<bool> AreInForceAsync(Session session) =>
        (await ReferenceStore.HistoryAsync(session)).Any(f => f is { Name: CountryRules, ToVersion: null, Source: Source });

    /// <summary>Whether mail to it would reach anybody.</summary>
    public static bool IsReal(Clinic clinic) => !clinic.Email.EndsWith(Example, StringComparison.OrdinalIgnoreCase);
}
