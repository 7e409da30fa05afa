using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Infrastructure.Brands;

/// <summary>The facilitator's face: who patients and clinics deal with, on every public page and in every mail.</summary>
public sealed record Brand
{
    /// <summary>What stands in place of a name that nobody has set.</summary>
    public const string DemoName = "InquiryRouter demo";

    /// <summary>Nobody's.</summary>
    public static readonly Brand Demo = new();

    public string Name { get; init; } = DemoName;

    /// <summary>Null: the name stands in its place.</summary>
    public BrandLogo? Logo { get; init; }

    public BrandColours Colours { get; init; } = BrandColours.Shipped;

    /// <summary>Where post reaches the facilitator, in one line.</summary>
    public string? Address { get; init; }

    public BrandPhone? Phone { get; init; }

    /// <summary>Where answers to mails go.</summary>
    public string? ReplyAddress { get; init; }

    public BrandText? Imprint { get; init; }

    public BrandText? Privacy { get; init; }

    /// <summary>Somebody has said who they are.</summary>
    public bool IsNamed => Name != DemoName;

    /// <summary>How they are reached, in one line for the end of a mail; empty: nobody says.</summary>
    public string Contact(Words words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return string.Join(" · ", Parts(words));
    }

    private IEnumerable<string> Parts(Words words)
    {
        if (Address is not null)
        {
            yield return words.Isolated(Address);
        }

        if (Phone is not null)
        {
            yield return words.LeftToRight(Phone.Text);
        }

        if (ReplyAddress is not null)
        {
            yield return words.LeftToRight(ReplyAddress);
        }
    }
}

/// <param name="Text">As the facilitator writes it.</param>
/// <param name="Number">As it is dialled (<see cref="Core.Intake.PhoneNumber"/>).</param>
public sealed record BrandPhone(string Text, string Number);
