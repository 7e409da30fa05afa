namespace InquiryRouter.Application.Users.Passkeys;

/// <summary>
/// The site passkeys are made for, of the public address. Browsers take a name, never a number, and ask for HTTPS, but on this machine
/// itself: there it is <c>localhost</c>.
/// </summary>
public sealed class PasskeySite
{
    private const string ThisMachine = "localhost";

    public PasskeySite(Uri publicUrl)
    {
        if (publicUrl.IsLoopback)
        {
            Domain = ThisMachine;
            Address = new UriBuilder(publicUrl) { Host = ThisMachine, Path = "/" }.Uri;
        }
        else if (publicUrl.HostNameType == UriHostNameType.Dns && publicUrl.Scheme == Uri.UriSchemeHttps)
        {
            Domain = publicUrl.IdnHost;
            Address = new Uri(publicUrl, "/");
        }
    }

    /// <summary>The relying party's id; null: there are no passkeys at this public address.</summary>
    public string? Domain { get; }

    /// <summary>Where the console is to be opened for passkeys to work.</summary>
    public Uri? Address { get; }

    /// <summary>Whether what a browser answered was asked for by a page of ours.</summary>
    public bool IsOrigin(string origin) =>
        Address is not null && Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && from.Scheme == Address.Scheme && from.IdnHost.Equals(Address.IdnHost, StringComparison.OrdinalIgnoreCase) && from.Port == Address.Port;
}
