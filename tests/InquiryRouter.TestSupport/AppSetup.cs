using InquiryRouter.Core.Matching;
using InquiryRouter.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace InquiryRouter.TestSupport;

/// <summary>How an <see cref="InquiryApp"/> differs from the embedded one with three clinics.</summary>
internal sealed record AppSetup
{
    public Roles Roles { get; init; } = Roles.Both;

    public string Environment { get; init; } = "Production";

    /// <summary>A, B and C, asked in this order.</summary>
    public IReadOnlyList<Clinic> Clinics { get; init; } = [A.Clinic("MX-A"), A.Clinic("MX-B"), A.Clinic("MX-C")];

    /// <summary>Settings by name, over those of the tests.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>The directory of another app, to run beside it; null: a new one.</summary>
    public string? Directory { get; init; }

    /// <summary>What is tested is of the embedded database: so it is on one, whatever the others of the run are on (<see cref="AppDatabase"/>).</summary>
    public bool OnSqlite { get; init; }

    /// <summary>The clock of another app; null: a new one.</summary>
    public FakeTimeProvider? Clock { get; init; }

    /// <summary>Of the command line, for what is no setting of ours, like levels of the log.</summary>
    public string[] HostArguments { get; init; } = [];

    /// <summary>What stands in place of services of the program.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    public AppSetup With(string setting, string value) =>
        this with { Settings = new Dictionary<string, string?>(Settings) { [setting] = value } };
}
