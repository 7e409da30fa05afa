using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace InquiryRouter.Infrastructure.Brands;

/// <summary>An SVG file can hold a program and can call others: a logo may only draw. What is not known to draw is refused.</summary>
internal static partial class SvgLogo
{
    private const int MostCharacters = 1_000_000;
    private const int MostSize = 100_000;
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace s_html = "http://www.w3.org/1999/xhtml";

    private static readonly HashSet<string> s_draws = new(StringComparer.Ordinal)
    {
        "svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "switch", "style", "path", "rect", "circle", "ellipse", "line",
        "polyline", "polygon", "text", "tspan", "textPath", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern",
        "marker", "filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feFlood", "feFuncA", "feFuncB", "feFuncG",
        "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset", "feDropShadow",
    };

    /// <summary>Its width and height.</summary>
    /// <exception cref="BrandFileException">It is no SVG, or more than a drawing.</exception>
    public static (int Width, int Height) Check(byte[] bytes)
    {
        var root = Parse(bytes);
        if (root.Name != s_svg + "svg")
        {
            throw new BrandFileException("it is neither SVG nor PNG");
        }

        foreach (var element in root.DescendantsAndSelf())
        {
            Check(element);
        }

        return SizeOf(root);
    }

    private static XElement Parse(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            using var reader = XmlReader.Create(stream, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters,
            });
            var document = XDocument.Load(reader);
            return document.DescendantNodes().OfType<XProcessingInstruction>().Any()
                ? throw new BrandFileException("it tells browsers to load something (<?…?>)")
                : document.Root!;
        }
        catch (XmlException exception)
        {
            throw new BrandFileException($"it is neither PNG nor well-formed SVG without a DOCTYPE (line {exception.LineNumber})");
        }
    }

    private static void Check(XElement element)
    {
        // What drawing programs note for themselves is in other namespaces; no browser draws it.
        if (element.Name.Namespace == s_html || (element.Name.Namespace == s_svg && !s_draws.Contains(element.Name.LocalName)))
        {
            throw new BrandFileException($"it has <{element.Name.LocalName}>, and a logo may only draw");
        }

        foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration))
        {
            var name = attribute.Name.LocalName;
            if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase))
            {
                throw new BrandFileException($"it has {name}=, which runs something");
            }

            if (name.Equals("href", StringComparison.OrdinalIgnoreCase) && !attribute.Value.TrimStart().StartsWith('#'))
            {
                throw new BrandFileException("it has a link (href) to something outside of it");
            }

            // Those of other namespaces are no style.
            if (attribute.Name.Namespace == XNamespace.None)
            {
                CheckText(attribute.Value);
            }
        }

        if (element.Name == s_svg + "style")
        {
            CheckText(element.Value);
        }
    }

    private static void CheckText(string text)
    {
        if (text.Contains('\\', StringComparison.Ordinal) || Outside().IsMatch(text))
        {
            throw new BrandFileException("its style loads something from elsewhere");
        }
    }

    private static (int Width, int Height) SizeOf(XElement root)
    {
        var box = ((string?)root.Attribute("viewBox"))?.Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var (width, height) = box is [_, _, var across, var down]
            ? (Number(across), Number(down))
            : (Number((string?)root.Attribute("width")), Number((string?)root.Attribute("height")));
        return width is > 0 and < MostSize && height is > 0 and < MostSize
            ? ((int)Math.Ceiling(width), (int)Math.Ceiling(height))
            : throw new BrandFileException("it does not say how large it is: give its <svg> a viewBox");
    }

    private static double Number(string? text) =>
        double.TryParse(
            text?.Replace("px", string.Empty, StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    [GeneratedRegex("""@import|javascript:|data:|url\(\s*["']?\s*(?!["'#\s])""", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Outside();
}
