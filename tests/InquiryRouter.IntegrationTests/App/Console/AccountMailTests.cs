using System.Net;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>Whatever changes about how somebody signs in is told to their own address.</summary>
public sealed class AccountMailTests
{
    private static readonly Actor s_admin = Actor.Coordinator("test");

    [Fact]
    public async Task Setting_up_is_told()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);

        var mail = await app.MailToAsync(ana.Mail, "Your sign-in to InquiryRouter has changed");

        Assert.Contains("were set up with your invitation", mail.TextBody!, StringComparison.Ordinal);
        Assert.Contains("call an administrator at once", mail.TextBody!, StringComparison.Ordinal);
        Assert.DoesNotContain("http", mail.TextBody!, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Deeds => new()
    {
        { "password", "Your password was changed." },
        { "app", "Another authenticator app" },
        { "codes", "New recovery codes were made." },
        { "recovery sign-in", "One of your recovery codes was used." },
        { "recovery proof", "One of your recovery codes was used." },
        { "sessions", "You were signed out on other devices." },
        { "signed out by admin", "An administrator has signed you out everywhere." },
        { "disabled", "An administrator has closed your account." },
        { "enabled", "An administrator has opened your account again." },
        { "reset", "made a link for a new password. The one" },
        { "reset factors", "made a link for a new password and app." },
        { "password by link", "A new password was set with the link" },
        { "passkey added", "A passkey was added." },
        { "passkey removed", "A passkey was removed." },
    };

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task Each_change_is_told_once(string deed, string says)
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);

        await DoAsync(app, ana, deed);

        await app.SettlesAsync();
        Assert.Single(app.MailsTo(ana.Mail), m => m.TextBody!.Contains(says, StringComparison.Ordinal));
        var moment = app.Now.UtcDateTime.ToString("d MMMM yyyy, HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(app.MailsTo(ana.Mail), m => m.TextBody!.Contains(moment, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Signing_in_as_usual_and_what_is_refused_is_not_told()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var there = ana.Elsewhere();
        await there.SignInAsync();
        await there.SignInAsync(password: "not the password at all");
        await ana.PostAsync("/console/account/password", new() { ["current"] = "wrong", ["password"] = "x", ["again"] = "x" });
        await ana.PostAsync("/console/sign-out");

        await app.SettlesAsync();
        Assert.Single(app.MailsTo(ana.Mail));
    }

    private static async Task DoAsync(InquiryApp app, ConsoleBrowser ana, string deed)
    {
        var (manage, invite) = (app.Services.GetRequiredService<ManageUsers>(), app.Services.GetRequiredService<InviteUsers>());
        var user = (await manage.FindAsync(ana.Mail, CancellationToken.None))!;
        using var there = ana.Elsewhere();
        switch (deed)
        {
            case "password":
                const string New = "four other words entirely";
                await ana.PostAsync(
                    "/console/account/password", new() { ["current"] = ConsoleBrowser.Password, ["password"] = New, ["again"] = New });
                break;
            case "app":
                var page = await ana.GetAsync("/console/account");
                var secret = page.Hidden("secret")!;
                app.Clock.Advance(TimeSpan.FromSeconds(30));
                var code = Totp.Code(Base32.Read(secret)!, Totp.StepAt(app.Now));
                await ana.PostAsync(
                    "/console/account/app", new() { ["secret"] = secret, ["proof"] = page.Hidden("proof")!, ["code"] = code });
                break;
            case "codes":
                await ana.PostAsync("/console/account/recovery-codes");
                break;
            case "recovery sign-in":
                await there.SignInAsync(code: ana.RecoveryCodes[0]);
                break;
            case "recovery proof":
                await ana.PostAsync("/console/account/proof", new() { ["code"] = ana.RecoveryCodes[0], ["to"] = "/console" });
                break;
            case "sessions":
                await there.SignInAsync();
                await ana.PostAsync("/console/account/sessions", new() { ["session"] = string.Empty });
                break;
            case "signed out by admin":
                await manage.EndSessionsAsync(user.Id, s_admin, CancellationToken.None);
                break;
            case "disabled" or "enabled":
                await manage.DisableAsync(user.Id, null, s_admin, CancellationToken.None);
                await (deed == "enabled" ? manage.EnableAsync(user.Id, null, s_admin, CancellationToken.None) : Task.CompletedTask);
                break;
            case "reset" or "reset factors":
                await invite.AgainAsync(ana.Mail, deed == "reset factors", s_admin, CancellationToken.None);
                break;
            case "password by link":
                var link = (Invited.Link)await invite.AgainAsync(ana.Mail, factorsToo: false, s_admin, CancellationToken.None);
                await ana.AcceptAsync(link.Token, "a new one of many words");
                break;
            default:
                using (var key = new SoftKey(app.Settings.Urls.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)))
                {
                    const string Add = "/console/account/passkeys";
                    var added = await ana.PostAsync(
                        Add, new() { ["credential"] = key.Make((await ana.PostAsync(Add + "/question")).Html), ["name"] = "Key" });
                    Assert.Equal(HttpStatusCode.SeeOther, added.Status);
                    if (deed == "passkey removed")
                    {
                        await ana.PostAsync(
                            Add + "/remove", new() { ["passkey"] = (await ana.GetAsync("/console/account")).Hidden("passkey")! });
                    }
                }

                break;
        }
    }
}
