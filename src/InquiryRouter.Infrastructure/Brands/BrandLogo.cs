using System.Buffers.Binary;
using System.Security.Cryptography;

namespace InquiryRouter.Infrastructure.Brands;

/// <summary>A logo that may be shown to anybody: it runs nothing and loads nothing.</summary>
/// <param name="Bytes">Of the file.</param>
/// <param name="ContentType">Of SVG or PNG.</param>
/// <param name="Width">Of its picture, in whatever unit the height is.</param>
/// <param name="Height">The same.</param>
public sealed record BrandLogo(byte[] Bytes, string ContentType, int Width, int Height)
{
    /// <summary>Who asks for help may pay for each kilobyte.</summary>
    public const int MostBytes = 64 * 1024;

    public const string Svg = "image/svg+xml";
    public const string Png = "image/png";
    private const int MostPixels = 4096;

    private static ReadOnlySpan<byte> PngBegins => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Another file has another one.</summary>
    public string Tag { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes).AsSpan(0, 6));

    /// <summary>How a file of it ends.</summary>
    public string Extension => ContentType == Svg ? ".svg" : ".png";

    /// <summary>The logo in a file.</summary>
    /// <exception cref="BrandFileException">It is none, or not one for the web.</exception>
    public static BrandLogo Read(string path)
    {
        var bytes = BrandFileException.Read(path, MostBytes);
        if (!bytes.AsSpan().StartsWith(PngBegins))
        {
            var (width, height) = SvgLogo.Check(bytes);
            return new BrandLogo(bytes, Svg, width, height);
        }

        // The first part says how large it is: 4 bytes each, the largest first.
        if (bytes.Length < 33 || !bytes.AsSpan(12, 4).SequenceEqual("IHDR"u8))
        {
            throw new BrandFileException("it begins like a PNG file and is none");
        }

        var across = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(16));
        var down = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(20));
        return across is > 0 and <= MostPixels && down is > 0 and <= MostPixels
            ? new BrandLogo(bytes, Png, (int)across, (int)down)
            : throw new BrandFileException($"it has {across} by {down} pixels, and {MostPixels} by {MostPixels} is the most");
    }
}
