using System.CommandLine;
using System.Globalization;
using InquiryRouter.Application;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

/// <summary>Who may sign in to the console. No password is ever typed here: whoever is invited sets their own behind a link.</summary>
internal static class UserCommands
{
    public static void AddTo(RootCommand root, TextWriter output)
    {
        var users = new Command("user", "Who may sign in to the console.");
        users.Add(Add(output));
        users.Add(List(output));
        users.Add(Reset(output));
        users.Add(Switch("disable", "Signs somebody out everywhere; they can't sign in any more.", active: false, output));
        users.Add(Switch("enable", "Lets somebody who was disabled sign in again.", active: true, output));
        root.Add(users);
    }

    private static Command Add(TextWriter output)
    {
        var email = Email();
        var role = new Option<string[]>("--role")
        {
            Description = $"{UserRoleNames.Allowed}; several with commas.", Required = true, AllowMultipleArgumentsPerToken = true,
        };
        var name = new Option<string?>(
            "--name") { Description = "As colleagues and histories show them; without it, what stands before the @." };
        var add = new Command("add", "Invites somebody: prints a link behind which they set a password and a second factor.");
        add.Add(email);
        add.Add(role);
        add.Add(name);
        add.SetAction((parsed, cancellation) =>
            AddAsync(parsed, parsed.GetValue(email)!, parsed.GetValue(role) ?? [], parsed.GetValue(name), output, cancellation));
        return add;
    }

    private static Command List(TextWriter output)
    {
        var list = new Command("list", "Lists them, with their roles and when they were there last.");
        list.SetAction((parsed, cancellation) => ListAsync(parsed, output, cancellation));
        return list;
    }

    private static Command Reset(TextWriter output)
    {
        var email = Email();
        var factors = new Option<bool>("--factors")
        {
            Description = "The second factor is lost: app and recovery codes end as well. Be sure who asks you for this.",
        };
        var reset = new Command("reset", "Signs somebody out everywhere, and prints a link behind which they set a new password.");
        reset.Add(email);
        reset.Add(factors);
        reset.SetAction((parsed, cancellation) =>
            ResetAsync(parsed, parsed.GetValue(email)!, parsed.GetValue(factors), output, cancellation));
        return reset;
    }

    private static Command Switch(string name, string description, bool active, TextWriter output)
    {
        var email = Email();
        var command = new Command(name, description);
        command.Add(email);
        command.SetAction((parsed, cancellation) => SwitchAsync(parsed, parsed.GetValue(email)!, active, output, cancellation));
        return command;
    }

    private static Argument<string> Email() => new("EMAIL") { Description = "Like ana@operator.example." };

    private static async Task<int> AddAsync(
        ParseResult parsed, string typed, string[] role, string? name, TextWriter output, CancellationToken cancellation)
    {
        var roles = UserRoleNames.Read(string.Join(',', role))
            ?? throw new CommandRefusedException($"--role has '{string.Join(',', role)}'; allowed: {UserRoleNames.Allowed}.");
        await using var services = CommandContext.Open(parsed);
        if (!services.GetRequiredService<IFieldRules>().TryEmail(typed, out var mail))
        {
            throw new CommandRefusedException($"'{typed}' is not a mail address.");
        }

        var invited = await services.GetRequiredService<InviteUsers>(
            ).AddAsync(mail, name, roles, CommandContext.Coordinator, cancellation);
        return await WriteLinkAsync(
            services, invited, $"There is somebody with this address already. For a new link: InquiryRouter user reset {mail}", output);
    }

    private static async Task<int> ListAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var users = await services.GetRequiredService<ManageUsers>().ListAsync(cancellation);
        foreach (var user in users)
        {
            var state = !user.Active ? "disabled" : user.CanSignIn ? "active" : "invited";
            var seen = user.LastSeenAt is { } at ? string.Create(
                CultureInfo.InvariantCulture, $"seen {at:yyyy-MM-dd HH:mm} UTC") : "never seen";
            await output.WriteLineAsync($"{user.Mail}  {user.Name}  {UserRoleNames.Write(user.Roles)}  {state}  {seen}");
        }

        await output.WriteLineAsync(users.Count == 0
            ? "Nobody can sign in yet. To invite somebody: InquiryRouter user add EMAIL --role coordinator"
            : $"{users.Count} {(users.Count == 1 ? "person" : "people")}.");
        return 0;
    }

    private static async Task<int> ResetAsync(
        ParseResult parsed, string typed, bool factors, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var invited = await services.GetRequiredService<InviteUsers>().AgainAsync(typed, factors, CommandContext.Coordinator, cancellation);
        return await WriteLinkAsync(services, invited, string.Empty, output);
    }

    private static async Task<int> SwitchAsync(
        ParseResult parsed, string typed, bool active, TextWriter output, CancellationToken cancellation)
    {
        await using var services = CommandContext.Open(parsed);
        var manage = services.GetRequiredService<ManageUsers>();
        var user = await FindAsync(manage, typed, cancellation);
        var outcome = active
            ? await manage.EnableAsync(user.Id, version: null, CommandContext.Coordinator, cancellation)
            : await manage.DisableAsync(user.Id, version: null, CommandContext.Coordinator, cancellation);
        await output.WriteLineAsync((outcome, active) switch
        {
            (Outcome.AlreadyDone, true) => $"{user.Mail} could sign in before: nothing changed.",
            (Outcome.AlreadyDone, false) => $"{user.Mail} was disabled before: nothing changed.",
            (_, true) => $"{user.Mail} can sign in again.",
            (_, false) => $"{user.Mail} is signed out everywhere and can't sign in any more.",
        });
        return 0;
    }

    private static async Task<AppUser> FindAsync(ManageUsers manage, string typed, CancellationToken cancellation) =>
        await manage.FindAsync(typed, cancellation) ?? throw NoUser();

    private static CommandRefusedException NoUser() => new("Nobody has this address. See: InquiryRouter user list");

    private static async Task<int> WriteLinkAsync(IServiceProvider services, Invited invited, string exists, TextWriter output)
    {
        if (invited is not Invited.Link link)
        {
            throw invited is Invited.Exists ? new CommandRefusedException(exists) : NoUser();
        }

        await output.WriteLineAsync($"For {link.Name}, once, within three days:");
        await output.WriteLineAsync($"  {services.GetRequiredService<MailLinks>().Invitation(link.Token)}");
        var settings = services.GetRequiredService<AppSettings>();
        if (settings.Mail.PublicUrl is null)
        {
            // A command cannot know where a server that was started otherwise listens.
            await output.WriteLineAsync(
                $"It begins as every link does: with Urls ({settings.PublicUrl}), since Mail:PublicUrl is not set. "
                + "If the server runs elsewhere, give the same --Urls here.");
        }

        return 0;
    }
}
