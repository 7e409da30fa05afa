namespace InquiryRouter.Application;

/// <summary>What became of something a person asked for, where nothing more is to be said of it. Words are the caller's.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    public sealed record Done : Outcome
    {
        public static readonly Done It = new();
    }

    /// <summary>It had been done before: nothing changed.</summary>
    public sealed record AlreadyDone : Outcome
    {
        public static readonly AlreadyDone It = new();
    }

    /// <summary>There is nothing by that name.</summary>
    public sealed record NotFound : Outcome
    {
        public static readonly NotFound It = new();
    }

    /// <summary>It cannot be done as things stand.</summary>
    /// <param name="Why">A code (<c>ended</c>, <c>no-consent</c>).</param>
    /// <param name="Facts">What the sentence about it names, by place.</param>
    public sealed record NotPossible(string Why, params IReadOnlyList<(string Place, object Value)> Facts) : Outcome;
}
