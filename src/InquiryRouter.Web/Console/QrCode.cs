using System.Globalization;
using System.Text;
using QRCoder;

namespace InquiryRouter.Web.Console;

/// <summary>A QR code as one path of an SVG: made here, since what it says is a secret, and without a style of its own.</summary>
/// <param name="Size">Of a side, in modules, its quiet zone included.</param>
/// <param name="Path">The dark modules.</param>
internal sealed record QrCode(int Size, string Path)
{
    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (!rows[y][x])
                {
                    continue;
                }

                var end = x;
                while (end < rows.Count && rows[y][end])
                {
                    end++;
                }

                path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{end - x}v1h-{end - x}z");
                x = end;
            }
        }

        return new QrCode(rows.Count, path.ToString());
    }
}
