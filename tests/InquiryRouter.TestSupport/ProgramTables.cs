using InquiryRouter.Infrastructure.Data;

namespace InquiryRouter.TestSupport;

/// <summary>The tables that the scripts make.</summary>
internal static class ProgramTables
{
    public static readonly IReadOnlySet<string> Names = Read(withDropped: false);

    /// <summary>Also those that a later script drops: a migration that ended in between leaves them.</summary>
    public static readonly IReadOnlySet<string> Ever = Read(withDropped: true);

    private static HashSet<string> Read(bool withDropped)
    {
        var assembly = typeof(Database).Assembly;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var script in assembly.GetManifestResourceNames().Where(n => n.StartsWith("sql/sqlserver/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(script)!);
            foreach (var line in reader.ReadToEnd().Split('\n'))
            {
                if (line.StartsWith("CREATE TABLE ", StringComparison.Ordinal))
                {
                    names.Add(line["CREATE TABLE ".Length..].Split(' ', '(')[0]);
                }
                else if (!withDropped && line.StartsWith("DROP TABLE ", StringComparison.Ordinal))
                {
                    names.Remove(line["DROP TABLE ".Length..].TrimEnd(';', '\r'));
                }
            }
        }

        return names;
    }
}
