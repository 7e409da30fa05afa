using System.Runtime.ExceptionServices;
using Xunit;

namespace InquiryRouter.TestSupport;

/// <summary>
/// One broker for all tests of an assembly: <c>[assembly: AssemblyFixture(typeof(BrokerFixture))]</c>. Says on the
/// diagnostic output, and in the file named by <see cref="ReportVariable" />, which broker that is.
/// </summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    /// <summary>Names the file that gets a line for each broker; tests/run.sh prints it.</summary>
    public const string ReportVariable = "INQUIRYROUTER_TEST_BROKER_REPORT";

    private TestBroker? _broker;
    private ExceptionDispatchInfo? _failure;

    /// <summary>The running broker. Throws where none could be started: a test that needs it fails, the others still run.</summary>
    public TestBroker Broker
    {
        get
        {
            _failure?.Throw();
            return _broker ?? throw new InvalidOperationException("The broker is not started yet.");
        }
    }

    public async ValueTask InitializeAsync()
    {
        try
        {
            _broker = await TestBroker.StartNewAsync(TestContext.Current.CancellationToken);
            await ReportAsync($"Broker: {_broker.Description}");
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
            await ReportAsync($"Broker: none. {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
    }

    private static async Task ReportAsync(string line)
    {
        TestContext.Current.SendDiagnosticMessage(line);
        if (Environment.GetEnvironmentVariable(ReportVariable) is { Length: > 0 } file)
        {
            await File.AppendAllTextAsync(file, line + Environment.NewLine);
        }
    }
}
