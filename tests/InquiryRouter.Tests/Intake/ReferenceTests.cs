using InquiryRouter.Core.Intake;

namespace InquiryRouter.Tests.Intake;

public sealed class ReferenceTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Where the letters and digits stand in <c>IR-7K3M-9Q2P</c>.</summary>
    private static readonly int[] s_places = [3, 4, 5, 6, 8, 9, 10, 11];

    private static readonly string[] s_references = [.. Enumerable.Range(0, 200).Select(_ => Reference.New())];

    [Fact]
    public void A_new_reference_has_the_published_form() =>
        Assert.All(s_references, r => Assert.Matches("^IR-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", r));

    [Fact]
    public void References_do_not_repeat() => Assert.Equal(s_references.Length, s_references.Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void A_reference_is_read_as_itself() => Assert.All(s_references, r => Assert.Equal(r, Parse(r)));

    [Fact]
    public void Every_single_wrong_character_is_noticed()
    {
        foreach (var reference in s_references)
        {
            foreach (var place in s_places)
            {
                foreach (var wrong in Alphabet.Where(c => c != reference[place]))
                {
                    var typed = reference[..place] + wrong + reference[(place + 1)..];
                    Assert.True(Parse(typed) is null, $"{typed} was taken for a reference; {reference} was meant.");
                }
            }
        }
    }

    [Fact]
    public void Every_swap_of_neighbours_is_noticed()
    {
        var swaps = 0;
        foreach (var reference in s_references)
        {
            foreach (var (left, right) in s_places.Zip(s_places.Skip(1)).Where(p => reference[p.First] != reference[p.Second]))
            {
                var typed = reference.ToCharArray();
                (typed[left], typed[right]) = (typed[right], typed[left]);
                Assert.True(Parse(new string(typed)) is null, $"{new string(typed)} was taken for a reference; {reference} was meant.");
                swaps++;
            }
        }

        Assert.True(swaps > s_references.Length, "The references have too few different neighbours to prove anything.");
    }

    [Fact]
    public void The_check_character_is_Crockfords_remainder_by_37()
    {
        // 0000001 is the number 1, and 000000Z is 31: both are their own remainders.
        Assert.Equal("IR-0000-0011", Parse("IR-0000-0011"));
        Assert.Equal("IR-0000-00ZZ", Parse("IR-0000-00ZZ"));
        Assert.Null(Parse("IR-0000-0010"));
    }

    [Theory]
    [InlineData("ir-0000-0011")]
    [InlineData("  IR-0000-0011 ")]
    [InlineData("IR00000011")]
    [InlineData("0000-0011")]
    [InlineData("00000011")]
    [InlineData("ir 0000 0011")]
    [InlineData("IR-OOOO-OOII")]
    [InlineData("ir-oooo-ooll")]
    [InlineData("IR-00-00-00-11")]
    [InlineData("\u200EIR-0000-0011\u200E")]
    [InlineData("I\u200BR-00\u00AD00-00\u206011\uFEFF")]
    [InlineData("IR\u20110000\u20130011")]
    [InlineData("IR\u2009-\u202F0000\u00A00011")]
    [InlineData("IR-٠٠٠٠-٠٠١١")]
    [InlineData("ir-۰۰۰۰-۰۰۱۱")]
    public void Case_spaces_hyphens_the_prefix_and_look_alikes_are_forgiven(string typed) =>
        Assert.Equal("IR-0000-0011", Parse(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("IR-")]
    [InlineData("IR-0000-001")]
    [InlineData("IR-0000-00111")]
    [InlineData("IR-0000-001U")]
    [InlineData("IR-U000-0011")]
    [InlineData("IR-0000_0011")]
    [InlineData("XX-0000-0011")]
    [InlineData("IR-0000-001*")]
    [InlineData("\u200E\u200B")]
    public void What_is_not_a_reference_is_refused(string? typed) => Assert.Null(Parse(typed));

    [Fact]
    public void A_very_long_text_is_refused() => Assert.Null(Parse(new string('0', 1_000_000)));

    private static string? Parse(string? typed) => Reference.TryParse(typed, out var reference) ? reference : null;

    [Theory]
    [InlineData("IR-7K3", "IR-7K30-0000", "IR-7K3Z-ZZZZ")]
    [InlineData("7k3m-9", "IR-7K3M-9000", "IR-7K3M-9ZZZ")]
    [InlineData("ir oil", "IR-0110-0000", "IR-011Z-ZZZZ")]
    [InlineData("IR-7K3M-9Q2P", "IR-7K3M-9Q2P", "IR-7K3M-9Q2P")]
    public void The_beginning_of_a_reference_says_between_which_it_lies(string typed, string first, string last) =>
        Assert.Equal((first, last), Reference.ReadBeginning(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("IR-7K")]
    [InlineData("IR-")]
    [InlineData("Garcíá")]
    [InlineData("ana@example.org")]
    [InlineData("7K3M-9Q2P-1")]
    public void What_is_no_beginning_of_a_reference_or_says_too_little_is_none(string? typed) => Assert.Null(Reference.ReadBeginning(typed));
}
