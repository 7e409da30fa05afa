using System.Globalization;
using InquiryRouter.Core.Users;

namespace InquiryRouter.Core.History;

/// <summary>
/// What the access log can say: the closed list. Ids, codes and numbers only: no name of a patient, no search term, no address.
/// </summary>
public sealed record SystemEvent
{
    private SystemEvent(string action, params IEnumerable<string?> details)
    {
        Action = action;
        var said = string.Join(' ', details.Where(d => !string.IsNullOrEmpty(d)));
        Detail = said.Length == 0 ? null : said;
    }

    public string Action { get; }

    public string? Detail { get; }

    /// <param name="factors">What was shown, like <c>password,totp</c>.</param>
    public static SystemEvent SignedIn(UserId user, string factors) => new("signed-in", $"{user}", factors);

    /// <param name="user">Null: nobody by that address.</param>
    /// <param name="why">A code.</param>
    public static SystemEvent SignInRefused(UserId? user, string why) => new("sign-in-refused", user is { } who ? $"{who}" : "nobody", why);

    public static SystemEvent SignedOut(UserId user) => new("signed-out", $"{user}");

    public static SystemEvent UserAdded(UserId user, UserRoles roles) => new("user-added", $"{user}", UserRoleNames.Write(roles));

    public static SystemEvent UserInvited(UserId user, bool factorsToo) =>
        new("user-invited", $"{user}", factorsToo ? "new-factors" : "new-password");

    public static SystemEvent RolesChanged(UserId user, UserRoles was, UserRoles roles) =>
        new("roles-changed", $"{user}", $"{UserRoleNames.Write(was)}>{UserRoleNames.Write(roles)}");

    public static SystemEvent UserDisabled(UserId user) => new("user-disabled", $"{user}");

    public static SystemEvent UserEnabled(UserId user) => new("user-enabled", $"{user}");

    public static SystemEvent AwayChanged(UserId user, DateOnly? from, DateOnly? until) =>
        new("away-changed", $"{user}", until is null ? "here" : $"{Day(from)}/{Day(until)}");

    /// <param name="what">password, totp, passkey-added, passkey-removed, recovery-codes, provider.</param>
    public static SystemEvent FactorChanged(UserId user, string what) => new("factor-changed", $"{user}", what);

    /// <summary>Somebody who is signed in showed a factor again, and it was not right.</summary>
    /// <param name="what">code, passkey, password.</param>
    public static SystemEvent ProofRefused(UserId user, string what) => new("proof-refused", $"{user}", what);

    /// <param name="user">Whose.</param>
    /// <param name="sessions">How many.</param>
    public static SystemEvent SessionsEnded(UserId user, int sessions) => new("sessions-ended", $"{user}", Number(sessions));

    /// <summary>Somebody asked for what their role does not allow.</summary>
    public static SystemEvent AccessRefused(UserId user, Access access) => new("access-refused", $"{user}", $"{access}");

    /// <summary>Who a patient is, or what they wrote, was shown.</summary>
    /// <param name="reference">Of the inquiry.</param>
    /// <param name="what">identity, message.</param>
    public static SystemEvent Revealed(string reference, string what) => new("revealed", reference, what);

    /// <param name="kind">name, mail, phone, reference: never the term itself.</param>
    /// <param name="found">How many.</param>
    public static SystemEvent Searched(string kind, int found) => new("searched", kind, Number(found));

    /// <param name="what">A code, like inquiries, report, patient.</param>
    /// <param name="rows">How many.</param>
    /// <param name="withIdentities">Whether it says who the patients are.</param>
    /// <param name="reference">Of the one inquiry it is of; null: of several.</param>
    public static SystemEvent Exported(string what, int rows, bool withIdentities, string? reference = null) =>
        new("exported", what, Number(rows), withIdentities ? "identities" : null, reference);

    /// <param name="change">proposed, withdrawn.</param>
    /// <param name="proposal">Its id.</param>
    public static SystemEvent PolicyProposed(string change, Guid proposal) => new("policy-proposed", change, $"{proposal}");

    public static SystemEvent PolicyActivated(int version) => new("policy-activated", Number(version));

    /// <param name="change">A code, like imported, paused, verified, suspended.</param>
    /// <param name="code">Of the clinic, or how many.</param>
    public static SystemEvent ClinicsChanged(string change, string code) => new("clinics-changed", change, code);

    /// <param name="change">A code, like imported, reviewed.</param>
    /// <param name="file">Which reference file, and what of it.</param>
    public static SystemEvent RulesChanged(string change, string file) => new("rules-changed", change, file);

    /// <param name="change">A code, like requeued, set-aside, taken-back.</param>
    /// <param name="what">What, and how many.</param>
    public static SystemEvent OperationsDone(string change, string what) => new("operations-done", change, what);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "now";
}
