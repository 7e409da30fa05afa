using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using InquiryRouter.Application.Users.Provider;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace InquiryRouter.Web.Console.Provider;

/// <summary>
/// OpenID Connect as ASP.NET Core's handler speaks it: code flow with PKCE, state and nonce. It is asked by our own endpoints and is no
/// middleware: who is signed in is our session's to say. What it keeps in cookies and in the address is sealed under the installation's
/// keys, so that any process can read it after a restart.
/// </summary>
internal sealed class ProviderFlow
{
    private const string Name = "provider";

    /// <summary>Properties of ours that come back with the answer.</summary>
    public const string InvitationProperty = "invitation";

    private readonly OpenIdConnectOptions _options;
    private readonly ILoggerFactory _logs;

    public ProviderFlow(ProviderOptions options, Uri publicUrl, UserSecrets secrets, TimeProvider clock, ILoggerFactory logs)
    {
        _logs = logs;
        var format = new SealedFormat(secrets);
        var callback = new Uri(publicUrl, ProviderEndpoints.CallbackPath).AbsoluteUri;
        _options = new OpenIdConnectOptions
        {
            Authority = options.Authority,
            ClientId = options.ClientId,
            ClientSecret = options.ClientSecret,
            CallbackPath = ProviderEndpoints.CallbackPath,
            ResponseType = OpenIdConnectResponseType.Code,

            // The answer comes by a click through: cookies of our own site are sent with it.
            ResponseMode = OpenIdConnectResponseMode.Query,
            UsePkce = true,
            MapInboundClaims = false,
            GetClaimsFromUserInfoEndpoint = false,
            SaveTokens = false,
            DisableTelemetry = true,
            BackchannelTimeout = TimeSpan.FromSeconds(10),
            RequireHttpsMetadata = !new Uri(options.Authority!).IsLoopback,
            TimeProvider = clock,
            StateDataFormat = format,
            StringDataFormat = format,
            Events = new OpenIdConnectEvents
            {
                OnRedirectToIdentityProvider = redirect =>
                {
                    // Whatever a proxy passes on.
                    redirect.ProtocolMessage.RedirectUri = callback;
                    return Task.CompletedTask;
                },
                OnTicketReceived = ProviderEndpoints.ArriveAsync,
                OnRemoteFailure = ProviderEndpoints.FailAsync,
            },
        };
        _options.Scope.Clear();
        _options.Scope.Add("openid");
        _options.ClaimActions.Clear();
        foreach (var cookie in new[] { _options.CorrelationCookie, _options.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = publicUrl.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        }

        new OpenIdConnectPostConfigureOptions(new EphemeralDataProtectionProvider()).PostConfigure(Name, _options);
    }

    /// <summary>Sends the browser to the provider.</summary>
    public async Task AskAsync(HttpContext context, string way, string? invitation, bool again)
    {
        var properties = new AuthenticationProperties { RedirectUri = way };
        if (invitation is not null)
        {
            properties.Items[InvitationProperty] = invitation;
        }

        if (again)
        {
            // A factor is to be shown now, and it is to say when.
            properties.SetParameter(OpenIdConnectParameterNames.Prompt, "login");
            properties.SetParameter<TimeSpan?>(OpenIdConnectParameterNames.MaxAge, TimeSpan.Zero);
        }

        await (await NewAsync(context)).ChallengeAsync(properties);
    }

    /// <summary>Takes its answer: the events above say what follows.</summary>
    public async Task<bool> AnswerAsync(HttpContext context) => await (await NewAsync(context)).HandleRequestAsync();

    /// <summary>What an identity token says of somebody.</summary>
    public static ProviderIdentity? Read(TicketReceivedContext ticket)
    {
        var claims = ticket.Principal?.Claims.ToLookup(c => c.Type, c => c.Value, StringComparer.Ordinal);
        var (issuer, subject) = (claims?["iss"].FirstOrDefault(), claims?["sub"].FirstOrDefault());
        return string.IsNullOrEmpty(issuer) || string.IsNullOrEmpty(subject) ? null : new ProviderIdentity(
            issuer, subject, [.. claims!["amr"], .. claims["acr"]],
            long.TryParse(claims["auth_time"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                ? DateTimeOffset.FromUnixTimeSeconds(at)
                : null);
    }

    private async Task<OpenIdConnectHandler> NewAsync(HttpContext context)
    {
        var handler = new OpenIdConnectHandler(new TheOptions(_options), _logs, HtmlEncoder.Default, UrlEncoder.Default);
        await handler.InitializeAsync(new AuthenticationScheme(Name, displayName: null, typeof(OpenIdConnectHandler)), context);
        return handler;
    }

    private sealed class TheOptions(OpenIdConnectOptions options) : IOptionsMonitor<OpenIdConnectOptions>
    {
        public OpenIdConnectOptions CurrentValue => options;

        public OpenIdConnectOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<OpenIdConnectOptions, string?> listener) => null;
    }

    private sealed class SealedFormat(UserSecrets secrets) : ISecureDataFormat<AuthenticationProperties>, ISecureDataFormat<string>
    {
        public string Protect(AuthenticationProperties data) => Write(PropertiesSerializer.Default.Serialize(data));

        public string Protect(AuthenticationProperties data, string? purpose) => Protect(data);

        public AuthenticationProperties? Unprotect(string? protectedText) =>
            Read(protectedText) is { } bytes ? PropertiesSerializer.Default.Deserialize(bytes) : null;

        public AuthenticationProperties? Unprotect(string? protectedText, string? purpose) => Unprotect(protectedText);

        string ISecureDataFormat<string>.Protect(string data) => Write(Encoding.UTF8.GetBytes(data));

        string ISecureDataFormat<string>.Protect(string data, string? purpose) => Write(Encoding.UTF8.GetBytes(data));

        string? ISecureDataFormat<string>.Unprotect(string? protectedText) =>
            Read(protectedText) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

        string? ISecureDataFormat<string>.Unprotect(string? protectedText, string? purpose) =>
            Read(protectedText) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

        private string Write(byte[] bytes) => Base64Url.EncodeToString(secrets.SealState(bytes));

        private byte[]? Read(string? text) =>
            !string.IsNullOrEmpty(text) && Base64Url.IsValid(text) ? secrets.OpenState(Base64Url.DecodeFromChars(text)) : null;
    }
}
