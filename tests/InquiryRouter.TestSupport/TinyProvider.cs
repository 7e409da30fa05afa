using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.TestSupport;

/// <summary>An identity provider on this machine, as small as can be: it describes itself, and gives a token for a code, once.</summary>
internal sealed class TinyProvider : IAsyncDisposable
{
    public const string ClientId = "router";
    public const string ClientSecret = "provider-secret-canary";
    private const string KeyId = "one";

    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (Dictionary<string, object> Claims, string Challenge, string RedirectUri)> _codes = new();
    private readonly WebApplication _app;

    private TinyProvider(WebApplication app, string issuer) => (_app, Issuer) = (app, issuer);

    public string Issuer { get; }

    /// <summary>Changes a token before it is signed.</summary>
    public Action<Dictionary<string, object>>? Spoil { get; set; }

    /// <summary>Signs with another key than it shows.</summary>
    public bool Forges { get; set; }

    public static async Task<TinyProvider> StartAsync()
    {
        var issuer = $"http://127.0.0.1:{FreePort.Pick(1)[0]}";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add(issuer);
        var provider = new TinyProvider(app, issuer);
        app.MapGet("/.well-known/openid-configuration", provider.Describe);
        app.MapGet("/keys", provider.Keys);
        app.MapPost("/token", (Delegate)provider.TokenAsync);
        await app.StartAsync();
        return provider;
    }

    /// <summary>Somebody signs in there.</summary>
    /// <param name="asked">Where the browser was sent.</param>
    /// <param name="subject">Who.</param>
    /// <param name="shownAt">When they showed it; null: it does not say.</param>
    /// <param name="factors">What they showed, as <c>amr</c>.</param>
    /// <returns>Where the browser is sent back.</returns>
    public string Approve(Uri asked, string subject, DateTimeOffset? shownAt, params string[] factors)
    {
        var query = QueryHelpers.ParseQuery(asked.Query);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = Issuer, ["sub"] = subject, ["aud"] = ClientId, ["iat"] = now, ["exp"] = now + 300,
            ["nonce"] = query["nonce"].ToString(), ["amr"] = factors, ["email"] = "coordinator@operator.example",
        };
        if (shownAt is { } at)
        {
            claims["auth_time"] = at.ToUnixTimeSeconds();
        }

        Spoil?.Invoke(claims);
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _codes[code] = (claims, query["code_challenge"].ToString(), query["redirect_uri"].ToString());
        return QueryHelpers.AddQueryString(
            new Uri(query["redirect_uri"].ToString()).AbsolutePath,
            new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"].ToString() });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private IResult Describe() => Results.Json(new
    {
        issuer = Issuer, authorization_endpoint = $"{Issuer}/authorize", token_endpoint = $"{Issuer}/token", jwks_uri = $"{Issuer}/keys",
        response_types_supported = new[] { "code" }, subject_types_supported = new[] { "public" },
        id_token_signing_alg_values_supported = new[] { "RS256" }, code_challenge_methods_supported = new[] { "S256" },
    });

    private IResult Keys()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return Results.Json(new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA", use = "sig", kid = KeyId, alg = "RS256", n = Base64Url.EncodeToString(key.Modulus),
                    e = Base64Url.EncodeToString(key.Exponent),
                },
            },
        });
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var proof = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        return _codes.TryRemove(form["code"].ToString(), out var known) && known.Challenge == proof
            && known.RedirectUri == form["redirect_uri"] && form["client_id"] == ClientId && form["client_secret"] == ClientSecret
                ? Results.Json(new { access_token = "access", token_type = "Bearer", expires_in = 60, id_token = Sign(known.Claims) })
                : Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
    }

    private string Sign(Dictionary<string, object> claims)
    {
        using var other = RSA.Create(2048);
        var said = $"{Part(new { alg = "RS256", typ = "JWT", kid = KeyId })}.{Part(claims)}";
        var signature = (Forges ? other : _key).SignData(
            Encoding.ASCII.GetBytes(said), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{said}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(object said) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(said));
}
