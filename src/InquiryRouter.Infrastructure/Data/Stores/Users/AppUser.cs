using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Users;

/// <summary>A person of the operator.</summary>
public sealed record AppUser
{
    public required UserId Id { get; init; }

    public required string Mail { get; init; }

    /// <summary>As histories and colleagues show them.</summary>
    public required string Name { get; init; }

    public required UserRoles Roles { get; init; }

    /// <summary>Null: invited, or asked to set a new one.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Of an authenticator app, sealed; null: there is none yet.</summary>
    public byte[]? SealedTotp { get; init; }

    /// <summary>The step of the newest code that was used: it and older ones are refused.</summary>
    public required long LastTotpStep { get; init; }

    /// <summary>False: signs in nowhere, and nothing is theirs to do.</summary>
    public required bool Active { get; init; }

    /// <summary>The first day away; null: from the start.</summary>
    public DateOnly? AwayFrom { get; init; }

    /// <summary>The last day away; null: not away at all.</summary>
    public DateOnly? AwayUntil { get; init; }

    /// <summary>In which they read moments: an IANA name; null: the installation's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>When they did something in the console last, to the minute.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required int Version { get; init; }

    /// <summary>Away on a day, both ends included (UTC).</summary>
    public bool IsAway(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return AwayUntil is { } until && today <= until && (AwayFrom is not { } from || today >= from);
    }

    /// <summary>There to do something: active and not away.</summary>
    public bool IsThere(DateTimeOffset now) => Active && !IsAway(now);

    /// <summary>There, may sign in, and works on inquiries: what waits for a person is told to them.</summary>
    public bool IsOnDuty(DateTimeOffset now) => IsThere(now) && CanSignIn && (Roles & Attendance.Readers) != UserRoles.None;

    /// <summary>Is known to the operator's identity provider.</summary>
    public bool HasProvider { get; init; }

    /// <summary>Has a password and an app.</summary>
    public bool IsReady => Active && PasswordHash is not null && SealedTotp is not null;

    /// <summary>Has what it takes to sign in, one way or another.</summary>
    public bool CanSignIn => IsReady || (Active && HasProvider);
}
