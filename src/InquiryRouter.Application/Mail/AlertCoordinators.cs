using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Mail;

/// <summary>An inquiry waits for a person: the coordinators hear of it, when an address is set for them.</summary>
public sealed class AlertCoordinators(Database database, MailWriter mails) : IHandle<InquiryHeld>
{
    public async Task HandleAsync(InquiryHeld message, MessageContext context, CancellationToken cancellation)
    {
        var (inquiry, patient) = await database.ReadAsync(
            async session => await session.FindAtAsync(message.InquiryId, message.Version) is { } found
                ? (found, await session.PatientAsync(found.Id))
                : default((InquiryRecord?, SealedPatient?)),
            cancellation);
        if (inquiry is null || patient is null)
        {
            return;
        }

        if (mails.CoordinatorAlert(inquiry, patient, context.MessageId) is not { } alert)
        {
            return;
        }

        await database.WriteAsync(
            async tx =>
            {
                await InboxStore.AddAsync(tx, context);
                await MailStore.AddAsync(tx, alert);
            },
            cancellation: cancellation);
    }
}
