namespace InquiryRouter.Infrastructure.Brands;

/// <summary>Settings under <c>Brand</c>: who patients and clinics deal with.</summary>
public sealed class BrandOptions
{
    public const string Section = "Brand";

    /// <summary>What the facilitator is called.</summary>
    public string? Name { get; set; }

    /// <summary>An SVG or PNG file; left out: <c>logo.svg</c> or <c>logo.png</c> in <c>brand</c> under <c>Data:Directory</c>.</summary>
    public string? Logo { get; set; }

    /// <summary>Of links and buttons, like <c>#0a567c</c>.</summary>
    public string? Colour { get; set; }

    /// <summary>Of lines that only adorn, like <c>#b5541c</c>.</summary>
    public string? Accent { get; set; }

    /// <summary>Where post reaches the facilitator, in one line.</summary>
    public string? Address { get; set; }

    public string? Phone { get; set; }

    /// <summary>Where answers to mails go.</summary>
    public string? ReplyAddress { get; set; }

    /// <summary>An address, or a text file; left out: <c>imprint.txt</c> in <c>brand</c>.</summary>
    public string? Imprint { get; set; }

    /// <summary>The privacy notice: an address, or a text file; left out: <c>privacy.txt</c> in <c>brand</c>.</summary>
    public string? Privacy { get; set; }
}
