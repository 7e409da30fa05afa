using InquiryRouter.Application.Steps;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>No more check-ins and no marketing to the address of an inquiry; mails about where it stands still come.</summary>
public sealed class Unsubscribe(Work work, PatientVault vault, KeyedHash hash)
{
    private const string Source = "unsubscribe";

    public Task<Outcome> RunAsync(InquiryId inquiryId, Actor who, CancellationToken cancellation) => work.RunAsync(
        session => LoadAsync(session, inquiryId), found => Task.FromResult(Decide(found, inquiryId, who)), cancellation);

    private async Task<Found?> LoadAsync(Session session, InquiryId inquiryId)
    {
        if (await InquiryStore.FindAsync(session, inquiryId) is not { } inquiry
            || await InquiryStore.FindPatientAsync(session, inquiryId) is not { } patient)
        {
            return null;
        }

        var address = hash.OfAddress(vault.Open(patient).ContactEmail);
        return new Found(
            inquiry,
            await InquiryStore.FindConsentAsync(session, inquiryId),
            address,
            await MailStore.IsUnsubscribedAsync(session, address));
    }

    private static Decided<Outcome> Decide(Found? found, InquiryId inquiryId, Actor who)
    {
        if (found is not { Consent: { } consent })
        {
            // Erased: there is nobody left to write to.
            return Outcome.NotFound.It;
        }

        var stop = new StopFollowUps(inquiryId, FollowUpKind.CheckIn);
        return found.IsUnsubscribed && !consent.Marketing
            ? Outcome.AlreadyDone.It.By<Outcome>(stop)
            : Outcome.Done.It.By<Outcome>(
                new WriteHistory(found.Inquiry, new HistoryEvent.Unsubscribed(), who),
                new Store("unsubscription", tx => MailStore.UnsubscribeAsync(tx, found.AddressHash)),
                new AddConsent(inquiryId, consent with { Marketing = false }, Source),
                stop);
    }

    private sealed record Found(InquiryRecord Inquiry, ConsentGiven? Consent, byte[] AddressHash, bool IsUnsubscribed);
}
