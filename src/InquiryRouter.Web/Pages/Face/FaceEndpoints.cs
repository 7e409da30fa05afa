using InquiryRouter.Infrastructure.Brands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace InquiryRouter.Web.Pages.Face;

/// <summary>The facilitator's face: style sheet, logo, imprint and privacy notice.</summary>
public static class FaceEndpoints
{
    public const string LogoPath = "/brand/logo";
    public const string ImprintPath = "/imprint";
    public const string PrivacyPath = "/privacy";

    // Opened by itself it is a document, which may do nothing: whatever was overlooked in it cannot run.
    private const string LogoPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
    private const int LogoHeight = 40;
    private const int LogoWidth = 240;

    public static void MapFace(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(SiteStyle.Path, (HttpContext context, SiteStyle style) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=3600";
            return Results.Bytes(style.Bytes, "text/css; charset=utf-8");
        });
        routes.MapGet(LogoPath, (HttpContext context, Brand brand) => brand.Logo is { } logo ? Send(context, logo) : Results.NotFound());
        routes.MapGet(ImprintPath, (PageLanguage language, Brand brand) => Show(language, brand.Imprint, "layout.imprint"));
        routes.MapGet(PrivacyPath, (PageLanguage language, Brand brand) => Show(language, brand.Privacy, "layout.privacy"));
    }

    /// <summary>Where a logo is; another logo is elsewhere, so that a browser need not ask again.</summary>
    public static string AddressOf(BrandLogo logo) => $"{LogoPath}?v={logo.Tag}";

    /// <summary>How large it is on a page.</summary>
    public static (int Width, int Height) SizeOf(BrandLogo logo)
    {
        var scale = Math.Min((double)LogoHeight / logo.Height, (double)LogoWidth / logo.Width);
        return (Math.Max(1, (int)Math.Round(logo.Width * scale)), Math.Max(1, (int)Math.Round(logo.Height * scale)));
    }

    /// <summary>Where an imprint or a privacy notice is for the reader of a page.</summary>
    public static string AddressOf(BrandText text, string path, PageLanguage language) =>
        text.LinkFor(language.Words.Code) ?? language.Url(path);

    private static IResult Send(HttpContext context, BrandLogo logo)
    {
        context.Response.Headers.CacheControl = "public, max-age=86400";
        context.Response.Headers.ContentSecurityPolicy = LogoPolicy;
        return Results.Bytes(logo.Bytes, logo.ContentType, entityTag: new EntityTagHeaderValue($"\"{logo.Tag}\""));
    }

    private static IResult Show(PageLanguage language, BrandText? text, string title) =>
        text is null ? Results.NotFound()
        : text.LinkFor(language.Words.Code) is { } elsewhere ? Results.Redirect(elsewhere)
        : PageResults.Page<FaceTextPage>(new FaceTextModel(language[title], text.For(language.Words.Code)!));
}

/// <summary>A text of the facilitator's own.</summary>
public sealed record FaceTextModel(string Title, IReadOnlyList<TextBlock> Blocks);
