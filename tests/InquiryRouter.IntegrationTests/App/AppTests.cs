using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>Tests of the whole program, each with one of its own.</summary>
public abstract class AppTests : IAsyncLifetime
{
    // Of the inquiries of the tests: what was asked for, in the words of pages and of codes.
    private static readonly string[] s_healthData =
        ["lupus", "sle", "stem", "cell", "therapy", "msc", "infusion", "umbilical", "diagnosed", "chest", "1984", "autoimmune", "disease"];

    private InquiryApp? _app;

    internal InquiryApp App => _app ?? throw new InvalidOperationException("The app is not started yet.");

    internal virtual AppSetup Setup => new();

    /// <summary>False where the test changes states past the program.</summary>
    protected virtual bool ReckonsWork => true;

    public async ValueTask InitializeAsync() => _app = await InquiryApp.StartAsync(Setup);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null)
        {
            try
            {
                // Whatever a test was about, it leaves neither work that nobody sees nor work that is none.
                if (ReckonsWork && TestContext.Current.TestState?.Result is not TestResult.Failed)
                {
                    await _app.WorkAgreesAsync();
                }
            }
            finally
            {
                await _app.DisposeAsync();
            }
        }
    }

    internal static string ClinicAddress(string code) => A.Clinic(code).Email;

    /// <summary>Waits for a clinic's referral mail and opens its link.</summary>
    internal async Task<ReferralVisit> OpenReferralOfAsync(string clinic, int mail = 1) =>
        await App.OpenReferralAsync(await App.MailToAsync(ClinicAddress(clinic), mail));

    /// <summary>Puts the shipped policy in force with a change.</summary>
    internal async Task ActivateAsync(Func<Policy, Policy> change)
    {
        await App.Services.GetRequiredService<PolicyCache>().StoreShippedAsync(CancellationToken.None);
        await App.Database.WriteAsync(async tx => await PolicyStore.ActivateAsync(tx, change(Policy.Shipped) with { Version = await PolicyStore.VersionAsync(tx) + 1 }, "test"));
    }

    internal static void AssertNoHealthData(string text)
    {
        var words = text.Split([' ', '\n', '\r', '\t', '<', '>', '.', ',', ':', ';', '"', '(', ')', '=', '/', '?'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Empty(words.Intersect(s_healthData, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Neither what the patient has, nor who they are.</summary>
    internal static void AssertSaysNothingOfThePatient(MimeMessage mail, InquiryBuilder inquiry)
    {
        foreach (var text in new[] { mail.Subject!, mail.TextBody!, mail.HtmlBody! })
        {
            AssertNoHealthData(text);
            Assert.DoesNotContain(inquiry.Name, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(inquiry.Email, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(inquiry.Phone, text, StringComparison.Ordinal);
        }
    }
}
