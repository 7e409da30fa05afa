namespace InquiryRouter.Infrastructure.Brands;

/// <summary>The two colours, by day and as they are where the reader has chosen a dark screen.</summary>
/// <param name="Action">Of links and buttons, whose words are white.</param>
/// <param name="Accent">Of lines.</param>
/// <param name="DarkAction">Of links and buttons on a dark screen.</param>
/// <param name="DarkAccent">Of lines on one.</param>
public sealed record BrandColours(Colour Action, Colour Accent, Colour DarkAction, Colour DarkAccent)
{
    /// <summary>What words need (WCAG 2.2, 1.4.3).</summary>
    public const double LeastOfWords = 4.5;

    /// <summary>What lines need (WCAG 2.2, 1.4.11).</summary>
    public const double LeastOfLines = 3;

    // On a dark screen a colour is made lighter until it is easy to read, not only possible.
    private const double OfDarkWords = 7;

    /// <summary>Those of nobody's brand; <c>site.css</c> has them, too.</summary>
    public static readonly BrandColours Shipped = new(
        new Colour(0x0a, 0x56, 0x7c), new Colour(0xb5, 0x54, 0x1c), new Colour(0x8c, 0xcb, 0xee), new Colour(0xe8, 0x9a, 0x6a));

    /// <summary>What they stand on, by day: pages, cards, notices and mails.</summary>
    public static readonly IReadOnlyList<Colour> Grounds =
        [Colour.White, new(0xf6, 0xf4, 0xf0), new(0xfd, 0xf1, 0xf0), new(0xff, 0xf6, 0xe5), new(0xee, 0xf8, 0xf1), new(0xf3, 0xf6, 0xf8)];

    /// <summary>And on a dark screen.</summary>
    public static readonly IReadOnlyList<Colour> DarkGrounds =
        [new(0x13, 0x18, 0x1c), new(0x1c, 0x23, 0x29), new(0x2e, 0x1a, 0x1a), new(0x2b, 0x22, 0x14), new(0x16, 0x26, 0x1b)];

    /// <param name="action">Null: the shipped one.</param>
    /// <param name="accent">The same.</param>
    public static BrandColours Of(Colour? action, Colour? accent) => new(
        action ?? Shipped.Action, accent ?? Shipped.Accent,
        action is { } words ? words.Towards(Colour.White, DarkGrounds, OfDarkWords) : Shipped.DarkAction,
        accent is { } lines ? lines.Towards(Colour.White, DarkGrounds, LeastOfWords) : Shipped.DarkAccent);

    /// <summary>The nearest darker one that can be told from every ground.</summary>
    public static Colour Suggested(Colour colour, double least) => colour.Towards(Colour.Black, Grounds, least);

    /// <summary>For the end of the style sheet; empty: it has them already.</summary>
    public string StyleSheet() => this == Shipped ? string.Empty
        : $$"""

            :root { --link: {{Action.Hex}}; --action: {{Action.Hex}}; --accent: {{Accent.Hex}}; }
            @media screen and (prefers-color-scheme: dark) {
              :root { --link: {{DarkAction.Hex}}; --action: {{DarkAction.Hex}}; --accent: {{DarkAccent.Hex}}; }
            }

            """;
}
