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

public sealed class ContractDiscoverer : FactDiscoverer
{
    public override async ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute)
    {
        var suite = testMethod.TestClass.Class;
        if (!suite.IsDefined(typeof(OnSqlServerAttribute), inherit: false)
            || await SqlServerFixture.WhyUnavailableAsync() is not { } reason)
        {
            return await base.Discover(discoveryOptions, testMethod, factAttribute);
        }

        if (testMethod.MethodName != nameof(StoreContract.The_schema_is_up_to_date))
        {
            return [];
        }

        var details = TestIntrospectionHelper.GetTestCaseDetails(discoveryOptions, testMethod, factAttribute);
        return [new XunitTestCase(
            details.ResolvedTestMethod,
            $"{suite.FullName}: the whole suite",
            details.UniqueID,
            details.Explicit,
            details.SkipExceptions,
            $"{reason}: {suite.Name} was not run.",
            traits: [],
            sourceFilePath: details.SourceFilePath,
            sourceLineNumber: details.SourceLineNumber)];
    }
}
