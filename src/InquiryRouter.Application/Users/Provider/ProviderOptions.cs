namespace InquiryRouter.Application.Users.Provider;

/// <summary>Settings under <c>Oidc</c>: an identity provider of the operator's own (OpenID Connect).</summary>
public sealed class ProviderOptions
{
    public const string Section = "Oidc";

    /// <summary>Where it describes itself, like <c>https://login.example.org/realms/ours</c>; empty: there is none.</summary>
    public string? Authority { get; set; }

    /// <summary>What this program is called there.</summary>
    public string? ClientId { get; set; }

    /// <summary>What this program proves itself with there.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What people call it: it stands on the button.</summary>
    public string Name { get; set; } = "your organisation";

    /// <summary>
    /// Values of <c>amr</c> or <c>acr</c> that say a second factor was shown, separated by commas; one of them must be there.
    /// </summary>
    public string SecondFactor { get; set; } = "mfa";

    public bool IsOn => !string.IsNullOrWhiteSpace(Authority);
}
