namespace InquiryRouter.Core.Users;

/// <summary>What changed about how somebody signs in: each is told to their own address, so that nobody does it behind their back.</summary>
public enum AccountChange
{
    /// <summary>Behind an invitation a password and an app were set up.</summary>
    SetUp,

    /// <summary>Behind a link of an administrator a new password was set.</summary>
    PasswordSet,

    PasswordChanged,
    AppChanged,
    CodesMade,
    CodeUsed,
    PasskeyAdded,
    PasskeyRemoved,

    /// <summary>Its counter went back: there may be a copy of it.</summary>
    PasskeyRefused,

    /// <summary>They, or somebody in their place, ended other sessions.</summary>
    SignedOut,

    SignedOutByAdmin,

    /// <summary>An administrator made a link for a new password.</summary>
    PasswordEnded,

    /// <summary>An administrator made a link for a new password and a new app.</summary>
    FactorsEnded,

    /// <summary>Behind an invitation they were bound to the operator's identity provider.</summary>
    ProviderBound,

    Disabled,
    Enabled,
}
