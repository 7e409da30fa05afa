using System.CommandLine;
using InquiryRouter.Hosting;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

/// <summary>What patients and clinics see of the facilitator.</summary>
internal static class BrandCommands
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var directory = new Option<string>("--directory")
        {
            Description = "Where to write them.", DefaultValueFactory = _ => "brand-preview",
        };
        var preview = new Command(
            "preview",
            "Writes the public pages and some mails with your name, logo and colours as files to look at. Sends nothing, needs no database.");
        preview.Add(directory);
        preview.SetAction((parsed, cancellation) =>
            PreviewAsync(CommandContext.Settings(parsed, Roles.Both), Path.GetFullPath(parsed.GetValue(directory)!), output, cancellation));
        root.Add(new Command("brand", "What patients and clinics see of you.") { preview });
    }

    private static async Task<int> PreviewAsync(AppSettings settings, string directory, TextWriter output, CancellationToken cancellation)
    {
        try
        {
            var files = await new BrandPreview(settings, directory).WriteAsync(cancellation);
            var index = Path.Combine(directory, "index.html");
            await output.WriteLineAsync($"{files} pages and mails of {settings.Face.Name} in {directory}. Open {index}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException(
                $"'{directory}' cannot be written: {exception.Message} Choose another place with --directory.", exception);
        }

        var colours = settings.Face.Colours;
        await output.WriteLineAsync($"Links and buttons: {BrandPreview.Told(colours.Action, colours.DarkAction)}. Words need 4.5.");
        await output.WriteLineAsync($"Lines: {BrandPreview.Told(colours.Accent, colours.DarkAccent)}. They need 3.");
        foreach (var unsaid in Oversights.Unsaid(settings))
        {
            await output.WriteLineAsync($"Not yet: {unsaid}");
        }

        return 0;
    }
}
