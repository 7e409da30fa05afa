using System.Security.Cryptography;
using System.Text;
using DbUp.Engine;

namespace InquiryRouter.Infrastructure.Data.Migrations;

/// <summary>The scripts shipped with the program: sql/&lt;dialect&gt;/NNNN_name.sql, in the order of their names.</summary>
internal static class MigrationScripts
{
    public static IReadOnlyList<SqlScript> Of(Dialect dialect)
    {
        var assembly = typeof(MigrationScripts).Assembly;
        var prefix = $"sql/{dialect.Scripts}/";
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!, Encoding.UTF8);
                return new SqlScript(n[prefix.Length..], reader.ReadToEnd());
            })];
    }

    /// <summary>SHA-256 of the text with Unix line ends: a checkout on Windows is the same script.</summary>
    public static string Checksum(SqlScript script) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script.Contents.ReplaceLineEndings("\n"))));
}
