using InquiryRouter.BrowserTests.Support;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.BrowserTests;

/// <summary>Tests in the browser, each with a program of its own.</summary>
public abstract class BrowserTest(Chromium chromium) : IAsyncDisposable
{
    private readonly List<InquiryApp> _apps = [];
    private readonly List<Visitor> _visitors = [];
    private Inspector? _inspector;

    /// <param name="language">What the clinics read first.</param>
    /// <param name="parallel">How many clinics are asked at the same time.</param>
    /// <param name="embedOrigins">The sites that may have the form on their pages.</param>
    /// <param name="settings">Others, by name.</param>
    internal async Task<InquiryApp> StartAsync(
        string language, int parallel = 1, string embedOrigins = "", IReadOnlyDictionary<string, string?>? settings = null)
    {
        Clinic[] clinics =
        [
            .. new[] { "MX-A", "MX-B" }.Select(code => A.Clinic(code) with
            {
                Languages = [.. new[] { language, "en", "es" }.Distinct()],
                Phone = "+525512345678",
                Contacts = [new ContactPerson("Dr. Lu Ward", "medical", WardOf(code))],
            }),
        ];
        var app = await InquiryApp.StartAsync(
            new AppSetup { Clinics = clinics, Settings = settings ?? new Dictionary<string, string?>(StringComparer.Ordinal) }
                .With("Intake:EmbedOrigins", embedOrigins));
        _apps.Add(app);
        if (parallel > 1)
        {
            await app.Database.WriteAsync(tx => PolicyStore.ActivateAsync(tx, Policy.Shipped with { Parallel = parallel }, "test"));
        }

        return app;
    }

    /// <summary>Somebody at the clinic to whom referrals can be forwarded.</summary>
    internal static string WardOf(string clinic) => $"ward@{clinic.ToLowerInvariant()}.clinic.example";

    internal async Task<Visitor> ArriveAsync(InquiryApp app, Screen screen, bool scripts = false)
    {
        var visitor = await Visitor.ArriveAsync(chromium, app.Settings.Urls, screen, async () => _inspector ??= await Inspector.CreateAsync(chromium), scripts);
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

        if (_inspector is not null)
        {
            await _inspector.DisposeAsync();
        }

        foreach (var app in _apps)
        {
            await app.DisposeAsync();
        }

        _visitors.ForEach(v => v.AssertAllWasWell());
    }
}
