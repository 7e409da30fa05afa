using System.CommandLine;
using System.Globalization;
using InquiryRouter.Application.Demo;
using InquiryRouter.Core.Demo;
using InquiryRouter.Hosting;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Data.Sqlite.Lives;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

/// <summary>Invented inquiries, in Development only.</summary>
internal static class DemoCommands
{
    private const int Most = 5_000_000;

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var demo = new Command("demo", "Invented inquiries, in Development only.");
        demo.Add(Fill(output));
        root.Add(demo);
    }

    private static Command Fill(TextWriter output)
    {
        var inquiries = new Option<int>("--inquiries") { Description = "How many.", DefaultValueFactory = _ => 10_000 };
        var seed = new Option<int>("--seed") { Description = "The same seed makes the same inquiries of the same network.",
            DefaultValueFactory = _ => 1 };
        inquiries.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > Most)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--inquiries must be 1 to {Most}."));
            }
        });
        var fill = new Command("fill",
            "Fills a database with invented inquiries of two years. Nothing of theirs is sent, and nothing falls due in a burst.");
        fill.Add(inquiries);
        fill.Add(seed);
        fill.SetAction((parsed, cancellation) => FillAsync(parsed, parsed.GetValue(inquiries), parsed.GetValue(seed), output,
            cancellation));
        return fill;
    }

    private static async Task<int> FillAsync(ParseResult parsed, int inquiries, int seed, TextWriter output, CancellationToken cancellation)
    {
        var settings = CommandContext.Settings(parsed, Roles.Both);
        if (!settings.IsDevelopment)
        {
            throw new CommandRefusedException("Invented inquiries are for Development only: set DOTNET_ENVIRONMENT=Development.");
        }

        if (settings.Database.Provider != DatabaseProvider.Sqlite)
        {
            throw new CommandRefusedException("Only a SQLite database can be filled: set Database:Provider to Sqlite.");
        }

        using var alone = SqliteFileLock.Take(settings.ConnectionString, alone: true);
        Startup.PrepareSchema(settings);
        if (LifeFile.RealInquiry(SqliteFileLock.FileOf(settings.ConnectionString), DemoPast.Source) is { } real)
        {
            throw new CommandRefusedException(
                $"{real} was sent by somebody: a database with real inquiries is not filled. Set Data:Directory to an empty one.");
        }

        var masterKeys = Composition.LoadMasterKeys(settings);
        await using (var services = CommandContext.Services(parsed, settings))
        {
            await Startup.PrepareDataAsync(services, settings);
        }

        var clock = CommandContext.Clock(parsed);
        var began = clock.GetTimestamp();
        var progress = new Shown(output, clock);
        await DemoWorld.FillAsync(settings, masterKeys, inquiries, seed, clock.GetUtcNow(), progress, cancellation);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{inquiries} invented inquiries were added in {clock.GetElapsedTime(began).TotalSeconds:0} s. No mail of theirs is sent."));
        return 0;
    }

    /// <summary>A line every few seconds.</summary>
    private sealed class Shown(TextWriter output, TimeProvider clock) : IProgress<DemoProgress>
    {
        private static readonly TimeSpan s_between = TimeSpan.FromSeconds(5);

        private long? _shown;

        public void Report(DemoProgress value)
        {
            if (_shown is { } last && clock.GetElapsedTime(last) < s_between)
            {
                return;
            }

            _shown = clock.GetTimestamp();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {value.What}: {value.Done} of {value.Of}"));
        }
    }
}
