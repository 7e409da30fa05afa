using System.Text.Json;
using Microsoft.Playwright;

namespace InquiryRouter.BrowserTests.Support;

/// <summary>
/// An authenticator that the browser imitates: built into the device, with keys that are found without a name. Chromium takes such keys
/// only where the person is verified; those of other browsers are imitated by <c>SoftKey</c>.
/// </summary>
internal sealed class VirtualKey : IAsyncDisposable
{
    private readonly ICDPSession _browser;
    private readonly string _id;
    private bool _isOut;

    private VirtualKey(ICDPSession browser, string id) => (_browser, _id) = (browser, id);

    /// <param name="page">In whose browser.</param>
    /// <param name="approves">The person shows their finger at once; else they refuse.</param>
    public static async Task<VirtualKey> PlugInAsync(IPage page, bool approves = true)
    {
        var browser = await page.Context.NewCDPSessionAsync(page);
        await browser.SendAsync("WebAuthn.enable");
        var made = await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = approves, ["automaticPresenceSimulation"] = true,
            },
        });
        return new VirtualKey(browser, made!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Its passkeys count from the beginning again, as a copy that was made then would.</summary>
    public async Task CountBackAsync()
    {
        var all = (await SendAsync("WebAuthn.getCredentials"))!.Value.GetProperty("credentials");
        foreach (var one in all.EnumerateArray())
        {
            var copy = one.EnumerateObject().ToDictionary(p => p.Name, p => (object)p.Value, StringComparer.Ordinal);
            copy["signCount"] = 0;
            await SendAsync("WebAuthn.removeCredential", ("credentialId", one.GetProperty("credentialId").GetString()!));
            await SendAsync("WebAuthn.addCredential", ("credential", copy));
        }
    }

    public async Task UnplugAsync()
    {
        if (!_isOut)
        {
            _isOut = true;
            await SendAsync("WebAuthn.removeVirtualAuthenticator");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await UnplugAsync();
        await _browser.DetachAsync();
    }

    private Task<JsonElement?> SendAsync(string what, params (string Name, object Value)[] more)
    {
        var fields = more.ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        fields["authenticatorId"] = _id;
        return _browser.SendAsync(what, fields);
    }
}
