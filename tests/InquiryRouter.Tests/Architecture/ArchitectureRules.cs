using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Fluent.Syntax.Elements.Types;
using ArchUnitNET.Loader;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Settings;
using InquiryRouter.Web;
using InquiryRouter.Worker;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace InquiryRouter.Tests.Architecture;

/// <summary>The layout in DESIGN.md as rules over namespaces; packages count by theirs.</summary>
internal static class ArchitectureRules
{
    public static readonly System.Reflection.Assembly[] Product =
    [
        typeof(InquiryForm).Assembly, typeof(Database).Assembly, typeof(Application.Referral.OfferReferral).Assembly, typeof(WebRole).Assembly, typeof(Pipeline).Assembly, typeof(AppSettings).Assembly,
    ];

    public static readonly Dictionary<string, IArchRule> All = new(StringComparer.Ordinal)
    {
        ["Core knows nobody"] = Never("InquiryRouter.Core", "InquiryRouter.(Infrastructure|Application|Web|Worker|Settings|Hosting|Commands)"),
        ["Infrastructure knows Core only"] = Never("InquiryRouter.Infrastructure", "InquiryRouter.(Application|Web|Worker|Settings|Hosting|Commands)"),
        ["Application knows Core and Infrastructure only"] = Never("InquiryRouter.Application", "InquiryRouter.(Web|Worker|Settings|Hosting|Commands)"),
        ["Web never knows Worker"] = Never("InquiryRouter.Web", "InquiryRouter.Worker"),
        ["Worker never knows Web"] = Never("InquiryRouter.Worker", "InquiryRouter.Web"),
        ["Dapper only in Data"] = OnlyIn("InquiryRouter.Infrastructure.Data", "Dapper"),
        ["MailKit and MimeKit only in Mail"] = OnlyIn("InquiryRouter.Infrastructure.Mail", "MailKit|MimeKit"),
        ["Quartz only in the clock"] = OnlyIn("InquiryRouter.Worker.Clock", "Quartz"),
        ["the bus only in Messaging"] = OnlyIn("InquiryRouter.Infrastructure.Messaging", "MassTransit|RabbitMQ.Client"),
    };

    public static ArchUnitNET.Domain.Architecture Load(params System.Reflection.Assembly[] assemblies) => new ArchLoader().LoadAssemblies(assemblies).Build();

    /// <summary>The types that break a rule.</summary>
    public static IReadOnlyList<string> Violations(string rule, ArchUnitNET.Domain.Architecture architecture) =>
        [.. All[rule].Evaluate(architecture).Where(r => !r.Passed).Select(r => (r.EvaluatedObject as IType)?.FullName ?? r.Description)];

    private static TypesShouldConjunction Never(string here, string there) =>
        Types().That().ResideInNamespaceMatching(In(here)).Should().NotDependOnAny(Types(true).That().ResideInNamespaceMatching(In(there)));

    private static TypesShouldConjunction OnlyIn(string here, string package) =>
        Types().That().ResideInNamespaceMatching(@"^InquiryRouter(\.|$)").And().DoNotResideInNamespaceMatching(In(here))
            .And().DoNotResideInNamespaceMatching(In("InquiryRouter.Tests"))
            .Should().NotDependOnAny(Types(true).That().ResideInNamespaceMatching(In(package)));

    private static string In(string names) => $@"^({names.Replace(".", @"\.", StringComparison.Ordinal)})(\.|$)";
}
