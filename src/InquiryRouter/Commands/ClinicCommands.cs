using System.CommandLine;
using InquiryRouter.Application;
using InquiryRouter.Application.Network;

namespace InquiryRouter.Commands;

/// <summary>What a person says about one clinic, beside what a file says.</summary>
internal static class ClinicCommands
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var code = new Argument<string>("CODE") { Description = "The clinic's code, like MX-1." };
        var works = new Command("mail-works", "Says that a clinic's address takes mail after all: it is written to again, and may be offered patients.");
        works.Add(code);
        works.SetAction((parsed, cancellation) =>
            MailWorksAsync(parsed, CommandContext.CodeOf(parsed.GetValue(code)), output, cancellation));
        var clinics = new Command("clinics", "What a person says about a clinic.");
        clinics.Add(works);
        root.Add(clinics);
    }

    private static async Task<int> MailWorksAsync(ParseResult parsed, string code, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var outcome = await services.GetRequiredService<ConfirmClinicMail>().RunAsync(code, CommandContext.Coordinator, cancellation);
        switch (outcome)
        {
            case Outcome.Done:
                await output.WriteLineAsync($"{code} is written to again and may be offered patients. Mails that failed are not sent again by themselves.");
                return 0;
            case Outcome.NotFound:
                throw new CommandRefusedException($"There is no clinic {code}.");
            default:
                await output.WriteLineAsync($"Mail to {code} works already.");
                return 1;
        }
    }
}
