using InquiryRouter.BrowserTests.Support;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.BrowserTests;

/// <summary>Tests in the browser, each with a program of its own.</summary>
public abstract class BrowserTest(Chromium chromium) : IAsyncDisposable
{
    private readonly List<InquiryApp> _apps = [];
    private readonly List<Visitor> _visitors = [];

    /// <param name="language">What the clinics read first.</param>
    internal async Task<InquiryApp> StartAsync(string language)
    {
        Clinic[] clinics = [.. new[] { "MX-A", "MX-B" }.Select(code => A.Clinic(code) with { Languages = [.. new[] { language, "en", "es" }.Distinct()] })];
        var app = await InquiryApp.StartAsync(new AppSetup { Clinics = clinics });
        _apps.Add(app);
        return app;
    }

    internal async Task<Visitor> ArriveAsync(InquiryApp app, Screen screen)
    {
        var visitor = await Visitor.ArriveAsync(chromium, app, screen);
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>Waits for the first mail to an address, and opens its link in a browser of its own.</summary>
    internal async Task<Visitor> OpenMailAsync(InquiryApp app, Screen screen, string address)
    {
        var mail = await app.MailToAsync(address);
        await app.SettlesAsync();
        var visitor = await ArriveAsync(app, screen);
        await visitor.OpenAsync(InquiryApp.LinkIn(mail).AbsoluteUri);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var visitor in _visitors)
        {
            await visitor.DisposeAsync();
        }

        foreach (var app in _apps)
        {
            await app.DisposeAsync();
        }

        _visitors.ForEach(v => v.AssertAllWasWell());
    }
}
