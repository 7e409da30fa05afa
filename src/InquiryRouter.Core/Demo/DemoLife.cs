using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Demo;

/// <summary>An invented inquiry, up to the moment it arrives; what becomes of it is played.</summary>
public sealed record DemoLife
{
    /// <summary>From 0; the first are the newest.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required InquiryForm Form { get; init; }

    /// <summary>What the form noticed of how it was sent.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Mail to the patient comes back.</summary>
    public bool Bounces { get; init; }
}

/// <summary>Something that a clinic of the network treats: what invented patients ask for.</summary>
public sealed record DemoWish(string Condition, string? Type, string Country);
