using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using InquiryRouter.Application;
using InquiryRouter.Application.Users.Provider;
using InquiryRouter.Infrastructure.Brands;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Web.Clinic;
using InquiryRouter.Web.Console;
using InquiryRouter.Web.Console.Unfinished;
using InquiryRouter.Web.Console.Board;
using InquiryRouter.Web.Console.Clinics;
using InquiryRouter.Web.Console.Policies;
using InquiryRouter.Web.Console.Rules;
using InquiryRouter.Web.Console.Inbox;
using InquiryRouter.Web.Console.Inquiries;
using InquiryRouter.Web.Console.List;
using InquiryRouter.Web.Console.Live;
using InquiryRouter.Web.Console.Palette;
using InquiryRouter.Web.Console.Reports;
using InquiryRouter.Web.Console.Search;
using InquiryRouter.Web.Console.Match;
using InquiryRouter.Web.Console.Operations;
using InquiryRouter.Web.Console.Provider;
using InquiryRouter.Web.Embed;
using InquiryRouter.Web.Pages.Face;
using InquiryRouter.Web.Intake;
using InquiryRouter.Web.Intake.Landing;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Requests;
using InquiryRouter.Web.Patient;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Web;

/// <summary>What the web role serves.</summary>
public static class WebRole
{
    private static readonly string[] s_sameForEverybody =
        ["/inquiry", SiteStyle.Path, QuestionsEndpoints.Path, FaceEndpoints.LogoPath, FaceEndpoints.ImprintPath, FaceEndpoints.PrivacyPath];

    public static IServiceCollection AddWebRole(this IServiceCollection services, IntakeOptions options, Uri publicUrl)
    {
        services.AddSingleton(new PublicAddress(publicUrl));
        services.AddSingleton(options);
        services.AddSingleton<IntakeLimits>();
        services.AddSingleton(new PageLimits(options));
        services.AddSingleton<FormNonce>();
        services.AddSingleton<ConsolePeople>();
        services.AddSingleton<AccountPages>();
        services.AddSingleton(provider => new ProviderFlow(
            provider.GetRequiredService<ProviderOptions>(), publicUrl, provider.GetRequiredService<UserSecrets>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<InquiryPlaces>();
        services.AddSingleton<InquiryPages>();
        services.AddSingleton<LiveHub>();
        services.AddSingleton<ClinicPages>();
        services.AddSingleton<PolicyPages>();
        services.AddSingleton<ClinicChangePages>();
        services.AddSingleton<RefusedForms>();
        services.AddSingleton<FormPage>();
        services.AddScoped<SentAgain>();
        services.AddSingleton(new EmbedOrigins(options));
        services.AddScoped<EmbedFrame>();
        services.AddSingleton<SiteStyle>();
        services.AddSingleton<NetworkOfferCache>();
        services.AddScoped<LandingPages>();
        services.AddPatients();
        services.AddClinics();
        services.AddStatusPages();
        services.AddReferralPages();
        services.AddHttpContextAccessor();
        services.AddScoped<PageLanguage>();
        services.AddRazorComponents();

        // Letters as they are: written as numbers, a page in Arabic weighs more than twice as much. What HTML gives a meaning to is still escaped.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddProblemDetails();

        // Behind a proxy with HTTPS too: what is compressed is chosen below, by page.
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, BrandLogo.Svg];
        });
        if (options.KnownProxies.Length > 0)
        {
            services.Configure<ForwardedHeadersOptions>(forwarded =>
            {
                forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
                // Every listed proxy of a row is believed, and nobody else: not even this machine.
                forwarded.ForwardLimit = null;
                forwarded.KnownProxies.Clear();
                forwarded.KnownIPNetworks.Clear();
                foreach (var proxy in options.KnownProxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
                }
            });
        }

        return services;
    }

    public static void UseWebRole(this WebApplication app, IntakeOptions options)
    {
        if (options.KnownProxies.Length > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseRequestedHost(app.Services.GetRequiredService<PublicAddress>(), Protect);
        app.UseRequestedEncoding(Protect);

        // An error page of ours: no stack, no text of an exception, in any environment.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => RequestTrouble.AnswerAsync(context, Protect),
            SuppressDiagnosticsCallback = thrown => RequestTrouble.IsKeptFromLog(thrown.Exception),
        });
        app.UseStatusCodePages(context => RequestTrouble.AnswerStatusAsync(context.HttpContext));
        app.Use((context, next) =>
        {
            Protect(context);
            return next(context);
        });
        app.UseWhen(PageLimits.IsAbout, pages =>
        {
            var (limits, log) = (app.Services.GetRequiredService<PageLimits>(), app.Services.GetRequiredService<SecurityLog>());
            pages.Use((context, next) => limits.RunAsync(context, log, () => next(context)));
        });
        app.UseWhen(IsPage, pages =>
        {
            // Every page takes its words by it.
            var attendance = app.Services.GetRequiredService<AttendanceCache>();
            pages.Use(async (context, next) =>
            {
                await attendance.LookAsync(context.RequestAborted);
                await next(context);
            });
        });
        app.UseWhen(IsTheSameForEverybody, everybody => everybody.UseResponseCompression());
        app.UseConsoleGate();
        var routes = app.WithHead();
        routes.MapIntakeApi();
        routes.MapInquiryForm();
        routes.MapLandingPages();
        routes.MapQuestions();
        routes.MapStatus();
        routes.MapUnsubscribe();
        routes.MapReferral();
        routes.MapClinicList();
        routes.MapEmbed(app.Services.GetRequiredService<EmbedOrigins>(), app.Services.GetRequiredService<LanguageSet>());
        routes.MapConsoleInbox();
        routes.MapConsoleWork();
        routes.MapConsoleBulk();
        routes.MapConsoleViews();
        routes.MapConsoleInquiries();
        routes.MapConsoleActions();
        routes.MapConsoleClinicNames();
        routes.MapConsoleMails();
        routes.MapConsolePairs();
        routes.MapConsoleCorrections();
        routes.MapConsolePrivacy();
        routes.MapConsoleDrafts();
        routes.MapConsoleLive();
        routes.MapConsolePalette();
        routes.MapConsoleList();
        routes.MapConsoleBoard();
        routes.MapConsoleSearch();
        routes.MapConsoleReports();
        routes.MapConsoleMatch();
        routes.MapConsolePolicies();
        routes.MapConsoleClinics();
        routes.MapConsoleClinicChanges();
        routes.MapConsoleClinicFile();
        routes.MapConsoleReference();
        routes.MapConsoleSignIn();
        routes.MapConsoleAccount();
        routes.MapConsoleUnfinished();
        routes.MapConsolePasskeys();
        routes.MapConsoleProvider();
        routes.MapConsoleUsers();
        routes.MapConsoleAudit();
        routes.MapConsoleOperations();
        routes.MapConsoleSuppressions();
        routes.MapConsoleAssets();
        routes.MapFace();
        routes.MapGet("/favicon.ico", NoIcon);
    }

    // What stands behind a secret link is never compressed: the length of an answer that holds a secret beside what somebody else can put
    // into the address gives the secret away, letter by letter (BREACH). The empty form, the public pages and the stylesheet hold none.
    private static bool IsTheSameForEverybody(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && (s_sameForEverybody.Contains(context.Request.Path.Value, StringComparer.Ordinal)
            || context.Request.Path.StartsWithSegments(LandingEndpoints.Path, StringComparison.Ordinal)
            || context.Request.Path.StartsWithSegments(ConsoleAssets.Path, StringComparison.Ordinal));

    // Programs are answered in codes, and health must not wait for a database.
    private static bool IsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    private static void Protect(HttpContext context)
    {
        var headers = context.Response.Headers;
        var origins = context.RequestServices.GetRequiredService<EmbedOrigins>();

        // Only the form in the frame of a listed site has a script: the one that tells how high it is.
        var script = origins.IsFrame(context.Request) ? "script-src 'self'; " : string.Empty;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        if (context.RequestServices.GetRequiredService<PublicAddress>().TransportSecurity is { } secure)
        {
            headers.StrictTransportSecurity = secure;
        }

        headers.ContentSecurityPolicy =
            $"default-src 'none'; {script}style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {origins.AncestorsOf(context.Request)}";
        if (ConsoleGate.IsConsole(context))
        {
            ConsoleGate.Protect(context);
        }
    }

    // Browsers ask for one without being told to: a slow phone is spared a page that says there is none.
    private static IResult NoIcon(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return Results.NoContent();
    }
}
