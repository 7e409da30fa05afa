using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using InquiryRouter.Infrastructure.Languages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Embed;

/// <summary><c>/embed.js</c>: puts the form, in a frame, into a page of a listed site; and the script of the page in the frame.</summary>
public static class EmbedEndpoints
{
    /// <summary>The script of the page in the frame.</summary>
    public const string FrameScript = "/embed-frame.js";

    private const string Script = "/embed.js";
    private const string JavaScript = "text/javascript; charset=utf-8";

    private static readonly JsonSerializerOptions s_letters = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void MapEmbed(this IEndpointRouteBuilder routes, EmbedOrigins origins, LanguageSet languages)
    {
        if (origins.All.Count == 0)
        {
            routes.MapGet(Script, () => Results.Text(
                "// No site may embed the form yet: set Intake:EmbedOrigins to the origins of those that may, like https://www.example.org\n",
                JavaScript, Encoding.UTF8, StatusCodes.Status404NotFound));
            return;
        }

        var titles = JsonSerializer.Serialize(languages.All.ToDictionary(w => w.Code, w => w["form.title"], StringComparer.Ordinal), s_letters);
        var embed = Read("web/embed.js").Replace("{/*titles*/}", titles, StringComparison.Ordinal);
        var frame = Read("web/frame.js");
        routes.MapGet(Script, (HttpContext context) => Send(context, embed));
        routes.MapGet(FrameScript, (HttpContext context) => Send(context, frame));
    }

    private static IResult Send(HttpContext context, string script)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";

        // Sites that isolate themselves load only what says that it may be loaded.
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return Results.Text(script, JavaScript, Encoding.UTF8);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(EmbedEndpoints).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
