using System.CommandLine;

namespace InquiryRouter.Commands;

/// <summary>Settings on the command line: <c>--Section:Name=value</c>, <c>--Section:Name value</c>, <c>--Urls value</c>.</summary>
internal static class SettingArguments
{
    private static readonly string[] s_sections =
        ["Data", "Database", "Broker", "Mail", "Privacy", "Intake", "Screening", "Referral", "FollowUp", "Logging", "Kestrel"];

    /// <summary>How settings are given to the parser: a command with an argument that may be left out would take them for it.</summary>
    public static readonly Option<string[]> Gathered = new("--setting") { Hidden = true, Recursive = true, AllowMultipleArgumentsPerToken = false };

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

    /// <summary>What is wrong with the arguments no command knows, or null when all of them are settings.</summary>
    public static string? Check(IReadOnlyList<string> unmatched)
    {
        for (var i = 0; i < unmatched.Count; i++)
        {
            var argument = unmatched[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                return $"'{argument}' is neither a command nor a setting. Commands: serve, migrate, import, export, match, policy, list, release, pairs, pair, unpair, find, erase, keys, mail, suppressed, operations, doctor; settings look like --Broker:Transport=RabbitMq.";
            }

            if (!IsSetting(argument))
            {
                return $"'{argument}' is not an option of this command, nor a setting. Settings look like --Broker:Transport=RabbitMq; their areas are {string.Join(", ", s_sections)}.";
            }

            if (!argument.Contains('=', StringComparison.Ordinal))
            {
                if (i + 1 == unmatched.Count)
                {
                    return $"'{argument}' needs a value, like {argument}=value.";
                }

                i++;
            }
        }

        return null;
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
