using System.CommandLine;
using InquiryRouter.Hosting;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

internal static class ServeCommand
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var serve = new Command("serve", "Runs the web role (form, API, pages), the worker role (screening, matching, referral, follow-up, mail), or both.");
        Configure(serve, output);
        Configure(root, output);
        root.Add(serve);
    }

    private static void Configure(Command command, TextWriter output)
    {
        var roles = new Option<string>("--roles")
        {
            Description = "web, worker, or web,worker. One role alone needs Broker:Transport=RabbitMq.",
            DefaultValueFactory = _ => "web,worker",
        };
        command.Add(roles);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = CommandContext.Settings(parsed, Parse(parsed.GetValue(roles)!));
            await Server.RunAsync(settings, SettingArguments.Of(parsed), output, CommandContext.Clock(parsed), cancellation);
            return 0;
        });
    }

    private static Roles Parse(string text)
    {
        var roles = Roles.None;
        foreach (var role in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            roles |= role.ToLowerInvariant() switch
            {
                "web" => Roles.Web,
                "worker" => Roles.Worker,
                _ => throw new BadSettingsException([$"--roles has '{role}'; allowed: web, worker, or both as web,worker."]),
            };
        }

        return roles == Roles.None ? throw new BadSettingsException(["--roles is empty; allowed: web, worker, or both as web,worker."]) : roles;
    }
}
