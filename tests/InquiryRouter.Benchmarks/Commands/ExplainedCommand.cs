using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace InquiryRouter.Benchmarks.Commands;

/// <summary>A command with a line for the list of commands, and a page that only its own <c>--help</c> shows.</summary>
internal sealed class ExplainedCommand(string name, string line, string page) : Command(name, line)
{
    public string Page => page;

    /// <summary>Makes the <c>--help</c> of <paramref name="root"/> and of all below it show the pages.</summary>
    public static void ShowPages(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithPage((HelpAction)help.Action!);
    }

    private sealed class HelpWithPage(HelpAction usual) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = usual.Invoke(parseResult);
            if (parseResult.CommandResult.Command is ExplainedCommand command)
            {
                parseResult.InvocationConfiguration.Output.WriteLine(command.Page);
            }

            return code;
        }
    }
}
