namespace InquiryRouter.Hosting;

/// <summary>Keeps secrets out of the log whatever level is set for it: the framework logs addresses of requests, and a link is its secret.</summary>
public static class LogFilters
{
    private const string Framework = "Microsoft.AspNetCore";

    /// <summary>Of the categories that see requests, only warnings and worse are logged: they say nothing of an address.</summary>
    public static void KeepSecrets(LoggerFilterOptions options)
    {
        var rules = options.Rules.ToList();
        options.Rules.Clear();
        options.Rules.Add(new LoggerFilterRule(null, Framework, LogLevel.Warning, null));
        foreach (var rule in rules)
        {
            options.Rules.Add(new LoggerFilterRule(
                rule.ProviderName, rule.CategoryName, rule.LogLevel,
                (provider, category, level) => IsHarmless(category, level) && (rule.Filter?.Invoke(provider, category, level) ?? true)));
        }
    }

    private static bool IsHarmless(string? category, LogLevel level) =>
        level >= LogLevel.Warning || category is null || !category.StartsWith(Framework, StringComparison.OrdinalIgnoreCase);
}
