using System.CommandLine;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Hosting;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

/// <summary>Settings and services of a command that is not the server.</summary>
internal static class CommandContext
{
    /// <summary>Stands for what is read from the standard input.</summary>
    public const string StandardInput = "-";

    public static AppSettings Settings(ParseResult parsed, Roles roles)
    {
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Production";
        var files = Files(environment);
        var unknown = files.GetChildren().Select(c => c.Key).Where(k => !SettingArguments.IsKnown(k)).ToList();
        if (unknown.Count > 0)
        {
            throw new BadSettingsException([.. unknown.Select(k => $"{k} in appsettings.json is not a setting. Known areas: {SettingArguments.Known}.")]);
        }

        var configuration = new ConfigurationBuilder().AddConfiguration(files).AddEnvironmentVariables().AddCommandLine(SettingArguments.Of(parsed)).Build();
        return SettingsLoader.Load(configuration, environment, roles);
    }

    private static IConfigurationRoot Files(string environment)
    {
        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(Directory.GetCurrentDirectory())
                .AddJsonFile("appsettings.json", optional: true)
                .AddJsonFile($"appsettings.{environment}.json", optional: true)
                .Build();
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"The settings file cannot be read. {exception.GetBaseException().Message}", exception);
        }
    }

    /// <summary>The reference somebody typed.</summary>
    /// <exception cref="CommandRefusedException">It is none.</exception>
    public static string ReferenceOf(string typed) => Reference.TryParse(typed, out var reference)
        ? reference
        : throw new CommandRefusedException($"'{typed}' is not a reference. It looks like IR-7K3M-9Q2P; check it for typing mistakes.");

    /// <summary>A code as somebody typed or pasted it; empty: nothing of it can be seen.</summary>
    public static string CodeOf(string? typed) => Typed.Code(typed) ?? string.Empty;

    /// <inheritdoc cref="CodeOf"/>
    public static string[] CodesOf(string[]? typed) => Array.ConvertAll(typed ?? [], CodeOf);

    public static void MustExist(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new CommandRefusedException($"There is no file {file.FullName}.");
        }
    }

    /// <summary>Who types a command: the user of the machine.</summary>
    public static Actor Coordinator => Actor.Coordinator(Environment.UserName);

    public static CommandRefusedException NoInquiry(string reference) => new($"There is no inquiry {reference} in this database.");

    /// <summary>The foundation on a database that must be there and up to date.</summary>
    public static ServiceProvider Open(ParseResult parsed) => Open(parsed, Settings(parsed, Roles.Both));

    /// <inheritdoc cref="Open(ParseResult)"/>
    public static ServiceProvider Open(ParseResult parsed, AppSettings settings)
    {
        var status = Composition.CreateMigrator(settings).Status();
        if (!status.IsCurrent)
        {
            throw new CannotStartException(status.Problem
                ?? $"There is no up-to-date database yet ({(settings.Database.Provider == DatabaseProvider.Sqlite ? SqliteFileLock.FileOf(settings.ConnectionString) : "SQL Server")}). Run: InquiryRouter migrate");
        }

        return Services(parsed, settings);
    }

    public static ServiceProvider Services(ParseResult parsed, AppSettings settings) =>
        Foundation(parsed).AddFoundation(settings, Composition.LoadMasterKeys(settings)).BuildServiceProvider();

    /// <summary>The same, and nothing is written: no key, no file of the database's, no row.</summary>
    public static ServiceProvider ServicesThatOnlyLook(ParseResult parsed, AppSettings settings)
    {
        var services = Foundation(parsed);
        if (settings.Database.Provider == DatabaseProvider.Sqlite)
        {
            services.AddSingleton<Database>(provider => new SqliteReader(
                settings.ConnectionString, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<CommitSignals>()));
        }

        return services.AddFoundation(settings, Composition.LoadMasterKeys(settings, onlyLooks: true)).BuildServiceProvider();
    }

    private static IServiceCollection Foundation(ParseResult parsed) => new ServiceCollection()
        .AddLogging(l => l.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning)

            // The server says it, and doctor: not every command.
            .AddFilter(typeof(AttendanceCache).FullName, LogLevel.None))
        .AddSingleton(Clock(parsed));

    /// <summary>What time it is for the command.</summary>
    public static TimeProvider Clock(ParseResult parsed) => ((CommandInvocation)parsed.InvocationConfiguration).Clock;
}

/// <summary>What a command runs with beside its arguments.</summary>
internal sealed class CommandInvocation : InvocationConfiguration
{
    public required TimeProvider Clock { get; init; }
}
