using System.Text;
using System.Text.Json;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Tests.Reading;

/// <summary>What every file and the API promise: all problems at once, each at its place; unknown and repeated names refused.</summary>
public sealed class ObjectReaderTests
{
    private readonly List<string> _problems = [];

    [Fact]
    public void Right_values_are_returned_and_nothing_is_reported()
    {
        var reader = Reader(
            """
            {"a": " two words ", "b": "red", "c": 1.5, "d": true, "e": "2026-05-31", "f": "09:00", "g": ["x", "y", "x"], "h": {"a": 3}}
            """);

        Assert.Equal("two words", reader.Text("a", 9));
        Assert.Equal("red", reader.OneOf("b", "red", "blue"));
        Assert.Equal(1.5m, reader.Number<decimal>("c", n => n > 0, "Above 0."));
        Assert.True(reader.TrueOrFalse("d"));
        Assert.Equal(new DateOnly(2026, 5, 31), reader.Date("e"));
        Assert.Equal(new TimeOnly(9, 0), reader.Time("f"));
        Assert.Equal(["x", "y"], reader.Words("g", _ => true, "A word.", "A list."));
        Assert.Equal(3, reader.Within("h", ["a"], "An object.").Whole("a", 1, 3));
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("\"\"", "A text of 1 to 5 characters")]
    [InlineData("\" \\t \"", "A text of 1 to 5 characters")]
    [InlineData("\"sixsix\"", "A text of 1 to 5 characters")]
    [InlineData("\"a\\u0007b\"", "without line breaks and other control characters.")]
    [InlineData("\"a\\u2028b\"", "without line breaks and other control characters.")]
    [InlineData("\"\\ud800\"", "A text of 1 to 5 characters")]
    [InlineData("7", "A text of 1 to 5 characters")]
    [InlineData("null", "A text of 1 to 5 characters")]
    public void A_text_has_letters_and_no_more_than_there_is_room_for(string value, string allowed)
    {
        Assert.Empty(Of(value).Text("a", 5));
        Assert.Contains(allowed, Assert.Single(_problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("11")]
    [InlineData("1.0")]
    [InlineData("1e0")]
    [InlineData("\"1\"")]
    [InlineData("99999999999")]
    [InlineData("null")]
    public void A_whole_number_is_a_number_in_digits_within_its_bounds(string value)
    {
        Assert.Null(Of(value).Whole("a", 1, 10));
        Assert.EndsWith("A whole number from 1 to 10.", Assert.Single(_problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e300")]
    [InlineData("\"1\"")]
    [InlineData("true")]
    public void A_number_that_nothing_can_hold_is_none(string value)
    {
        Assert.Null(Of(value).Number<decimal>("a", _ => true, "A number."));
        Assert.Single(_problems);
    }

    [Theory]
    [InlineData("\"2026-02-30\"")]
    [InlineData("\"31.05.2026\"")]
    [InlineData("20260531")]
    public void A_date_is_written_in_one_way(string value)
    {
        Assert.Null(Of(value).Date("a"));
        Assert.EndsWith("A date as yyyy-MM-dd, such as 2026-05-31.", Assert.Single(_problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "A date as yyyy-MM-dd, not before a, which is 2026-05-31.")]
    [InlineData(true, "Nothing, or a date as yyyy-MM-dd, not before a, which is 2026-05-31.")]
    public void A_period_does_not_end_before_it_begins(bool optional, string allowed)
    {
        Reader("""{"a": "2026-05-31", "b": "2026-05-30"}""").Period("a", "b", optional);

        Assert.Equal($"1 b '2026-05-30' {allowed}", Assert.Single(_problems));
    }

    [Fact]
    public void What_may_be_left_out_is_not_missed_whether_it_is_left_out_or_null()
    {
        var reader = Reader("""{"a": null}""");

        foreach (var name in (string[])["a", "b"])
        {
            Assert.Null(reader.OptionalText(name, 5));
            Assert.Null(reader.OptionalWord(name, _ => false, "Never."));
            Assert.Null(reader.OptionalTrueOrFalse(name));
            Assert.Null(reader.OptionalNumber<int>(name, _ => false, "Never."));
            Assert.Null(reader.OptionalDate(name));
            Assert.Equal((null, null), reader.Period(name, name, optional: true));
            Assert.Empty(reader.Entries(name, ["x"], optional: true));
            Assert.Null(reader.Within(name, ["x"], "An object.", optional: true).OptionalText("x", 5));
        }

        Assert.Empty(_problems);
    }

    [Fact]
    public void Unknown_and_repeated_names_are_refused_with_their_line_whoever_asks_for_what()
    {
        Reader(
            """
            {"a": 1,
             "aa": 2,
             "a": 3,
             "": 4, "\ud800": 5}
            """);

        Assert.Equal(
            [
                "2 aa '2' Not a field here. The fields are: a, b, c, d, e, f, g, h.",
                "3 a '3' A field stands once; this one stands twice.",
                "4 \"\" '4' Not a field here. The fields are: a, b, c, d, e, f, g, h.",
                "4 \\ud800 '5' Not a field here. The fields are: a, b, c, d, e, f, g, h.",
            ],
            _problems);
    }

    [Fact]
    public void Of_a_name_that_stands_twice_the_first_is_read() => Assert.Equal(1, Reader("""{"a": 1, "a": 3}""").Whole("a", 1, 3));

    [Fact]
    public void Who_reads_may_have_words_of_his_own_for_names()
    {
        var reporting = Reporting with { Unknown = known => $"unknown of {known.Count}", Twice = "twice" };

        _ = new ObjectReader(RawJson.Read("""{"a": 1, "a": 2, "x": 3}"""u8), reporting, ["a", "b"]);

        Assert.Equal(["1 a '2' twice", "1 x '3' unknown of 2"], _problems);
    }

    [Fact]
    public void Places_lead_through_objects_and_lists()
    {
        var reader = Reader("""{"a": {"b": [{"c": 1}, 2, {"c": "x", "d": 0}]}}""");

        var read = reader.Within("a", ["b"], "An object.")
            .Entries("b", ["c"], entry => entry.Text("c", 5) is { Length: > 0 } text ? text : null);

        Assert.Equal(["x"], read);
        Assert.Equal(
            [
                "1 a.b[1].c '1' A text of 1 to 5 characters, without line breaks and other control characters.",
                "1 a.b[2] '2' An entry with c.",
                "1 a.b[3].d '0' Not a field here. The fields are: c.",
            ],
            _problems);
    }

    [Fact]
    public void What_is_no_object_is_one_problem_and_its_fields_are_not_missed()
    {
        var inner = Of("[7]").Within("a", ["x", "y"], "An object.");

        inner.Text("x", 5);
        inner.Whole("y", 1, 2);
        inner.TrueOrFalse("x");
        Assert.Empty(inner.Entries("x", ["z"]));
        Assert.Empty(inner.Words("y", _ => true, "A word.", "A list."));

        Assert.Equal("1 a '[…]' An object.", Assert.Single(_problems));
    }

    [Theory]
    [InlineData("\"x\"", "'x' A list.")]
    [InlineData("null", "'' A list.")]
    [InlineData("[]", "'[]' A list.")]
    [InlineData("[\"x\", 5]", "'5' A word.")]
    [InlineData("[\"x\", \"no\"]", "'no' A word.")]
    [InlineData("[\"x\", \"\\udc00\"]", "'\\udc00' A word.")]
    [InlineData("[\"x\", \"x\"]", "'x' Twice.")]
    public void A_list_of_words_says_which_of_them_is_wrong(string value, string problem)
    {
        Of(value).Words("a", w => w != "no", "A word.", "A list.", atLeast: 1, twice: "Twice.");

        Assert.Equal($"1 a {problem}", Assert.Single(_problems));
    }

    [Fact]
    public void In_a_long_list_a_word_is_kept_once_as_in_a_short_one()
    {
        var words = Enumerable.Range(0, 100).Select(n => $"\"w{n % 40}\"");

        Assert.Equal(40, Of($"[{string.Join(',', words)}]").Words("a", _ => true, "A word.", "A list.").Count);
    }

    [Fact]
    public void A_name_that_the_object_cannot_have_is_a_mistake_of_the_program() =>
        Assert.Throws<ArgumentException>(() => Reader("{}").Has("other"));

    [Fact]
    public void Each_value_has_the_line_it_begins_on()
    {
        var file = RawJson.Read("{\n\"a\": [\n1,\n\n{\"b\": \"x\"}],\n\"c\":\nnull}"u8);

        var (list, last) = (file["a"]!, file["c"]!);
        Assert.Equal([2, 3, 5, 5, 7], [list.Line, list.Items[0].Line, list.Items[1].Line, list.Items[1]["b"]!.Line, last.Line]);
    }

    [Fact]
    public void The_items_of_a_long_list_are_handed_over_and_not_kept()
    {
        var items = new List<string>();

        var file = RawJson.Read("""{"rows": [1, [2], {"rows": [3]}], "rows": [4]}"""u8, "rows", item => items.Add(item.ToString()));

        Assert.Equal(["1", "[…]", "{…}"], items);
        Assert.Equal([RawKind.Reported, RawKind.List], file.Fields.Select(f => f.Value.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"a\": 1,}")]
    [InlineData("[[[1]]]")]
    public void What_is_no_JSON_or_too_deep_is_an_exception(string text) =>
        Assert.ThrowsAny<JsonException>(() => RawJson.Read(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = 2 }));

    [Theory]
    [InlineData(80, "a", 80, false)]
    [InlineData(81, "a", 80, true)]
    [InlineData(50, "😀", 79, true)]
    public void A_value_is_shown_shortly_and_no_character_of_it_is_cut_in_two(int times, string text, int length, bool isCut)
    {
        var shown = RawValue.Shown(string.Concat(Enumerable.Repeat(text, times)));

        Assert.Equal((length, isCut), (shown.Length, shown.EndsWith('…')));
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(shown)));
    }

    [Fact]
    public void No_control_character_is_shown() => Assert.Equal("a\uFFFD[31m\uFFFD\uFFFD", RawValue.Shown("a\u001b[31m\n\u2028"));

    private Reporting Reporting => new((place, value, allowed) => _problems.Add($"{value.Line} {place} '{value}' {allowed}"));

    private ObjectReader Of(string value) => Reader($"{{\"a\": {value}}}");

    private ObjectReader Reader(string json) =>
        new(RawJson.Read(Encoding.UTF8.GetBytes(json)), Reporting, ["a", "b", "c", "d", "e", "f", "g", "h"]);
}
