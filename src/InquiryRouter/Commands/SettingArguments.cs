namespace InquiryRouter.Commands;

/// <summary>Settings on the command line: <c>--Section:Name=value</c>, <c>--Section:Name value</c>, <c>--Urls value</c>.</summary>
internal static class SettingArguments
{
    private static readonly string[] s_sections =
        ["Data", "Database", "Broker", "Mail", "Privacy", "Intake", "Screening", "Referral", "Logging", "Kestrel"];

    public static string Known => string.Join(", ", s_sections.Append("Urls"));

    /// <summary>May it stand at the top of a settings file?</summary>
    public static bool IsKnown(string name) =>
        name.Equals("Urls", StringComparison.OrdinalIgnoreCase) || name.Equals("AllowedHosts", StringComparison.OrdinalIgnoreCase)
        || Array.Exists(s_sections, s => s.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is wrong with the arguments no command knows, or null when all of them are settings.</summary>
    public static string? Check(IReadOnlyList<string> unmatched)
    {
        for (var i = 0; i < unmatched.Count; i++)
        {
            var argument = unmatched[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                return $"'{argument}' is neither a command nor a setting. Commands: serve, migrate, import, match, list, release, links, link, unlink, doctor; settings look like --Broker:Transport=RabbitMq.";
            }

            var name = argument[2..].Split('=')[0];
            var section = name.Split(':')[0];
            if (!name.Equals("Urls", StringComparison.OrdinalIgnoreCase)
                && !(name.Contains(':', StringComparison.Ordinal) && Array.Exists(s_sections, s => s.Equals(section, StringComparison.OrdinalIgnoreCase))))
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
}
