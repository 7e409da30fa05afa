using System.CommandLine;
using System.Globalization;
using InquiryRouter.Application.Reports;

namespace InquiryRouter.Commands;

/// <summary>The numbers of the reports, which the clock counts by itself.</summary>
internal static class ReportCommands
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var rebuild = new Command(
            "rebuild", "Counts all numbers of the reports anew, newest first, and says how many were others. The server may run. Interrupted, run it again.");
        rebuild.SetAction(async (parsed, cancellation) =>
        {
            await using var services = CommandContext.Open(parsed);
            var changed = await services.GetRequiredService<CountFigures>().RebuildAsync(new Progress(output), cancellation);
            await output.WriteLineAsync(changed == 0
                ? "All numbers were right."
                : string.Create(CultureInfo.InvariantCulture, $"{changed} numbers were others, and are right now."));
            return 0;
        });
        root.Add(new Command("reports", "The numbers of the reports in the console.") { rebuild });
    }

    // Said in its order, as it happens: System.Progress would say it on threads of its own.
    private sealed class Progress(TextWriter output) : IProgress<(string Kind, DateOnly Start, int Changed)>
    {
        public void Report((string Kind, DateOnly Start, int Changed) value)
        {
            if (value.Changed > 0)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {value.Kind} from {value.Start:yyyy-MM-dd}: {value.Changed}"));
            }
        }
    }
}
