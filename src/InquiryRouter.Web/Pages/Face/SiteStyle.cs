using System.Security.Cryptography;
using System.Text;
using InquiryRouter.Infrastructure.Brands;

namespace InquiryRouter.Web.Pages.Face;

/// <summary>The style sheet of every public page, with the colours of the brand at its end.</summary>
public sealed class SiteStyle
{
    public const string Path = "/site.css";

    public SiteStyle(Brand brand)
    {
        ArgumentNullException.ThrowIfNull(brand);
        using var stream = typeof(SiteStyle).Assembly.GetManifestResourceStream("web/site.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Bytes = Encoding.UTF8.GetBytes(reader.ReadToEnd() + brand.Colours.StyleSheet());
        Address = $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(Bytes).AsSpan(0, 4))}";
    }

    public byte[] Bytes { get; }

    /// <summary>Another sheet has another one: nobody sees a new brand in old colours.</summary>
    public string Address { get; }
}
