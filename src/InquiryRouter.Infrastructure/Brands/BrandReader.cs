using InquiryRouter.Core.Intake;

namespace InquiryRouter.Infrastructure.Brands;

/// <summary>Makes a brand of its settings and files.</summary>
/// <param name="directory">Where files are that no setting names.</param>
/// <param name="fields">What a phone number and an address for mail are.</param>
/// <param name="problem">Is told of each setting that cannot work: its name, its value, what is allowed.</param>
public sealed class BrandReader(string directory, Func<IFieldRules> fields, Action<string, string?, string> problem)
{
    private const int NameLength = 60;
    private const int AddressLength = 200;

    /// <summary>What can be used of it.</summary>
    public Brand Read(BrandOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Brand
        {
            Name = Line(nameof(options.Name), options.Name, NameLength) ?? Brand.DemoName,
            Logo = FileOf(
                nameof(options.Logo), options.Logo, ["logo.svg", "logo.png"], BrandLogo.Read, "an SVG file that only draws, or a PNG file"),
            Colours = BrandColours.Of(
                ColourOf(nameof(options.Colour), options.Colour, BrandColours.LeastOfWords),
                ColourOf(nameof(options.Accent), options.Accent, BrandColours.LeastOfLines)),
            Address = Line(nameof(options.Address), options.Address, AddressLength),
            Phone = PhoneOf(options.Phone),
            ReplyAddress = ReplyOf(options.ReplyAddress),
            Imprint = TextOf(nameof(options.Imprint), options.Imprint),
            Privacy = TextOf(nameof(options.Privacy), options.Privacy),
        };
    }

    private BrandText? TextOf(string name, string? setting) => FileOf(
        name, setting, [$"{name.ToLowerInvariant()}.txt"], BrandText.Read,
        $"an address like https://www.example.org/{name.ToLowerInvariant()}, or a .txt file");

    private string? Line(string name, string? text, int most)
    {
        var line = text is null ? null
            : string.Join(", ", text.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        if (line is not null && (line.Length > most || line.Any(char.IsControl) || line.IndexOfAny(['<', '>']) >= 0))
        {
            Add(name, text, $"a text of at most {most} characters, without < and >.");
            return null;
        }

        return string.IsNullOrEmpty(line) ? null : line;
    }

    private Colour? ColourOf(string name, string? text, double least)
    {
        if (text is null)
        {
            return null;
        }

        if (!Colour.TryParse(text, out var colour))
        {
            Add(name, text, "a colour like #0a567c.");
            return null;
        }

        var contrast = colour.Contrast(BrandColours.Grounds);
        if (contrast >= least)
        {
            return colour;
        }

        Add(name, text, FormattableString.Invariant(
            $"a colour that can be told from the grounds of the pages: a contrast of {least:0.#}, and this one has {Math.Floor(contrast * 10) / 10:0.0}. ")
            + $"{BrandColours.Suggested(colour, least).Hex} would do.");
        return null;
    }

    private BrandPhone? PhoneOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (fields().TryPhone(text, null, out var number))
        {
            return new BrandPhone(text, number);
        }

        Add("Phone", text, "a phone number with its country, like +351 21 000 0000.");
        return null;
    }

    private string? ReplyOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (fields().TryEmail(text, out var address))
        {
            return address;
        }

        Add("ReplyAddress", text, "one address like care@example.org.");
        return null;
    }

    // What a setting names, or the first of these that is there.
    private T? FileOf<T>(string name, string? setting, string[] otherwise, Func<string, T> read, string allowed)
        where T : class
    {
        var path = setting ?? otherwise.Select(f => Path.Combine(directory, f)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return null;
        }

        try
        {
            return read(path);
        }
        catch (BrandFileException exception)
        {
            Add(name, path, $"{allowed}; {exception.Message}.");
            return null;
        }
    }

    private void Add(string name, string? value, string allowed) => problem($"{BrandOptions.Section}:{name}", value, allowed);
}
