using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Worker.Mail;

/// <summary>An inquiry waits for a person: the coordinators hear of it, when an address is set for them.</summary>
public sealed class AlertCoordinators(Database database, MailWriter mails) : IHandle<InquiryHeld>
{
    public async Task HandleAsync(InquiryHeld message, MessageContext context, CancellationToken cancellation)
    {
        if (await database.LoadAtAsync(message.InquiryId, message.Version, cancellation) is not { } inquiry)
        {
            return;
        }

        var patient = await database.LoadPatientAsync(inquiry.Id, cancellation);
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
