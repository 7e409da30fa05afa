using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Mail;

/// <summary>An inquiry waits for a person: the coordinators hear of it, when an address is set for them.</summary>
public sealed class AlertCoordinators(Work work, MailWriter mails) : IHandle<InquiryHeld>
{
    public async Task HandleAsync(InquiryHeld message, MessageContext context, CancellationToken cancellation)
    {
        var (inquiry, patient) = await work.ReadAsync(
            async session => await session.FindAtAsync(message.InquiryId, message.Version) is { } found
                ? (found, await session.PatientAsync(found.Id))
                : default((InquiryRecord?, SealedPatient?)),
            cancellation);
        if (inquiry is not null && patient is not null && mails.CoordinatorAlert(inquiry, patient, context.MessageId) is { } alert)
        {
            await work.ApplyAsync(context, [new SendMail(alert)], cancellation);
        }
    }
}
