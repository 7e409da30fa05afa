using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace InquiryRouter.Commands;

/// <summary>The usual help, with settings where it would speak of additional arguments, and with an example of the command asked about.</summary>
internal sealed class SettingsHelp(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Heading = "Additional Arguments:";

    private static readonly Dictionary<string, string> s_examples = new(StringComparer.Ordinal)
    {
        ["serve"] = "InquiryRouter serve --roles worker --Broker:Transport=RabbitMq --Broker:Uri=amqp://user:password@broker/",
        ["migrate"] = "InquiryRouter migrate --dry-run",
        ["clinics"] = "InquiryRouter import clinics network.csv",
        ["match"] = "InquiryRouter match inquiry.json --json",
        ["list"] = "InquiryRouter list --held",
        ["preview"] = "InquiryRouter mail preview CheckIn --language es",
        ["remove"] = "InquiryRouter suppressed remove < file-with-the-address",
        ["release"] = "InquiryRouter release IR-7K3M-9Q2P",
        ["operations"] = "InquiryRouter operations list",
        ["requeue"] = "InquiryRouter operations requeue --cause NotHandled",
        ["set-aside"] = "InquiryRouter operations set-aside 019ac0de-0000-7000-8000-000000000000 --reason \"sent by a test\"",
        ["take-back"] = "InquiryRouter operations take-back 019ac0de-0000-7000-8000-000000000000",
        ["doctor"] = "InquiryRouter doctor --Mail:Transport=Smtp --Mail:Host=smtp.example.org",
    };

    public static void UseIn(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new SettingsHelp((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var invocation = parseResult.InvocationConfiguration;
        var output = invocation.Output;
        using var page = new StringWriter();
        invocation.Output = page;
        int code;
        try
        {
            code = usual.Invoke(parseResult);
        }
        finally
        {
            invocation.Output = output;
        }

        var text = page.ToString().Replace(" [[--] <additional arguments>...]]", " [settings]", StringComparison.Ordinal);
        var end = text.IndexOf(Heading, StringComparison.Ordinal);
        output.Write(end < 0 ? text : text[..end]);
        output.WriteLine("Settings:");
        output.WriteLine("  --AREA:NAME=VALUE  Any setting of the README, like --Data:Directory=/var/lib/inquiryrouter; also in the");
        output.WriteLine("                     environment (Data__Directory) or in appsettings.json in the working directory.");
        if (s_examples.TryGetValue(parseResult.CommandResult.Command.Name, out var example))
        {
            output.WriteLine();
            output.WriteLine("Example:");
            output.WriteLine("  " + example);
        }

        return code;
    }
}
