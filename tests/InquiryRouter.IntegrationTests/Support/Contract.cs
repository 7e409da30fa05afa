using System.Runtime.CompilerServices;
using InquiryRouter.IntegrationTests.Contracts;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace InquiryRouter.IntegrationTests.Support;

/// <summary>
/// A fact of a suite that every database must pass. Where a suite's database is not there, the suite is reported as one skipped test that
/// names it, instead of hundreds.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(ContractDiscoverer))]
public sealed class ContractAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber);

/// <summary>A suite that needs SQL Server. All of them share one database, so they run one after another.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnSqlServerAttribute : Attribute, ICollectionAttribute
{
    /// <summary>A connection string to an empty server.</summary>
    public const string Variable = "INQUIRYROUTER_TEST_SQLSERVER";

    public string Name => "SQL Server";

    public Type? Type => null;

    internal static string? ConnectionString => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text : null;
}

public sealed class ContractDiscoverer : FactDiscoverer
{
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute)
    {
        var suite = testMethod.TestClass.Class;
        if (OnSqlServerAttribute.ConnectionString is not null || !suite.IsDefined(typeof(OnSqlServerAttribute), inherit: false))
        {
            return base.Discover(discoveryOptions, testMethod, factAttribute);
        }

        if (testMethod.MethodName != nameof(StoreContract.The_schema_is_up_to_date))
        {
            return new([]);
        }

        var details = TestIntrospectionHelper.GetTestCaseDetails(discoveryOptions, testMethod, factAttribute);
        return new([new XunitTestCase(
            details.ResolvedTestMethod,
            $"{suite.FullName}: the whole suite",
            details.UniqueID,
            details.Explicit,
            details.SkipExceptions,
            $"{OnSqlServerAttribute.Variable} is not set: {suite.Name} was not run.",
            traits: [],
            sourceFilePath: details.SourceFilePath,
            sourceLineNumber: details.SourceLineNumber)]);
    }
}
