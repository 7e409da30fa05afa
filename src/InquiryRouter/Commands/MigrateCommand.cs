using System.CommandLine;
using InquiryRouter.Hosting;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

internal static class MigrateCommand
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be applied." };
        var migrate = new Command("migrate", "Brings the database schema up to date. Safe to run twice, and from two machines at once.");
        migrate.Add(dryRun);
        migrate.SetAction(parsed =>
        {
            var settings = CommandContext.Settings(parsed, Roles.Both);
            var migrator = Composition.CreateMigrator(settings);
            if (parsed.GetValue(dryRun))
            {
                var status = migrator.Status();
                output.WriteLine(status.Problem ?? (status.IsCurrent ? "The schema is up to date." : $"Would apply: {string.Join(", ", status.Pending)}."));
                return status.Problem is null ? 0 : CommandLine.Refused;
            }

            var applied = migrator.Apply();
            output.WriteLine(applied.Count == 0 ? "The schema is up to date." : $"Applied: {string.Join(", ", applied)}.");
            return 0;
        });
        root.Add(migrate);
    }
}
