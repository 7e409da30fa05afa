using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Web.Console;

/// <param name="To">Where it goes on.</param>
/// <param name="Mail">As it was typed.</param>
/// <param name="Problem">What was wrong; null: nothing was sent yet.</param>
public sealed record SignInModel(string To, string Mail, string? Problem)
{
    /// <summary>One sentence for everything: which part was wrong is for nobody to know.</summary>
    public const string Wrong = "That is not right. Check the mail address, the password and the code; a code can be used once.";

    public const string TooMany =
        "Too many tries have failed. Wait a quarter of an hour, or sign in on a device you have signed in on before.";
}

/// <param name="Link">The short name of the link.</param>
/// <param name="Secret">For the app; null: they have one already.</param>
public sealed record InvitationModel(string Name, string Mail, string Link, string? Secret, string? Proof, string? Uri, string? Problem)
{
    public static InvitationModel Of(AppUser user, string link, (string Secret, string Proof) offer, string? problem) =>
        user.SealedTotp is null
        ? new(user.Name, user.Mail, link, offer.Secret, offer.Proof, Totp.Uri("InquiryRouter", user.Mail, Base32.Read(offer.Secret)!),
            problem)
        : new(user.Name, user.Mail, link, null, null, null, problem);
}

/// <param name="Codes">Shown once.</param>
public sealed record RecoveryCodesModel(IReadOnlyList<string> Codes);

/// <summary>What is said of a password that cannot be taken.</summary>
internal static class PasswordWords
{
    public static string Of(PasswordProblem problem) => problem switch
    {
        PasswordProblem.TooShort =>
            $"The password is too short: {PasswordRules.Shortest} characters at the least. Four or five words make a good one.",
        PasswordProblem.TooLong => $"The password is too long: {PasswordRules.Longest} characters at the most.",
        PasswordProblem.Common =>
            "This is one of the passwords that are tried first. Take another one: four or five words that do not belong together.",
        PasswordProblem.Guessable => "This password is mostly a name that would be tried first. Take another one.",
        PasswordProblem.Repeated => "This password repeats a few letters. Take another one.",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, null),
    };
}

/// <summary>A browser as people call it.</summary>
internal static class Devices
{
    private static readonly (string Mark, string Name)[] s_browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] s_systems =
    [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"),
    ];

    public static string Name(string agent)
    {
        var browser = s_browsers.FirstOrDefault(b => agent.Contains(b.Mark, StringComparison.Ordinal)).Name ?? "A browser";
        var system = s_systems.FirstOrDefault(s => agent.Contains(s.Mark, StringComparison.Ordinal)).Name;
        return system is null ? browser : $"{browser} on {system}";
    }
}
