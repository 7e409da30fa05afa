using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace InquiryRouter.Commands;

/// <summary>The usual help, and after it an example of the command asked about.</summary>
internal sealed class HelpWithExample(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string> s_examples = new(StringComparer.Ordinal)
    {
        ["serve"] = "--roles worker --Broker:Transport=RabbitMq --Broker:Uri=amqp://user:password@broker/",
        ["migrate"] = "--dry-run",
        ["import clinics"] = "network.csv",
        ["match"] = "inquiry.json --json",
        ["list"] = "--held",
        ["mail preview"] = "CheckIn --language es",
        ["brand preview"] = "--Brand:Name=\"Example Health\" --Brand:Colour=#0a567c",
        ["suppressed remove"] = "< file-with-the-address",
        ["release"] = "IR-7K3M-9Q2P",
        ["operations requeue"] = "--cause NotHandled",
        ["operations set-aside"] = "019ac0de-0000-7000-8000-000000000000 --reason \"sent by a test\"",
        ["operations take-back"] = "019ac0de-0000-7000-8000-000000000000",
        ["backup"] = "/backups/2026-11-30",
        ["restore"] = "/backups/2026-11-30",
        ["sending resume"] = "--park-mails",
        ["doctor"] = "--Mail:Transport=Smtp --Mail:Host=smtp.example.org",
    };

    public static void UseIn(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var command = NameOf(parseResult.CommandResult);
        if (s_examples.TryGetValue(command, out var arguments))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Example:");
            output.WriteLine($"  InquiryRouter {command} {arguments}");
        }

        return code;
    }

    /// <summary>As it is typed, without the program: <c>import clinics</c>.</summary>
    private static string NameOf(CommandResult result) => result.Parent switch
    {
        CommandResult { Parent: not null } above => $"{NameOf(above)} {result.Command.Name}",
        _ => result.Command.Name,
    };
}
