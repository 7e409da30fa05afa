using System.Collections.Frozen;
using System.Security.Cryptography;
using InquiryRouter.Core.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace InquiryRouter.Web.Console;

/// <summary>Stylesheet and scripts, embedded in the program: asked for again at each page, sent again only when they are others.</summary>
internal static class ConsoleAssets
{
    public const string Path = "/console/assets";
    private const string Resources = "web/console/";

    private static readonly FrozenDictionary<string, (byte[] Bytes, EntityTagHeaderValue Tag)> s_files = Load();

    public static IEnumerable<string> Names => s_files.Keys;

    public static byte[] Bytes(string name) => s_files[name].Bytes;

    public static void MapConsoleAssets(this IEndpointRouteBuilder routes) => routes.MapConsoleGet(
        Path + "/{name}",
        Access.SignIn,
        (HttpContext context, string name) =>
        {
            if (!s_files.TryGetValue(name, out var file))
            {
                return ConsolePages.NotFound();
            }

            context.Response.Headers.CacheControl = "no-cache";
            var type = name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
            return Results.Bytes(file.Bytes, type, entityTag: file.Tag);
        },
        isDeed: false);

    private static FrozenDictionary<string, (byte[] Bytes, EntityTagHeaderValue Tag)> Load()
    {
        var assembly = typeof(ConsoleAssets).Assembly;
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith(Resources, StringComparison.Ordinal)).ToFrozenDictionary(
            n => n[Resources.Length..],
            n =>
            {
                using var stream = assembly.GetManifestResourceStream(n)!;
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return (bytes, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\""));
            },
            StringComparer.Ordinal);
    }
}
