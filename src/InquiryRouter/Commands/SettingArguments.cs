using System.CommandLine;

namespace InquiryRouter.Commands;

/// <summary>Settings on the command line: <c>--Section:Name=value</c>, <c>--Section:Name value</c>, <c>--Urls value</c>.</summary>
internal static class SettingArguments
{
    private static readonly string[] s_sections =
        [
            "Data", "Database", "Broker", "Mail", "Brand", "Privacy", "Intake", "Facilitator", "Screening", "Referral", "FollowUp", "Oidc",
            "Console", "Telemetry", "Logging", "Kestrel",
        ];

    /// <summary>How settings are given to the parser, and what the help of each command says of them.</summary>
    public static readonly Option<string[]> Gathered = Create();

    public static string Known => string.Join(", ", s_sections.Append("Urls"));

    /// <summary>May it stand at the top of a settings file?</summary>
    public static bool IsKnown(string name) =>
        name.Equals("Urls", StringComparison.OrdinalIgnoreCase) || name.Equals("AllowedHosts", StringComparison.OrdinalIgnoreCase)
        || Array.Exists(s_sections, s => s.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The arguments with each setting as a value of <see cref="Gathered"/>.</summary>
    public static string[] Gather(IReadOnlyList<string> args)
    {
        var result = new List<string>(args.Count);
        for (var i = 0; i < args.Count; i++)
        {
            var isWhole = args[i].Contains('=', StringComparison.Ordinal);
            if (!IsSetting(args[i]) || (!isWhole && i + 1 == args.Count))
            {
                result.Add(args[i]);
                continue;
            }

            result.Add(Gathered.Name);
            result.Add(isWhole ? args[i][2..] : $"{args[i][2..]}={args[++i]}");
        }

        return [.. result];
    }

    /// <summary>The settings of a command, as the configuration takes them.</summary>
    public static string[] Of(ParseResult parsed) => [.. (parsed.GetValue(Gathered) ?? []).Select(s => "--" + s)];

    /// <summary>What is wrong with an argument that no command knows, or null when there is none.</summary>
    public static string? Check(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [var argument, ..])
        {
            return null;
        }

        if (IsSetting(argument))
        {
            return $"'{argument}' needs a value, like {argument}=value.";
        }

        if (argument.StartsWith('-'))
        {
            return $"'{argument}' is not an option of this command, nor a setting. Settings look like --Broker:Transport=RabbitMq; "
                + $"their areas are {string.Join(", ", s_sections)}.";
        }

        var known = parsed.CommandResult.Command.Subcommands is { Count: > 0 } own ? own : parsed.RootCommandResult.Command.Subcommands;
        return $"'{argument}' is neither a command nor a setting. Commands: {string.Join(", ", known.Select(c => c.Name))}; "
            + "settings look like --Broker:Transport=RabbitMq.";
    }

    private static Option<string[]> Create()
    {
        var settings = new Option<string[]>("--AREA:NAME")
        {
            HelpName = "VALUE",
            Description = "Any setting, like --Data:Directory=/var/lib/inquiryrouter; also in the environment (Data__Directory) "
                + "or in appsettings.json in the working directory.",
            Recursive = true,
            AllowMultipleArgumentsPerToken = false,
        };
        settings.Validators.Add(given =>
        {
            if (!given.Tokens.All(t => IsSetting("--" + t.Value)))
            {
                given.AddError($"AREA:NAME stands for a setting, like Broker:Transport; the areas are {string.Join(", ", s_sections)}.");
            }
        });
        return settings;
    }

    private static bool IsSetting(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal))
        {
            return false;
        }

        var name = argument[2..].Split('=')[0];
        return name.Equals("Urls", StringComparison.OrdinalIgnoreCase)
            || (name.Contains(':', StringComparison.Ordinal) && Array.Exists(s_sections, s => s.Equals(name.Split(':')[0], StringComparison.OrdinalIgnoreCase)));
    }
}
