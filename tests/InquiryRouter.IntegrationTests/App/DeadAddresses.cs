using MimeKit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>Addresses of a clinic, of a patient or of the coordinators that take no mail.</summary>
public abstract class DeadAddresses : BesideAMailServer
{
    protected const string Coordinators = "coordinators@operator.example";
    protected const string NoSuchUser = "550 5.1.1 no such user";

    internal InquiryBuilder Inquiry { get; } = An.Inquiry();

    public override async ValueTask InitializeAsync() => await StartAsync(mostOffers: 1);

    internal static string Clinic(string code) => A.Clinic(code).Email;

    internal Task StartAsync(int mostOffers) => StartAsync(("Referral:MaxOffers", $"{mostOffers}"));

    internal async Task<Submitted> SubmitAsync()
    {
        var submitted = await App.SubmitAsync(Inquiry);
        await App.SettlesAsync();
        return submitted;
    }

    internal async Task AcceptAsync(string clinic)
    {
        using var visit = await App.OpenReferralAsync(MailTo(Clinic(clinic)));
        await visit.AcceptAsync();
        await App.SettlesAsync();
    }

    internal IReadOnlyList<MimeMessage> MailsTo(string address) =>
        [.. Server.Received.Where(m => m.Accepted && m.Recipient == address).Select(m => MimeMessage.Load(new MemoryStream(m.Content)))];

    internal MimeMessage MailTo(string address) => MailsTo(address)[^1];
}
