using System.Reflection;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Tests.Support;
using InquiryRouter.Worker;

namespace InquiryRouter.Tests.Architecture;

public sealed partial class ArchitectureTests
{
    private static readonly string[] s_stages = ["Intake", "Screening", "Matching", "Referral", "FollowUp", "Mail"];

    private static readonly Lazy<ArchUnitNET.Domain.Architecture> s_product = new(() => ArchitectureRules.Load(ArchitectureRules.Product));

    /// <summary>The types of Violations.cs, which claim to be of the product.</summary>
    private static readonly Lazy<ArchUnitNET.Domain.Architecture> s_violated = new(() => ArchitectureRules.Load(typeof(ArchitectureTests).Assembly));

    public static TheoryData<string> Rules => new(ArchitectureRules.All.Keys);

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_product_keeps_the_rule(string rule) => Assert.Empty(ArchitectureRules.Violations(rule, s_product.Value));

    [Theory]
    [InlineData("Core knows nobody", "InquiryRouter.Core.DeliberateViolation.KnowsInfrastructure")]
    [InlineData("Infrastructure knows Core only", "InquiryRouter.Infrastructure.DeliberateViolation.KnowsTheExecutable")]
    [InlineData("Application knows Core and Infrastructure only", "InquiryRouter.Application.DeliberateViolation.KnowsWeb")]
    [InlineData("Web never knows Worker", "InquiryRouter.Web.DeliberateViolation.KnowsWorker")]
    [InlineData("Worker never knows Web", "InquiryRouter.Worker.DeliberateViolation.KnowsWeb")]
    [InlineData("Dapper only in Data", "InquiryRouter.Worker.DeliberateViolation.AsksByItself")]
    [InlineData("MailKit and MimeKit only in Mail", "InquiryRouter.Web.DeliberateViolation.MailsByItself")]
    [InlineData("Quartz only in the clock", "InquiryRouter.Worker.DeliberateViolation.SchedulesByItself")]
    [InlineData("the bus only in Messaging", "InquiryRouter.Worker.DeliberateViolation.PublishesByItself")]
    [InlineData("the bus only in Messaging", "InquiryRouter.Worker.DeliberateViolation.ConnectsByItself")]
    public void A_deliberate_violation_is_found(string rule, string violator) =>
        Assert.Equal([violator], ArchitectureRules.Violations(rule, s_violated.Value).Where(v => v.StartsWith(violator, StringComparison.Ordinal)));

    [Fact]
    public void Nobody_but_the_application_and_what_touches_the_world_opens_a_transaction() =>
        Assert.Empty(Transactions.OpenedElsewhere(s_product.Value));

    [Fact]
    public void A_transaction_of_a_page_is_found() => Assert.Equal(
        ["InquiryRouter.Web.DeliberateViolation.WritesByItself"],
        Transactions.OpenedElsewhere(s_violated.Value).Select(t => t.Split('/', '+', '<')[0]).Distinct(StringComparer.Ordinal));

    [Fact]
    public void The_folders_of_Infrastructure_form_no_circle() => Assert.Empty(FolderCircles.Of(s_product.Value, "InquiryRouter.Infrastructure"));

    [Fact]
    public void A_circle_of_three_folders_is_found() => Assert.Equal(
        ["Keys knows Mail: Key, Letter", "Mail knows Stores: Letter, Row", "Stores knows Keys: Row, Key"],
        FolderCircles.Of(s_violated.Value, "InquiryRouter.Infrastructure.DeliberateCircle"));

    [Fact]
    public void Core_references_nothing_but_the_base_library() => Assert.Empty(ForeignReferences(typeof(InquiryForm).Assembly));

    [Fact]
    public void A_reference_to_anything_else_is_found() => Assert.Contains("Dapper", ForeignReferences(typeof(ArchitectureTests).Assembly));

    [Fact]
    public void Core_has_a_folder_for_each_stage_and_for_what_belongs_to_none() =>
        Assert.Equal(s_stages.Concat(["Coordination", "Demo", "History", "Messages", "Privacy", "Reading", "Reports", "Users"]).Order(StringComparer.Ordinal), Folders("InquiryRouter.Core"));

    [Fact]
    public void Application_has_a_folder_for_each_stage_and_for_what_belongs_to_nobodys() =>
        Assert.Equal(
            s_stages.Concat(["Clinics", "Coordination", "Demo", "Network", "Operations", "Patients", "Policies", "Privacy", "Reports", "Steps", "Users"]).Order(StringComparer.Ordinal),
            Folders("InquiryRouter.Application"));

    [Fact]
    public void The_stores_lie_in_the_folders_that_Core_has()
    {
        const string stores = "src/InquiryRouter.Infrastructure/Data/Stores/";
        var folders = Repository.CSharpFiles("src/InquiryRouter.Infrastructure").Where(f => f.Path.StartsWith(stores, StringComparison.Ordinal))
            .Select(f => f.Path[stores.Length..].Split('/')[0]).ToHashSet(StringComparer.Ordinal);

        Assert.Subset(Folders("InquiryRouter.Core").ToHashSet(StringComparer.Ordinal), folders);
        Assert.Superset(s_stages.ToHashSet(StringComparer.Ordinal), folders);
    }

    [Fact]
    public void Worker_has_the_pipeline_and_the_clock_and_nothing_else() => Assert.Equal(["Clock"], Folders("InquiryRouter.Worker"));

    [Fact]
    public void Web_has_a_folder_for_each_kind_of_visitor_and_none_besides()
    {
        string[] known = ["Clinic", "Console", "Embed", "Intake", "Pages", "Patient"];

        Assert.Subset(known.ToHashSet(StringComparer.Ordinal), Folders("InquiryRouter.Web").ToHashSet(StringComparer.Ordinal));
        Assert.Contains("Intake", Folders("InquiryRouter.Web"));
    }

    [Fact]
    public void The_pipeline_lists_the_stages_in_their_order()
    {
        var queues = Pipeline.Stages.Select(s => s.Queue).Distinct(StringComparer.Ordinal);

        Assert.Equal(["inquiryrouter-screening", "inquiryrouter-matching", "inquiryrouter-referral", "inquiryrouter-mail"], queues);
    }

    [Fact]
    public void Every_event_has_a_stage_that_handles_it() =>
        Assert.Equal(
            typeof(IEvent).Assembly.GetTypes().Where(t => typeof(IEvent).IsAssignableFrom(t) && !t.IsInterface).Select(t => t.Name).Order(StringComparer.Ordinal),
            Pipeline.Stages.Select(s => s.Event.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void A_namespace_is_the_folder_it_lies_in()
    {
        var files = Repository.CSharpFiles("src").Where(f => !f.Path.EndsWith("/Program.cs", StringComparison.Ordinal)).ToList();

        Assert.True(files.Count > 80, "The source files were not found.");
        Assert.All(files, file =>
        {
            // The executable's root namespace is the product's name, as is its folder.
            var folder = Path.GetDirectoryName(file.Path)!.Replace('\\', '/')["src/".Length..].Replace('/', '.');
            Assert.Equal(folder, Namespace().Match(file.Text).Groups[1].Value);
        });
    }

    private static IEnumerable<string> ForeignReferences(Assembly assembly)
    {
        var baseLibrary = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return assembly.GetReferencedAssemblies().Select(r => r.Name!).Where(name => !File.Exists(Path.Combine(baseLibrary, name + ".dll")));
    }

    private static IEnumerable<string> Folders(string project) =>
        Repository.CSharpFiles($"src/{project}")
            .Select(f => f.Path.Split('/'))
            .Where(parts => parts.Length > 3)
            .Select(parts => parts[2])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Namespace();
}
