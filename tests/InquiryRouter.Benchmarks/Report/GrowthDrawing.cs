using System.Globalization;
using System.Text;

namespace InquiryRouter.Benchmarks.Report;

/// <summary>Throughput and latency over the number of inquiries, which grows by powers, as SVG.</summary>
internal static class GrowthDrawing
{
    private const int Width = 720;
    private const int PlotHeight = 220;
    private const int Left = 70;
    private const int Right = 20;
    private const int Top = 40;
    private const int Between = 80;
    private static readonly double[] s_round = [1, 2, 4, 8, 10];

    public static string Of(IReadOnlyList<GrowthPoint> points)
    {
        var svg = new StringBuilder();
        var height = (2 * (Top + PlotHeight)) + Between;
        svg.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\" font-size=\"13\">");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{height}\" fill=\"white\"/>");
        Plot(svg, Top, "completed inquiries a second", points, [("", "#1b5e8c", p => p.CompletedPerSecond)]);
        Plot(svg, Top + PlotHeight + Between, "milliseconds from form to referral mail, at 5 a second", points,
            [("p50", "#1b5e8c", p => p.Latency.P50), ("p99", "#b3541e", p => p.Latency.P99)]);
        svg.AppendLine("</svg>");
        return svg.ToString();
    }

    private static void Plot(
        StringBuilder svg, int top, string title, IReadOnlyList<GrowthPoint> points, (string Name, string Colour, Func<GrowthPoint, double> Value)[] lines)
    {
        var most = Ceiling(points.SelectMany(p => lines.Select(l => l.Value(p))).DefaultIfEmpty(1).Max());
        var (first, last) = (Math.Log10(points[0].Rows), Math.Log10(points[^1].Rows));
        Text(svg, Left, top - 14, "start", title);
        for (var step = 0; step <= 4; step++)
        {
            var value = most * step / 4;
            svg.AppendLine(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\" stroke=\"#ccc\"/>");
            Text(svg, Left - 8, Y(value) + 4, "end", value.ToString("#,0.##", CultureInfo.InvariantCulture));
        }

        foreach (var point in points)
        {
            Text(svg, X(point), top + PlotHeight + 20, point == points[^1] && points.Count > 1 ? "end" : "middle", point.Rows.ToString("N0", CultureInfo.InvariantCulture));
        }

        Text(svg, Width - Right, top + PlotHeight + 38, "end", "inquiries in the database");
        foreach (var (name, colour, value) in lines)
        {
            svg.AppendLine(CultureInfo.InvariantCulture,
                $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p):0.#},{Y(value(p)):0.#}")))}\"/>");
            foreach (var p in points)
            {
                svg.AppendLine(CultureInfo.InvariantCulture, $"<circle cx=\"{X(p):0.#}\" cy=\"{Y(value(p)):0.#}\" r=\"3\" fill=\"{colour}\"/>");
            }

            Text(svg, X(points[^1]) - 6, Y(value(points[^1])) - 8, "end", name);
        }

        double X(GrowthPoint p) => last <= first ? Left : Left + ((Math.Log10(p.Rows) - first) / (last - first) * (Width - Left - Right));
        double Y(double value) => top + PlotHeight - (value / most * PlotHeight);
    }

    private static void Text(StringBuilder svg, double x, double y, string anchor, string text) => svg.AppendLine(
        CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{text}</text>");

    /// <summary>The next of 1, 2, 4 and 8 times a power of ten, so that a quarter of it is a round number too.</summary>
    private static double Ceiling(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 0.001))));
        return s_round.First(m => m * power >= value) * power;
    }
}
