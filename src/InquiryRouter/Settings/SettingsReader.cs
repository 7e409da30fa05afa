using System.Globalization;
using System.Reflection;

namespace InquiryRouter.Settings;

/// <summary>Reads options classes from the configuration and says of every bad value its name, what it is, and what is allowed.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    // Never shown, not even when wrong.
    private static readonly string[] s_secrets = ["Password", "MasterKey", "OldMasterKeys", "ConnectionString", "Uri", "ClientSecret"];

    public List<string> Problems { get; } = [];

    public T Read<T>(string section)
        where T : new()
    {
        var options = new T();
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToList();
        foreach (var property in properties)
        {
            var text = configuration[$"{section}:{property.Name}"];
            if (!string.IsNullOrWhiteSpace(text))
            {
                Set(options, section, property, text.Trim());
            }
        }

        foreach (var key in configuration.GetSection(section).GetChildren().Select(c => c.Key))
        {
            if (!properties.Exists(p => p.Name.Equals(key, StringComparison.OrdinalIgnoreCase)))
            {
                Problems.Add($"{section}:{key} is not a setting. Known here: {string.Join(", ", properties.Select(p => p.Name))}.");
            }
        }

        return options;
    }

    public void Add(string setting, string? value, string allowed) =>
        Problems.Add($"{setting} is {Shown(setting, value)}; allowed: {allowed}");

    private static string Shown(string setting, string? value) =>
        string.IsNullOrEmpty(value) ? "empty" : s_secrets.Any(s => setting.EndsWith(":" + s, StringComparison.OrdinalIgnoreCase)) ? "set (not shown)" : $"'{value}'";

    private void Set<T>(T options, string section, PropertyInfo property, string text)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        object? value = null;
        string allowed;
        if (type.IsEnum)
        {
            var name = Array.Find(Enum.GetNames(type), n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
            value = name is null ? null : Enum.Parse(type, name);
            allowed = string.Join(", ", Enum.GetNames(type)) + ".";
        }
        else if (type == typeof(int))
        {
            value = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
            allowed = "a whole number.";
        }
        else if (type == typeof(double))
        {
            value = double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
            allowed = "a number, with a point for decimals.";
        }
        else if (type == typeof(bool))
        {
            value = bool.TryParse(text, out var flag) ? flag : null;
            allowed = "true, false.";
        }
        else
        {
            property.SetValue(options, text);
            return;
        }

        if (value is null)
        {
            Add($"{section}:{property.Name}", text, allowed);
        }
        else
        {
            property.SetValue(options, value);
        }
    }
}
