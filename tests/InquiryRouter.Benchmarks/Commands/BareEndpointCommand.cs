using System.CommandLine;
using InquiryRouter.Benchmarks.Ceilings;

namespace InquiryRouter.Benchmarks.Commands;

/// <summary>What <c>run --ceilings</c> starts beside itself; it is in no list.</summary>
internal static class BareEndpointCommand
{
    public static Command Create()
    {
        var port = Options.Int("--port", 0, 1, 65535, "The port on 127.0.0.1.");
        var command = new Command("bare-endpoint", "Answers every post with 202.") { port };
        command.Hidden = true;
        command.SetAction(async (result, cancel) =>
        {
            await BareEndpoint.ServeAsync(result.GetValue(port), cancel);
            return 0;
        });
        return command;
    }
}
