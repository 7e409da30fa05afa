namespace InquiryRouter.Core.Reports;

/// <summary>
/// What numbers are told apart by: one thing at a time. Two at once, over a week, would be single people; and numbers outlive an erasure.
/// </summary>
/// <param name="Code">Stored, and in addresses.</param>
/// <param name="Name">What a person reads.</param>
/// <param name="IsOfInquiry">A report can be of one value of it alone.</param>
public sealed record Dimension(string Code, string Name, bool IsOfInquiry = true)
{
    /// <summary>Stands for values that are not told apart: too many, or so few that they could be one person who was erased.</summary>
    public const string Others = "(other)";

    /// <summary>Addresses and names that anybody may send: only so many are told apart in a week.</summary>
    public const int MostValues = 200;

    /// <summary>Longer ones are not told apart.</summary>
    public const int LongestValue = 300;

    /// <summary>What stays of a value once an inquiry is erased is of at least so many inquiries of its week.</summary>
    public const int FewestKept = 5;

    /// <summary>Between the two codes of <see cref="Wanted"/>.</summary>
    public const char Between = ' ';

    public static readonly Dimension All = new("all", "all");
    public static readonly Dimension Condition = new("condition", "condition");
    public static readonly Dimension Country = new("country", "country");
    public static readonly Dimension Page = new("page", "source page");
    public static readonly Dimension Campaign = new("campaign", "campaign");

    /// <summary>A condition and one of the destinations that were wished for, of those that no clinic fitted.</summary>
    public static readonly Dimension Wanted = new("wanted", "condition and destination", IsOfInquiry: false);

    /// <summary>A gate that stopped clinics which treat the condition, of those that no clinic fitted.</summary>
    public static readonly Dimension Gate = new("gate", "requirement", IsOfInquiry: false);

    public static readonly Dimension Promise = new("promise", "promise", IsOfInquiry: false);

    public static readonly IReadOnlyList<Dimension> Every = [All, Condition, Country, Page, Campaign, Wanted, Gate, Promise];

    /// <summary>By which leads are broken down.</summary>
    public static readonly IReadOnlyList<Dimension> OfInquiries = [Condition, Country, Page, Campaign];

    /// <summary>What stands there is free text of whoever sent it.</summary>
    public bool IsText => Code is "page" or "campaign";

    public static Dimension? Of(string? code) => Every.FirstOrDefault(d => d.Code == code);
}
