using System.Globalization;
using System.Security.Cryptography;

namespace InquiryRouter.FaultTests.Support;

/// <summary>How long and with which chances the tests run; both can be set in the environment.</summary>
internal static class FaultSettings
{
    /// <summary>How often a server is killed in one test.</summary>
    public static int Rounds { get; } = Read("INQUIRYROUTER_FAULT_ROUNDS") ?? 6;

    /// <summary>What every random choice of a test begins with. The same seed repeats the choices, not the timing of the machine.</summary>
    public static int Seed { get; } = Read("INQUIRYROUTER_FAULT_SEED") ?? RandomNumberGenerator.GetInt32(1, 1_000_000);

    private static int? Read(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;
}
