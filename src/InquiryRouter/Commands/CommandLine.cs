using System.CommandLine;
using InquiryRouter.Hosting;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

/// <summary>The command line. Without a command it serves.</summary>
public static class CommandLine
{
    /// <summary>Something was wrong with the command, a setting or a file; it says what.</summary>
    public const int Refused = 2;

    // Longer than the host takes at most to stop in order (a mail in the middle of its sending is let finish); what hangs after that is ended.
    private static readonly TimeSpan s_longestStop = Server.LongestStop + TimeSpan.FromSeconds(10);

    private const string Description =
        """
        InquiryRouter takes patients' inquiries, matches them to accredited clinics, and keeps every promise about time.

        Without a command it serves, on SQLite, an in-process bus and mail to files:
          InquiryRouter
          InquiryRouter serve --roles worker --Broker:Transport=RabbitMq
          InquiryRouter match inquiry.json
        """;

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, TimeProvider clock, CancellationToken cancellation)
    {
        var root = new RootCommand(Description);
        ServeCommand.AddTo(root, output);
        MigrateCommand.AddTo(root, output);
        ImportCommand.AddTo(root, output);
        MatchCommand.AddTo(root, output);
        PolicyCommands.AddTo(root, output);
        CoordinatorCommands.AddTo(root, output);
        WorkCommands.AddTo(root, output);
        ActionCommands.AddTo(root, output);
        PairCommands.AddTo(root, output);
        PrivacyCommands.AddTo(root, output);
        LinkCommands.AddTo(root, output);
        UserCommands.AddTo(root, output);
        KeyCommands.AddTo(root, output);
        MailCommands.AddTo(root, output);
        BrandCommands.AddTo(root, output);
        OperationsCommands.AddTo(root, output);
        ReportCommands.AddTo(root, output);
        ClinicCommands.AddTo(root, output);
        BackupCommands.AddTo(root, output);
        SendingCommands.AddTo(root, output);
        DoctorCommand.AddTo(root, output);
        HealthCommand.AddTo(root, output);
        DemoCommands.AddTo(root, output);
        root.Add(SettingArguments.Gathered);
        HelpWithExample.UseIn(root);

        try
        {
            var parsed = root.Parse(SettingArguments.Gather(args));
            if (SettingArguments.Check(parsed) is { } wrong)
            {
                return await RefuseAsync(error, wrong);
            }

            var code = await parsed.InvokeAsync(new CommandInvocation { Clock = clock, ProcessTerminationTimeout = s_longestStop, Output = output, Error = error, EnableDefaultExceptionHandler = false }, cancellation);

            // Whoever asks how a command is used need not use it right.
            return parsed.Errors.Count == 0 || parsed.Action is HelpWithExample ? code : Refused;
        }
        catch (BadSettingsException exception)
        {
            await error.WriteLineAsync("These settings cannot work:");
            return await RefuseAsync(error, string.Join(Environment.NewLine, exception.Problems.Select(p => "  " + p)));
        }
        catch (Exception exception) when (exception is CommandRefusedException or CannotStartException)
        {
            return await RefuseAsync(error, exception.Message);
        }
        catch (ConflictException)
        {
            return await RefuseAsync(error, "Somebody else changed the same at this moment, again and again; nothing was done. Look at it, and run the command again.");
        }
        catch (DatabaseUnavailableException exception)
        {
            return await RefuseAsync(error, $"{exception.Message} ({exception.InnerException?.GetType().Name}) Check Database:Provider and Database:ConnectionString; 'InquiryRouter doctor' says more.");
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    private static async Task<int> RefuseAsync(TextWriter error, string text)
    {
        await error.WriteLineAsync(text);
        return Refused;
    }
}
