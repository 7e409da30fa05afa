namespace InquiryRouter.Core.Users;

/// <summary>Which person of the operator. A type of its own, so that no other id can stand in its place.</summary>
public readonly record struct UserId(Guid Value)
{
    /// <summary>A new one; what is newer sorts behind what is older.</summary>
    public static UserId New() => new(Guid.CreateVersion7());

    /// <summary>The id alone, as it stands in logs.</summary>
    public override string ToString() => Value.ToString();
}
